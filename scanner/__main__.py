"""Where `curbcut` starts: the one place that turns errors into words and exit codes."""

from __future__ import annotations

import importlib.util
import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

USAGE, NOT_JUDGED, DEFECT = 2, 3, 4
DEBUG = "--debug"
LONGEST = 500


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if DEBUG not in sys.argv:
        _hush()
    sys.exit(run(sys.argv[1:]))


def _hush() -> None:
    """Keep Python from printing tracebacks of loose ends, such as a pipe to a browser that is gone already."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    sys.unraisablehook = lambda _: None


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line; every error becomes a sentence, with a traceback only after `--debug`."""
    if trouble := foreign_package(Path(__file__).resolve().parent.parent):
        print(f"error: {trouble}", file=sys.stderr)
        return USAGE
    from scanner.output import prepare_output, say

    prepare_output()
    try:
        from scanner.cli import dispatch

        return dispatch([argument for argument in arguments if argument != DEBUG])
    except (Exception, KeyboardInterrupt) as error:
        if DEBUG in arguments:
            traceback.print_exception(error)
        code, words = _ending(error)
        say(words)
        return code


def _ending(error: BaseException) -> tuple[int, str]:
    """Exit code and sentence for what ended a command."""
    from rules.errors import CurbcutError

    if isinstance(error, CurbcutError):
        return error.exit_code, f"error: {error}"
    if isinstance(error, KeyboardInterrupt):
        return NOT_JUDGED, "stopped: before its end."
    # The last resort: a defect of ours, said as such. Its own words may be of any length.
    words = f"{type(error).__name__}: {error}"
    words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return DEFECT, f"error: This is a defect in Curbcut: {words}. {DEBUG} shows where."


def foreign_package(home: Path) -> str:
    """What is wrong where Python would import another distribution's `rules` or `reports`; empty for nothing.

    Looked at before anything of ours is imported: the errors themselves lie in `rules`.
    """
    for name in ("rules", "reports"):
        spec = importlib.util.find_spec(name)
        found = Path(spec.origin).resolve().parent if spec and spec.origin else None
        if found != home / name:
            return (
                f"Another package named `{name}` is installed here ({found}). "
                "Install Curbcut alone: uv tool install curbcut"
            )
    return ""


if __name__ == "__main__":
    main()
