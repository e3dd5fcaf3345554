"""Judges whether messages about wrong input say what is wrong, to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, visible_text, words
from rules.announced import is_announced
from rules.layout import can_be_seen

_FIELDS = frozenset(
    {"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider", "checkbox", "radio", "switch", "date"}
)
_SAYS_ERROR = re.compile(
    r"(?:^|[-_\s])(?:error|errors|err|invalid|fehler|erreur|fout|errore)"
    r"(?:[-_]*(?:message|msg|text|feedback|meldung))?(?:[-_]*\d+)?(?:$|\s)",
    re.IGNORECASE,
)
_GROUPS = ("group", "radiogroup")
_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMPTY_WORDS = frozenset(
    words(
        "a an and are at check correct data entered entry error errors field fields fix for form given has have hint"
        " in incorrect input invalid is it it's mistake not of ok on please problem re retry the there this to try"
        " again something was went valid value values with wrong you your"
        " angaben bitte das der die eingabe falsch fehler fehlerhaft feld ist nicht prüfen ungültig ungültige"
        " ungültiger wert champ ce cette corriger erreur est incorrecte invalide l la le saisie une un valeur veuillez"
        " vérifier campo compruebe corrija del el error es incorrecto inválido no válido por favor su valor"
        " errore non valore verifica controlla controleer een fout het ongeldig ongeldige onjuist veld waarde"
    )
)
"""Words that tell that something is wrong and not what."""

_ASKING_WORDS = frozenset(
    words(
        "add answer choose describe enter explain give pick provide select specify tell upload"
        " angeben auswählen beschreiben eingeben geben wählen choisir choisissez décrire décrivez entrez"
        " indiquer indiquez saisissez sélectionner sélectionnez describa elija escriba indique introduzca seleccione"
    )
)
"""Words that ask for something: whoever reads them in a message knows that it is missing, even if a label has them."""

_NO_MESSAGE = frozenset({"input", "select", "textarea", "form", "fieldset", "legend", "label", "svg"})

_REACH = 4
"""How many elements up a message belongs to a field."""


@page_rule(
    title="Messages about wrong input say what is wrong",
    why="People who do not see or understand at once what is wrong cannot put it right, and give up the form.",
    fix="Name the field and say in words what it needs, and point to the message with aria-describedby.",
    wcag=("3.3.1",),
    act=("36b590",),
    impact="serious",
    scope="component",
    role="content",
)
def error_message(page: Page) -> Iterator[Outcome]:
    """A visible message about wrong input is given to assistive technology and says more than that there is an error.

    Applies to texts that a field points to as its error, and to those beside fields whose id or class says that they
    are one. A message that no field points to has to say which field is meant, which a person reads. In order is one
    kept from assistive technology where a live region beside it says the same.
    """
    fields = [field for field in page.dom.by_role(*_FIELDS) if can_be_seen(field)]
    tied = {part: field for field in (*page.dom.by_role(*_GROUPS), *fields) for part in _points_to(page, field)}
    for message in _messages(page, fields, set(tied)):
        said = visible_text(message)
        field = tied.get(message.index)
        around = _labels(message, fields)
        known = (set(words(field.name)) if field else around) - _ASKING_WORDS
        if is_announced(message):
            yield passed(message)
        elif not message.exposed:
            yield failed(message, f"“{short(said)}” is seen and hidden from assistive technology.")
        elif set(words(said)) <= _EMPTY_WORDS | known:
            yield failed(message, f"“{short(said)}” does not say what is wrong.")
        elif field is not None:
            yield passed(message)
        elif twins := _twins(message, said, fields):
            yield failed(
                message,
                f"“{short(said)}” does not tell which of the {len(twins)} fields “{short(twins[0].name)}” is meant.",
            )
        else:
            yield cant_tell(message, f"Does “{short(said)}” tell which field is meant and what is wrong with it?")


def _messages(page: Page, fields: list[Element], tied: set[int]) -> Iterator[Element]:
    if not fields:
        return
    near = {above.index for field in fields for above in _up(field)}
    for element in page.dom.elements:
        is_told = element.index in tied or (_is_called_error(element) and any(up.index in near for up in _up(element)))
        if is_told and can_be_seen(element) and words(visible_text(element)) and not _holds_more(element):
            yield element


def _up(element: Element) -> list[Element]:
    above: list[Element] = []
    for one in element.ancestors():
        if one.tag in ("body", "html", "main") or len(above) == _REACH:
            break
        above.append(one)
    return above


def _is_called_error(element: Element) -> bool:
    if not (element.has("id") or element.has("class")) or element.tag in _NO_MESSAGE:
        return False
    return any(_SAYS_ERROR.search(_BORDER.sub("-", element.get(name))) for name in ("id", "class"))


def _holds_more(element: Element) -> bool:
    """Whether it holds fields or links to them, so that it is not a message but what is around one, or a list."""
    parts = list(element.descendants())
    return any(part.role in _FIELDS or part.tag == "a" or _is_called_error(part) for part in parts)


def _points_to(page: Page, field: Element) -> Iterator[int]:
    """Indices of the elements that hold a field's error."""
    is_wrong = field.get("aria-invalid").strip().lower() not in ("", "false")
    for attribute in ("aria-errormessage", "aria-describedby"):
        for name in field.get(attribute).split():
            element = page.dom.by_id(name, field.node.frame)
            parts = (element, *element.descendants()) if element is not None else ()
            is_named = attribute == "aria-errormessage" and is_wrong
            yield from (part.index for part in parts if _is_called_error(part) or (is_named and part is element))


def _twins(message: Element, said: str, fields: list[Element]) -> list[Element]:
    """Fields near a message of which it uses the common name, and nothing that tells them apart."""
    near = {above.index for above in _up(message)}
    reached = [field for field in fields if field.closest("form") and any(up.index in near for up in _up(field))]
    told = set(words(said))
    for name in {" ".join(words(field.name)): None for field in reached}:
        same = [one for one in reached if " ".join(words(one.name)) == name and one.role not in ("radio", "checkbox")]
        groups = {word for field in same for up in field.ancestors() for word in words(up.name)}
        told_apart = (groups - set(name.split()) - _EMPTY_WORDS) & told
        if name and len(same) > 1 and told.issuperset(name.split()) and not told_apart:
            return same
    return []


def _labels(message: Element, fields: list[Element]) -> set[str]:
    """The words of the names of the fields near a message."""
    near = {above.index for above in _up(message)}
    return {word for field in fields if any(up.index in near for up in _up(field)) for word in words(field.name)}
