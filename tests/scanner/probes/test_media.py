"""Audio and video are asked what they play, in every frame and shadow tree; only what plays is listened to."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.evidence.media import Medium, Track
from rules.page import Page
from rules.speech import speech_end_s, speech_s
from scanner.browser.tab import Tab
from scanner.visit import VisitPlan, visit

FILMS = Path(__file__).parents[2] / "rules" / "pages" / "media" / "films"

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Media</title>
<audio id="loud" autoplay loop src="loud.wav"></audio>
<audio id="silent" autoplay src="silent.wav"></audio>
<audio id="far" autoplay src="ELSEWHERE/loud.wav"></audio>
<audio id="muted" autoplay muted controls src="loud.wav"></audio>
<video id="waiting" src="loud.wav"><track kind="captions" srclang="es" label="Español" src="es.vtt"></video>
<audio id="gone" autoplay src="gone.wav"></audio>
<div id="host"></div><iframe src="frame.html"></iframe>
<iframe sandbox srcdoc="<audio id='locked' autoplay src='loud.wav'></audio>"></iframe>
<script>document.getElementById("host").attachShadow({mode: "closed"}).innerHTML =
  "<audio id='shadow' src='loud.wav'></audio>"
HTMLMediaElement.prototype.captureStream = () => { throw new Error("the page's own") }
document.getElementById("silent").play = null</script>"""


@pytest.fixture
def site(tmp_path: Path, serve: Callable[[Path], str]) -> str:
    for name, loudness in (("loud", 16000), ("silent", 0)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(b"".join(struct.pack("<h", round(loudness * math.sin(at / 5))) for at in range(40_000)))
    base = serve(tmp_path)
    (tmp_path / "index.html").write_text(PAGE.replace("ELSEWHERE", base.replace("127.0.0.1", "localhost")), "utf-8")
    (tmp_path / "frame.html").write_text("<!doctype html><audio id='framed' autoplay src='loud.wav'></audio>", "utf-8")
    (tmp_path / "none.html").write_text("<!doctype html><p>No sound", "utf-8")
    return base


async def media_of(tab: Tab, url: str) -> tuple[Page, dict[str, Medium]]:
    page = await visit(tab, url, VisitPlan())
    assert page.media is not None, page.probes
    names = [page.dom.at(medium.node) for medium in page.media.elements]
    return page, {name.get("id"): medium for name, medium in zip(names, page.media.elements, strict=True) if name}


async def test_what_plays_by_itself_is_heard_and_the_page_cannot_interfere(tab: Tab, site: str) -> None:
    _, found = await media_of(tab, f"{site}/index.html")
    assert {name: medium.sound for name, medium in found.items() if medium.plays and not medium.muted} == {
        "loud": "heard",
        "silent": "silent",
        "far": "decoded",
        "framed": "heard",
    }
    assert (found["loud"].duration_s, found["loud"].loop, found["loud"].autoplay) == (5.0, True, True)


async def test_what_does_not_play_is_told_and_not_listened_to(tab: Tab, site: str) -> None:
    _, found = await media_of(tab, f"{site}/index.html")
    assert (found["muted"].muted, found["muted"].controls, found["muted"].sound) == (True, True, "")
    assert (found["waiting"].plays, found["waiting"].kind) == (False, "video")
    assert found["waiting"].tracks == (Track("captions", "es", "Español", "failed"),)
    assert found["gone"].failed
    assert not found["shadow"].plays
    assert not found["locked"].plays, "a frame without scripts may not start sound"


async def test_a_page_without_media_has_evidence_of_none(tab: Tab, site: str) -> None:
    page, found = await media_of(tab, f"{site}/none.html")
    assert found == {}
    assert page.has("media")


async def test_the_files_that_people_meet_are_decoded_and_those_of_other_sites_are_not(tab: Tab, site: str) -> None:
    page, found = await media_of(tab, f"{site}/index.html")
    contents = {name: medium.content.sound if medium.content else None for name, medium in found.items()}
    assert contents["loud"] == contents["muted"] == contents["waiting"] == "heard"
    assert contents["silent"] == "silent"
    assert contents["far"] is None, "another site's file"
    assert page.resources is not None
    assert [request.url for request in page.resources.requests if request.kind == "Fetch"] == [], "no data of the page"


async def test_a_film_is_looked_at_and_its_captions_are_counted(
    tab: Tab, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    for file in FILMS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "index.html").write_text(
        """<!doctype html><html lang="en"><title>Films</title>
        <video id="spoken" controls src="film-spoken.webm"><track kind="captions" srclang="en" src="full.vtt"></video>
        <video id="lettered" controls preload="none" src="film-lettered.webm"></video>
        <video id="still" controls src="film-silent-still.webm"></video>""",
        "utf-8",
    )
    _, found = await media_of(tab, f"{serve(tmp_path)}/index.html")
    contents = {name: medium.content for name, medium in found.items() if medium.content}
    assert found["spoken"].tracks == (Track("captions", "en", "", "loaded", 2, 14, 11.5),)
    assert speech_s(contents["spoken"]) >= 8
    assert speech_end_s(contents["spoken"]) >= 10
    assert max(contents["spoken"].changes) > 5
    assert contents["still"].sound == "none"
    assert max(contents["still"].changes) <= 1
    assert contents["spoken"].lettering == ("",) * 6
    assert contents["lettered"].lettering is not None
    assert all("open" in text for text in contents["lettered"].lettering)
