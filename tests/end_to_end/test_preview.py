"""`check --base-url` looks at named pages of a service on its preview, and speaks of the service's own."""

from __future__ import annotations

from pathlib import Path

from curbcut_command import curbcut, results
from loopback_services import HEAD, Service, running

SERVICE = "https://www.example.gov"
PATHS = ("/", "/apply", "/gone", "/pr-7/", "/pr-7/apply", "/pr-7/gone")


def test_named_pages_are_looked_at_on_the_preview(tmp_path: Path) -> None:
    pages = {
        "/pr-7/apply?step=2": (200, "text/html", f"{HEAD}<p>Step two.<img src=x.png>"),
        "/pr-7/": (200, "text/html", f"{HEAD}<p>Home. <a href=/pr-7/apply?step=2>Apply</a>"),
        "/pr-7/gone": (404, "text/html", f"{HEAD}<p>Gone."),
    }
    (tmp_path / "urls.txt").write_text(f"{SERVICE}/apply?step=2\n{SERVICE}/gone\n", "utf-8")
    with running(Service(pages.get)) as preview:
        address = f"{preview.base}/pr-7"
        ended = curbcut("check", f"{SERVICE}/", "--from", "urls.txt", "--base-url", address, cwd=tmp_path)
        asked = {path: preview.asked[path] for path in preview.asked if path.partition("?")[0] in PATHS}
    assert ended.code in (0, 3), ended.err
    assert asked == dict.fromkeys(pages, 1), "exactly the named pages are asked for, where the preview has them"
    [site] = results(tmp_path / "curbcut-report")["sites"]
    assert [(page["url"], page["state"]) for page in site["pages"]] == [
        (f"{SERVICE}/", "tested"),
        (f"{SERVICE}/apply?step=2", "tested"),
        (f"{SERVICE}/gone", "error-page"),
    ]
    assert site["notes"] == [f"Visited at {preview.base}/pr-7/ in the place of {SERVICE}/."]


def test_a_preview_stands_for_no_other_service_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HEAD, "utf-8")
    for other in ("https://apply.example.org/", "page.html"):
        ended = curbcut("check", f"{SERVICE}/", other, "--base-url", "http://localhost:1/", cwd=tmp_path)
        assert ended.code == 2, ended.err
        assert "cannot stand for" in ended.err
        assert other in ended.err
