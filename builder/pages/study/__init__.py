"""A page to study a course with, in any browser and without a network: cards as in Anki, by the schedule of `builder.study`.

The page is one file. Pictures and recordings are inside it; where they are too
many bytes for that, they lie in a folder beside it. Two small files let a
browser install it as an app: a manifest, and a service worker, which keeps the
page for the time without a network.

The page holds the items that students get: none that is kept for exams, none
whose review is open, and none that is retired. Progress is the student's: the
page keeps it in the browser, and reads and writes the same file as
`her-study study` (`builder.study.progress`).

Opening is fast with thousands of items, since each item is a line of JSON that
is read when its card is asked. The lines stand in parts: a browser reads no
further than to the end of an element before it paints, and only the part of an
item is cut into lines.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any, NamedTuple

from builder import shell
from builder.cards import fields
from builder.cards.notetypes import NOTE_TYPES
from builder.deck import apkg
from builder.disk.media import kind
from builder.model import faults
from builder.pages.preview import note_types
from builder.pages.preview.formulas import typeset
from builder.pages.study.papers import papers, rivals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.deck.apkg import Note
    from builder.model import Course

PAGE, MANIFEST, WORKER, ICON, FOLDER = (
    "study.html",
    "study.webmanifest",
    "study.worker.js",
    "study.svg",
    "study-files",
)
# In the order in which they run; the first two groups are all of the schedule, and know nothing of a page.
SCHEDULE = (
    "pages/study/fsrs/ts-fsrs.min.js",
    "pages/study/schedule.js",
    "pages/study/progress.js",
    "pages/study/queue.js",
)
SCRIPTS = (
    *SCHEDULE,
    "pages/study/items.js",
    "pages/card.js",
    "pages/study/store.js",
    "pages/study/frame.js",
    "pages/study/study.js",
    "pages/study/practice.js",
    "pages/study/browse.js",
    "pages/study/figures.js",
    "pages/study/app.js",
)
PICTURES = {192: "study-192.png", 512: "study-512.png"}  # `icon.svg` in pixels, by width; iOS takes no other form
PART = 256  # items whose lines stand in one element
MOST_INSIDE = 20_000_000  # bytes of pictures and recordings

_HARMFUL = re.compile(r"<(?=!--|/?script)", re.IGNORECASE)  # by which a line could end the element that it is in
_WORDS = "Words"


class Asked(NamedTuple):
    """The part of a course that students study, and how many items are left out because their review is open."""

    course: Course
    unapproved: int


def asked(course: Course) -> Asked:
    """The course with the items alone that its page may hold."""
    given = [item for item in course.active if not item.is_kept]
    items = tuple(item for item in given if item.is_approved)
    return Asked(dataclasses.replace(course, items=items), len(given) - len(items))


def files(course: Course) -> dict[str, bytes]:
    """The page under its name, `study.html`, and the files beside it; all names are relative to one folder."""
    course = asked(course).course
    notes = [note for _, note in apkg.rendered(course).rows]
    media = {fields.media_name(course, name): data for name, data in course.deck_media.items()}
    is_inside = sum(map(len, media.values())) <= MOST_INSIDE
    beside = {} if is_inside else {f"{FOLDER}/{name}.js": _held(name, data) for name, data in media.items()}
    words: dict[str, int] = {}
    lines = [_line(course, note, words) for note in notes]
    formulas = typeset(value for note in notes for value in note.fields)
    page = shell.page(
        "pages/study/study.html",
        language=course.words.language,
        say=course.words.page,
        title=course.title,
        course=course,
        index=_index(course, notes, list(words)) | {"part": PART, "formulas": formulas or {}},
        parts=["\n".join(lines[at : at + PART]) for at in range(0, len(lines), PART)],
        media={name: _inline(name, data) if is_inside else f"{FOLDER}/{name}.js" for name, data in media.items()},
        lacks_formulas=formulas is None,
        scripts=SCRIPTS,
        icon=_inline(ICON, _file("icon.svg")),
    )
    icons = {ICON: _file("icon.svg"), **{name: _file(f"icon-{width}.png") for width, name in PICTURES.items()}}
    made = {PAGE: page, **icons, MANIFEST: _manifest(course), **beside}
    return {**made, WORKER: _worker(course, made)}


def _file(name: str) -> bytes:
    return (resources("builder.pages.study") / name).read_bytes()


def _line(course: Course, note: Note, words: dict[str, int]) -> str:
    """The fields of a note as a line of JSON. Fixed words are the same for all notes of a type: a number stands for them."""
    values: list[str | int] = []
    for name, value in zip(note.type.fields, note.fields, strict=True):
        is_shared = name == _WORDS and value
        values.append(
            words.setdefault(value, len(words))
            if is_shared
            else faults.dated(value, course.release or faults.UNRELEASED)
        )
    return _HARMFUL.sub("\\\\u003c", json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def _index(course: Course, notes: Sequence[Note], words: list[str]) -> dict[str, Any]:
    """What the page knows of all items at once; the shape of an item is written down in `items.js`."""
    places: dict[str, int] = {}
    items = []
    for note in notes:
        item = course.by_id[note.id]
        said = (
            course.places[name].said(course.words["paragraph"], course.words["entry"])
            for name in item.locator
            if name in course.places
        )
        where = [places.setdefault(text, len(places)) for text in said]
        numbers = [ordinal + 1 for ordinal in note.ordinals]
        items.append([note.id, item.kind, item.theme or "", NOTE_TYPES.index(note.type), numbers, item.points, where])
    return {
        "course": course.id,
        "release": course.release,
        "themes": {key: text for key, text in course.themes.items() if any(item.theme == key for item in course.items)},
        "types": note_types(),
        "words": words,
        "language": course.words.language,
        "said": {**course.words.page, "your_answer": course.words.cards["your_answer"]},
        "kinds": {kind: _named(course, kind) for kind in sorted({item.kind for item in course.items})},
        "places": list(places),
        "items": items,
        "papers": papers(course, [note.id for note in notes]),
        "rivals": rivals(course, [note.id for note in notes]),
        "names": {"manifest": MANIFEST, "worker": WORKER, "icon": PICTURES[192]},
    }


def _named(course: Course, kind: str) -> str:
    """A kind as the student reads it: the title of its part of a paper; reversed items are asked both ways."""
    sections = course.words.sections
    return sections[kind]["title"] if kind in sections else f"{sections['basic']['title']} ⇄"


def _inline(name: str, data: bytes) -> str:
    return f"data:{kind(name)};base64,{base64.b64encode(data).decode()}"


def _held(name: str, data: bytes) -> bytes:
    """A picture or recording as a script, which a page opened from disk may load; its frame of cards may load no file."""
    return f"hold({json.dumps(name)},{json.dumps(_inline(name, data))});\n".encode()


def _manifest(course: Course) -> bytes:
    """What a browser shows of the page when it is installed. Source: W3C, Web Application Manifest."""
    made = {
        "id": f"her-study-{course.id}",
        "name": course.title,
        "short_name": course.title[:30],
        "lang": course.language,
        "start_url": PAGE,
        "scope": ".",
        "display": "standalone",
        "background_color": "#f3f1ed",
        "theme_color": "#24588a",
        "icons": [
            {"src": ICON, "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(
                {"src": name, "sizes": f"{width}x{width}", "type": "image/png", "purpose": "any maskable"}
                for width, name in PICTURES.items()
            ),
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _worker(course: Course, kept: Mapping[str, bytes]) -> bytes:
    """The service worker, with the names of the files that it keeps, and a version that changes with any of them."""
    digest = hashlib.sha256()
    for name, data in sorted(kept.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    told = {"cache": f"her-study-{course.id}-", "version": digest.hexdigest()[:16], "files": sorted(kept)}
    return f"const KEPT = {json.dumps(told)};\n".encode() + _file("worker.js")
