"""The parts of a command add up to all of it."""

from __future__ import annotations

from scanner.timings import Timings


def test_each_part_has_the_time_since_the_part_before() -> None:
    times = iter([10.0, 11.5, 13.5, 14.0])
    watch = Timings(clock=lambda: next(times))
    watch.end_of("set-up")
    watch.end_of("pages")
    watch.end_of("set-up")
    assert watch.lines(pages=2) == [
        "time: set-up 2.00 s",
        "time: pages 2.00 s",
        "time: all 4.00 s, 2.00 s for each of 2 pages",
    ]
    assert watch.lines(pages=1)[-1] == "time: all 4.00 s"
