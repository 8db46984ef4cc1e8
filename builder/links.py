"""What files of a course say of each other: ids, locators, citation keys, enemies, contrasts, themes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model import Course, Item, Outline

CITES, LOCATOR, BASIS = "C01", "P02", "P05"  # the codes of the rules whose structural half this is


def duplicates(items: Iterable[tuple[Item, At]]) -> Iterator[Finding]:
    """Items whose id an earlier item has."""
    first: dict[str, At] = {}
    for item, at in items:
        if item.id in first:
            where = first[item.id].path
            yield Finding(
                at / "id",
                "duplicate-id",
                f"the id '{item.id}' is taken",
                f"the first is in {where}; ids are for ever, so rename this one",
            )
        else:
            first[item.id] = at


def course_links(course: Course, unsound: Iterable[Mapping[str, object]]) -> Iterator[Finding]:
    """Every name in an item that leads nowhere.

    `unsound` are the entries that were reported and left out: names may lead
    to them, since a mistake gets one report and not a cascade.
    """
    unsound = list(unsound)
    ids = {*course.at, *(str(entry.get("id")) for entry in unsound)}
    contrasts = Counter(item.contrast for item in course.items) + Counter(str(e.get("contrast")) for e in unsound)
    for item in course.items:
        at = course.at[item.id]
        yield from _sources(course, item, at)
        yield from _enemies(item, at, ids)
        if item.contrast and contrasts[item.contrast] == 1:
            yield _lone(item.contrast, at, contrasts)
        if item.theme and course.themes and item.theme not in course.themes:
            yield _unknown(at / "theme", "unknown-theme", item.theme, "theme of course.yaml", course.themes)
        if item.theory and course.theories and item.theory not in course.theories:
            yield _unknown(at / "theory", "unknown-theory", item.theory, "theory of course.yaml", course.theories)
        if item.image and item.image.file not in course.media:
            yield _picture(item.image.file, at)


def _sources(course: Course, item: Item, at: At) -> Iterator[Finding]:
    for i, locator in enumerate(item.locator):
        if locator not in course.places:
            yield _unknown(at / "locator" / i, LOCATOR, locator, "paragraph of the outline", course.places)
    for i, key in enumerate(item.cites):
        if key not in course.references:
            yield _unknown(at / "cites" / i, CITES, key, "key of the references", course.references)
    if item.basis and course.sources and item.basis not in course.sources and item.basis != "both":
        yield _unknown(at / "basis", BASIS, item.basis, "source of the outline", [*course.sources, "both"])


def _enemies(item: Item, at: At, ids: set[str]) -> Iterator[Finding]:
    for i, enemy in enumerate(item.enemies):
        if enemy == item.id:
            yield Finding(at / "enemies" / i, "unknown-item", "an item is no enemy of itself", "delete the entry")
        elif enemy not in ids:
            yield _unknown(at / "enemies" / i, "unknown-item", enemy, "item of the course", ids)


def _lone(contrast: str, at: At, known: Iterable[str | None]) -> Finding:
    remedy = did_you_mean(contrast, (name for name in known if name and name != contrast))
    message = f"no other item is in the contrast set '{contrast}'"
    return Finding(at / "contrast", "lone-contrast", message, remedy or "a contrast set needs two items or more")


def _picture(name: str, at: At) -> Finding:
    remedy = "name a PNG, JPEG, GIF or WebP file of at most 8 MiB below the course's folder"
    return Finding(at / "image" / "file", "image", f"'{name}' is not a readable picture of this course", remedy)


def outline_links(path: str, outline: Outline, references: Mapping[str, object]) -> Iterator[Finding]:
    """Names in the outline that stand twice or lead nowhere."""
    seen: set[str] = set()
    for s, source in enumerate(outline.sources):
        here = At(path, ("sources", s))
        if source.ref and source.ref not in references:
            yield _unknown(here / "ref", CITES, source.ref, "key of the references", references)
        for c, section in enumerate(source.sections):
            for p, paragraph in enumerate(section.paragraphs):
                at = here / "sections" / c / "paragraphs" / p
                if paragraph.id in seen:
                    yield Finding(
                        at / "id", "duplicate-id", f"the paragraph '{paragraph.id}' stands twice", "rename one"
                    )
                seen.add(paragraph.id)
                for i, key in enumerate(paragraph.cites):
                    if key not in references:
                        yield _unknown(at / "cites" / i, CITES, key, "key of the references", references)


def _unknown(at: At, code: str, name: str, what: str, known: Iterable[str]) -> Finding:
    known = list(known)
    remedy = did_you_mean(name, known) or (
        f"add it, or name one of the {len(known)} there are"
        if known
        else f"the course has no {what.rsplit(' of ', maxsplit=1)[-1]}"
    )
    return Finding(at, code, f"'{name}' is no {what}", remedy)
