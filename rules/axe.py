"""axe-core's rules adapted: its verdicts with our metadata, in our words.

`rules/standards/axe.json` holds both. What axe-core calls a failure is one here only where it is certain;
elsewhere, and where axe-core itself cannot decide, the outcome is a question that a person can answer:
yes means that there is no problem. Of axe-core's own texts nothing is used but short facts of its checks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from rules.axe_certainty import CERTAIN_WHERE
from rules.element import Element
from rules.evidence.axe import AxeNode
from rules.model import Outcome, PageRule, Rule, RuleInfo, Untested, Verdict, cant_tell, failed
from rules.page import Page

FACT_LENGTH = 60
FACT_COUNT = 5
PLACE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class AxeWords:
    """What an adapted rule tells of one place, beside its `RuleInfo`.

    `message` is said of a failure, `question` asked where there is none that is certain. `detail` is added
    to the message when the check gave every fact that it names; `{list}` is its list of attributes or roles.
    `because` says by axe-core's key for the reason why the question is open. `certain` is false where a
    failure of axe-core's never is one, a name in `CERTAIN_WHERE` where it depends; `doubt` gives the evidence.
    """

    message: str
    question: str
    detail: str = ""
    because: Mapping[str, str] = field(default_factory=dict)
    certain: bool | str = True
    doubt: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.certain, str) and self.certain not in CERTAIN_WHERE:
            raise ValueError(f"{self.certain!r} is no condition of certainty: {', '.join(CERTAIN_WHERE)}.")


def axe_rules(replaced: Collection[str] = ()) -> list[PageRule]:
    """axe-core's rules as page rules, without those that an own rule decides instead."""
    words = axe_words()
    return [Rule(info, _judge(info, words[info.id])) for info in axe_infos() if info.id not in replaced]


@cache
def axe_infos() -> tuple[RuleInfo, ...]:
    """Metadata of axe-core's rules in plain words, in the order of their ids."""
    return tuple(_info(name, entry, axe_words()[name]) for name, entry in _entries().items())


def _info(name: str, entry: dict[str, Any], words: AxeWords) -> RuleInfo:
    metadata: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
        if key not in AxeWords.__dataclass_fields__
    }
    return RuleInfo(id=name, topic="axe", origin="axe", needs=("dom", "axe"), docs=_documentation(words), **metadata)


@cache
def axe_words() -> Mapping[str, AxeWords]:
    """What each rule tells of a place, by the rule's id."""
    own = AxeWords.__dataclass_fields__
    return {
        name: AxeWords(**{key: value for key, value in entry.items() if key in own})
        for name, entry in _entries().items()
    }


@cache
def axe_left_out() -> Mapping[str, str]:
    """The rules of axe-core that are never run, with the reason."""
    return dict(sorted(_data()["left_out"].items()))


def _entries() -> dict[str, dict[str, Any]]:
    return dict(sorted(_data()["rules"].items()))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("rules.standards").joinpath("axe.json").read_text("utf-8"))
    return data


def _documentation(words: AxeWords) -> str:
    """The rule's documentation; part of its metadata, so that the rule set's hash follows every word of it."""
    lines = [
        "Judged by axe-core.",
        f"A failure reads: {words.message}",
        f"Where there is none that is certain, a person is asked: {words.question}",
    ]
    if words.certain is False:
        lines.append(f"A failure that axe-core reports is never counted, but asked. {words.doubt}")
    elif words.certain is not True:
        condition = (CERTAIN_WHERE[words.certain].__doc__ or "").partition("\n")[0]
        lines.append(
            f"A failure that axe-core reports is counted where this holds, else asked: {condition} {words.doubt}"
        )
    return "\n".join(lines)


def _judge(info: RuleInfo, words: AxeWords) -> Callable[[Page], Iterator[Outcome]]:
    def judge(page: Page) -> Iterator[Outcome]:
        result = next((result for result in page.axe.results if result.rule == info.id), None) if page.axe else None
        if result is None:
            raise Untested("axe-core did not run this rule on the page.")
        for node in result.failed:
            element = page.dom.at(node.node)
            if _is_certain(words, element):
                yield failed(_target(info, element), _message(words, node, element))
            else:
                yield cant_tell(_target(info, element), _question(words, node, element))
        for node in result.incomplete:
            element = page.dom.at(node.node)
            yield cant_tell(_target(info, element), _question(words, node, element))
        for _ in range(result.passed):
            yield Outcome(Verdict.PASSED)

    return judge


def _is_certain(words: AxeWords, element: Element | None) -> bool:
    if isinstance(words.certain, bool):
        return words.certain
    return element is not None and CERTAIN_WHERE[words.certain](element)


def _target(info: RuleInfo, element: Element | None) -> Element | None:
    """The element; None for what is true of the page as a whole, which axe-core hangs on html or body."""
    if element is not None and info.scope == "page" and element.tag in ("html", "body") and element.node.frame == 0:
        return None
    return element


def _message(words: AxeWords, node: AxeNode, element: Element | None) -> str:
    return _joined(words.message, _detail(words.detail, node), _place(node, element))


def _question(words: AxeWords, node: AxeNode, element: Element | None) -> str:
    return _joined(words.because.get(dict(node.data).get("messageKey", ""), ""), words.question, _place(node, element))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _detail(template: str, node: AxeNode) -> str:
    """The template filled with the check's facts, empty where one is missing. A list's facts have its positions."""
    facts = {key: _short(value) for key, value in node.data}
    positions = sorted((key for key in facts if key.isdecimal()), key=int)[:FACT_COUNT]
    if positions:
        # Only the names: values of attributes may be private.
        facts["list"] = ", ".join(dict.fromkeys(facts[position].partition("=")[0] for position in positions))
    try:
        return template.format_map(facts)
    except KeyError:
        return ""


def _place(node: AxeNode, element: Element | None) -> str:
    """Where it is, for a place that the snapshot does not have and the outcome therefore cannot point at."""
    if element is not None:
        return ""
    return f"Place: {_short(' | '.join(filter(None, (node.frame, node.selector))), PLACE_LENGTH)}."


def _short(text: str, length: int = FACT_LENGTH) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[: length - 1] + "…"
