"""A question for consent is answered with no before a page is looked at, and nothing else happens by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from counting_server import Answer, CountingServer

from rules.page import Page, PageState
from rules.registry import load_rules
from scanner.browser.tab import Tab
from scanner.visit import VisitPlan, visit
from scanner.worker import BANNER, work

HEAD = "<!doctype html><html lang=en><title>Ferry fares</title><main><h1>Fares</h1><p>Two crowns a trip.</main>"
SHOW = """
<div id=bar role=dialog aria-label=Cookies style="position:fixed;inset:0"><p>We use cookies.<img src=/x.png>
%s</div><script>
const bar = document.getElementById("bar");
const answer = (event) => { fetch("/choice", {method: "POST", body: "no"}).catch(() => 0); bar.remove(); };
%s
</script>"""
BUTTON = "<button id=onetrust-reject-all-handler>Reject all</button><button>Accept</button>"
ON_PRESS = "bar.querySelector('#onetrust-reject-all-handler').addEventListener('click', answer);"
LATE = f"bar.hidden = true; setTimeout(() => {{ bar.hidden = false; {ON_PRESS} }}, 150);"
SHADOW = """
<div id=usercentrics-root></div><script>
const root = document.getElementById("usercentrics-root").attachShadow({mode: "open"});
root.innerHTML = '<div id=bar role=dialog>Cookies? <button data-testid="uc-deny-all-button">Deny</button></div>';
root.querySelector("button").onclick = () => { document.getElementById("usercentrics-root").remove(); };
</script>"""

FRAMED = """
<iframe id=bar title=Cookies style="position:fixed;inset:0" src="http://localhost:%s"></iframe><script>
addEventListener("message", (event) => { if (event.data === "no") document.getElementById("bar").remove(); });
</script>"""
INSIDE = "<!doctype html><p>We use cookies.<form action=/sent><button class='%s'>%s</button></form><script>%s</script>"
SAYS_NO = "document.querySelector('button').onclick = () => parent.postMessage('no', '*');"

PAGES = {
    "/inside": INSIDE % ("sp_choice_type_13", "Reject all", SAYS_NO),
    "/inside-own": INSIDE % ("our-no", "No", SAYS_NO),
    "/inside-logs-out": INSIDE % ("sp_choice_type_13", "Log out", SAYS_NO),
    "/plain": HEAD,
    "/asks": HEAD + SHOW % (BUTTON, ON_PRESS),
    "/asks-late": HEAD
    + SHOW % (BUTTON, f"bar.hidden = true; setTimeout(() => {{ bar.hidden = false; {ON_PRESS} }}, 150)"),
    "/asks-in-shadow": HEAD + SHADOW,
    "/form": HEAD
    + SHOW % ("<form action=/sent><button id=onetrust-reject-all-handler>Reject</button></form>", ON_PRESS),
    "/link": HEAD + SHOW % ("<a id=onetrust-reject-all-handler href=/followed>Reject</a>", ON_PRESS),
    "/log-out": HEAD + SHOW % ("<a id=onetrust-reject-all-handler href=/logout>No, thanks</a>", ON_PRESS),
    "/logs-out": HEAD + SHOW % ("<button id=onetrust-reject-all-handler>Log out</button>", ON_PRESS),
    "/leads-away": HEAD
    + SHOW % (BUTTON, "bar.querySelector('button').onclick = () => { location.href = '/elsewhere'; };"),
    "/elsewhere": "<!doctype html><html lang=en><title>Elsewhere</title><main><h1>Elsewhere</h1><p>Not this.</main>",
    "/own": HEAD + SHOW % ("<button class=our-no>No</button>", "bar.querySelector('button').onclick = answer;"),
}
PLAN = VisitPlan(load_s=15.0, probe_s=15.0)


@pytest.fixture
def server() -> Iterator[CountingServer]:
    with CountingServer({path: Answer(body) for path, body in PAGES.items()}) as counting:
        for path in ("/inside", "/inside-own", "/inside-logs-out"):
            framed = HEAD + FRAMED % f"{counting.port}{path}"
            counting.pages[f"{path}-framed"] = Answer(framed)
            counting.pages[f"{path}-hidden"] = Answer(framed.replace("position:fixed", "display:none"))
        yield counting


def shown(page: Page) -> str:
    assert page.state is PageState.TESTED, page.reason
    return " ".join(element.text for element in page.dom.by_tag("body") if element.node.frame == 0)


@pytest.mark.parametrize("path", ["/asks", "/asks-late", "/asks-in-shadow"])
async def test_a_question_is_answered_and_the_page_below_is_looked_at(
    tab: Tab, server: CountingServer, path: str
) -> None:
    page = await visit(tab, server.here + path, PLAN)
    assert page.banner
    assert "Two crowns" in shown(page)
    assert not [element for element in page.dom.elements if element.get("id") == "bar" and element.rendered]
    assert server.unsafe() == []


@pytest.mark.parametrize("path", ["/form", "/link"])
async def test_a_press_submits_nothing_and_follows_nothing(tab: Tab, server: CountingServer, path: str) -> None:
    page = await visit(tab, server.here + path, PLAN)
    assert page.banner
    assert page.final_url == server.here + path
    assert not {"/sent", "/followed"} & server.paths()
    assert server.unsafe() == []


@pytest.mark.parametrize("path", ["/log-out", "/logs-out"])
async def test_a_control_that_logs_out_is_never_pressed(tab: Tab, server: CountingServer, path: str) -> None:
    page = await visit(tab, server.here + path, PLAN)
    assert page.banner == ""
    assert "We use cookies" in shown(page)
    assert "/logout" not in server.paths()


async def test_an_answer_that_leads_away_is_undone(tab: Tab, server: CountingServer) -> None:
    page = await visit(tab, f"{server.here}/leads-away", PLAN)
    assert page.final_url == f"{server.here}/leads-away"
    assert "Two crowns" in shown(page)


async def test_own_selectors_take_the_place_of_the_known_ones(tab: Tab, server: CountingServer) -> None:
    assert (await visit(tab, f"{server.here}/own", PLAN)).banner == ""
    own = await visit(tab, f"{server.here}/own", VisitPlan(load_s=15.0, probe_s=15.0, consent=(".our-no",)))
    assert own.banner == ".our-no"
    none = await visit(tab, f"{server.here}/asks", VisitPlan(load_s=15.0, probe_s=15.0, consent=()))
    assert "We use cookies" in shown(none)


async def test_a_question_in_a_frame_of_another_site_is_answered(tab: Tab, server: CountingServer) -> None:
    page = await visit(tab, f"{server.here}/inside-framed", PLAN)
    assert page.banner == "button.sp_choice_type_13"
    assert page.dom.by_tag("iframe") == []
    own = VisitPlan(load_s=15.0, probe_s=15.0, consent=(".our-no",))
    assert (await visit(tab, f"{server.here}/inside-own-framed", own)).dom.by_tag("iframe") == []
    assert "/sent" not in server.paths()
    assert server.unsafe() == []


@pytest.mark.parametrize("path", ["/inside-hidden", "/inside-logs-out-framed"])
async def test_what_cannot_be_seen_or_must_not_be_pressed_in_a_frame_is_left(
    tab: Tab, server: CountingServer, path: str
) -> None:
    page = await visit(tab, server.here + path, PLAN)
    assert page.banner == ""
    assert len(page.dom.by_tag("iframe")) == 1


async def test_the_next_page_is_asked_again(tab: Tab, server: CountingServer) -> None:
    for _ in range(2):
        assert (await visit(tab, f"{server.here}/asks", PLAN)).banner == "#onetrust-reject-all-handler"
    assert (await visit(tab, f"{server.here}/plain", PLAN)).banner == ""


async def test_the_first_page_is_looked_at_with_its_question_as_well(tab: Tab, server: CountingServer) -> None:
    rules = load_rules().page_rules
    path = f"{server.here}/link"
    first = await work(tab, path, PLAN, rules, first=True)
    later = await work(tab, path, PLAN, rules)
    of_question = [outcome for outcome in first.result.outcomes if outcome.variants == (BANNER,)]
    assert any("x.png" in outcome.target.snippet for outcome in of_question if outcome.target)
    rest = tuple(outcome for outcome in first.result.outcomes if not outcome.variants)
    assert rest == later.result.outcomes
    assert any("answered first" in note for note in first.result.notes)
