"""A component keeps its fingerprint through everything that makes it no other one, and shares it with no other."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from benchmarks.components import distinct, pointed_at
from benchmarks.mutations import MARK, MUTATIONS, Mutation, everything, hash_classes, marked, mutated
from rules.element import Element
from rules.fingerprint import fingerprint, site_fingerprint
from rules.page import Page, PageState
from scanner.browser.tab import Tab
from scanner.demo import barriers
from scanner.visit import VisitPlan, visit

LookAt = Callable[[str], Awaitable[Page]]

DEMO = Path(barriers.__file__).parent / "site"
PAGES = ("index.html", "apply/step-2.html")
KEPT = 0.98
SHARING = 0.01
ALL: dict[str, Mutation] = {**MUTATIONS, "all at once": everything}


def known(page: Page) -> dict[str, str]:
    return {mark: fingerprint("a-rule", element) for mark, element in pointed_at(page)}


@pytest.mark.parametrize("name", ALL)
async def test_mutations_keep_fingerprints(tab: Tab, tmp_path: Path, serve: Callable[[Path], str], name: str) -> None:
    shutil.copytree(DEMO, tmp_path / "old")
    shutil.copytree(DEMO, tmp_path / "new" / "archive")
    base = serve(tmp_path)
    mutation, is_build = ALL[name], ALL[name] in (hash_classes, everything)
    same = total = 0
    for path in PAGES:
        html = (DEMO / path).read_text("utf-8")
        (tmp_path / "old" / path).write_text(mutated(html, hash_classes, "1") if is_build else marked(html), "utf-8")
        (tmp_path / "new" / "archive" / path).write_text(mutated(html, mutation, "2"), "utf-8")
        before = await visit(tab, f"{base}/old/{path}", VisitPlan())
        after = await visit(tab, f"{base}/new/archive/{path}", VisitPlan())
        assert (before.state, after.state) == (PageState.TESTED, PageState.TESTED), (before.reason, after.reason)
        was, now = known(before), {element.get(MARK): element for element in after.dom.elements}
        assert was.keys() <= now.keys()
        same += sum(fingerprint("a-rule", now[mark]) == value for mark, value in was.items())
        total += len(was)
    assert total > 200
    assert same / total >= KEPT


async def test_distinct_components_do_not_share_fingerprints(
    tab: Tab, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    shutil.copytree(DEMO, tmp_path / "site")
    base = serve(tmp_path)
    components: dict[str, set[object]] = {}
    for path in (
        "index.html",
        "contact.html",
        "documents.html",
        "guides.html",
        "apply/step-1.html",
        "apply/step-2.html",
    ):
        (tmp_path / "site" / path).write_text(marked((DEMO / path).read_text("utf-8")), "utf-8")
        page = await visit(tab, f"{base}/site/{path}", VisitPlan())
        for _, element in pointed_at(page):
            components.setdefault(fingerprint("a-rule", element), set()).add(distinct(element))
    counts = [len(group) for group in components.values()]
    assert sum(counts) > 120
    assert sum(count for count in counts if count > 1) <= SHARING * sum(counts)


async def pair(look_at: LookAt, one: str, other: str) -> tuple[Element, Element]:
    page = await look_at(f"<html lang=en><title>T</title><body>{one}{other}")
    first, second = (element for element in page.dom.elements if element.has("data-it"))
    return first, second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a data-it href=/a class='btn big'>A</a>", "<a data-it href=/b?c=1 class='big btn' id=x>Something else</a>"),
        ("<p><a data-it href=/a>A</a></p>", "<ul><li><div><a data-it href=/b>B</a></div></ul>"),
        ("<button data-it>Go</button>", "<button data-it disabled aria-expanded=true hidden>Allez</button>"),
        ("<button data-it class=menu>Go</button>", "<button data-it class='menu menu--open is-active'>Go</button>"),
        ("<a data-it href=/a class=css-1ab2c3>A</a>", "<a data-it href=/a class=css-9z8y7x>A</a>"),
        ("<a data-it href=/a class=Nav_link__x7Yz1>A</a>", "<a data-it href=/a class=Nav_link__aaaaa>A</a>"),
        ("<a data-it href=/a class='sc-bdVaJa fWzXyK'>A</a>", "<a data-it href=/a class='sc-eqUAAy hoover'>A</a>"),
        ("<div data-it class='card w-1/2'>A</div>", "<div data-it class='card md:flex tablet:grid-col-6'>A</div>"),
        ("<input data-it name=child[0][age]>", "<input data-it name=child[12][age] id=a value=b required>"),
        ("<a data-it href=/a><img src=a.png alt=A></a>", "<a data-it href=/b>B <span><img src=b.png alt=B></span></a>"),
        ("<ul data-it><li>A</ul>", "<ul data-it><li>A<li><a href=/b>B</a></ul>"),
        ("<nav><a data-it href=/a>A</a></nav>", "<div role=navigation><div><a data-it href=/a>A</a></div></div>"),
        ("<article><header><p data-it>A</header></article>", "<article><p data-it>A</article>"),
        ("<nav><p data-it>A</nav>", "<nav hidden><p data-it>A</nav>"),
    ],
)
async def test_the_same_component(look_at: LookAt, one: str, other: str) -> None:
    first, second = await pair(look_at, one, other)
    assert fingerprint("a-rule", first) == fingerprint("a-rule", second)
    assert fingerprint("a-rule", first) != fingerprint("b-rule", first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a data-it href=/a>A</a>", "<a data-it>A</a>"),
        ("<a data-it href=/a>A</a>", "<button data-it>A</button>"),
        ("<a data-it href=/a class=usa-button--big>A</a>", "<a data-it href=/a class=usa-button--outline>A</a>"),
        ("<a data-it href=/a class=Nav_link__x7Yz1>A</a>", "<a data-it href=/a class=Nav_logo__x7Yz1>A</a>"),
        ("<div data-it>A</div>", "<div data-it role=button>A</div>"),
        ("<input data-it name=given-name>", "<input data-it name=family-name>"),
        ("<input data-it name=a>", "<input data-it name=a type=email>"),
        ("<input data-it name=a autocomplete=name>", "<input data-it name=a autocomplete=tel>"),
        ("<a data-it href=/a>A</a>", "<a data-it href=/a><img src=a.png alt=A></a>"),
        ("<a data-it href=/a><img src=a.png alt=A></a>", "<a data-it href=/a><img src=a.png alt=''>A</a>"),
        ("<button data-it><i class=icon-menu></i></button>", "<button data-it><i class=icon-close></i></button>"),
        ("<button data-it><div class=x-menu></div></button>", "<button data-it><div class=x-close></div></button>"),
        ("<a data-it href=/a>A</a>", "<nav><a data-it href=/a>A</a></nav>"),
        ("<header><a data-it href=/a>A</a></header>", "<footer><a data-it href=/a>A</a></footer>"),
        ("<nav><p data-it>A</nav>", "<main><nav><p data-it>A</nav></main>"),
    ],
)
async def test_different_components(look_at: LookAt, one: str, other: str) -> None:
    first, second = await pair(look_at, one, other)
    assert fingerprint("a-rule", first) != fingerprint("a-rule", second)


async def test_a_page_made_to_be_slow_costs_no_more(look_at: LookAt) -> None:
    page = await look_at(
        "<html lang=en><title>T</title><p>Closed</p><script>"
        "const deep = Array.from({length: 3000}, () => document.createElement('span'));"
        "deep.reduce((above, below) => (above.append(below), below));"
        "const link = document.createElement('a'); link.href = '/'; link.append(deep[0]);"
        "for (let i = 0; i < 3000; i++) link.append(document.createElement('img'));"
        "document.documentElement.append(link);</script>"
    )
    assert len(page.dom.elements) > 6000
    assert len({fingerprint("a-rule", element) for element in page.dom.elements}) < 12


def test_problems_of_pages_and_sites_have_fingerprints_of_their_own() -> None:
    assert fingerprint("a-rule", None) == fingerprint("a-rule", None)
    every = {
        fingerprint("a-rule", None),
        fingerprint("b-rule", None),
        site_fingerprint("a-rule", ""),
        site_fingerprint("a-rule", "x"),
    }
    assert len(every) == 4
    assert all(len(value) == 16 and int(value, 16) >= 0 for value in every)
