"""A page with every card of a course, to look at while writing it.

The page has the templates of the package, and a script that fills them in as
Anki does. It is one file that needs no server and asks the network for nothing.
Each card is a document of its own, as in Anki, in a frame that can't reach the
page around it.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.cards import fields
from builder.cards.notetypes import NOTE_TYPES
from builder.deck import apkg
from builder.disk.media import kind
from builder.model import faults
from builder.pages.preview.formulas import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.deck.apkg import Note
    from builder.model import Course, Item

PAGE = "preview.html"


def files(course: Course) -> dict[str, bytes]:
    """The page, under its file name `preview.html`."""
    rows = [note for _, note in apkg.rendered(course).rows]
    formulas = typeset(value for note in rows for value in note.fields)
    page = shell.page(
        "pages/preview/preview.html",
        language=course.language,
        title=f"Cards of {course.title}",
        course=course,
        data=_data(course, rows) | {"formulas": formulas or {}},
        lacks_formulas=formulas is None,
    )
    return {PAGE: page}


def of_one(course: Course, item: Item) -> dict[str, Any]:
    """The notes of one item, and their formulas (None where they can't be typeset), as the page has those of all."""
    course = replace(course, items=(item,))
    rows = [note for _, note in apkg.rendered(course).rows]
    return {"notes": _notes(course, rows), "formulas": typeset(value for note in rows for value in note.fields)}


def _data(course: Course, rows: Iterable[Note]) -> dict[str, Any]:
    """What the script of the page needs: themes, note types and notes, with pictures and recordings inside."""
    return {
        "themes": {item.theme: course.themes.get(item.theme, item.theme) for item in course.in_deck if item.theme},
        "types": note_types(),
        "notes": _notes(course, rows),
    }


def _notes(course: Course, rows: Iterable[Note]) -> list[dict[str, Any]]:
    media = {fields.media_name(course, name): _inline(name, data) for name, data in course.deck_media.items()}
    return [
        {
            "id": note.id,
            "kind": course.by_id[note.id].kind,
            "theme": course.by_id[note.id].theme or "",
            "type": NOTE_TYPES.index(note.type),
            "fields": [_with(media, faults.dated(value, course.release or faults.UNRELEASED)) for value in note.fields],
            "cards": note.ordinals,
            "tags": note.tags,
        }
        for note in rows
    ]


def note_types() -> list[Mapping[str, Any]]:
    """The note types in the form in which `pages/card.js` fills in their templates."""
    return [_note_type(each.model(0)) for each in NOTE_TYPES]


def _note_type(model: Mapping[str, Any]) -> Mapping[str, Any]:
    """A note type as the scripts of pages take it: its fields, templates and style."""
    return {
        "name": model["name"],
        "css": model["css"],
        "cloze": bool(model["type"]),
        "fields": [field["name"] for field in model["flds"]],
        "templates": [{"name": t["name"], "front": t["qfmt"], "back": t["afmt"]} for t in model["tmpls"]],
    }


def _inline(name: str, data: bytes) -> str:
    return f"data:{kind(name)};base64,{base64.b64encode(data).decode()}"


def _with(media: Mapping[str, str], html: str) -> str:
    """The HTML with its pictures and recordings inside; a recording gets the player of the browser, not Anki's button."""
    for name, inline in media.items():
        if name in html:
            html = html.replace(f'src="{name}"', f'src="{inline}"')
            html = html.replace(f"[sound:{name}]", f'<audio controls src="{inline}"></audio>')
    return html
