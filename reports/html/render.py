"""Templates filled so that nothing from a page can become markup, run, load or hide.

Escaping is always on, every text goes through `visible` on its way out, and a policy in each file allows
one style sheet, named by its hash, and nothing else: no picture from elsewhere, no form. Lists that can be narrowed
allow the script file of the report as well; none is ever written into a document.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.text import cut, visible
from reports.words import counted, started

_HERE = Path(__file__).parent
_LONGEST = 4000


class Renderer:
    """Fills templates; made once for a report, as reading them takes longer than filling one."""

    def __init__(self) -> None:
        css = _style()
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "css": Markup(css),
            "policy": _policy(css),
            "counted": counted,
            "started": started,
        }
        self._environment.filters["grouped"] = "{:,}".format

    def render(self, template: str, *, root: str, values: Mapping[str, object]) -> str:
        """The document that a template and its values make; `root` leads from its folder to the report's."""
        return self._environment.get_template(f"{template}.html.j2").render(root=root, **values)


def script() -> str:
    """The script of a report, the same for all."""
    return (_HERE / "report.js").read_text("utf-8").replace("\r\n", "\n")


def _shown(value: object) -> object:
    """Every value on its way into a document: hidden characters made visible, length bounded."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(cut(value, _LONGEST))
    return value


def _style() -> str:
    return "\n" + (_HERE / "style.css").read_text("utf-8").replace("\r\n", "\n")


def _policy(css: str) -> str:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
