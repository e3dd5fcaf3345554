"""The selector of every element of a page finds exactly that element in the browser, in shadow trees and frames too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from rules.page import Page
from scanner.browser.tab import Tab

LookAt = Callable[[str], Awaitable[Page]]

PAGE = """
<html lang="en"><head><title>Service</title><style>p { color: black }</style></head>
<body>
<header><a href="#main">Skip</a>
<nav id="nav"><ul><li><a href="/">Home</a></li><li><a href="/a">A</a></li></ul></nav></header>
<main id="main">
  <p>One</p><p class="x">Two <b>bold</b> <b>bolder</b></p><p id="twice">Three</p><p id="twice">Four</p>
  <p id="7-number">Five</p><p id="with space">Six</p><p id="colon:ed">Seven</p><p id="ünïcode">Eight</p>
  <div><div><div><span></span><span><i></i></span></div></div><div><div><span></span></div></div></div>
  <table><thead><tr><th>H</th></tr></thead><tr><td>1</td><td>2<table><tr><td>in</td></tr></table></td></tr></table>
  <svg viewBox="0 0 9 9"><defs><linearGradient><stop /><stop /></linearGradient></defs>
    <g><path d="M0 0" /><path d="M1 1" /></g>
    <foreignObject width="9" height="9"><p>inside</p><p>inside too</p></foreignObject></svg>
  <math><mi>x</mi><mo>=</mo><mi>y</mi></math>
  <my-card><h2 slot="title">Card</h2><p>kept</p><p>kept too</p></my-card>
  <my-card><h2>lost</h2></my-card>
  <o:p>word</o:p><o:p>word again</o:p>
  <form><input name="id"><input name="children"><button>Go</button></form>
  <dialog><p>closed</p></dialog><details><summary>More</summary><p>folded</p></details>
</main>
<iframe title="First" src="frame.html"></iframe><iframe title="Second" src="frame.html"></iframe>
<script>
customElements.define("my-card", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML =
      "<div><p>shadow</p><div><p>deeper</p></div></div><p id=nav>again</p><p><slot name=title></slot></p>" +
      "<section><slot></slot></section><my-note></my-note>";
  }
});
customElements.define("my-note", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML = "<p>note</p><p>second <a href='/n'>note</a></p>";
  }
});
</script>
</body></html>"""

FRAME = """<!doctype html><html lang=en><title>Frame</title><body><p>a</p><p id="nav">b</p><div><p>c</p></div>
<iframe title="Inner" srcdoc="<p>deep</p><div><p>deeper</p></div>"></iframe></body></html>"""

NUMBER = """
<script>addEventListener("load", () => {
  let number = 0;
  const mark = (root) => { for (const element of root.querySelectorAll("*")) {
    element.setAttribute("data-number", number++);
    if (element.shadowRoot) mark(element.shadowRoot);
    if (element.contentDocument) mark(element.contentDocument);
  } };
  mark(document);
})</script>"""

FIND = """
([frames, selector]) => {
  const within = (root, selector) => selector.split(" >>> ").reduce(
    (roots, step) => roots.flatMap((at) => [...(at.shadowRoot || at).querySelectorAll(step)]), [root]);
  let root = document;
  for (const frame of frames) root = within(root, frame)[0].contentDocument;
  return within(root, selector).map((element) => element.getAttribute("data-number"));
}"""


async def test_every_selector_finds_its_element_and_no_other(tab: Tab, tmp_path: Path, look_at: LookAt) -> None:
    (tmp_path / "frame.html").write_text(FRAME, "utf-8")
    page = await look_at(PAGE + NUMBER)
    assert len(page.dom.snapshot.frames) == 5
    assert len(page.dom.elements) > 120
    wrong = {}
    for element in page.dom.elements:
        frames = element.frame.split(" | ") if element.frame else []
        found = await tab.page.evaluate(FIND, [frames, element.selector])
        if found != [element.get("data-number")]:
            wrong[f"{element.frame} | {element.selector}"] = (element.tag, element.get("data-number"), found)
    assert wrong == {}


async def test_a_selector_is_short_where_an_id_allows_it(look_at: LookAt) -> None:
    page = await look_at(
        "<html lang=en><title>T</title><main id=main><div><p>a</p><p id=known>b <b>c</b></p></div></main>"
    )
    named = {element.text: element.selector for element in page.dom.by_tag("p", "b")}
    assert named == {"a": "#main > div > p:nth-of-type(1)", "b c": "#known", "c": "#known > b"}


async def test_a_selector_begins_at_the_only_part_of_its_kind(look_at: LookAt) -> None:
    page = await look_at(
        "<html lang=en><title>T</title><nav><a href=/>one</a></nav><div><nav id=r3:><a href=/>two</a></nav>"
        "<main id=ember123><p>a</p><p>b</p></main></div>"
    )
    named = {element.text: element.selector for element in page.dom.by_tag("p", "a")}
    assert named == {
        "one": "body > nav > a",
        "two": "body > div > nav > a",
        "a": "main > p:nth-of-type(1)",
        "b": "main > p:nth-of-type(2)",
    }


async def test_what_lies_below_an_element_lies_together(tmp_path: Path, look_at: LookAt) -> None:
    (tmp_path / "frame.html").write_text(FRAME, "utf-8")
    dom = (await look_at(PAGE)).dom
    for index in range(len(dom.nodes)):
        walked = [below for child in dom.below(index) for below in (child, *dom.indices_below(child))]
        assert list(dom.indices_below(index)) == walked
