"""A scan goes on only as it was started."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.model import Tool
from reports.store import open_store
from rules.errors import UsageError
from rules.registry import load_rules
from scanner.look import stopped_scan
from scanner.order import Order, begin
from scanner.settings import Settings
from scanner.sites import parse_sites

TOOL = Tool("1")


def order(line: str, **settings: object) -> Order:
    return Order(Settings.model_validate(settings), parse_sites(line, source="sites.txt"))


def test_a_stopped_scan_is_found_and_other_decisions_are_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        number = begin(order("a.gov include=/x/*"), store, load_rules(), tool=TOOL, started="")
        assert stopped_scan(store, order("a.gov include=/x/*"), TOOL) == number
        for other, what in (
            (order("a.gov include=/y/*"), "fields in the list of services"),
            (order("a.gov include=/x/* robots=own-site"), "fields in the list of services"),
            (order("a.gov include=/x/*", seed=1), "settings"),
            (order("a.gov include=/x/*", base_url="https://b.gov/"), "settings"),
        ):
            with pytest.raises(UsageError, match=f"was started with other {what}"):
                stopped_scan(store, other, TOOL)
        with pytest.raises(UsageError, match="There is no stopped scan"):
            stopped_scan(store, order("b.gov"), TOOL)
        with pytest.raises(UsageError, match="versions"):
            stopped_scan(store, order("a.gov include=/x/*"), Tool("2"))
