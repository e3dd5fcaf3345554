"""The question for consent that covers a page: found by selectors in all its frames, and answered with no.

Only buttons and links are pressed, none that the list of no-go words names, and nothing that a press would submit or
follow happens: the press is the page's script's alone. The network guard holds as ever, so nothing but GET is sent.

Cookies do not outlive a page (`Tab.leave`), so every page asks again and is answered again: a page must look the
same whichever came before it.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from playwright.async_api import Error

from scanner.browser.tab import Tab
from scanner.crawl.no_go import no_go

DEFAULTS: Final = (
    "#onetrust-reject-all-handler",
    "#CybotCookiebotDialogBodyButtonDecline",
    "#didomi-notice-disagree-button",
    ".didomi-continue-without-agreeing",
    "#truste-consent-required",
    '[data-testid="uc-deny-all-button"]',
    "#tarteaucitronAllDenied2",
    ".osano-cm-denyAll",
    ".cky-btn-reject",
    ".cmplz-deny",
    ".cm-btn-decline",
    ".iubenda-cs-reject-btn",
    "#axeptio_btn_dismiss",
    "#ccc-notify-reject",
    "#ccc-reject-settings",
    "#cmpwelcomebtnno a",
    '[data-tid="banner-decline"]',
    ".eu-cookie-compliance-reject-button",
    ".eu-cookie-compliance-banner .decline-button",
    ".orejime-Button--decline",
    "#fr-consent-banner .fr-consent-banner__buttons li:nth-child(2) button",
    '.govuk-cookie-banner button[value="reject"]',
    '.govuk-cookie-banner button[value="no"]',
    ".govuk-cookie-banner .js-cookie-banner-reject",
    'button[data-reject-cookies="true"]',
    ".nhsuk-cookie-banner #nhsuk-cookie-banner__link_decline",
    ".fc-cta-do-not-consent",
    "button.sp_choice_type_13",
    "button.sp_choice_type_REJECT_ALL",
)
"""Buttons that refuse, of the tools that public sites commonly use; never one that agrees."""

MOST_FRAMES: Final = 20

_FIND = """
const roots = [document];
for (const element of document.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
const find = (selector) => {
  for (const root of roots) {
    let found = [];
    try { found = [...root.querySelectorAll(selector)]; } catch { /* another browser's grammar */ }
    for (const element of found) {
      const pressable = element.closest("button, a, [role=button], input[type=button], input[type=submit]");
      const box = element.getBoundingClientRect();
      // A frame that is not shown has no size, though what stands in it has.
      const shown = innerWidth > 0 && innerHeight > 0 && box.width > 0 && box.height > 0;
      const seen = shown && element.checkVisibility({visibilityProperty: true});
      if (pressable && seen) return pressable;
    }
  }
  return null;
};
"""


class Control(NamedTuple):
    """What answers a question for consent: the selector that found it, and the frame in which it stands."""

    selector: str
    frame: str


async def find_banner(tab: Tab, selectors: tuple[str, ...]) -> Control | None:
    """The first control, in the order of frames and `selectors`, that can be seen and may be pressed."""
    if not selectors:
        return None
    for number, frame in enumerate((await tab.frame_ids())[:MOST_FRAMES]):
        try:
            found: list[tuple[str, Any, str]] = await tab.evaluate(_search(selectors), frame=frame) or []
        except Error:
            if number == 0:
                raise
            continue  # the frame went away, or lies in a process of its own
        if selector := next((one for one, href, label in found if _may_press(str(href), label)), ""):
            return Control(selector, frame)
    return None


def _search(selectors: tuple[str, ...]) -> str:
    return f"""
      (() => {{
        {_FIND}
        const found = [];
        for (const selector of {json.dumps(selectors)}) {{
          const control = find(selector);
          if (control) found.push([selector, control.href || "", control.textContent.trim().slice(0, 100)]);
        }}
        return found;
      }})()
    """


async def press(tab: Tab, control: Control) -> None:
    """Press the control; its own script runs, while forms are not submitted and links not followed."""
    await tab.evaluate(
        f"""
        (() => {{
          {_FIND}
          const stay = (event) => event.preventDefault();
          for (const kind of ["click", "submit"]) addEventListener(kind, stay, true);
          try {{ find({json.dumps(control.selector)})?.click(); }}
          finally {{ for (const kind of ["click", "submit"]) removeEventListener(kind, stay, true); }}
        }})()
        """,
        frame=control.frame,
    )


def _may_press(href: str, label: str) -> bool:
    leads = href if href.startswith(("http:", "https:")) else ""
    return not no_go(leads) and not no_go(f"https://label.invalid/{quote(label)}")
