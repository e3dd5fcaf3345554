"""Judges whether links whose words say nothing stand in a context that does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words

_EMPTY_PHRASES = frozenset(
    {
        *("read more", "learn more", "more", "more info", "more information", "find out more", "see more", "view more"),
        *("here", "click here", "click", "this", "link", "this link", "details", "more details", "go", "continue"),
        *("show more", "read on", "go here", "start here", "see here", "this page", "view", "view details"),
        *("leer mas", "mas", "mas informacion", "aqui", "haga clic aqui", "ver mas", "saber mas", "enlace", "detalles"),
        *("en savoir plus", "lire la suite", "plus", "plus d'informations", "ici", "cliquez ici", "lien", "voir plus"),
        *("mehr", "mehr erfahren", "mehr lesen", "weiterlesen", "hier", "hier klicken", "weitere informationen"),
        *("leggi di piu", "di piu", "continua a leggere", "scopri di piu", "qui", "clicca qui", "dettagli", "vai"),
        *("leia mais", "ler mais", "saiba mais", "mais", "aqui", "clique aqui", "mais informacoes"),
        *("lees meer", "meer", "meer lezen", "meer informatie", "klik hier", "lees verder"),
        *("czytaj wiecej", "wiecej", "dowiedz sie wiecej", "tutaj", "kliknij tutaj"),
        *("darllen mwy", "mwy", "yma", "cliciwch yma", "rhagor", "darllen rhagor", "rhagor o wybodaeth"),
    }
)
"""What links are named that lead anywhere, as `words` gives them."""

_CONTEXT = ("p", "li", "td", "th", "dd", "dt", "blockquote", "figure", "figcaption", "caption", "label")


@page_rule(
    title="Links say where they lead, by themselves or in their sentence",
    why="People who go from link to link, by ear or by keyboard, cannot tell where this one leads.",
    fix="Name what the link leads to: “Read more about winter payments” and not “Read more”.",
    wcag=("2.4.4",),
    act=("5effbb",),
    impact="serious",
    scope="component",
    role="content",
)
def link_purpose(page: Page) -> Iterator[Outcome]:
    """A link whose words say nothing of its purpose stands in a sentence, list item or table cell that does.

    Applies to links named "Read more", "here" and the like, in nine languages. A link without any such context
    fails where no heading comes before it, or where another link of that name stands after the same heading and
    leads elsewhere (WCAG failure F63). Otherwise the heading may tell the purpose, which a person has to say.
    """
    groups: defaultdict[tuple[str, Element | None], list[Element]] = defaultdict(list)
    heading: Element | None = None
    for element in page.dom.by_role("heading", "link"):
        if element.role == "heading":
            heading = element
        elif element.name and " ".join(words(element.name)) in _EMPTY_PHRASES:
            if _has_context(element):
                yield passed(element)
            else:
                groups[" ".join(words(element.name)), heading].append(element)
    for (_, before), links in groups.items():
        several = len({link.href for link in links}) > 1
        for link in links:
            if before is None or several:
                yield failed(link, f"“{short(link.name)}” and what is around it do not tell where this link leads.")
            else:
                yield cant_tell(link, f"Does the heading “{short(before.name)}” tell where “{short(link.name)}” leads?")


def _has_context(link: Element) -> bool:
    """Whether the browser can give more words than the link's own: a description, or those around it."""
    if set(words(link.description)) - set(words(link.name)):
        return True
    own = len(words(link.text))
    around = [above for above in link.ancestors() if above.tag in _CONTEXT]
    return any(above.tag in ("td", "th") or len(words(above.text)) > own for above in around)
