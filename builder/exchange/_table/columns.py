"""What the columns of a stranger's table hold: as its headings say in four languages, or as the caller says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError, did_you_mean
from builder.model.fields import LETTERS
from builder.report import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Asked = list[tuple[str, str]]  # a name, and which column has it: `B`, `2`, or a heading

_WHY = r"(?:feedback|reason|why|explanation|rationale|with|r(?:ü|ue)ckmeldung|begr(?:ü|ue)ndung|retroalimentaci[óo]n|r[ée]troaction)"
_ANSWER = r"(?:answers?|options?|choices?|responses?|antwort(?:en)?|respuestas?|opci(?:[óo]n|ones)|r[ée]ponses?|choix)"
# Headings in English, German, Spanish and French, in lower case; the first that fits counts.
_HEADINGS = {
    "feedback": r"(?:(?:general|correct|answer|correct answer) )?(?:explanation|feedback|reason|rationale|comments?"
    r"|erkl(?:ä|ae)rung|begr(?:ü|ue)ndung|r(?:ü|ue)ckmeldung|kommentar|explicaci[óo]n|retroalimentaci[óo]n|comentario"
    r"|justificaci[óo]n|explication|commentaire|justification|r[ée]troaction|ex[ae]mples?|beispiel(?:e|satz)?|ejemplos?)",
    "question": r"(?:the )?(?:question|prompt|stem|term|front|frage(?:text|stellung)?|begriff|vorderseite|aufgabe|pregunta"
    r"|enunciado|t[ée]rmino|anverso|[ée]nonc[ée]|terme|recto)(?: ?(?:text|stem|title|texto?)| de la pregunta| - max.*)?",
    "wrong": r"(?:wrong|incorrect|false|falsche?|incorrectas?|mauvaise|fausse)"
    rf"(?: ?{_ANSWER})? ?\d*|(?:distra[ck]tor|distracteur|{_ANSWER} incorrectas?|{_ANSWER} fausses?) ?\d*",
    "answer": rf"(?:the )?(?:correct|right)(?: ?{_ANSWER}(?:\(s\))?.*)?|answers?(?: key)?|key|definition|back|solution"
    rf"|antwort|l(?:ö|oe)sung|r(?:ü|ue)ckseite|(?:richtige|korrekte) (?:{_ANSWER}|l(?:ö|oe)sung)|richtig"
    rf"|respuestas?|correctas?|{_ANSWER} (?:correctas?|correctes?|justes?)|soluci[óo]n|definici[óo]n|reverso"
    r"|r[ée]ponse|(?:bonne|juste) r[ée]ponse|d[ée]finition|verso|meaning|translation|bedeutung|(?:ü|ue)bersetzung|significado"
    r"|traducci[óo]n|signification|traduction|sens",
    "options": r"options|choices|alternatives|(?:answer|antwort|answer )options?|optionen|antwortm(?:ö|oe)glichkeiten|opciones"
    r"|alternativas|choix|propositions",
    "id": r"id|identifier|idnumber|identificador|identifiant",
    "theme": r"category|theme|topic|subject|chapter|kategorie|thema|kapitel|categor[íi]a|tema|cap[íi]tulo|cat[ée]gorie"
    r"|th[èe]me|chapitre",
    "tags": r"tags?|keywords?|labels?|schlagw(?:o|ö|oe)rte?r?|stichw(?:o|ö|oe)rte?r?|etiquetas?|palabras clave"
    r"|[ée]tiquettes?|mots[- ]cl[ée]s?",
    "type": r"question type|fragetyp|tipo de pregunta|type de question",
    "tolerance": r"tolerances?|margin(?: of error)?|toleranz|abweichung|tolerancia|margen|tol[ée]rance|marge|(?:\+/?-|±)",
    "unit": r"units?|einheit|unidad|unit[ée]",
    "points": r"points?|marks?|score|punkte?|punktzahl|puntos?|puntuaci[óo]n|bar[èe]me",
}
# Lists of words have such a heading, which is a word to learn where no other one names what it means.
_WORDS = re.compile(
    r"words?|vocabulary|expressions?|w(?:o|ö|oe)rte?r?|vokabeln?|ausdr(?:u|ü)ck|palabras?|vocabulario|expresi[óo]n|mots?|vocabulaire"
)
_OPTION = re.compile(
    rf"(?:(?:{_ANSWER}|alternativa?|proposition|auswahl)\s*[-_#]?\s*)?([a-z]|[1-9]\d?)[.)]?(?: - max.*)?"
)
_REASON = re.compile(rf"{_WHY}\s*(?:(?:for|zu|para|pour) )?(?:{_ANSWER}\s*)?([a-z]|[1-9]\d?)")
_REASON_BEHIND = re.compile(rf"{_ANSWER}\s*([a-z]|[1-9]\d?)\s*{_WHY}")
_SEVERAL = "wrong"  # the one name that more than one column may have
_KNOWN = (*_HEADINGS, *LETTERS, *(f"with {letter}" for letter in LETTERS))
_LETTERED = re.compile("[A-Za-z]{1,2}")


def guessed(cells: Sequence[str]) -> dict[int, str]:
    """What each column holds, by its heading; an option is named by its letter, its reason `with A`."""
    made: dict[int, str] = {}
    for place, cell in enumerate(cells):
        said = " ".join(cell.lower().replace("_", " ").split()).rstrip(":*")
        name = next((key for key, pattern in _HEADINGS.items() if re.fullmatch(pattern, said)), "")
        if not name and (found := _OPTION.fullmatch(said)):
            name = _letter(found[1])
        elif not name and (found := _REASON.fullmatch(said) or _REASON_BEHIND.fullmatch(said)):
            name = f"with {_letter(found[1])}"
        if name and (name == _SEVERAL or name not in made.values()):
            made[place] = name
    if "answer" in made.values() and "question" not in made.values():
        words = (
            place for place, cell in enumerate(cells) if _WORDS.fullmatch(cell.strip().lower()) and place not in made
        )
        made.update((place, "question") for place in [*words][:1])
    return made


def _letter(said: str) -> str:
    """The letter of an option that a heading names by its letter or its number."""
    return said.upper() if said.isalpha() else LETTERS[(int(said) - 1) % len(LETTERS)]


def asked(text: str) -> list[tuple[str, str]]:
    """What `--columns question=B,answer=Solution,A=C` says: names, and which column each of them is.

    Raises:
        BuilderError: it is not of this form, or names what no column can be.
    """
    made = []
    for part in filter(str.strip, text.split(",")):
        name, equals, column = (side.strip() for side in part.partition("="))
        name = name.upper() if len(name) == 1 else name
        if name.startswith("with "):
            name = name[:5] + name[5:].strip().upper()
        if not equals or not column or name not in _KNOWN:
            what = f"'{name}' is nothing that a column holds" if equals and column else "a name, '=' and a column"
            near = did_you_mean(name, _KNOWN) or f"there is {', '.join(_HEADINGS)}, A to Z, and 'with A' to 'with Z'"
            message = f"--columns {part.strip()}: {what}; {near}"
            raise BuilderError(message)
        made.append((name, column))
    return made


def chosen(head: Sequence[str], guess: Mapping[int, str], wanted: Sequence[tuple[str, str]]) -> dict[int, str]:
    """What each column holds: as it was guessed, but for what the caller says; `-` says that no column holds it.

    Raises:
        BuilderError: there is no such column.
    """
    names = {name for name, _ in wanted}
    made = {place: name for place, name in guess.items() if name not in names}
    for name, column in wanted:
        if column != "-":
            made[_place(head, column)] = name
    return made


def _place(head: Sequence[str], column: str) -> int:
    """The place of a column from 0: by its heading, its letter or its number."""
    headings = [" ".join(cell.casefold().split()) for cell in head]
    said = " ".join(column.casefold().split())
    if said in headings:
        return headings.index(said)
    if column.isdecimal() and 0 < int(column) <= len(head):
        return int(column) - 1
    if _LETTERED.fullmatch(column) and (place := _number(column)) < len(head):
        return place
    message = (
        f"--columns: the table has no column '{column}'; its columns are A to {letter(len(head) - 1)}: "
        f"{', '.join(map(printable, filter(None, head)))[:200]}"
    )
    raise BuilderError(message)


def _number(letters: str) -> int:
    number = 0
    for sign in letters.upper():
        number = 26 * number + ord(sign) - ord("A") + 1
    return number - 1


def letter(place: int) -> str:
    """The letters by which a spreadsheet names a column: 0 is A, 25 Z, 26 AA."""
    return (letter(place // 26 - 1) if place > 25 else "") + LETTERS[place % 26]  # noqa: PLR2004 - letters of the alphabet


def told(head: Sequence[str], columns: Mapping[int, str]) -> str:
    """How the columns were read, in the form that `--columns` takes, and which were left alone."""
    read = ",".join(f"{name}={letter(place)}" for place, name in sorted(columns.items()))
    left = [
        f"{letter(place)} '{printable(cell.strip())[:40]}'"
        for place, cell in enumerate(head)
        if place not in columns and cell.strip()
    ]
    return f"--columns {read}" + (f"; not read: {', '.join(left)}" if left else "")
