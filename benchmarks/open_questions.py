"""How much axe-core leaves open on real pages, and what of it is still a question, written into docs/accuracy.md.

    python benchmarks/open_questions.py PLACE… [--pages N] [--write]

Every rule that axe-core runs by default looks at the pages, those too that own rules replace; then the rules of
Curbcut judge the same evidence. Counted are elements: those that axe-core calls incomplete, and those about which the
rules that decide instead ask a person.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator

from act import put
from own_rules import look_at
from served import add_arguments, addresses

from rules.audit import audit
from rules.model import Verdict
from rules.page import Page
from rules.registry import RuleSet, load_rules

BEGIN, END = "<!-- open questions: begin -->", "<!-- open questions: end -->"


def document(pages: list[Page], rules: RuleSet) -> Iterator[str]:
    """The lines of the table as Markdown, the rules first of which axe-core leaves most open."""
    decided: dict[str, list[str]] = {}
    for info in rules.infos:
        for name in info.replaces:
            decided.setdefault(name, []).append(info.id)
    left = [result for page in pages if page.axe for result in page.axe.results]
    before: Counter[str] = Counter()
    for result in left:
        before[result.rule] += len(result.incomplete)
    asked: Counter[str] = Counter()
    for page in pages:
        for outcome in audit(page, rules.page_rules):
            if outcome.verdict is Verdict.CANT_TELL:
                asked[outcome.rule] += outcome.count
    after = {name: sum(asked[rule] for rule in decided.get(name, [name])) for name in before}
    rows = [name for name in sorted(before, key=lambda name: (-before[name], name)) if before[name] or after[name]]
    yield f"{len(pages)} pages."
    yield from (
        "",
        "| Rule of axe-core | Left open by axe-core | Decided by | Still asked |",
        "| --- | --- | --- | --- |",
    )
    for name in rows:
        who = ", ".join(f"`{rule}`" for rule in decided.get(name, [])) or "axe-core"
        yield f"| `{name}` | {before[name]:,} | {who} | {after[name]:,} |"
    own = {rule for name in rows for rule in decided.get(name, [name])}
    yield f"| all of these | {sum(before.values()):,} | | {sum(asked[rule] for rule in own):,} |"


def main() -> None:
    """Look at the pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with addresses(given) as urls:
        pages = asyncio.run(look_at(urls))
    table = "\n".join(document([page for page in pages if page.snapshot], load_rules(plugins=())))
    print(table)
    if given.write:
        put(table, BEGIN, END)


if __name__ == "__main__":
    main()
