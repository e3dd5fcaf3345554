"""How problems came and went over a period, day by day where scans are few, else month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.period import ServicePeriod
from reports.words import day

MOST_DAYS = 12
MOST = 36


@dataclass(frozen=True, slots=True)
class Bucket:
    """A day or a month: how many problems were fixed and how many came, and how many were open at its end."""

    label: str
    fixed: int
    new: int
    open: int


def buckets(services: Sequence[ServicePeriod]) -> tuple[Bucket, ...]:
    """The trend of all services together; one without a scan on a day counts as it was before."""
    days = sorted({step.day for service in services for step in service.steps})
    monthly = len(days) > MOST_DAYS
    names = sorted({_name(one, monthly=monthly) for one in days})[-MOST:]
    return tuple(_bucket(services, name, monthly=monthly) for name in names)


def _bucket(services: Sequence[ServicePeriod], name: str, *, monthly: bool) -> Bucket:
    inside = [step for service in services for step in service.steps if _name(step.day, monthly=monthly) == name]
    known = 0
    for service in services:
        past = [step for step in service.steps if _name(step.day, monthly=monthly) <= name]
        known += past[-1].open if past else service.open_before
    return Bucket(_label(name), sum(step.fixed for step in inside), sum(step.new for step in inside), known)


def _name(when: str, *, monthly: bool) -> str:
    return when[:7] if monthly else when


def _label(name: str) -> str:
    return day(name) if len(name) > len("2026-11") else day(f"{name}-01").removeprefix("1 ")
