"""Which links are left alone for what their address says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.crawl.no_go import is_file, no_go


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/logout", "logout"),
        ("/account/LogOut.aspx?x=1", "log-out"),
        ("/signOut", "sign-out"),
        ("/sign_off/", "sign-off"),
        ("/guide/log-out-of-your-account", "log-out"),
        ("/?do=logout", "logout"),
        ("/?logout", "logout"),
        ("/unsubscribe/abc", "unsubscribe"),
        ("/fr/d%C3%A9connexion", "deconnexion"),
        ("/es/cerrar-sesi%C3%B3n", "cerrar-sesion"),
        ("/item/5/delete", "delete"),
        ("/deleteItem.php?id=5", "delete-item"),
        ("/?action=remove", "remove"),
        ("/basket?add-to-basket=5", "add-to-basket"),
        ("/addToCart", "add-to-cart"),
        ("/empty_basket", "empty-basket"),
        ("/basket/add/12", "basket-add"),
        ("/shopping-cart/empty", "shopping-cart-empty"),
        ("/remove-from-wishlist/3", "remove-from-wishlist"),
        ("/es/a%C3%B1adir-al-carrito", "anadir-al-carrito"),
        ("/account/cancel-subscription", "cancel-subscription"),
    ],
)
def test_commands_are_left_alone_and_named(address: str, word: str) -> None:
    assert no_go(f"https://a.gov{address}") == word


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/how-to-delete-cookies", "/remove-a-director-from-a-company", "/removed", "/policies/deletion"),
        *("/blog/logoutofsight", "/catalogue", "/blogout", "/basket", "/sign-in", "/?q=how+to+delete+my+account"),
        *("/add-to-the-electoral-register", "/designoffice"),
        *("/shopping/bag", "/bag/additional", "/cart/adding-machines"),
    ],
)
def test_pages_about_such_things_are_read(address: str) -> None:
    assert no_go(f"https://a.gov{address}") == ""


@pytest.mark.parametrize("path", ["/a.pdf", "/A.PDF?x=1#p", "/a%2Epdf", "/a.b.zip", "/feed.xml", "/a.jpeg", "/a.mp4"])
def test_files_are_known_by_their_ending(path: str) -> None:
    assert is_file(f"https://a.gov{path}")


@pytest.mark.parametrize("path", ["/", "/a.html", "/a.pdf/", "/pdf", "/v1.2", "/a.aspx?f=b.pdf", "/a.pdfx", "/a.php"])
def test_pages_are_no_files(path: str) -> None:
    assert not is_file(f"https://a.gov{path}")


@given(st.text())
def test_no_string_raises(text: str) -> None:
    no_go(text)
    is_file(text)
    no_go(f"http://[{text}")
    is_file(f"http://[{text}")
