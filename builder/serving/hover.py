"""What is told of the word under the cursor, as Markdown: a reference, a paragraph, an item, a key, a rule."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.serving import chunks, known, shapes
from builder.serving.card import card
from builder.serving.complete import kind_page
from builder.serving.cursor import word_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.diagnostics import Diagnostic
    from builder.model import Course
    from builder.serving.cursor import Cursor, Spot, Way

_EXPLAINED = ("bank", "blueprint", "course")  # files whose keys `explain` knows


def named(spot: Spot) -> tuple[Cursor, str]:
    """The cursor behind the word at a place of a text, and that word; behind the colon of a key."""
    lines = spot.text.split("\n")
    line = lines[spot.row] if spot.row < len(lines) else ""
    start, word = word_at(line, spot.column)
    end = start + len(word)
    behind = spot._replace(column=end + 2 if line[end : end + 1] == ":" else end)
    return chunks.here(behind), word


def hover(spot: Spot, course: Course | None, found: Iterable[Diagnostic] = ()) -> str:
    """What is told of a place; empty where nothing is known. `found` are the findings of the file."""
    here, word = named(spot)
    role = shapes.role(spot.path, spot.text)
    parts = [_rule(d.code, course) for d in found if d.span.line == spot.row + 1]
    if role and word:
        told = _name(course, here.way, role, word) if course else ""
        parts.append(told or _key(role, here, word))
    return "\n\n---\n\n".join(dict.fromkeys(filter(None, parts)))


def _name(course: Course, way: Way, role: str, word: str) -> str:
    """What a name of the course stands for, where such a name belongs."""
    key = known.key_of(way)
    if key == "cites" and word in course.references:
        return reference(course, word)
    if key == "locator" and word in course.places:
        place = course.places[word]
        return f"**{place}**\n\n{place.paragraph.gist}"
    item = course.by_id.get(word)
    if item and (key in {"enemies", "fixed", "excluded", "of"} or (key == "id" and role != "outline")):
        return card(item)
    names = known.names(course, way, role)
    return f"**{word}**: {names[word]}" if names.get(word) else ""


def reference(course: Course, key: str) -> str:
    """A work as the bibliography prints it, in Markdown; in a few words where it can't be formatted."""
    from builder import citations
    from builder.text import markdown
    from builder.text.tree import Paragraph

    with suppress(BuilderError):
        runs = citations.bibliography(course, [key]).get(key)
        if runs:
            return markdown.write((Paragraph(runs),))
    return known.work(course.references[key])


def _key(role: str, here: Cursor, word: str) -> str:
    """The page of a kind, or what a key takes."""
    key = known.key_of(here.way)
    if key == "kind" and (page := kind_page(word)):
        return f"**{word}**: {page}"
    if key != word or (shape := shapes.key(role, here)) is None:
        return ""
    from builder.starting.keys import says
    from builder.starting.page import shape_of

    told = says(key) if role in _EXPLAINED else ""
    said = [told or str(shape.schema.get("description", ""))] if told or "description" in shape.schema else []
    needed = ", needed" if shape.is_needed else ""
    return "\n\n".join([f"`{key}`: {shape_of(shape.schema)}{needed}", *said])


def _rule(code: str, course: Course | None) -> str:
    """The page of a rule; empty for findings that have none."""
    from builder.rules import all_pages, own_rules, rendered

    pages = (*all_pages(), *(own_rules(course.lint) if course else ()))
    page = next((page for page in pages if page.code == code), None)
    return rendered(page) if page else ""
