"""When a page is ready to be looked at: fonts there, lazy content called in, 200 ms without a change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

STILL_STYLE = (
    "*,*::before,*::after{transition-duration:1ms!important;transition-delay:0s!important;"
    "animation-duration:1ms!important;animation-delay:0s!important;animation-iteration-count:1!important;"
    "scroll-behavior:auto!important}"
)
"""Motion off from the start. A millisecond rather than none: pages wait for the end events of their transitions."""

STILL_SCRIPT = f"""
(() => {{
  performance.setResourceTimingBufferSize(5000);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync({STILL_STYLE!r});
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}})();
"""

QUIET_S = 0.2
LIMIT_S = 3.0
_STEPS = 12

_SETTLE = f"""
(async () => {{
  const frame = () => new Promise((resolve) => {{
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, 50);
  }});
  const end = performance.now() + {LIMIT_S * 1000};
  let last = performance.now();
  const touch = () => {{ last = performance.now(); }};
  const changes = new MutationObserver(touch);
  changes.observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }});
  const loads = new PerformanceObserver(touch);
  loads.observe({{ type: "resource", buffered: false }});
  await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, {LIMIT_S * 1000}))]);
  const height = document.scrollingElement ? document.scrollingElement.scrollHeight : 0;
  const stride = Math.max(innerHeight, height / {_STEPS});
  for (let y = stride; y < height && performance.now() < end; y += stride) {{
    scrollTo(0, y);
    await frame();
  }}
  scrollTo(0, 0);
  await frame();
  while (performance.now() < end && performance.now() - last < {QUIET_S * 1000}) {{
    await new Promise((resolve) => setTimeout(resolve, 20));
  }}
  changes.disconnect();
  loads.disconnect();
  for (const animation of document.getAnimations()) {{
    try {{ animation.finish(); }} catch {{ /* an endless one: the style already holds it still */ }}
  }}
  const quiet = performance.now() - last >= {QUIET_S * 1000};
  let characters = 2 ** 30;
  try {{
    characters = document.documentElement?.outerHTML.length ?? 0;
  }} catch {{ /* longer than a string can be */ }}
  return [quiet, document.getElementsByTagName("*").length, characters];
}})()
"""


class Rest(NamedTuple):
    """How a page came to rest: whether nothing moves any more, and how large its own document is."""

    quiet: bool
    elements: int = 0
    characters: int = 0


async def settle(evaluate: Callable[[str], Awaitable[Any]], waiting: Callable[[], int]) -> Rest:
    """The page when it came to rest, or after 3 s: no DOM change, no new resource and no data request under way.

    `evaluate` runs script in our own world of the top frame, `waiting` counts data requests without an answer.
    A page that never rests is looked at all the same; the caller notes it.
    """
    rest = Rest(*await evaluate(_SETTLE))
    for _ in range(round(LIMIT_S / QUIET_S)):
        if not waiting():
            return rest
        await asyncio.sleep(QUIET_S)
    return rest._replace(quiet=False)
