"""The environment of a browser that believes a company's own authorities, for one run and without a trace.

Chromium on Linux believes its own list and what an NSS database in the home folder adds. So the browser gets a home of
its own, with a copy of the person's database and the bundle's authorities in it. Elsewhere, and where `certutil` is
not installed, it believes what the system does (docs/access.md).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rules.errors import EnvironmentFault

PATIENCE_S: Final = 30.0

_CERTIFICATE: Final = re.compile(r"-----BEGIN (TRUSTED )?CERTIFICATE-----.+?-----END (TRUSTED )?CERTIFICATE-----", re.S)
_FOLDERS: Final = {"XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache", "XDG_DATA_HOME": ".local/share"}
"""What a program finds in the home folder unless these say otherwise; fonts and their settings lie there."""


def can_believe() -> bool:
    """Whether a browser of this machine can be given authorities of its own."""
    return sys.platform.startswith("linux") and shutil.which("certutil") is not None


@contextmanager
def believing(bundle: Path | None) -> Iterator[dict[str, str] | None]:
    """The environment for browsers that believe a bundle while the block lasts; None where it stays as it is.

    Raises EnvironmentFault where certutil does not take a certificate.
    """
    if bundle is None or not can_believe():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="curbcut-", ignore_cleanup_errors=True) as home:
        database = Path(home, ".pki", "nssdb")
        own = Path.home() / ".pki" / "nssdb"
        if own.is_dir():
            shutil.copytree(own, database)
        else:
            database.mkdir(parents=True)
            _certutil(database, "-N", "--empty-password")
        for number, found in enumerate(_CERTIFICATE.finditer(bundle.read_text("latin-1"))):
            _certutil(database, "-A", "-t", "C,,", "-n", f"curbcut {number}", text=found[0])
        folders = {name: os.environ.get(name) or str(Path.home() / folder) for name, folder in _FOLDERS.items()}
        yield {**os.environ, **folders, "HOME": home}


def _certutil(database: Path, *arguments: str, text: str = "") -> None:
    command = ["certutil", "-d", f"sql:{database}", *arguments]
    try:
        subprocess.run(command, input=text, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        words = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1:]
        raise EnvironmentFault(
            f"certutil could not add the certificates for the browser: {''.join(words)[:300]}",
            where=str(database),
            do="See whether ca-bundle names certificates in PEM.",
        ) from None
