"""The one tree of errors; each carries what happened, where, and what to do about it.

::

    CurbcutError            exit code 4 unless a subclass says otherwise
    ├── UsageError          2  the command or its arguments make no sense
    │   └── ConfigError     2  a file that a person wrote (sites.txt, curbcut.toml, baseline …) is wrong
    ├── EnvironmentFault    2  this machine lacks something: no browser, a folder that cannot be written
    ├── NotJudged           3  nothing, or too little, could be looked at
    └── StoredDataError     2  a results file or database that cannot be read

Only the command line turns these into words and exit codes; everything below raises.
The tree lives in `rules` because it is the lowest layer and every layer raises from it.
"""

from __future__ import annotations


class CurbcutError(Exception):
    """A problem that Curbcut can explain: `what` happened, `where` (file and line, URL), what to `do`."""

    exit_code = 4

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.do = do

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        stop = "" if self.what.endswith((".", "!", "?", ":")) else "."
        remedy = f"{stop} {self.do}" if self.do else ""
        return f"{place}{self.what}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel between worker processes; keyword-only fields need telling how.
        return (_rebuild, (type(self), self.what, self.where, self.do))


def _rebuild(kind: type[CurbcutError], what: str, where: str, do: str) -> CurbcutError:
    return kind(what, where=where, do=do)


class UsageError(CurbcutError):
    """The command line asks for something that makes no sense."""

    exit_code = 2


class ConfigError(UsageError):
    """A file that a person wrote is wrong; `where` is its path and, where known, the line."""


class EnvironmentFault(CurbcutError):
    """This machine lacks something that Curbcut needs; `do` is the command that helps."""

    exit_code = 2


class NotJudged(CurbcutError):
    """Nothing, or too little, could be looked at; never to be mistaken for a good result."""

    exit_code = 3


class StoredDataError(CurbcutError):
    """A results file, baseline or database cannot be read."""

    exit_code = 2
