"""The settings of one run: a single frozen, validated object that every part of the scanner is given.

In files names are written in kebab-case (`max-pages`); in Python they are attributes. Thresholds that judge a page
are no settings: they stand beside the rule that judges.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    StrictBool,
    StrictInt,
    StrictStr,
)
from pydantic.fields import FieldInfo

from reports.edit_link import edit_pattern
from rules.model import Impact
from rules.plain.style import USUAL, Style
from scanner.setting_types import (
    FilePath,
    Number,
    RuleSetDate,
    Selector,
    TimeKept,
    contact_address,
    place_named,
    preview_base,
)

Profile = Literal["wcag22-aa", "us-508", "us-ada-title-ii", "eu-en301549-v3.2.1", "eu-en301549-v4.1", "uk-psbar"]
Robots = Literal["obey", "own-site"]
Analytics = Literal["block", "allow"]
Operate = Literal["all", "some", "none"]
Reach = Literal["host", "domain"]

MOST_TABS = 8
PATTERNS = 'a list of patterns such as ["/forms/*"]'


def tabs_for_this_machine() -> int:
    """One tab more than this process has processor cores, at most 8 unless a person asks for more.

    A page that settles waits for a while without work for the processor; the tab more uses that time.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_TABS, cores + 1)


def _setting(default: Any, description: str, expects: str, **limits: Any) -> Any:
    """A field with its sentence for the documentation and the words that an error uses for what is right."""
    return Field(default, description=description, json_schema_extra={"expects": expects}, **limits)


def name_in_file(attribute: str) -> str:
    """The name of a setting as people write it: `page_timeout_s` is `page-timeout`."""
    return attribute.removesuffix("_s").replace("_", "-")


class Settings(BaseModel):
    """What a person decides about a run; frozen, picklable, and valid once it exists."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=name_in_file, validate_by_name=True)

    profile: Profile = _setting(
        "wcag22-aa", "The standard that decides which problems are required to be fixed.", "the name of a profile"
    )
    max_pages: Annotated[StrictInt, Field(ge=0)] = _setting(
        50, "How many pages of each service are looked at; 0 for all of them.", "a whole number, 0 for no limit"
    )
    concurrency: Annotated[StrictInt, Field(ge=1, le=64)] = Field(
        default_factory=tabs_for_this_machine,
        description="How many pages are visited at the same time; the results do not depend on it.",
        json_schema_extra={
            "expects": "a whole number from 1 to 64",
            "default": f"one more than processor cores, at most {MOST_TABS}",
        },
    )
    page_timeout_s: Annotated[Number, Field(ge=1, le=600)] = _setting(
        30.0, "How many seconds a page may take to load before it counts as not answering.", "seconds from 1 to 600"
    )
    page_memory: Annotated[StrictInt, Field(ge=200, le=64_000)] = _setting(
        1_500,
        "How many megabytes a page may take in the browser before it is ended and recorded (Linux).",
        "a whole number of megabytes from 200 to 64000",
    )
    deadline_s: Annotated[Number, Field(ge=0, le=10**7)] = _setting(
        0.0,
        "After how many seconds a scan ends with what it has, which is no verdict; 0 for never.",
        "seconds, 0 for no deadline",
    )
    consent: tuple[Selector, ...] | None = _setting(
        None,
        "CSS selectors of the controls that answer a question for consent with no; without it those of common tools.",
        "a list of CSS selectors",
    )
    rules: RuleSetDate | None = _setting(
        None,
        "The dated rule set to judge by: own rules that are newer are left out. Without it all rules judge.",
        "a year and a month such as 2026.11",
    )
    house_style: Annotated[InstanceOf[Style], PlainSerializer(Style.as_json)] | None = _setting(
        None,
        "The file of words and limits that a house wants; [Plain language](plain-language.md#house-style) says how.",
        "the path of a TOML file",
    )
    operate: Operate = _setting(
        "some",
        "Which pages are operated as well, with keys and other sizes of the window, a second or two for each: some are "
        "the first of each kind of address, a fifth of the others, and of pages that were named the first five and the "
        "small ones.",
        "which pages are operated",
    )
    pictures: StrictBool = _setting(
        True,
        "Whether pages that are operated are pictured for the report, what fields hold covered; never with access.",
        "true or false",
    )
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] = _setting(
        0,
        "Where every random draw starts from; the same seed gives the same pages and ranges.",
        "a whole number, 0 or more",
    )
    delay_s: Annotated[Number, Field(ge=0, le=3600)] = _setting(
        0.0, "How many seconds lie at least between the starts of two pages of one host.", "seconds from 0 to 3600"
    )
    per_host: Annotated[StrictInt, Field(ge=1, le=64)] = _setting(
        4,
        "How many pages of one host are visited at the same time; servers on this machine may be asked for more.",
        "a whole number from 1 to 64",
    )
    max_requests: Annotated[StrictInt, Field(ge=0)] = _setting(
        0,
        "How many requests pages may cause at each service, with all they load, before the rest is left; 0 for any.",
        "a whole number, 0 for no limit",
    )
    analytics: Analytics = _setting(
        "block", "Whether known collectors of usage reports are asked for anything.", "what to do with them"
    )
    ca_bundle: FilePath | None = _setting(
        None,
        "Certificates of a company's own authorities, believed beside the system's; [Access](access.md) says by whom.",
        "the path of a PEM file",
    )
    access: Annotated[tuple[dict[str, Any], ...], Field(repr=False)] = _setting(
        (), "What lets Curbcut in at an origin; [Access](access.md) says how.", "tables that begin with [[access]]"
    )
    contact: Annotated[StrictStr, AfterValidator(contact_address)] = _setting(
        "",
        "An e-mail address or URL, sent with every request, where a site's owner reaches the person who scans.",
        "an e-mail address or a URL",
    )
    robots: Robots = _setting(
        "obey",
        "Whether robots.txt is obeyed; with own-site a person says that the sites are their own, and reports say so.",
        "how to treat robots.txt",
    )
    scope: Reach = _setting(
        "host",
        "What belongs to a service: its host with the www. twin, or every host of its registrable domain.",
        "how far a service reaches",
    )
    include: tuple[StrictStr, ...] = _setting(
        (), "Patterns of addresses; where there are any, only pages that match one are looked at.", PATTERNS
    )
    exclude: tuple[StrictStr, ...] = _setting(
        (), "Patterns of addresses that are left out; the home page is always looked at.", PATTERNS
    )
    max_depth: Annotated[StrictInt, Field(ge=0)] = _setting(
        0,
        "How many links away from the home page or an address of the sitemap pages are looked at; 0 for any number.",
        "a whole number, 0 for no limit",
    )
    base_url: Annotated[StrictStr, AfterValidator(preview_base)] | None = _setting(
        None,
        "A preview of the service, visited in its place; results keep the service's own addresses.",
        "the address of a preview, such as https://preview.example.dev/",
    )
    browser: Annotated[StrictStr, AfterValidator(place_named)] | None = _setting(
        None,
        "The browser to use, as a path or a program's name; without it the best one on the machine is found.",
        "the path or name of a program",
    )
    axe: FilePath | None = _setting(
        None, "The axe-core file to use instead of the one that comes along.", "the path of an axe.min.js file"
    )
    output: FilePath = _setting(
        Path("curbcut-report"), "The folder that the report is written to.", "the path of a folder"
    )
    store: Annotated[StrictStr, AfterValidator(place_named)] = _setting(
        ".curbcut/curbcut.db",
        "The database that keeps results from scan to scan, as a file or an SQLAlchemy URL.",
        "the path of a file, or a URL such as sqlite:////srv/curbcut.db",
    )
    keep: TimeKept | None = _setting(
        None,
        "How long scans stay in the store; `curbcut purge` removes older ones, and never the last of a service.",
        'a time such as "24 months", in days, weeks, months or years',
    )
    keep_evidence: StrictBool = _setting(
        False, "Whether the evidence of each page is kept, so that it can be judged again later.", "true or false"
    )
    fail_on: Impact = _setting(
        "serious", "The gate fails on new problems of this impact and of worse ones.", "an impact"
    )
    baseline: FilePath | None = _setting(
        None, "The file of known problems, which do not fail the gate.", "the path of a baseline file"
    )
    max_untested: Annotated[Number, Field(ge=0, le=1)] = _setting(
        0.1,
        "The share of pages that may stay untested before the gate says that it could not judge.",
        "a share from 0 to 1, such as 0.1",
    )

    exceptions: FilePath | None = _setting(
        None, "The file of agreed exceptions; [the gate](gate.md#exceptions) says how.", "the path of a TOML file"
    )
    reviews: FilePath | None = _setting(
        None, "The file of people's answers, as `curbcut review` writes it.", "the path of a file of answers"
    )
    gate: dict[str, Any] = _setting(
        {}, "What else the gate asks for; [the gate](gate.md#policies) says how.", "a table that begins with [gate]"
    )

    owners: dict[str, Any] = _setting(
        {},
        "Which team answers for which pages; [the report](report.md#owners) says how.",
        "a table that begins with [owners]",
    )

    edit_link: Annotated[StrictStr, AfterValidator(edit_pattern)] = _setting(
        "",
        "Where pages are edited; reports link there from what is fixed in a text, and from pages.",
        'an http or https address with {path} or {url} after its host, such as "https://cms.example/edit/{path}"',
    )

    @property
    def style(self) -> Style:
        """What rules on words judge by."""
        return self.house_style or USUAL

    def public(self) -> dict[str, object]:
        """What results.json says about the settings: all that may change a result, by its name in the file.

        Left out are paths of this machine, the store's URL (it may hold a password), and what changes no
        result, such as `concurrency`.
        """
        private = {"concurrency", "browser", "axe", "output", "store", "baseline", "keep", "keep_evidence", "ca_bundle"}
        private |= {
            "per_host",
            "delay_s",
            "access",
            "exceptions",
            "reviews",
            "gate",
            "owners",
            "edit_link",
            "deadline_s",
        }
        return dict(sorted(self.model_dump(mode="json", by_alias=True, exclude=private).items()))


def expects(field: FieldInfo) -> str:
    """What a right value of a setting is, in words."""
    extra = field.json_schema_extra
    words = str(extra["expects"]) if isinstance(extra, dict) else ""
    choices = getattr(field.annotation, "__args__", ()) if getattr(field.annotation, "__origin__", 0) is Literal else ()
    return f"{words}: {', '.join(choices[:-1])} or {choices[-1]}" if choices else words
