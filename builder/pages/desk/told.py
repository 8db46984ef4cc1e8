"""What the page asks for, as the bytes of an answer and their kind: lists, items, papers. None is what is not there."""

from __future__ import annotations

import base64
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.diagnostics import BuilderError
from builder.pages import preview
from builder.pages.desk import paper as on_paper
from builder.pages.desk.view import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.diagnostics import Diagnostic
    from builder.pages.desk.view import Entry, View

Answer = tuple[str, bytes]

_MOST = 200  # rows of one answer
_ELSEWHERE = 50  # findings outside of items that are shown
_HEAD = 110  # characters of a prompt in a row


def answer(view: View, what: str, name: str, query: Mapping[str, str]) -> Answer | None:
    """What is asked for: the `state`, a `list`, or of the item of this name the `item` or its `paper`."""
    match what:
        case "state":
            return state(view)
        case "list":
            return rows(view, query)
        case "item":
            return item(view, name)
        case "paper":
            return paper(view, name, query)
        case _:
            return None


def state(view: View) -> Answer:
    """What there is to choose from, and what is wrong outside of items."""
    return _json(
        {
            "version": view.version,
            "title": view.title,
            "all": len(view.entries),
            "errors": view.loaded.errors,
            "warnings": len(view.loaded.diagnostics) - view.loaded.errors,
            "facets": view.facets,
            "elsewhere": [_finding(d, view) for d in view.elsewhere[:_ELSEWHERE]],
            "more": max(0, len(view.elsewhere) - _ELSEWHERE),
            "prints": find_spec("typst") is not None and find_spec("pikepdf") is not None,
        }
    )


def rows(view: View, query: Mapping[str, str]) -> Answer:
    """A part of the list that the query asks for: `from` which row, `count` rows; and where the item `id` is in it."""
    wanted = {name: query[name] for name in ("rule", "theme", "kind", "bank", "status") if query.get(name)}
    chosen = view.chosen(Asked(tuple(query.get("search", "").casefold().split()), wanted))
    start, count = _number(query.get("from", "0")), min(_number(query.get("count", "50")), _MOST)
    place = next((n for n, entry in enumerate(chosen) if entry.id == query.get("id")), -1)
    return _json(
        {
            "version": view.version,
            "total": len(chosen),
            "at": place,
            "rows": list(map(_row, chosen[start : start + count])),
        }
    )


def item(view: View, name: str) -> Answer | None:
    """An item: its place, its findings and its cards."""
    entry = view.by_id.get(name)
    if entry is None:
        return None
    said: dict[str, Any] = {
        **_row(entry),
        "path": entry.path,
        "line": entry.line,
        "place": f"{view.within(entry.path)}:{entry.line}",
        "findings": [_finding(d, view) for d in entry.findings],
        "notes": [],
        "formulas": {},
        "why": "",
    }
    if entry.item is None or entry.course is None:
        said["why"] = "This item can't be read yet: mend its errors first."
    elif entry.item.is_kept:
        said["why"] = "Kept for exams: it has no card."
    else:
        try:
            said |= preview.of_one(entry.course, entry.item)
        except BuilderError as error:
            said["why"] = str(error)
        if entry.item.retired:
            said["why"] = "Retired: new students get no card of it."
    return _json(said)


def paper(view: View, name: str, query: Mapping[str, str]) -> Answer | None:
    """An item on paper: the page of its question or its `key`, or as `pdf` all pages as pictures."""
    entry = view.by_id.get(name)
    if entry is None or entry.item is None or entry.course is None:
        return None
    try:
        if query.get("look") == "pdf":
            return "html", _pictures(entry)
        side = "key" if query.get("side") == "key" else "paper"
        return "html", on_paper.pages(entry.course, entry.item)[side]
    except (BuilderError, ImportError) as error:
        return "html", shell.page("pages/desk/refused.html", language="en", title="No paper", why=str(error))


def _pictures(entry: Entry) -> bytes:
    assert entry.course  # noqa: S101 - its caller asks
    assert entry.item  # noqa: S101 - likewise
    pages = [
        (name, f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}")
        for name, found in on_paper.typeset(entry.course, entry.item)
        for svg in found
    ]
    return shell.page("pages/desk/pictures.html", language="en", title="As printed", pages=pages)


def _row(entry: Entry) -> dict[str, Any]:
    head = " ".join(entry.item.prompt.split()) if entry.item else ""
    return {
        "id": entry.id,
        **entry.facets,
        "head": head[:_HEAD],
        "errors": entry.errors,
        "warnings": len(entry.findings) - entry.errors,
        "old": entry.is_old,
    }


def _finding(diagnostic: Diagnostic, view: View) -> dict[str, Any]:
    """A finding with its line of source; its `place` is for people, from the course's folder on."""
    span = diagnostic.span
    lines = view.loaded.texts.get(span.path, "").split("\n")
    source = lines[span.line - 1] if 1 <= span.line <= len(lines) else ""
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "place": f"{view.within(span.path)}:{span.line}:{span.column}",
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "source": source[:300],
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - digits


def _json(value: object) -> Answer:
    return "json", json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
