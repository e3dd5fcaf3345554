"""Every component example of GOV.UK Frontend and USWDS as a page of its own, for `design_systems.py`."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from public_pages import link

HEADING = re.compile("<h1[^>]*>(.*?)</h1>", re.DOTALL)
SLUG = re.compile(r"[^a-z0-9]+")

GOVUK = """<!doctype html><html lang="en" class="govuk-template"><head><meta charset="utf-8">
<title>{title} – GOV.UK</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="stylesheet" href="/govuk/dist/govuk-frontend.min.css">
<style>.app-template__body--inverse {{ background: #1d70b8 }} .app-template__body--inverse h1 {{ color: #fff }}</style>
</head><body class="govuk-template__body {body_class}">
<script>document.body.className += " js-enabled govuk-frontend-supported";</script>
{start}{skip}<header class="govuk-template__header">{header}{navigation}</header>
<div class="govuk-width-container">{before}<main class="govuk-main-wrapper" id="{target}">{heading}{main}</main></div>
<footer class="govuk-template__footer">{footer}</footer>
<script type="module">import {{ initAll }} from "/govuk/dist/govuk-frontend.min.js"; initAll();</script>
</body></html>"""

GOVUK_PLACES = {
    "back-link": "before",
    "breadcrumbs": "before",
    "cookie-banner": "start",
    "exit-this-page": "before",
    "footer": "footer",
    "generic-header": "header",
    "header": "header",
    "language-navigation": "before",
    "phase-banner": "before",
    "service-navigation": "navigation",
    "skip-link": "skip",
}
"""Where in the page a component stands that does not stand in the main content."""

USWDS = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} – USWDS</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><script src="dist/js/uswds-init.min.js"></script>
<link rel="stylesheet" href="dist/css/uswds.min.css"></head>
{body}<script src="dist/js/uswds.min.js"></script></html>"""
USWDS_BODY = "<body>{skipnav}{banner}{alert}{header}{main}{footer}{identifier}</body>"
USWDS_MAIN = '<main id="main-content" class="grid-container">{heading}{content}</main>'
USWDS_HEADER = '<header class="usa-header usa-header--basic"><div class="usa-nav-container">{content}</div></header>'

USWDS_PLACES = {
    "Banner": "banner",
    "Footer": "footer",
    "Header": "header",
    "Identifier": "identifier",
    "Site Alert": "alert",
    "Site Title": "header",
    "Skipnav": "skipnav",
}


BESIDE = {
    "en": """<h2>About the payment</h2>
<p>A payment helps you to keep your home warm when prices are high and the winter is long.</p>
<p>You can ask for it once a year, between October and March, if you live in the county and pay for your heating.</p>
<p>Have the number of your last bill at hand, the day on which you moved in, and the names of all who live with you.</p>
<p>We answer within ten working days by letter and tell you how much you get and when the money comes.</p>
<p>If your answer is no, you can write to us within a month and ask us to look at it again.</p>
<p>An office near you helps with the form, explains the letter and asks for no money.</p>
""",
    "es": """<h2>Sobre la ayuda</h2>
<p>Una ayuda para que su casa no se quede fría cuando los precios son altos y el invierno es largo.</p>
<p>Puede pedirla una vez al año, entre octubre y marzo, si vive en el condado y paga su propia calefacción.</p>
<p>Tenga a mano el número de la última factura, el día en que llegó y los nombres de quienes viven allí.</p>
<p>Le respondemos por carta en diez días y le decimos cuánto recibe y cuándo llega el dinero.</p>
<p>Si la respuesta es que no, puede escribirnos en el plazo de un mes y pedir que la miremos otra vez.</p>
<p>Una oficina cerca de su casa le ayuda con el formulario, le explica la carta y no pide dinero.</p>
""",
}
"""Some 110 words in each language."""


class Example(NamedTuple):
    """One example of a component: the page's name without ending, and the page."""

    system: str
    component: str
    name: str
    page: str

    @property
    def path(self) -> str:
        """Where the page lies."""
        return f"{self.system}/{_slug(self.component)}--{_slug(self.name)}.html"


def govuk(packages: Path) -> Iterator[Example]:
    """The examples that GOV.UK Frontend shows; those that it keeps for its own tests are hidden."""
    components = packages / "govuk-frontend/dist/govuk/components"
    around = {
        place: (components / f"{name}/template-default.html").read_text("utf-8")
        for place, name in (("skip", "skip-link"), ("header", "header"), ("footer", "footer"))
    }
    for path in sorted(components.glob("*/fixtures.json")):
        written = json.loads(path.read_text("utf-8"))
        component = written["component"]
        for fixture in written["fixtures"]:
            if fixture["hidden"]:
                continue
            content, name = fixture["html"], component.replace("-", " ").capitalize()
            parts = dict.fromkeys(("start", "navigation", "before", "main"), "") | around
            parts[GOVUK_PLACES.get(component, "main")] = content
            target = re.search('href="#([^"]+)', parts["skip"])
            page = GOVUK.format(
                title=_title(content, f"{name}: {fixture['name']}, example"),
                heading="" if HEADING.search(content) else f'<h1 class="govuk-heading-xl">{name}</h1>',
                body_class=fixture["pageTemplateOptions"].get("bodyClasses", ""),
                target=target[1] if target else "main-content",
                **parts,
            )
            yield Example("govuk", component, fixture["name"], _no_login(page, "en"))


def uswds(packages: Path) -> Iterator[Example]:
    """The stories that USWDS shows, pages and components."""
    script = str(Path(__file__).with_name("stories.mjs"))
    told = json.loads(subprocess.run(["node", script, str(packages)], stdout=subprocess.PIPE, check=True).stdout)
    for story in told["stories"]:
        component = story["component"].partition("/")[2]
        title = f"{component.rpartition('/')[2]}: {re.sub('(?<=[a-z])(?=[A-Z])', ' ', story['story'])}, example"
        body = (
            story["html"]
            if "<body" in story["html"]
            else _body(component, story["html"], told["around"][story["lang"]])
        )
        page = USWDS.format(lang=story["lang"], title=_title(story["html"], title), body=body)
        yield Example("uswds", component, story["story"], _no_login(page, story["lang"]))


def _body(component: str, content: str, around: dict[str, str]) -> str:
    """The base page of USWDS with a component at its place."""
    place = USWDS_PLACES.get(component.partition("/")[0], "main")
    heading = "" if HEADING.search(content) else f"<h1>{component.rpartition('/')[2]}</h1>"
    main = content if "<main" in content else USWDS_MAIN.format(heading=heading, content=content * (place == "main"))
    parts = {**around, "alert": "", "main": main}
    if place == "header" and "<header" not in content:
        parts["header"] = USWDS_HEADER.format(content=content)
    elif place != "main":
        parts[place] = content
    return USWDS_BODY.format(**parts)


def _title(content: str, name: str) -> str:
    """What the page is about: its own heading, as services do it, or the example's name; as HTML."""
    heading = HEADING.search(content)
    text = " ".join(re.sub("<[^>]*>", " ", heading[1]).split()) if heading else ""
    return text or html.escape(name)


def _no_login(page: str, lang: str) -> str:
    """The page; with more to read where it asks for a password, since a page that only does so is not looked at."""
    return page.replace("</main>", f"{3 * BESIDE[lang]}</main>") if 'type="password"' in page else page


def _slug(text: str) -> str:
    return SLUG.sub("-", text.lower()).strip("-")


def write(examples: list[Example], packages: Path, folder: Path) -> None:
    """Write the pages and what they need into a folder to be served."""
    (folder / "govuk").mkdir()
    (folder / "uswds").mkdir()
    link(folder / "assets", packages / "govuk-frontend/dist/govuk/assets")
    link(folder / "govuk/dist", packages / "govuk-frontend/dist/govuk")
    link(folder / "uswds/dist", packages / "@uswds/uswds/dist")
    link(folder / "uswds/img", packages / "@uswds/uswds/dist/img")
    for example in examples:
        (folder / example.path).write_text(example.page, "utf-8")
    (folder / "urls.txt").write_text("".join(f"{example.path}\n" for example in examples), "utf-8")
