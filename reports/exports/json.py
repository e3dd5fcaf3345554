"""results.json again: with the decisions of today's settings on it and scores by today's formula."""

from __future__ import annotations

from collections.abc import Iterator

from reports.gate import GateVerdict
from reports.model import Scan
from reports.results import json_pieces
from reports.reviews import answered
from reports.score import score_scan


def json(scan: Scan, _verdict: GateVerdict) -> Iterator[str]:
    """The file in pieces; the gate's verdict has no part in it."""
    return json_pieces(scan, score_scan(answered(scan)).as_json())
