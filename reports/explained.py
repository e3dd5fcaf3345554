"""How a score came about, factor by factor, as plain lines: whoever doubts a number can do the sum again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.kinds import kind_name
from reports.model import KindSample, Scan, SiteResult
from reports.score import Factor, GroupScore, PageScore, ScanScores, SiteScore
from reports.score.formula import FORMULA
from reports.score.value import Frame, kind_weight, make_frame
from reports.text import one_line
from reports.verdict import site_name
from reports.words import counted, listed
from rules.standards.abilities import GROUPS, HEADLINE, MAPS, PLAIN_LANGUAGE
from rules.standards.wcag import criteria

_PEOPLE = {group.id: group.people[:1].upper() + group.people[1:] for group in GROUPS}
_FACTORS = 20


def page_lines(scan: Scan, scores: ScanScores, url: str) -> list[str]:
    """Every factor of the score of a page, once for each service that has it; nothing where none has.

    A page is named by the address that was asked for or the one where the visit ended.
    """
    return [
        line
        for site, scored in zip(scan.sites, scores.sites, strict=True)
        for page, score in zip(site.pages, scored.pages, strict=True)
        if url in (page.url, page.final_url)
        for line in (
            f"{one_line(page.url)} in {site_name(site)}, formula {scores.formula}, {MAPS.get(scores.map, scores.map)}",
            *(_page(score) if page.tested else [f"  No score: the page was not tested. {one_line(page.reason)}"]),
        )
    ]


def site_lines(scan: Scan, scores: ScanScores, url: str) -> list[str]:
    """How the number of a service follows from those of its kinds of page; nothing where no service has the address."""
    return [
        line
        for site, scored in zip(scan.sites, scores.sites, strict=True)
        if url == site.url
        for line in (
            f"{site_name(site)} as a whole, formula {scores.formula}, {MAPS.get(scores.map, scores.map)}",
            *_site(site, scored),
        )
    ]


def _page(score: PageScore) -> Iterator[str]:
    yield from _headline(score)
    for group in GROUPS:
        if (found := score.groups.get(group.id)) is not None and (group.headline or found.problems):
            yield ""
            yield from _group(found)


def _headline(score: PageScore | SiteScore) -> Iterator[str]:
    if score.headline is None:
        yield "  No headline: it needs a number for all five groups."
        return
    numbers = [high for name in HEADLINE if (high := score.groups[name].high) is not None]
    mean, least = sum(numbers) / len(numbers), min(numbers)
    open_ones = f"; {score.headline.low} if every open question is a problem" if _is_open(score.headline) else ""
    yield (
        f"  Headline {score.headline.high} = {FORMULA.headline_mean} × {mean:.2f}, the mean of the five groups, "
        f"+ {FORMULA.headline_lowest} × {least}, the lowest{open_ones}"
    )


def _is_open(number: object) -> bool:
    return getattr(number, "low", None) != getattr(number, "high", None)


def _group(group: GroupScore) -> Iterator[str]:
    head = f"  {_PEOPLE[group.group]}: "
    if group.high is None:
        yield f"{head}no number. {group.reason}"
    else:
        low = f"; {group.low} if every open question is a problem" if _is_open(group) else ""
        yield f"{head}{group.high}{low}; tests cover {group.coverage:.0%} of what serves them"
    if group.factors:
        product = " × ".join(f"{factor.factor:.3f}" for factor in group.factors[:_FACTORS])
        more = " × …" if len(group.factors) > _FACTORS else ""
        yield f"    100 × {product}{more}"
    elif group.high is not None:
        yield "    No failure was found by the checks that ran, so nothing was taken off."
    yield from (f"    {_factor(factor)}" for factor in group.factors)
    if certain := {(factor.criterion, factor.rule) for factor in group.factors}:
        asked = [factor for factor in group.factors_low if (factor.criterion, factor.rule) not in certain]
    else:
        asked = list(group.factors_low)
    if asked:
        yield f"    Open questions would add: {listed(f'{factor.rule} at {factor.criterion}' for factor in asked)}"


def _factor(factor: Factor) -> str:
    """One factor with all it is made of; f is left out where it is not what the extent follows from."""
    made = f"weight w {factor.weight} × extent b {factor.extent:.3f} × relation m {factor.relation}"
    if factor.rule == PLAIN_LANGUAGE:
        return f"{factor.factor:.3f}  takes {factor.points:.1f}  plain language, as measured on the prose: {made}"
    blocks = ", nobody gets past it" if factor.blocks else ""
    return (
        f"{factor.factor:.3f}  takes {factor.points:.1f}  {_criterion(factor.criterion)}, by {factor.rule}: {made} "
        f"(f {factor.f:.2f}{blocks})"
    )


def _criterion(number: str) -> str:
    known = criteria().get(number)
    return f"{number} {known.title}" if known else number


def _site(site: SiteResult, score: SiteScore) -> Iterator[str]:
    if score.reason:
        yield f"  No number. {score.reason}"
        return
    yield from _headline(score)
    frame = make_frame(site)
    told = {kind.template: kind for kind in site.sample.kinds}
    for name in HEADLINE:
        group = score.groups[name]
        if group.high is None:
            yield f"  {_PEOPLE[name]}: no number. {group.reason}"
            continue
        values = []
        for kind in frame.kinds:
            numbers = [
                high for at in kind.pages if (high := score.pages[frame.pages[at]].groups[name].high) is not None
            ]
            values.append((sum(numbers) / len(numbers), kind_weight(kind.known), kind.template, len(kind.pages)))
        yield ""
        yield from _of_kinds(name, group.high, sorted(values), told)
        span = f"; likely {group.range[0]} to {group.range[1]}, as pages were drawn" if group.range else ""
        yield f"    {counted(group.problems, 'distinct problem')}, {counted(group.questions, 'open question')}{span}"
        yield from (
            f"    {_criterion(one.criterion)}, by {one.rule}: {one.points:.1f} of M on {counted(one.pages, 'page')}"
            for one in group.factors[:3]
        )


def _values(frame: Frame, score: SiteScore, group: str) -> list[tuple[float, float, str, int]]:
    """The mean, the weight, the template and the tested pages of each kind of page, the worst first."""
    found = []
    for kind in frame.kinds:
        pages = [score.pages[frame.pages[at]].groups[group].high for at in kind.pages]
        numbers = [high for high in pages if high is not None]
        found.append((sum(numbers) / len(numbers), kind_weight(kind.known), kind.template, len(kind.pages)))
    return sorted(found)


def _of_kinds(
    group: str, number: float, values: Sequence[tuple[float, float, str, int]], told: dict[str, KindSample]
) -> Iterator[str]:
    """The sum of a group: M over all kinds of page and Q over the worst quarter of them."""
    mean = sum(value * weight for value, weight, *_ in values) / sum(weight for _, weight, *_ in values)
    worst = values[: max(1, len(values) // FORMULA.worst_part)]
    least = sum(value for value, *_ in worst) / len(worst)
    yield (
        f"  {_PEOPLE[group]}: {number} = {FORMULA.site_mean} × M {mean:.2f} + {FORMULA.site_worst} × Q {least:.2f}; "
        f"M over {counted(len(values), 'kind')} of page, Q over the worst {len(worst)}"
    )
    for value, weight, template, pages in values[:_FACTORS]:
        kind = told.get(template)
        name = kind_name(kind) if kind else one_line(template or "no kind", 60)
        yield f"    {value:.2f}  weight {weight:.2f}  {name}, {counted(pages, 'page')}"
    if len(values) > _FACTORS:
        yield f"    and {counted(len(values) - _FACTORS, 'kind')} of page that do better"
