"""What a finished scan leads to: results, report, last words and the exit code."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from reports.assets import Assets, no_assets
from reports.exports.text import text_lines
from reports.gate import GateVerdict
from reports.html.report import write_report
from reports.model import Scan
from reports.results import save_results
from reports.reviews import answered
from reports.score import score_scan
from reports.summary import summary_lines
from rules.errors import EnvironmentFault, UsageError
from scanner.output import write
from scanner.owners import read_owners
from scanner.settings import Settings
from scanner.verdicts import Decisions

RESULTS, REPORT = "results.json", "index.html"
OURS = "Curbcut report</title>"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a command wants its scan told.

    `json` is where results go beside the report; `decisions` are what people decided about problems and gate.
    """

    settings: Settings
    decisions: Decisions
    json: Path | None = None
    gate: bool = False

    @classmethod
    def ready(cls, settings: Settings, *, today: str, json: Path | None = None, gate: bool = False) -> Telling:
        """A telling whose places can be written and whose decisions can be read; without a gate it has no baseline.

        Raises before the scan what would otherwise be found after hours of it.
        """
        check_report_folder(settings.output)
        if json is not None:
            if json.is_dir():
                raise UsageError("This is a folder; name a file.", where=str(json))
            _check_writable(json.parent, named=json)
        chosen = settings if gate else settings.model_copy(update={"baseline": None, "gate": {}})
        return cls(settings, Decisions.of(chosen, today=today), json, gate)

    def tell(self, scan: Scan, *, assets: Assets = no_assets) -> int:
        """The exit code of a scan, after its results, report and last words are written; `assets` are its pictures.

        Without a gate a scan still ends with 3 when too little could be looked at: that is never a good result.
        """
        folder = self.settings.output
        scan = self.decisions.on(scan)
        judged = answered(scan)
        scores = score_scan(judged)
        facts = scores.as_json()
        for path in (folder / RESULTS, *([self.json] if self.json else [])):
            save_results(path, scan, facts)
        owners, edit = read_owners(self.settings.owners), self.settings.edit_link
        written = write_report(judged, scores, folder, assets=assets, owners=owners, edit_link=edit)
        verdict, code, reason = self._judged(scan)
        if self.gate:
            write(*text_lines(verdict), "")
        paths = {"Report": written[0], "Results": self.json or folder / RESULTS}
        write(*summary_lines(judged, scores, paths=paths, exit_code=code, reason=reason))
        return code

    def _judged(self, scan: Scan) -> tuple[GateVerdict, int, str]:
        verdict = self.decisions.verdict(scan)
        if self.gate:
            reason = " ".join(verdict.sentences) if verdict.exit_code == 1 and verdict.gaps else verdict.sentences[0]
            return verdict, verdict.exit_code, self._stopped(scan, verdict) if verdict.exit_code == 3 else reason
        if verdict.gaps:
            return verdict, 3, self._stopped(scan, verdict)
        return verdict, 0, "everything that was asked for was looked at; no gate was asked for."

    def _stopped(self, scan: Scan, verdict: GateVerdict) -> str:
        """Why there is no verdict; a person who set a deadline is reminded of it."""
        deadline_s = self.settings.deadline_s
        told = f" Its deadline was {deadline_s:g} s." if deadline_s and not scan.complete else ""
        return f"{verdict.gaps[0]}{told}"


def check_report_folder(folder: Path) -> None:
    """Raise where a report cannot be written, or would write over what is not one."""
    index = folder / REPORT
    if index.exists() and not _is_ours(index):
        raise UsageError(
            f"This folder holds an {REPORT} that is no report of Curbcut's and would be written over.",
            where=str(folder),
            do="Choose another folder with --output.",
        )
    _check_writable(folder, named=folder)


def _is_ours(index: Path) -> bool:
    try:
        with index.open(encoding="utf-8", errors="replace") as file:
            return OURS in file.read(5000)
    except OSError:
        return False


def _check_writable(folder: Path, *, named: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise EnvironmentFault(
            f"Nothing can be written here: {error.strerror}.", where=str(named), do="Choose another place."
        ) from None
