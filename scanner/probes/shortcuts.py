"""Single characters pressed while nothing has the focus: which of them do something."""

from __future__ import annotations

import string

from playwright.async_api import CDPSession

from rules.evidence.shortcuts import Shortcuts
from scanner.browser.frames import ProcessRoot
from scanner.probes.keys import Key, letter, press
from scanner.probes.worlds import World, worlds

CHARACTERS = string.ascii_lowercase + string.digits + "/?.,;'[]-=*+#!"

MOST = 10

_KEYS = frozenset({"keydown", "keypress", "keyup"})
_PLACES = ("window", "document", "document.documentElement", "document.body")

_CODES = {"/": 191, "?": 191, ".": 190, ",": 188, ";": 186, "'": 222, "[": 219, "]": 221, "-": 189, "=": 187}

# An answer is whatever can be seen of the page from outside: its tree, its address, what has the focus.
_WATCH = """
(() => {
  globalThis.curbcutAnswers ??= { changed: false };
  const answers = curbcutAnswers;
  answers.observer ??= new MutationObserver(() => { answers.changed = true; });
  answers.observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  answers.before = location.href;
})()
"""
# What can turn them off: every choice of yes or no, and the buttons that speak of keys.
_TURN = """
const KEYS = /short-?cut|hot-?key|\\bkeys?\\b|keyboard|raccourci|atajo|tecla|tast|scorciatoi/i;
[...document.querySelectorAll("input[type=checkbox],[role=checkbox],[role=switch],button,[role=button]")]
  .filter((one) => one.checkVisibility() && !one.disabled)
  .filter((one) => one.matches("input,[role=checkbox],[role=switch]") || KEYS.test(one.innerText + one.ariaLabel))
  .slice(0, 12).map((one) => one.click()).length
"""
_CLEAR = "document.activeElement?.blur(); curbcutAnswers.changed = false; curbcutAnswers.before = location.href"
_ANSWERED = """
new Promise((resolve) => setTimeout(() => resolve(
  curbcutAnswers.changed || location.href !== curbcutAnswers.before
  || ![document.body, document.documentElement, null].includes(document.activeElement)), 8))
"""


async def probe_shortcuts(root: ProcessRoot) -> Shortcuts:
    """The characters to which the page answers; presses none where nothing outside of controls listens to keys.

    Each is pressed once, as what it opens may stay open: that nearly all others do nothing shows that it was the key.
    Where there are some, what may turn them off is turned, and turned back.
    """
    if not await _listens(root.session):
        return Shortcuts()
    document = (await worlds([root]))[0]
    await document.value(_WATCH)
    try:
        found = [one for one in CHARACTERS if await _answers(document, root.session, one)]
        # Who answers to many, or to no key at all, changes by itself.
        if not found or len(found) > MOST or await _answers(document, root.session, ""):
            return Shortcuts()
        again = [one for one in found if await _answers(document, root.session, one)]
        turned = bool(again) and await document.value(f"{{{_TURN}}}")
        silenced = bool(turned) and not any([await _answers(document, root.session, one) for one in again])
        if turned:
            await document.value(f"{{{_TURN}}}")
        return Shortcuts(tuple(found), silenced)
    finally:
        await document.value("curbcutAnswers.observer.disconnect()")


async def _answers(document: World, session: CDPSession, characters: str) -> bool:
    """Whether anything was different a moment after these characters, pressed one after the other."""
    await document.value(_CLEAR)
    for character in characters:
        await press(session, _key(character))
    return bool(await document.value(_ANSWERED))


async def _listens(session: CDPSession) -> bool:
    """Whether the window, the document or one of its two outermost elements listens to keys."""
    for place in _PLACES:
        found = (await session.send("Runtime.evaluate", {"expression": place}))["result"]
        if "objectId" not in found:
            continue
        answer = await session.send("DOMDebugger.getEventListeners", {"objectId": found["objectId"]})
        if any(listener["type"] in _KEYS for listener in answer["listeners"]):
            return True
    return False


def _key(character: str) -> Key:
    if character.isalnum():
        return letter(character)
    return Key(character, "", _CODES.get(character, 0), text=character)
