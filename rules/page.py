"""One page as evidence: everything that a page rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rules.dom import Dom
from rules.evidence.axe import Axe
from rules.evidence.dom import DomSnapshot
from rules.evidence.fields import Fields
from rules.evidence.focus import Focus
from rules.evidence.form_errors import FormErrors
from rules.evidence.hover import Hover
from rules.evidence.listeners import Listeners
from rules.evidence.media import Media
from rules.evidence.motion import Motion
from rules.evidence.orientation import Orientation
from rules.evidence.pastes import Pastes
from rules.evidence.pictures import Pictures
from rules.evidence.pixels import Pixels
from rules.evidence.resources import Resources
from rules.evidence.response import Response
from rules.evidence.shortcuts import Shortcuts
from rules.evidence.sizes import Sizes
from rules.evidence.variants import Variants
from rules.evidence.views import Views
from rules.evidence.widgets import Widgets

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from rules.blocks import Block
    from rules.bypass import Ways
    from rules.contrast import TextContrast
    from rules.page_prose import PageProse


class PageState(StrEnum):
    """`tested`, or the reason why this was not judged as a page."""

    TESTED = "tested"
    BLOCKED = "blocked"
    LOGIN = "login"
    SOFT_404 = "soft-404"
    ERROR_PAGE = "error-page"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    ROBOTS = "robots"
    NOT_HTML = "not-html"
    INCOMPLETE_DATA = "incomplete-data"
    UNSTYLED = "unstyled"
    UNREACHABLE = "unreachable"
    DUPLICATE = "duplicate"


STOPPED = "stopped"
"""How the report of a probe begins that operates the page and did not come to its end."""


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """How one probe ended: `ran`, or why there is no evidence of it."""

    name: str
    state: str = "ran"

    @property
    def ran(self) -> bool:
        """Whether there is evidence."""
        return self.state == "ran"

    @property
    def spared(self) -> bool:
        """Whether there is evidence, or only none of operating the page, which its other evidence does not need."""
        return self.ran or self.state.startswith(STOPPED)


@dataclass(frozen=True)
class Page:
    """The frozen evidence of one visit to `url`.

    Evidence that a probe did not give is None and `probes` says why. Only a page whose `state` is
    `tested` is judged; `reason` is a sentence for people where it is not, and
    otherwise a remark, empty for most. `banner` is the selector of the control that answered the page's question for
    consent before it was looked at, or would have; empty for none.
    """

    url: str
    state: PageState = PageState.TESTED
    reason: str = ""
    response: Response | None = None
    snapshot: DomSnapshot | None = None
    axe: Axe | None = None
    listeners: Listeners | None = None
    media: Media | None = None
    pixels: Pixels | None = None
    pictures: Pictures | None = None
    fields: Fields | None = None
    focus: Focus | None = None
    pastes: Pastes | None = None
    views: Views | None = None
    spaced_view: Views | None = None
    variants: Variants | None = None
    orientation: Orientation | None = None
    sizes: Sizes | None = None
    motion: Motion | None = None
    widgets: Widgets | None = None
    hover: Hover | None = None
    shortcuts: Shortcuts | None = None
    form_errors: FormErrors | None = None
    resources: Resources | None = None
    probes: tuple[ProbeReport, ...] = ()
    banner: str = ""

    @property
    def final_url(self) -> str:
        """Where the browser ended, which is what relative links refer to."""
        if self.snapshot is not None and self.snapshot.frames:
            return self.snapshot.frames[0].url
        return self.response.url if self.response is not None else self.url

    def has(self, evidence: str) -> bool:
        """Whether the evidence that a rule names in `needs` is there."""
        return getattr(self, "snapshot" if evidence == "dom" else evidence, None) is not None

    @cached_property
    def dom(self) -> Dom:
        """The rendered tree with its look-ups; an empty one where there is no snapshot."""
        return Dom(self.snapshot or DomSnapshot((), (), ()))

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The response as written by the server, before any script ran."""
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.response.body if self.response else "", "lxml")

    @cached_property
    def text(self) -> tuple[Block, ...]:
        """The visible main content as blocks of running text in document order."""
        from rules.blocks import blocks

        return tuple(blocks(self.dom))

    @cached_property
    def prose(self) -> PageProse:
        """The visible main content in units, sentences and words, each unit with its element."""
        from rules.page_prose import page_prose

        return page_prose(self)

    @cached_property
    def contrasts(self) -> tuple[TextContrast, ...]:
        """How well each text stands out from its background, in document order."""
        from rules.contrast import seen_in

        return tuple(seen_in(self.pixels, self.dom.contrasts)) if self.pixels else self.dom.contrasts

    @cached_property
    def ways(self) -> Ways:
        """The ways from its start to its content, past what other pages have as well."""
        from rules.bypass import Ways

        return Ways(self)

    @property
    def watchful(self) -> frozenset[int]:
        """Indices of the elements that listen to keys or to losing the focus: they may keep it from moving on."""
        listening = self.listeners.elements if self.listeners else ()
        return frozenset(one.node for one in listening if {"keydown", "blur", "focusout"} & set(one.events))

    def knowing(self, **evidence: Any) -> Page:
        """The same page with more evidence about the same tree, by the names of its fields.

        What was derived from the tree is kept, as probes read it to know where to look.
        """
        page = replace(self, **evidence)
        if "dom" in self.__dict__:
            page.__dict__["dom"] = self.dom
        return page

    def __getstate__(self) -> dict[str, Any]:
        # What is derived on first use is large and cheap to make again.
        derived = {"dom", "soup", "text", "prose", "contrasts", "ways"}
        return {key: value for key, value in self.__dict__.items() if key not in derived}
