"""Where `curbcut` starts: the one place that turns errors into words and exit codes."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line; every error becomes a sentence, a traceback only with `--debug`."""
    from rules.errors import CurbcutError

    debug = "--debug" in arguments
    try:
        check_neighbours()
        from scanner.cli import dispatch

        return dispatch([argument for argument in arguments if argument != "--debug"])
    except CurbcutError as error:
        if debug:
            raise
        _say(f"error: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        _say("stopped: nothing more was looked at.")
        return 3
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: a defect of ours, said as such
        if debug:
            raise
        _say(f"error: This is a defect in Curbcut: {type(error).__name__}: {error}. Run it again with --debug.")
        return 4


def check_neighbours() -> None:
    """Raise EnvironmentFault where another distribution's `rules` or `reports` would be imported instead of ours."""
    from rules.errors import EnvironmentFault

    home = Path(__file__).resolve().parent.parent
    for name in ("rules", "reports"):
        spec = importlib.util.find_spec(name)
        found = Path(spec.origin).resolve().parent if spec and spec.origin else None
        if found != home / name:
            raise EnvironmentFault(
                f"Another package named `{name}` is installed here ({found}).",
                do="Install Curbcut alone: uv tool install curbcut",
            )


def _say(text: str) -> None:
    print("".join(c if c.isprintable() else "?" for c in text), file=sys.stderr)


if __name__ == "__main__":
    main()
