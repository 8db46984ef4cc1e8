"""Tables of others: what a column holds is told by its heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._ids import slug
from builder.exchange._markup import Rich, from_html, plain, typed
from builder.model.base import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

# Headings by what they name, in lower case; the first that fits counts.
_HEADINGS = {
    "id": r"id|identifier|idnumber",
    "prompt": r"(?:the )?(?:question|prompt|stem|term|front|frage|pregunta)(?: ?text| - max.*)?",
    "answer": r"(?:correct|right)(?: ?(?:answer|option|choice)s?(?:\(s\))?.*)?|answers?|key|definition|back|antwort|l(?:ö|oe)sung",
    "options": r"options|choices|answer options",
    "explanation": r"explanation|feedback|reason|rationale|comment|erkl(?:ä|ae)rung",
    "theme": r"category|theme|topic|kategorie|thema",
    "tags": r"tags?|keywords?",
}
_OPTION = re.compile(r"(?:(?:option|answer|choice|antwort)\s*[-_]?\s*)?([a-z]|[1-9]\d?)(?: - max.*)?")
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_TWO = 2
_TRUTHS = {"true": "true", "false": "false", "wahr": "true", "falsch": "false"}


def take(name: str, rows: Sequence[tuple[int, list[str]]]) -> Read:
    """The rows of a table as choices, true/false or questions with an answer."""
    read = Read()
    head = _columns(rows[0][1])
    if "prompt" in head.values():
        rows = rows[1:]
    elif max(len(cells) for _, cells in rows) == _TWO:
        head = {0: "prompt", 1: "answer"}
    else:
        message = "no column is headed 'question' or 'prompt', and there are more than two"
        read.refused(Span(name, rows[0][0]), message, "name the columns in the first row; explain table tells how")
        return read
    for line, cells in rows:
        span = Span(name, line)
        found: dict[str, str] = {head[n]: cell.strip() for n, cell in enumerate(cells) if n in head and cell.strip()}
        try:
            value = _value(found)
        except UnfitError as error:
            read.refused(span, f"'{found.get('prompt', '')[:60]}' is left out: {error}")
            continue
        if theme := found.get("theme"):
            value["theme"] = slug(theme)
            read.themes.setdefault(value["theme"], theme)
        read.entries.append(Entry(typed(value), found.get("id") or found["prompt"][:80], span))
    return read


def _columns(cells: Sequence[str]) -> dict[int, str]:
    """What each column holds; an option is named by its letter."""
    made: dict[int, str] = {}
    for place, cell in enumerate(cells):
        said = " ".join(cell.lower().split()).rstrip(":")
        named = next((key for key, pattern in _HEADINGS.items() if re.fullmatch(pattern, said)), None)
        option = _OPTION.fullmatch(said)
        if named and named not in made.values():
            made[place] = named
        elif option and said:
            made[place] = option[1].upper() if option[1].isalpha() else LETTERS[(int(option[1]) - 1) % len(LETTERS)]
    return made


def _value(cells: dict[str, str]) -> dict[str, Any]:
    if "prompt" not in cells or not cells.get("answer"):
        message = "it has no question" if "prompt" not in cells else "it has no answer"
        raise UnfitError(message)
    made: dict[str, Any] = {"prompt": _text(cells["prompt"])}
    if "explanation" in cells:
        made["explanation"] = _text(cells["explanation"])
    if "tags" in cells:
        made["tags"] = [slug(tag) for tag in re.split(r"[,;|]", cells["tags"]) if tag.strip()]
    options = {letter: cells[letter] for letter in LETTERS if letter in cells}
    if "options" in cells:
        options = dict(zip(LETTERS, (part.strip() for part in cells["options"].split("|")), strict=False))
    options = {letter: text for letter, text in options.items() if text}
    answer = cells["answer"]
    if not options and answer.lower() in _TRUTHS:
        return made | {"kind": "truefalse", "answer": _TRUTHS[answer.lower()]}
    if not options:
        return made | {"kind": "basic", "answer": _text(answer)}
    right = _right(answer, options)
    listed = [{"right" if letter in right else "wrong": _text(text)} for letter, text in options.items()]
    return made | {"kind": "mcq", "options": listed} | ({"multiple": "true"} if len(right) > 1 else {})


def _right(answer: str, options: dict[str, str]) -> set[str]:
    """The letters of the right options, by text, letter or number: `Paris`, `B`, `2`, `A|C`, `1, 3`."""
    by_text = {text.casefold(): letter for letter, text in options.items()}
    if answer.casefold() in by_text:
        return {by_text[answer.casefold()]}
    right = set()
    for part in filter(None, (part.strip() for part in re.split(r"[|,;]", answer))):
        number = LETTERS[int(part) - 1] if part.isdecimal() and 0 < int(part) <= len(LETTERS) else ""
        letter = by_text.get(part.casefold()) or (part.upper() if part.upper() in options else number)
        if letter not in options:
            message = f"its answer '{answer[:40]}' is none of its options"
            raise UnfitError(message)
        right.add(letter)
    return right


def _text(cell: str) -> Rich:
    """A cell, which may hold HTML."""
    return from_html(cell) if _TAG.search(cell) else plain(" ".join(cell.split()))
