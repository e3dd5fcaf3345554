"""How many syllables a word has, by rules of spelling: the same on every machine, with nothing to fetch.

A pronouncing dictionary knows more words by heart and none that was coined since; rules read any word. How far they
are from the CMU dictionary is printed by benchmarks/syllables.py and stands in docs/plain-language.md. Words that are
frequent and spelt against the rules are listed in syllables.json.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_LONGEST = 60
"""No word of either language is longer; of what a stranger wrote no more is read."""

_ACCENT = re.compile(r"[\u0300-\u036f]")
_VOWELS = re.compile(r"[aeiouy]+")

_APART = re.compile(
    "|".join(
        (
            r"(?<![cgstx])ia(?!ge|ment|ns?$|r|m)|(?<![cglstx])ia(?=ns?$|r|m(?!ent))|(?<=[cst])ia(?=t)",  # media
            r"(?<![cghlnstx])io(?!u)|(?<=n)io(?!ns?$|u)|(?<=l)io(?!n|u)",  # period, violin
            r"(?<=[bdlnprv])iou|iu(?=[ms])|uou",  # serious, medium, continuous
            r"(?<![chst])ie(?=rs?$|st$|n[ct])|(?<=[st])ie(?=r$|st$)|(?<=[ciru])ie(?=t)",  # science, easier, society
            r"(?<=[aeouy])ing|(?<=[bcdlmnprstv])yi",  # being, studying
            r"(?<!p)eo(?!us|ns?$|rg)|(?<=[dlnrt])eous",  # video, simultaneous
            r"(?<![gq])u(?:a|e(?![ds]?$))(?=.)",  # actual, fluent
            r"(?<![gq])ui(?=t[iy]|tou|ds?$|n[es]?$|n[gi]|c)",  # annuity, fluid
            r"(?<=[cp])rea(?=t[eio])|rea(?=ct|l[a-z]|pp|ss)|dea(?=s?$)|area|thea(?=t)",  # create, idea
            r"poe[mt]|coo[pr](?=[ed])|zool|naiv|mosai|coal(?=[ei])|aos",  # poem, cooperate
            r"(?<=[^aeow])ye(?=r|d$|e)|(?<=[aeo])ye(?=[er])|(?<=[ao])ya(?=l)|(?<=[^aeiou])ya|(?<=[ae])yo|(?<=y)one$|eei",
            r"sms?$|thm|(?<=[bdkstz])n't",  # tourism, rhythm, couldn't
            r"(?<=[^aeioulry])le[ds]?$|(?<=[bct])re[ds]?$",  # table, centre
        )
    )
)
"""Vowels side by side, or none at all, where one more syllable is spoken than there are groups of vowels."""

_SILENT = re.compile(
    "|".join(
        (
            r"(?<=[^aeiouy])e$|(?<=[gq]u)e$",  # name, technique
            r"(?<=[^aeioudty])(?<![bcdfgkpt]r)e(?=d$)|(?<=[^aeiouysxzcg])(?<![cs]h)e(?=s$)",  # asked, names
            r"(?<=[^aeiouyl])e(?=ments?$)",  # statement; not settlement
            r"(?<=[^aeiouy])e(?=(?:ful|fully|less|ly|ness|ty|ties|some|where|wide|like|line|land|time|work|holds?)$)",
            r"(?<=ev)e(?=ry|ning)|(?<=ic)a(?=lly$)|(?<=ll)i(?=an[tc])",  # every, basically, brilliant
        )
    )
)
"""Vowels that are written and not spoken."""

_HEAD = re.compile(
    "(?:some|there|where|home|frame|fore|life|live|game|base|case|care|fire|give|hire|make|note|pipe|place|rate|sale|safe"
    "|share|side|spoke|stake|state|time|trade|type|vote|ware|whole|wide|horse|house|love|race|score|shore|smoke|space"
    "|stone|store|white|wine|wave|guide|gate|date|face|file|name)(?=[bcfghklmopstvw])(?!st|te|ve|[ms]$|ll|ci|bo$|ta|se)"
)
"""First halves of compounds (homework, safeguard), whose last letter is silent as it is at the end of a word."""


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """The syllables of an English word as written; 1 or more. Parts joined by a hyphen are counted one by one."""
    plain = word[:_LONGEST].lower().replace("’", "'")
    if not plain.isascii():
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", plain.replace("é", "ay")))
    return max(1, sum(_spoken(part) for part in re.split(r"[-‐‑/&]", plain) if part))


def _spoken(written: str) -> int:
    bare = re.sub(r"'s?$", "", written)
    known = exceptions().get(bare)
    if known is not None:
        return known
    silent = {found.start() for found in _SILENT.finditer(bare)}
    head = _HEAD.match(bare)
    if head:
        silent.add(head.end() - 1)
    return max(1, len(_VOWELS.findall(bare)) + len(_APART.findall(bare)) - len(silent))


@cache
def exceptions() -> Mapping[str, int]:
    """The listed words with their syllables, in lower case."""
    data = json.loads(files("rules.plain").joinpath("syllables.json").read_text("utf-8"))
    return MappingProxyType({word: int(count) for count, words in data["words"].items() for word in words.split()})


_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúüy]+")
_MUTE = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|h(?=[aeiouáéíóú])|y(?=[aeiouáéíóú])")
_HIATUS = re.compile(r"(?=[aeoáéó][aeoáéó]|[íú][aeoáéó]|[aeoáéó][íú]|ii|uu)")


@lru_cache(maxsize=65536)
def syllables_es(word: str) -> int:
    """The syllables of a Spanish word, 1 or more: each group of vowels is one, and one more at each hiatus.

    Two strong vowels, and a weak one with an accent beside a strong one, are two syllables; u in que, qui, gue and
    gui is silent; h between vowels parts nothing.
    """
    bare = _MUTE.sub(lambda mute: "" if mute[0] != "y" else "ll", word[:_LONGEST].lower())
    return max(1, sum(1 + len(_HIATUS.findall(group)) for group in _SPANISH_VOWELS.findall(bare)))
