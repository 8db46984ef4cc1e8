"""What earns marks in a written answer, as HTML for graders, and back: a list of key points, or a table as rubric."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.exchange._markup import element_text, from_html, parsed
from builder.exchange._rich import Rich
from builder.model import Short
from builder.text.numbers import as_decimal
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Essay

TO_DO = "(to be written: what earns marks)"
_MARKS = re.compile(
    r"\s*[(\[](\d+(?:[.,]5)?)\s*(marks?|points?|pts?|p|punkte?|pkte?|puntos?|punti|pti?|punten|pontos?|pkt)?\.?[)\]]\s*\Z",
    re.IGNORECASE,
)  # as `(2)` in an export of ours, `(2 pts)` or `[1,5 Punkte]` where teachers type it
_LEAST_CELLS = 3  # of a criterion: its name, its marks, and two levels
_MOST = 1000  # marks
_MOST_BARE = 100  # marks without a word for them; above, a number in brackets is a year: "Code civil (1804)"


def written(item: Short | Essay, typed: Callable[[str], str]) -> str:
    """The HTML of the key points or of the rubric; `typed` writes a text of the item."""
    return "".join(_points(item, typed) if isinstance(item, Short) else _rubric(item, typed))


def _points(item: Short, typed: Callable[[str], str]) -> Iterator[str]:
    yield "<ul>"
    for point in item.key_points:
        word = " marks" if point.marks > _MOST_BARE else ""
        yield f'<li>{typed(point.point)} <span class="marks">({point.marks}{word})</span></li>'
    yield "</ul>"


def _rubric(item: Essay, typed: Callable[[str], str]) -> Iterator[str]:
    yield '<table class="rubric"><tbody>'
    for row in item.rubric:
        levels = "".join(f"<td>{typed(level)}</td>" for level in row.levels)
        yield f"<tr><th>{typed(row.criterion)}</th><td>{row.marks}</td>{levels}</tr>"
    yield "</tbody></table>"


@lru_cache(maxsize=1024)
def marks(text: str) -> str:
    """Marks as a bank has them: `2.0000000` is 2; empty where there are none, or no halves."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return ""
    return as_decimal(value) if value > 0 and value * 2 == int(value * 2) and value <= _MOST else ""


def read(html: str, file: Callable[[str], str | None], grade: str) -> Iterator[dict[str, Any]]:
    """The key points or the criteria in some HTML; where it is neither a list nor a rubric, one point worth `grade`."""
    root = parsed(html)
    table = root.find("table[@class='rubric']")
    parts = [table, *table.iterfind("tbody")] if table is not None else []
    rows = [list(row) for part in parts for row in part.iterfind("tr")]
    if rows and all(len(row) > _LEAST_CELLS and marks(row[1].text or "") for row in rows):
        for row in rows:
            head, *levels = [Rich(element_text(cell, file)) for cell in (row[0], *row[2:])]
            yield {"criterion": head, "marks": marks(row[1].text or ""), "levels": levels}
        return
    if len(root) == 1 and root[0].tag in {"ul", "ol"}:
        for entry in root[0].iterfind("li"):
            yield _point(Rich(element_text(entry, file)))
        return
    yield {"point": from_html(html, file), "marks": grade or "1"}


def _point(said: Rich) -> dict[str, Any]:
    """A key point: the number in brackets at its end is its marks, with or without a word for marks."""
    *blocks, last = said.text or (None,)
    runs = getattr(last, "runs", ())
    end = runs[-1] if runs and isinstance(runs[-1], Run) else Run("")
    found = _MARKS.search(end.text)
    given = found[1].replace(",", ".") if found else ""
    if not found or (Fraction(given) > _MOST_BARE and not found[2]):
        return {"point": said, "marks": "1"}
    rest = (*runs[:-1], *([end._replace(text=end.text[: found.start()])] if end.text[: found.start()] else []))
    kept = (*blocks, *([type(last)(rest)] if rest and last is not None else []))  # type: ignore[call-arg]
    return {"point": Rich(kept), "marks": given}


def usual(value: dict[str, Any]) -> str:
    """What an item of these values is worth where nothing is said."""
    match value["kind"]:
        case "truefalse":
            return "2"
        case "matching":
            return str(len(value["pairs"]))
        case "ordering":
            return str(len(value["sequence"]) - 1)
        case "cloze":
            return str(len(value["prompt"].gaps))
        case "short" | "essay":
            parts = value.get("key_points") or value.get("rubric") or []
            return as_decimal(sum((Fraction(part["marks"]) for part in parts), Fraction(0)))
        case _:
            return "1"
