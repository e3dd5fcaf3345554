"""Writes a folder of public-service pages that nobody here wrote, to be served on loopback for the benchmarks.

    npm install @gouvfr/dsfr govuk-frontend @uswds/uswds twig
    python benchmarks/public_pages.py node_modules PAGES

`dsfr/` is the French design system's examples as they are. `govuk/` has a page for each component of GOV.UK
Frontend, its variants between header and footer of the page template. `uswds/` has the page templates and the
components of the U.S. Web Design System, rendered by twig.js (needs Node) from their templates and data.
`urls.txt` lists the pages. Style sheets, scripts and images are the packages' own, linked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GOVUK = """<!doctype html><html lang="en" class="govuk-template"><head><meta charset="utf-8">
<title>{title} – GOV.UK Frontend</title><link rel="stylesheet" href="dist/govuk-frontend.min.css"></head>
<body class="govuk-template__body"><script>document.body.className += " js-enabled govuk-frontend-supported";</script>
{skip}<header class="govuk-template__header">{header}{navigation}</header>
<div class="govuk-width-container">{breadcrumbs}<main class="govuk-main-wrapper" id="main-content">
<h1 class="govuk-heading-xl">{title}</h1>{content}</main></div>
<footer class="govuk-template__footer">{footer}</footer>
<script type="module">import {{ initAll }} from "./dist/govuk-frontend.min.js"; initAll();</script></body></html>"""

USWDS = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} – USWDS</title>
<script src="dist/js/uswds-init.min.js"></script><link rel="stylesheet" href="dist/css/uswds.min.css"></head>
{body}<script src="dist/js/uswds.min.js"></script></html>"""

TWIG = """
const {packages, root, stories} = JSON.parse(require("fs").readFileSync(0));
const Twig = require(packages + "/twig");
Twig.cache(false);
const namespaces = {components: root + "/", templates: root + "/templates/"};
console.log(JSON.stringify(stories.map(([path, data]) => {
  try {
    return Twig.twig({path: root + "/" + path, async: false, rethrow: true, namespaces}).render(data);
  } catch (error) {
    return null;
  }
})));
"""
"""Renders templates of a package; null for one that cannot be rendered."""

USWDS_MAIN = '<main id="main-content">'


def main(arguments: list[str]) -> None:
    """Write the folder."""
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    packages, out = (Path(argument).resolve() for argument in arguments)
    out.mkdir(parents=True, exist_ok=True)
    pages = [*_dsfr(packages / "@gouvfr/dsfr", out), *_govuk(packages / "govuk-frontend/dist/govuk", out)]
    pages += _uswds(packages, out)
    (out / "urls.txt").write_text("".join(f"{page}\n" for page in pages), "utf-8")
    print(f"{len(pages)} pages in {out}")


def _dsfr(package: Path, out: Path) -> list[str]:
    link(out / "dsfr", package)
    return [f"dsfr/{path.relative_to(package)}" for path in sorted((package / "example").rglob("*.html"))]


def _govuk(package: Path, out: Path) -> list[str]:
    folder = out / "govuk"
    folder.mkdir(exist_ok=True)
    link(folder / "dist", package)
    link(out / "assets", package / "assets")

    def part(name: str, variant: str = "default") -> str:
        return (package / f"components/{name}/template-{variant}.html").read_text("utf-8")

    around = {name.split("-")[0]: part(name) for name in ("skip-link", "header", "breadcrumbs", "footer")}
    around["navigation"] = part("service-navigation", "with-service-name-and-navigation")
    pages = []
    for component in sorted(path.parent for path in (package / "components").glob("*/fixtures.json")):
        if component.name == "header":
            continue
        variants = [path.read_text("utf-8") for path in sorted(component.glob("template-*.html"))]
        title = component.name.replace("-", " ").capitalize()
        page = folder / f"{component.name}.html"
        page.write_text(GOVUK.format(title=title, content="\n".join(variants), **around), "utf-8")
        pages.append(f"govuk/{page.name}")
    return pages


def _uswds(packages: Path, out: Path) -> list[str]:
    package = packages / "@uswds/uswds"
    folder = out / "uswds"
    folder.mkdir(exist_ok=True)
    link(folder / "dist", package / "dist")
    link(folder / "img", package / "dist/img")
    stories = list(_stories(package / "packages"))
    base = [("templates/usa-base/_base.twig", data) for _, _, data in stories]
    bodies = _rendered(packages, [(template, data) for _, template, data in stories] + base)
    pages = []
    for (name, _, data), own, around in zip(stories, bodies, bodies[len(stories) :], strict=False):
        if own is None or around is None:
            print(f"left out: {name}")
            continue
        body = own if "<body" in own else around.replace(USWDS_MAIN, USWDS_MAIN + own)
        page = folder / f"{name}.html"
        page.write_text(USWDS.format(title=name, lang=data.get("lang", "en"), body=body), "utf-8")
        pages.append(f"uswds/{page.name}")
    return pages


def _stories(packages: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, template and data of each page template and each component with data of its own."""
    for path in sorted(packages.glob("templates/**/*.json")) + sorted(packages.glob("usa-*/src/**/*.json")):
        base, _, variant = path.stem.partition("~")
        found = sorted(path.parent.glob(f"{base}.twig")) or sorted(path.parent.parent.glob(f"{base}.twig"))
        if found:
            whole = path.parent / f"{base}.json"
            data = json.loads(whole.read_text("utf-8")) if variant and whole.exists() else {}
            data |= json.loads(path.read_text("utf-8"))
            yield path.stem.replace("~", "-"), str(found[0].relative_to(packages)), {"img_path": "./img", **data}


def _rendered(packages: Path, stories: list[tuple[str, dict[str, Any]]]) -> list[str | None]:
    job = {"packages": str(packages), "root": str(packages / "@uswds/uswds/packages"), "stories": stories}
    done = subprocess.run(["node", "-e", TWIG], input=json.dumps(job), capture_output=True, text=True, check=True)
    bodies: list[str | None] = json.loads(done.stdout)
    return bodies


def link(name: Path, target: Path) -> None:
    """Make a link there, in place of an older one."""
    name.unlink(missing_ok=True)
    name.symlink_to(target)


if __name__ == "__main__":
    main(sys.argv[1:])
