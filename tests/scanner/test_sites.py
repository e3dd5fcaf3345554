"""The list of services: what a line means, and what its error says."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import ConfigError
from scanner.browser.requests import RequestPattern
from scanner.settings import Settings
from scanner.site_fields import FIELDS as NAMES
from scanner.sites import Target, is_shipped, parse_sites, parse_target, read_sites

SHIPPED_LIST = Path(__file__).parents[2] / "sites.txt"


def parse(text: str) -> tuple[Target, ...]:
    return parse_sites(text, source="sites.txt")


def test_a_list_is_read_line_by_line() -> None:
    text = """\
    # Services of one state.

    www.a.gov            # no scheme: https
    [Department of Examples]   # a heading

    https://b.gov/start#top  name="Find a benefit" kind=principal max-pages=0 profile=us-508 robots=own-site
    localhost:8000
    http://intranet/
    [Other & Sons]
    \tc.gov\tname='The "best"'\tkind=sub-agency
    """
    a, b, local, intranet, c = parse(text)
    assert a == Target(url="https://www.a.gov/", name="www.a.gov", source="sites.txt", line=3)
    assert b == Target(
        url="https://b.gov/start", name="Find a benefit", agency="Department of Examples", kind="principal",
        profile="us-508", max_pages=0, robots="own-site", source="sites.txt", line=6,
    )  # fmt: skip
    assert (local.url, local.name) == ("http://localhost:8000/", "localhost:8000")
    assert (intranet.url, intranet.agency) == ("http://intranet/", "Department of Examples")
    assert (c.name, c.agency, c.kind) == ('The "best"', "Other & Sons", "sub-agency")
    assert b.where == "sites.txt:6"


def test_read_only_requests_are_named_by_path_or_address() -> None:
    (target,) = parse('a.gov/x allow-requests="POST /graphql, post https://api.a.gov/*"')
    assert target.allow_requests == (
        RequestPattern("POST", "https://a.gov/graphql"),
        RequestPattern("POST", "https://api.a.gov/*"),
    )
    assert target.allow_requests[1].matches("POST", "https://api.a.gov/search")


def test_the_runs_settings_fill_what_a_line_leaves_open() -> None:
    settings = Settings(max_pages=9, profile="uk-psbar", robots="own-site")
    bare, own = parse("a.gov\nb.gov max-pages=0 profile=us-508 robots=obey")
    filled = bare.under(settings)
    assert (filled.max_pages, filled.profile, filled.robots) == (9, "uk-psbar", "own-site")
    assert (filled.scope, filled.include, filled.exclude, filled.max_depth) == ("host", (), (), 0)
    assert filled.url == bare.url
    kept = own.under(settings)
    assert (kept.max_pages, kept.profile, kept.robots) == (0, "us-508", "obey")


def test_a_line_says_what_belongs_to_its_service() -> None:
    settings = Settings(include=("/a/*",), exclude=("/b/*",), max_depth=3, scope="domain")
    bare, own = parse('a.gov\nb.gov scope=host include="/forms/* /apply" exclude=/old/* max-depth=0')
    assert bare.under(settings).include == ("/a/*",)
    chosen = own.under(settings)
    assert (chosen.scope, chosen.include, chosen.exclude, chosen.max_depth) == (
        "host",
        ("/forms/*", "/apply"),
        ("/old/*",),
        0,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_once_and_a_byte_order_mark_does_not(end: str) -> None:
    targets = parse(f"\ufeffa.gov{end}{end}b.gov{end}")
    assert [(target.url, target.line) for target in targets] == [("https://a.gov/", 1), ("https://b.gov/", 3)]


ADDRESS = "Write an address such as https://www.example.gov"
HEADING = "Write [Department of Examples], or put http:// before an address that starts with a bracket."
FIELDS = f"There are: {', '.join(NAMES)}."
REQUESTS = 'Write for instance allow-requests="POST /graphql, POST https://api.example.gov/search"'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hello", f'"hello" is not an address. {ADDRESS}, or http://hello for a host of yours.'),
        ("https://", f'"https://" is not an address. {ADDRESS}'),
        ("http://a.gov:99999", f'"http://a.gov:99999" is not an address. {ADDRESS}'),
        ("a_gov!", f'"a_gov!" is not an address. {ADDRESS}'),
        ("ftp://a.gov", f'"ftp://a.gov" is not on the web: only http and https are read. {ADDRESS}'),
        ("file:///etc/a", f'"file:///etc/a" is not on the web: only http and https are read. {ADDRESS}'),
        (
            "https://name:secret@a.gov",
            f"the address holds a user name or password, and reports show addresses. {ADDRESS}",
        ),
        ("a.gov max-page=3", '"max-page" is not a field. Did you mean "max-pages"?'),
        ("a.gov Name=x", '"Name" is not a field. Did you mean "name"?'),
        ("a.gov color=red", f'"color" is not a field. {FIELDS}'),
        ("a.gov scope=all", 'scope is "all", expected host or domain.'),
        ("a.gov max-depth=-1", 'max-depth is "-1", expected a whole number, 0 for no limit.'),
        (
            "a.gov include=forms/*",
            '"forms/*" is not a pattern of addresses. '
            'Write "/forms/*": * stands for any characters, everything else for itself.',
        ),
        ("a.gov max-pages=3 max-pages=4", "max-pages is given twice."),
        ("a.gov name=", "name has no value. Write name=… or leave it out."),
        ('a.gov name=" "', "name has no value. Write name=… or leave it out."),
        ('a.gov name="x', 'the quotation mark in "name="x" is not closed, or text follows it without a blank.'),
        ('a.gov name="x"y', 'the quotation mark in "name="x"y" is not closed, or text follows it without a blank.'),
        ("a.gov b.gov", '"b.gov" is a second address. Write one service a line.'),
        ("a.gov https://b/", '"https://b/" is a second address. Write one service a line.'),
        (
            "a.gov Benefits",
            '"Benefits" is not a field. Fields look like name="Find a benefit"; a comment starts with #.',
        ),
        ("a.gov max-pages=-1", 'max-pages is "-1", expected a whole number, 0 for no limit.'),
        ("a.gov max-pages=many", 'max-pages is "many", expected a whole number, 0 for no limit.'),
        ("a.gov max-pages=٣", 'max-pages is "٣", expected a whole number, 0 for no limit.'),
        ("a.gov kind=main", 'kind is "main", expected principal, sub-agency or secondary.'),
        ("a.gov robots=ignore", 'robots is "ignore", expected obey or own-site.'),
        (
            "a.gov profile=508",
            'profile is "508", expected wcag22-aa, us-508, us-ada-title-ii, eu-en301549-v3.2.1, eu-en301549-v4.1 '
            "or uk-psbar.",
        ),
        (
            "a.gov allow-requests=POST",
            f'allow-requests holds "POST", expected a method and an address or path. {REQUESTS}',
        ),
        (
            'a.gov allow-requests="POST /a, /b"',
            f'allow-requests holds "/b", expected a method and an address or path. {REQUESTS}',
        ),
        ("[]", "the heading names no agency. Write its name: [Department of Examples]"),
        ("[Agency", f'"[Agency" is not a heading. {HEADING}'),
        ("[::1]:8000", f'"[::1]:8000" is not a heading. {HEADING}'),
        ("a.gov\x07", "there is an invisible character (U+0007) at column 6. Type the line anew."),
        ("# a \u202e", "there is an invisible character (U+202E) at column 5. Type the line anew."),
        ("a\u200b.gov", "there is an invisible character (U+200B) at column 2. Type the line anew."),
        ("x" * 5_000, "the line has 5,000 characters, and 4,000 are allowed. Write one service a line."),
    ],
)
def test_an_error_names_file_line_and_what_was_expected(line: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f"# first\nfirst.gov\n{line}\n")
    assert str(caught.value) == f"sites.txt:3: {message}"


@pytest.mark.parametrize("again", ["a.gov", "http://www.a.gov/", "https://A.gov:443/#x", "a.gov/?utm_source=x"])
def test_a_service_is_listed_once(again: str) -> None:
    with pytest.raises(ConfigError, match=r"sites\.txt:3: .* is listed twice\. It stands in line 1 already\."):
        parse(f"https://a.gov\n\n{again}")


def test_two_services_of_one_host_are_two() -> None:
    assert len(parse("gov.uk/benefits\ngov.uk/taxes\nlocalhost:1\nlocalhost:2")) == 4


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "[Agency]\n", "\ufeff"])
def test_an_empty_list_is_an_error_that_names_the_file(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert str(caught.value) == (
        "sites.txt: the list names no service. Write one address a line, such as https://www.example.gov"
    )


def test_a_missing_list_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_sites(tmp_path / "sites.txt")
    assert str(caught.value) == (
        f"{tmp_path / 'sites.txt'}: there is no such file. "
        "Write one address a line into it, or name an address: curbcut scan https://www.example.gov"
    )


def test_a_list_in_another_encoding_is_an_error_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_bytes(b"a.gov\nb.gov name=Qu\xe9bec\n")
    with pytest.raises(ConfigError, match=r"sites\.txt:2: the file is not UTF-8 text\."):
        read_sites(file)
    file.write_text("a.gov\n", encoding="utf-16")
    with pytest.raises(ConfigError, match=r"sites\.txt:1: the file is not UTF-8 text\."):
        read_sites(file)


def test_an_address_on_the_command_line_gets_the_same_help() -> None:
    assert parse_target("www.a.gov/x").url == "https://www.a.gov/x"
    assert parse_target("127.0.0.1:8000").url == "http://127.0.0.1:8000/"
    with pytest.raises(ConfigError, match='command line: "nonsense" is not an address'):
        parse_target("nonsense")


@given(
    st.text()
    | st.integers(1, 4_000).map(lambda length: f"a.gov {'x' * length}=")
    | st.text(st.sampled_from("a.gov \t\n\r\"'=#[]-name"), max_size=80)
)
def test_any_text_gives_targets_or_an_error_with_its_place(text: str) -> None:
    found = outcome(text)
    if isinstance(found, ConfigError):
        assert found.where.startswith("sites.txt")
        assert found.what.endswith(".")
        assert "\n" not in str(found)
        assert len(str(found)) < 300
    else:
        assert found
        assert pickle.loads(pickle.dumps(found)) == found


def outcome(text: str) -> tuple[Target, ...] | ConfigError:
    try:
        return parse(text)
    except ConfigError as error:
        return error


def test_the_list_that_ships_is_right_and_known_as_such() -> None:
    targets = read_sites(SHIPPED_LIST)
    assert 18 <= len(targets) <= 25
    assert is_shipped(targets), "the services changed: renew SHIPPED in scanner/sites.py"
    assert not is_shipped(targets[1:])
    for target in targets:
        assert target.name
        assert target.agency
        assert target.kind
        assert target.profile
        assert target.robots is None
