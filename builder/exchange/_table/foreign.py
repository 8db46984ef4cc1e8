"""Tables of others: what a column holds is told by its heading, or by the caller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _guide
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._ids import slug
from builder.exchange._markup import from_html
from builder.exchange._rich import Rich, plain, typed
from builder.exchange._table import columns
from builder.model.fields import LETTERS
from builder.report import counted
from builder.text.tree import Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.exchange._table.columns import Asked

    Rows = Sequence[tuple[int, list[str]]]

_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TWO = 2
_ADVICE = re.compile(
    r"Text of the question\s+\(required\)"
)  # so Wayground's template explains its columns, below their heads
_DEEPEST_HEAD = 20  # rows of a title and advice may stand above the heads
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+|,(?!\d{3}\Z)\d+)?")
_MARKS = re.compile(r"(\d{1,4})(?:[.,](?:(5)0*|0*))?")
_TRUTHS = {
    **dict.fromkeys(("true", "wahr", "richtig", "verdadero", "vrai"), "true"),
    **dict.fromkeys(("false", "falsch", "falso", "faux"), "false"),
}


def take(name: str, rows: Rows, asked: Asked) -> Read:
    """The rows of a table as choices, true/false or questions with an answer."""
    read = Read()
    place, guess = _headed(rows)
    width = max(len(cells) for _, cells in rows)
    head = rows[place][1] if guess else [""] * width
    if any(ref.casefold() in {cell.strip().casefold() for cell in rows[0][1]} for _, ref in asked):
        place, head, guess = 0, rows[0][1], columns.guessed(rows[0][1])
        below = rows[1:]
    else:
        below = rows[place + 1 :] if guess else rows
    guess = guess or ({0: "question", 1: "answer"} if width == _TWO else {})
    found = columns.chosen([*head, *[""] * (width - len(head))], guess, asked)
    if "question" not in found.values():
        message = "no column is headed 'question' or 'prompt', and there are more than two"
        read.refused(Span(name, rows[0][0]), message, "name the columns: --columns question=A,answer=B")
        return read
    if "tolerance" not in found.values():  # without numbers to ask for, a column "Unit" may be that of a course
        found = {place: name for place, name in found.items() if name != "unit" or "unit" in dict(asked)}
    read.told.append(columns.told(head, found))
    if place:
        read.lost(Span(name, rows[0][0]), f"{counted(place, 'row')} above the heads of the columns: dropped")
    _taken(read, name, below, found)
    return read


def _headed(rows: Rows) -> tuple[int, dict[int, str]]:
    """Which of the first rows has the heads of columns, and what they name; nothing where none has.

    A row that names a question and something else beside it is one of heads.
    """
    for place, (_, cells) in enumerate(rows[:_DEEPEST_HEAD]):
        guess = columns.guessed(cells)
        if "question" in guess.values() and (len(guess) > 1 or place == 0):
            return place, guess
    return 0, {}


def _taken(read: Read, name: str, rows: Rows, head: dict[int, str]) -> None:
    """Add what each row says."""
    cells = [(line, _cells(row, head)) for line, row in rows]
    if cells and _ADVICE.match(cells[0][1].get("question", "")):
        del cells[0]
    by_number = _are_numbers([found for _, found in cells])
    for line, found in cells:
        span = Span(name, line)
        try:
            value = _value(found, by_number=by_number)
            marks = _marks(found.get("points", ""))
        except UnfitError as error:
            read.refused(span, f"'{found.get('question', '')[:60]}' is left out: {error}")
            continue
        if marks:
            value["marks"] = marks
        elif found.get("points"):
            read.lost(span, f"'{found['points'][:20]}' is no number of whole or half marks above 0: dropped")
        if theme := found.get("theme"):
            value["theme"] = slug(theme)
            read.themes.setdefault(value["theme"], theme)
        read.entries.append(Entry(typed(value), found.get("id") or found["question"][:80], span))


def _cells(row: Sequence[str], head: dict[int, str]) -> dict[str, str]:
    """The cells of a row by what they hold; each of several that are wrong has its number behind the name."""
    # An empty tolerance says that a number is asked for; empty cells at the end of a row are not there.
    found = {"tolerance": ""} if "tolerance" in head.values() else {}
    for place, cell in enumerate(row):
        if place in head and cell.strip():
            name = head[place]
            found[f"wrong {place}" if name == "wrong" else name] = cell.strip()
    return found


def _marks(said: str) -> str:
    """Whole or half marks as a bank has them: `2.0` is `2`; nothing where it is neither."""
    found = _MARKS.fullmatch(said)
    made = f"{int(found[1])}.5" if found and found[2] else str(int(found[1])) if found else ""
    return "" if made == "0" else made


def _value(cells: dict[str, str], *, by_number: bool) -> dict[str, Any]:
    typed_in = _typed_in(cells) if "question" in cells and not cells.get("answer") else {}
    if "question" not in cells or not (cells.get("answer") or typed_in):
        message = "it has no question" if "question" not in cells else "it has no answer"
        raise UnfitError(message)
    made: dict[str, Any] = {"prompt": _text(cells["question"])}
    if "feedback" in cells:
        made["explanation"] = _text(cells["feedback"])
    if "tags" in cells:
        made["tags"] = [slug(tag) for tag in re.split(r"[,;|]", cells["tags"]) if tag.strip()]
    if typed_in:
        return made | typed_in
    options, answer = _options(cells), cells["answer"]
    if wrong := [text for key, text in cells.items() if key.startswith("wrong ")]:
        listed = [{"right": _text(answer)}, *({"wrong": _text(text)} for text in wrong)]
        return made | {"kind": "mcq", "options": listed}
    if not options and (asked := _number(answer, cells)):
        return made | asked
    if not options:
        truth = _TRUTHS.get(answer.casefold())
        return made | ({"kind": "truefalse", "answer": truth} if truth else {"kind": "basic", "answer": _text(answer)})
    right = _right(answer, options, by_number=by_number)
    truths = [_TRUTHS.get(text.casefold(), "") for text in options.values()]
    if sorted(truths) == ["false", "true"] and len(right) == 1:
        return made | {"kind": "truefalse", "answer": truths[list(options).index(min(right))]}
    listed = [
        {"right" if letter in right else "wrong": _text(text)}
        | ({"why": _text(cells[f"with {letter}"])} if f"with {letter}" in cells else {})
        for letter, text in options.items()
    ]
    return made | {"kind": "mcq", "options": listed} | ({"multiple": "true"} if len(right) > 1 else {})


def _number(answer: str, cells: dict[str, str]) -> dict[str, Any]:
    """What a row asks for whose answer is a number, in a table with a column of tolerances; else nothing.

    An answer that is a text may stand in such a table too, without a tolerance. A comma before three digits may part
    thousands or decimals: `1,000` is not guessed at.
    """
    if "tolerance" not in cells or not (cells["tolerance"] or answer[:1].isdigit() or answer[:1] in {"+", "-"}):
        return {}
    slack = re.sub(r"^(?:\+/?-|±)\s*", "", cells["tolerance"])
    found, bound = _DECIMAL.fullmatch(answer), _DECIMAL.fullmatch(slack.rstrip(" %") or "0")
    if not found or not bound:
        what = f"'{answer[:40]}'" if not found else f"the tolerance '{slack[:40]}'"
        message = (
            f"{what} is no number that can be taken as it stands; write it with a point, and without thousands signs"
        )
        raise UnfitError(message)
    made = {"kind": "numeric", "answer": answer.replace(",", ".")}
    if float(bound[0].replace(",", ".")):
        made["tolerance"] = bound[0].replace(",", ".") + (" %" if "%" in slack else "")
    return made | ({"unit": {"symbol": cells["unit"], "ask": "optional"}} if "unit" in cells else {})


def _typed_in(cells: dict[str, str]) -> dict[str, Any]:
    """What a row without an answer says whose type is to be typed: Wayground's has its right answers as options."""
    kind = re.sub(r"[^a-z]+", " ", cells.get("type", "").casefold()).strip()
    texts = list(_options(cells).values())
    if kind in {"fill in the blank", "fill in the blanks"} and texts:
        return {"kind": "basic", "answer": _text(texts[0]), "accept": [plain(text) for text in texts[1:]]}
    if kind in {"open ended", "essay"}:
        return {"kind": "short", "key_points": [{"point": _guide.TO_DO, "marks": "1"}], "status": "draft"}
    return {}


def _options(cells: dict[str, str]) -> dict[str, str]:
    """The options by their letters: each in its own cell, or all in one with bars or line breaks between them."""
    if "options" in cells:
        parts = re.split(r"\||\n" if "|" not in cells["options"] else r"\|", cells["options"])
        return {letter: part.strip() for letter, part in zip(LETTERS, parts, strict=False) if part.strip()}
    return {letter: cells[letter] for letter in LETTERS if letter in cells}


def _are_numbers(rows: Sequence[dict[str, str]]) -> bool:
    """Whether the answers of a table are the numbers of options, also where an option reads as such a number.

    They are if each is a number, and not each is the text of an option.
    """
    asked = [(cells["answer"], _options(cells)) for cells in rows if "answer" in cells and _options(cells)]
    numbers = all(re.fullmatch(r"\d{1,2}(?:\s*[|,;]\s*\d{1,2})*", answer) for answer, _ in asked)
    return numbers and any(answer not in options.values() for answer, options in asked)


def _right(answer: str, options: dict[str, str], *, by_number: bool) -> set[str]:
    """The letters of the right options, by text, letter or number: `Paris`, `B`, `2`, `A|C`, `1, 3`."""
    by_text = {} if by_number else {text.casefold(): letter for letter, text in options.items()}
    if answer.casefold() in by_text:
        return {by_text[answer.casefold()]}
    right = set()
    for part in filter(None, (part.strip(" .)") for part in re.split(r"[|,;\n]", answer))):
        number = LETTERS[int(part) - 1] if part.isdecimal() and 0 < int(part) <= len(LETTERS) else ""
        letter = by_text.get(part.casefold()) or (part.upper() if part.upper() in options else number)
        if letter not in options:
            message = f"its answer '{answer[:40]}' is none of its options"
            raise UnfitError(message)
        right.add(letter)
    return right


def _text(cell: str) -> Rich:
    """A cell, which may hold HTML, or lines and paragraphs."""
    if _TAG.search(cell):
        return from_html(cell)
    if "\n" not in cell:
        return plain(" ".join(cell.split()))
    made = []
    for part in re.split(r"\n\s*\n", _CONTROL.sub("", cell).strip()):
        lines = [Run(" ".join(line.split())) for line in part.split("\n") if line.strip()]
        made.append(Paragraph(tuple(node for line in lines for node in (Run("", break_=True), line))[1:]))
    return Rich(tuple(made))
