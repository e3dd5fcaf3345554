"""Pictures as files of a report: named by what is in them, so that equal ones are one and none can be exchanged."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reports.model import PagePicture, Scan
from rules.errors import EnvironmentFault
from rules.evidence.views import Views

FOLDER = "assets"
LARGEST = 1_000_000
"""Bytes of a picture that is believed to be one of ours."""

_NAME = re.compile(rf"{FOLDER}/[0-9a-f]{{64}}\.webp")

Assets = Callable[[str], bytes | None]
"""What gives the bytes of a picture by its name, None where they are not kept."""


class Asset(NamedTuple):
    """A picture with the name that its bytes give it."""

    name: str
    data: bytes


def no_assets(_name: str) -> None:
    """Where no picture is kept."""


def pictured(*views: Views | None) -> tuple[tuple[PagePicture, ...], tuple[Asset, ...]]:
    """The pictures of a page as results name them, and as they are kept; what is no picture is left out."""
    told: list[PagePicture] = []
    kept: list[Asset] = []
    for view in (view for each in views if each for view in each.taken):
        try:
            data = base64.b64decode(view.data, validate=True)
        except (binascii.Error, ValueError):
            continue
        if not _is_picture(data):
            continue
        name = _name_of(data)
        told.append(PagePicture(view.name, name, view.width, view.height))
        kept.append(Asset(name, data))
    return tuple(sorted(told, key=lambda one: one.name)), tuple(kept)


def folder_assets(folder: Path) -> Assets:
    """The pictures beside a results.json in `folder`; bytes that do not fit their name are none."""

    def read(name: str) -> bytes | None:
        path = folder / name
        try:
            data = path.read_bytes() if is_name(name) and path.stat().st_size <= LARGEST else None
        except OSError:
            return None
        return data if data is not None and _name_of(data) == name else None

    return read


def write_assets(folder: Path, scan: Scan, assets: Assets) -> frozenset[str]:
    """Writes the pictures that a scan names into its report's folder and takes others of ours away; which there are.

    Raises EnvironmentFault where the folder cannot be written.
    """
    named = {picture.file for site in scan.sites for page in site.pages for picture in page.pictures}
    there: set[str] = set()
    try:
        for name in sorted(filter(is_name, named)):
            data = assets(name)
            if data is None:
                continue
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            there.add(name)
        for path in (folder / FOLDER).glob("*.webp"):
            name = f"{FOLDER}/{path.name}"
            if is_name(name) and name not in there:
                path.unlink()
    except OSError as error:
        raise EnvironmentFault(
            f"The pictures cannot be written: {error.strerror}.",
            where=str(folder / FOLDER),
            do="Choose another folder with --output, or make this one writable.",
        ) from None
    return frozenset(there)


def is_name(name: str) -> bool:
    """Whether this can be the name of a picture: nothing else is read, written or shown."""
    return _NAME.fullmatch(name) is not None


def _is_picture(data: bytes) -> bool:
    return len(data) <= LARGEST and data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _name_of(data: bytes) -> str:
    return f"{FOLDER}/{hashlib.sha256(data).hexdigest()}.webp"
