"""Words that tell no topic: small words of English, and what pages say whatever they are about."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


SMALL_WORDS = _words(
    "this what here there us we it its is are am do does did done has have had get got let make makes made making see",
    "how why when which much many every each any all just like one two use uses used using need needs want via per etc",
    "can't don't won't it's you're we're i'm again still too upon yet ever never always yes no not up down off back",
    "go goes going come comes way ways thing things lot bit",
)
"""Small English words beyond the frequent ones of every language."""

PAGE_TALK = _words(
    "page pages site sites website websites web homepage home index main welcome content contents menu skip document",
    "untitled title new start default link links click read more here next previous continue online portal internet",
    "www http https html htm php aspx com org net gov",
)
"""Words of web pages about themselves."""

SERVICE_TALK = _words(
    "error errors found forbidden denied unavailable maintenance moved redirect redirecting location bookmark",
    "bookmarks update updated please wait loading javascript browser browsers cookie cookies enable enabled disabled",
    "support supported sign signed log login logged logout password user username account email address form forms",
    "field fields enter required submit send button search result results help contact try later address problem sorry",
    "thank thanks automatically seconds moment press select choose view show return privacy accept policy terms",
)
"""What pages of services say beside their topic: signing in, searching, being moved or out of order."""

PARTS_OF_TEXTS = _words(
    "introduction overview summary abstract preface foreword appendix chapter section part glossary reference",
    "references bibliography index contents legal notice notices copyright imprint credits about background conclusion",
    "conclusions description detailed details information notes note example examples frequently asked questions",
    "faq answers guide manual docs tutorial general basic basics advanced other others related further class classes",
    "documentation list status message messages author authors history changes license licence purpose scope",
    "einleitung ubersicht inhalt anhang impressum introduccion resumen sommaire annexe premessa",
    "indice introduzione introducao",
)
"""What parts of texts are called; their own words seldom say it."""

EMPTY_LABELS = frozenset(
    phrase
    for line in (
        "field|input|input field|text|text field|text box|textbox|textfield|label|field label|form field|value|data",
        "enter text|enter text here|enter value|type here|your text here|placeholder|undefined|null|nan|none|untitled",
        "new field|unnamed|no label|label text|select|select box|dropdown|drop down|combobox|listbox|lorem ipsum|todo",
        "field 1|field 2|field 3|input 1|input 2|text 1|label 1|label 2|campo|champ|feld|campo de texto|textfeld",
    )
    for phrase in line.split("|")
)
"""What fields are called that ask for anything."""
