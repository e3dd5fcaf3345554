"""The periodic report for those who lead: one page that says what stops people, what became better, what was promised.

The same stored results give the same bytes: the last day is an argument or the last scan's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.html.charts import Chart, Scored, bar_chart, ends_chart
from reports.html.periodic_rows import (
    ProblemRow,
    PromiseRow,
    ScoreRow,
    ServiceRow,
    change_word,
    fixed_rows,
    new_rows,
    promise_row,
    score_row,
    service_rows,
)
from reports.html.periodic_stops import CAPTION, StopRow, fitting, stop_rows
from reports.html.render import Renderer
from reports.html.untested import NEVER
from reports.numbers import whole
from reports.period import Period, ServicePeriod
from reports.score import FORMULA
from reports.text import one_line
from reports.trend import Bucket, buckets
from reports.verdict import grades, site_name, site_verdict
from reports.words import HONESTY, counted, day, listed
from rules.standards.abilities import DEFAULT_MAP, MAPS
from rules.standards.wcag import profile

NAME = "periodic.html"
FIRST_SCREEN = 120
SERVICES, SCORES, CHARTED, LISTED, PROMISES = 80, 40, 20, 20, 40


@dataclass(frozen=True, slots=True)
class PeriodicView:
    """All that a periodic report shows; what a list leaves out is told by its count beside it."""

    title: str
    made: str
    caption: str
    verdict: str
    lead: str
    judged: bool
    stops: tuple[StopRow, ...]
    stops_caption: str
    stop_count: int
    numbers: tuple[tuple[str, str, str], ...]
    trend: tuple[Bucket, ...]
    trend_chart: Chart
    scores: tuple[ScoreRow, ...]
    score_count: int
    score_chart: Chart
    agencies: tuple[tuple[str, tuple[ServiceRow, ...]], ...]
    left_out: int
    fixed: tuple[ProblemRow, ...]
    fixed_count: int
    new: tuple[ProblemRow, ...]
    new_count: int
    promises: tuple[PromiseRow, ...]
    promise_count: int
    facts: tuple[tuple[str, str], ...]


def periodic(period: Period) -> str:
    """The report as one HTML file."""
    values = {"view": periodic_view(period), "honesty": HONESTY, "never": NEVER, "here": ""}
    return Renderer().render("periodic", root="", values=values)


def periodic_view(period: Period) -> PeriodicView:
    """What a periodic report shows of a period."""
    caption, verdict, lead = _caption(period), _verdict(period), _lead(period)
    stops = stop_rows(period)
    said = sum(len(text.split()) for text in (caption, verdict, lead))
    fixed = fixed_rows([(service, service.fixed) for service in period.services])
    new = new_rows([(service, service.new) for service in period.services])
    trend = buckets(period.services)
    scores = [score_row(service) for service in _by_name(period)]
    agencies, left_out = _first_services(service_rows(period.services))
    return PeriodicView(
        title=f"Periodic report, {day(period.since)} to {day(period.until)}",
        made=period.until,
        caption=caption,
        verdict=verdict,
        lead=lead,
        judged=any(service.last.tested for service in period.services),
        stops=fitting(stops, FIRST_SCREEN - said),
        stops_caption=CAPTION,
        stop_count=len(stops),
        numbers=tuple(_numbers(period)),
        trend=trend,
        trend_chart=bar_chart(
            [(bucket.label, bucket.open) for bucket in trend],
            title="Open problems over time",
            description=f"Open problems went from {trend[0].open:,} to {trend[-1].open:,}.",
        ),
        scores=tuple(scores[:SCORES]),
        score_count=len(scores),
        score_chart=_score_chart(period),
        agencies=agencies,
        left_out=left_out,
        fixed=tuple(fixed[:LISTED]),
        fixed_count=len(fixed),
        new=tuple(new[:LISTED]),
        new_count=len(new),
        promises=tuple(promise_row(one) for one in period.promises[:PROMISES]),
        promise_count=len(period.promises),
        facts=tuple(_facts(period)),
    )


def _caption(period: Period) -> str:
    services = [service.last.site for service in period.services]
    what = site_name(services[0]) if len(services) == 1 else counted(len(services), "service")
    profiles = sorted({profile(site.profile).title for site in services})
    return f"{what}, {day(period.since)} to {day(period.until)}. {listed(profiles)}."


def _verdict(period: Period) -> str:
    """How it stands on the last day, in a sentence."""
    judged = [service for service in period.services if service.last.tested]
    if not judged:
        return "Nothing could be judged: no page of any service could be tested."
    found = [entry.seen for service in judged for _, entry in service.seen_now]
    said = site_verdict(found)
    if len(period.services) == 1:
        return f"{said[:1].upper()}{said[1:]}"
    stopped = sum(grades([entry.seen for _, entry in service.seen_now])["critical"] > 0 for service in judged)
    where = f" People are stopped in {stopped:,} of {counted(len(period.services), 'service')}." if stopped else ""
    return f"{said[:1].upper()}{said[1:]}{where}"


def _lead(period: Period) -> str:
    """What changed, in two or three short sentences."""
    fixed, new = (_sum(period, name) for name in ("fixed", "new"))
    overdue = _sum(period, "overdue")
    if not any(service.last.tested for service in period.services):
        return "So nobody can tell what was fixed and what came."
    parts = [f"In this period {fixed:,} {_be(fixed, 'was')} fixed and {new:,} {_be(new, 'is')} new."]
    if overdue:
        parts.append(f"{overdue:,} {_be(overdue, 'is')} overdue.")
    if len(period.services) == 1:
        parts.append(_one_change(period.services[0]))
    else:
        words = [change_word(service) for service in period.services]
        told = [f"{words.count(word)} {word}" for word in ("better", "worse", "no clear change") if word in words]
        parts.append(f"Scores: {listed(told)}." if told else "Nobody can tell how scores changed.")
    return " ".join(parts)


def _be(number: int, word: str) -> str:
    return word if number == 1 else {"is": "are", "was": "were"}[word]


def _one_change(service: ServicePeriod) -> str:
    ends = service.ends
    if ends.after is None:
        return "There is no score."
    span = f" (likely range {whole(ends.after.range[0])}–{whole(ends.after.range[1])})" if ends.after.range else ""
    before = f", {whole(ends.before.high)} before" if ends.before else ""
    return f"Score {whole(ends.after.high)} of 100{span}{before}: {change_word(service)}."


def _numbers(period: Period) -> Iterable[tuple[str, str, str]]:
    """What happened, as name, number and meaning."""
    middle = period.days_to_fix
    rows = (
        ("Fixed", "fixed", "Looked at again on full evidence, and gone."),
        ("New", "new", "Not there when somebody looked before."),
        ("Newly detected", "detected", "Found by checks that had not looked before; it may be old."),
        ("Found at a first look", "first_looks", "On pages that nobody had looked at before."),
        (f"Open on {day(period.until)}", "open", "Not fixed as far as anybody knows."),
        ("Of these, not looked at", "unseen", "Still open, but the last scan could not tell."),
        ("Of these, overdue", "overdue", "The day that was agreed on is over."),
    )
    for label, name, meaning in rows:
        yield label, f"{_sum(period, name):,}", meaning
    told = "none was fixed" if middle is None else f"{middle:g} {'day' if middle == 1 else 'days'}"
    yield "Middle time to fix", told, "Half of what was fixed took less: from first seen until seen to be gone."


def _sum(period: Period, name: str) -> int:
    return sum(len(getattr(service, name)) for service in period.services)


def _by_name(period: Period) -> list[ServicePeriod]:
    return sorted(period.services, key=lambda service: (site_name(service.last.site), service.last.site.url))


def _first_services(
    grouped: list[tuple[str, list[ServiceRow]]],
) -> tuple[tuple[tuple[str, tuple[ServiceRow, ...]], ...], int]:
    """As many services as there is room for, and how many are left out."""
    kept, room = [], SERVICES
    for agency, rows in grouped:
        if room > 0:
            kept.append((agency, tuple(rows[:room])))
        room -= len(rows)
    return tuple(kept), max(-room, 0)


def _score_chart(period: Period) -> Chart:
    numbered = [service for service in _by_name(period) if service.ends.before or service.ends.after][:CHARTED]
    rows = [
        Scored(
            site_name(service.last.site),
            service.ends.before.high if service.ends.before else None,
            service.ends.after.high if service.ends.after else None,
            service.ends.before.range if service.ends.before else None,
            service.ends.after.range if service.ends.after else None,
        )
        for service in numbered
    ]
    told = "Each line runs from 0 to 100; the ring is the score before, the filled dot the score now."
    return ends_chart(rows, title="Scores before and now", description=told)


def _facts(period: Period) -> Iterable[tuple[str, str]]:
    """Versions and formula, so that numbers can be made again."""
    lasts = [service.last for service in period.services]
    yield "Period", f"{period.since} to {period.until}"
    yield "Last scans", listed(sorted({f"{trace.when.scan} of {trace.when.day}" for trace in lasts})[:20])
    for label, name in (
        ("Curbcut", "curbcut"),
        ("axe-core", "axe"),
        ("Browser", "browser"),
        ("Set of rules", "rule_set"),
    ):
        known = sorted({one_line(getattr(trace.tool, name), 60) or "not known" for trace in lasts})
        yield label, listed(known[:5])
    yield "Formula of the score", f"version {FORMULA.version}"
    yield "Map of abilities", MAPS.get(DEFAULT_MAP, DEFAULT_MAP)
