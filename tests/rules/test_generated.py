"""What a program drew in an id or class is told from what a person wrote."""

from __future__ import annotations

import random
import string

import pytest

from rules.generated import is_generated, stem, without_generated


@pytest.mark.parametrize(
    ("name", "without", "words"),
    [
        ("css-1ab2c3", "css-…", ""),
        ("css-kfqzjt-Button", "css-…-Button", "css-Button"),
        ("sc-bdVaJa", "sc-…", ""),
        ("fWzXyK", "…", ""),
        ("menu-XkPqz", "menu-…", "menu"),
        ("svelte-xyzabc", "svelte-…", ""),
        ("jsx-3891230", "jsx-…", ""),
        ("jss42", "jss…", "jss"),
        ("Button_root__x7Yz1", "Button_root__…", "Button-root"),
        ("Button_root__title", "Button_root__…", "Button-root"),
        ("fr-btn__x7Yz1", "fr-btn__…", "fr-btn"),
        ("_root_abcde_12", "_root_…", "root"),
        ("menu-3fa9c1d2", "menu-…", "menu"),
        ("menu-12345678", "menu-…", "menu"),
        ("view-dom-id-0c5e8d3a7b", "view-dom-id-…", "view-dom-id"),
        ("navz7lcikgu271_tab1", "…_tab1", "tab"),
        ("550e8400-e29b-41d4-a716-446655440000", "…", ""),
        (":r1:", "…", ""),
        ("«r1f»", "…", ""),
        ("_r_2_", "…", ""),
        ("radix-:r3:", "radix-…", "radix"),
        ("ember123", "ember…", "ember"),
        ("headlessui-menu-button-3", "headlessui-menu-button-…", "headlessui-menu-button"),
        ("react-aria-123", "react-aria-…", "react-aria"),
    ],
)
def test_what_was_drawn_is_left_out(name: str, without: str, words: str) -> None:
    assert (without_generated(name), stem(name)) == (without, words)
    assert is_generated(name) == ("…" in without)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("h2", "h"),
        ("mt-3", "mt"),
        ("col-6", "col"),
        ("grid__col-6", "grid-col"),
        ("usa-button--big", "usa-button-big"),
        ("usa-accordion__title", "usa-accordion-title"),
        ("fr-container", "fr-container"),
        ("govuk-!-margin-bottom-4", "govuk-margin-bottom"),
        ("form-1040", "form"),
        ("section-2024", "section"),
        ("navBar", "navBar"),
        ("isOpen", "isOpen"),
        ("PyObject-StringIO", "PyObject-StringIO"),
        ("govUK", "govUK"),
        ("btnSubmit", "btnSubmit"),
        ("i18n", "i-n"),
        ("a11y-menu", "a-y-menu"),
        ("_report_status", "report-status"),
        ("screen", "screen"),
        ("script-execution", "script-execution"),
        ("matching", "matching"),
        ("embers", "embers"),
        ("título-único", "título-único"),
        ("css", "css"),
        ("", ""),
    ],
)
def test_what_people_write_stays(name: str, words: str) -> None:
    assert (without_generated(name), stem(name)) == (name, words)
    assert not is_generated(name)


def test_drawn_hashes_of_known_tools_are_seen_nearly_always() -> None:
    draw = random.Random(7)

    def hashed(alphabet: str, length: int) -> str:
        return "".join(draw.choices(alphabet, k=length))

    base36, base64 = string.ascii_lowercase + string.digits, string.ascii_letters + string.digits + "_-"
    tools = {
        "CSS modules": (lambda: f"Menu_item__{hashed(base64, 5)}", "Menu-item", 0),
        "a suffix of base 64": (lambda: f"menu__{hashed(base64, 5)}", "menu", 0.04),
        "Vite": (lambda: f"_item_{hashed(base36, 5)}_{draw.randrange(200)}", "item", 0),
        "Emotion": (lambda: f"css-{hashed(base36, 6)}", "", 0),
        "styled-components": (lambda: f"sc-{hashed(string.ascii_letters, 6)}", "", 0),
        "hexadecimal": (lambda: f"menu-{hashed(string.hexdigits[:16], 6)}", "menu", 0.01),
    }
    for name, (make, kept, missed) in tools.items():
        names = [make() for _ in range(2000)]
        assert sum(stem(each) != kept for each in names) <= missed * len(names), name


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", ["_" * 2000, "a__" * 700, "css-" * 500, "0" * 2000 + "x", "aB" * 1000])
def test_a_hostile_name_is_read_to_its_end(name: str) -> None:
    assert len(stem(name)) <= len(name)
