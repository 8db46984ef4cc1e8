"""A page of every card, to look at while writing: the true templates, filled in by the page as Anki fills them.

One file that needs no server and asks the network for nothing. Each card is a
document of its own, as in Anki, in a frame that can't reach the page.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.cards import fields
from builder.cards.notetypes import NOTE_TYPES
from builder.deck import apkg
from builder.disk import media
from builder.model import faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course

PAGE, STAMP = "preview.html", "preview.stamp.js"


def files(course: Course, stamp: str = "") -> dict[str, bytes]:
    """`preview.html`; with `stamp` (a digest or time, as text) it loads itself anew when `preview.stamp.js` differs."""
    page = shell.page(
        "pages/preview/preview.html",
        language=course.language,
        title=f"Cards of {course.title}",
        course=course,
        data=_data(course, stamp),
    )
    return {PAGE: page} | ({STAMP: f"stamped({json.dumps(stamp)});\n".encode()} if stamp else {})


def _data(course: Course, stamp: str) -> Mapping[str, Any]:
    pictures = {fields.media_name(course, name): _inline(name, data) for name, data in course.media.items()}
    return {
        "stamp": stamp,
        "themes": {item.theme: course.themes.get(item.theme, item.theme) for item in course.items if item.theme},
        "types": [_note_type(note_type.model(0)) for note_type in NOTE_TYPES],
        "notes": [
            {
                "id": note.id,
                "kind": course.by_id[note.id].kind,
                "theme": course.by_id[note.id].theme or "",
                "type": NOTE_TYPES.index(note.type),
                "fields": [
                    _with(pictures, faults.dated(value, course.release or faults.UNRELEASED)) for value in note.fields
                ],
                "cards": note.ordinals,
                "tags": note.tags,
            }
            for _, note in apkg.rendered(course).rows
        ],
    }


def _note_type(model: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "name": model["name"],
        "css": model["css"],
        "cloze": bool(model["type"]),
        "fields": [field["name"] for field in model["flds"]],
        "templates": [{"name": t["name"], "front": t["qfmt"], "back": t["afmt"]} for t in model["tmpls"]],
    }


def _inline(name: str, data: bytes) -> str:
    return f"data:{media.kind(name)};base64,{base64.b64encode(data).decode()}"


def _with(pictures: Mapping[str, str], html: str) -> str:
    for name, inline in pictures.items():
        html = html.replace(f'src="{name}"', f'src="{inline}"')
        html = html.replace(f"[sound:{name}]", f'<audio controls src="{inline}"></audio>')
    return html
