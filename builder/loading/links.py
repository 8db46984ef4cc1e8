"""What files of a course say of each other: ids, locators, citation keys, enemies, contrasts, themes, kinds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding, Severity, did_you_mean
from builder.model.items import KINDS
from builder.model.specification import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model import Blueprint, Course, Item, Outline, Specification

CITES, LOCATOR, BASIS = "C01", "P02", "P05"  # codes whose pages in `builder.rules` explain what is found here


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


# Letters that many typefaces show alike (Unicode Technical Standard 39, confusables), and signs between words.
_ALIKE = str.maketrans("10._", "lo--")


def lookalikes(items: Iterable[tuple[Item, At]]) -> Iterator[Finding]:
    """Items whose id an eye takes for that of an earlier item."""
    first: dict[str, tuple[str, At]] = {}
    for item, at in items:
        other, where = first.setdefault(item.id.translate(_ALIKE).replace("rn", "m"), (item.id, at))
        if other != item.id:
            what = f"the id '{item.id}' looks like '{other}' in {where.path}"
            yield Finding(at / "id", "confusable-id", what, "rename the one that is not released", Severity.WARNING)


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
    remedy = "name a PNG, JPEG, GIF or WebP file of at most 8 MiB and 40 megapixels below the course's folder"
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


def specification_links(
    path: str, specification: Specification, themes: Mapping[str, str], references: Mapping[str, object]
) -> Iterator[Finding]:
    """Names in the specification that lead nowhere; where all are right, tables whose sums differ."""
    named = [
        *(
            (("references", "each", key), CITES, "key of the references", references)
            for key in specification.references.each
        ),
        *(
            (("themes", name), "unknown-theme", "theme of course.yaml", themes or (name,))
            for name in specification.themes
        ),
        *((("themes", name, kind), *_KIND) for name, row in specification.themes.items() for kind in row),
        *((("bloom", kind), *_KIND) for kind in specification.bloom),
        *((("bloom", kind, level), *_LEVEL) for kind, row in specification.bloom.items() for level in row),
        *((("difficulty", kind), *_KIND) for kind in specification.difficulty),
    ]
    unknown = [entry for entry in named if entry[0][-1] not in entry[3]]
    for keys, code, what, known in unknown:
        yield _unknown(At(path, keys, on_key=True), code, keys[-1], what, known)
    if not unknown:
        yield from _sums(path, specification)


def blueprint_links(course: Course, unsound: Iterable[Mapping[str, object]]) -> Iterator[Finding]:
    """Names in the blueprints of papers that lead nowhere."""
    ids = {*course.at, *(str(entry.get("id")) for entry in unsound)}
    for name, blueprint in course.blueprints.items():
        at = course.blueprint_at[name]
        yield from _sorts(course, blueprint, at)
        for key in ("fixed", "excluded"):
            for item in getattr(blueprint, key):
                if item not in ids:
                    yield _unknown(at / key, "unknown-item", item, "item of the course", ids)
                elif key == "excluded" and item in blueprint.fixed:
                    what = f"'{item}' is fixed as well"
                    yield Finding(at / key, "fixed-and-excluded", what, "take it out of one of the two lists")
                elif key == "fixed" and item in course.by_id and course.by_id[item].retired:
                    yield Finding(at / key, "retired-item", f"'{item}' is retired", "name an item in use")
        others = course.blueprints.keys() - {name}
        for other in blueprint.disjoint:
            if other not in others:
                yield _unknown(at / "disjoint", "unknown-blueprint", other, "other blueprint of the course", others)


def _sorts(course: Course, blueprint: Blueprint, at: At) -> Iterator[Finding]:
    """Sorts of items that a blueprint names and that there are none of."""
    known: dict[str, tuple[str, str, Iterable[str]]] = {
        "theme": ("unknown-theme", "theme of course.yaml", course.themes),
        "theory": ("unknown-theory", "theory of course.yaml", course.theories),
        "kind": _KIND,
        "bloom": _LEVEL,
        "basis": (BASIS, "source of the outline", [*course.sources, "both"] if course.sources else ()),
    }
    filters = [(at / "only", blueprint.only), *((at / "rows" / i, row) for i, row in enumerate(blueprint.rows))]
    for where, sort in filters:
        for key, values in sort.named.items():
            code, what, names = known.get(key, ("", "", ()))
            yield from (_unknown(where / key, code, v, what, names) for v in values if names and v not in names)
    for key, kinds in (("points", blueprint.points), ("choose", blueprint.choose)):
        for kind in kinds:
            if kind not in KINDS:
                yield _unknown(At(at.path, (key, kind), on_key=True), _KIND[0], kind, _KIND[1], KINDS)


_KIND = ("unknown-kind", "kind of item", KINDS)
_LEVEL = ("unknown-value", "Bloom level", LEVELS)


def _sums(path: str, specification: Specification) -> Iterator[Finding]:
    """Kinds of which one table wants more than another: no bank can meet both."""
    sums: dict[str, Counter[str]] = {}
    for name, cells in specification.tables.items():
        sums[name] = Counter()
        for pair, number in cells.items():
            sums[name][pair[name == "themes"]] += number
    first, *others = sums or [""]
    for name in others:
        for kind in KINDS:
            here, there = sums[name][kind], sums[first][kind]
            if here != there:
                message = f"the {kind} items of '{name}:' add up to {here}, those of '{first}:' to {there}"
                yield Finding(At(path, (name, kind), on_key=True), "unequal-sums", message, "make the sums equal")


def _unknown(at: At, code: str, name: str, what: str, known: Iterable[str]) -> Finding:
    known = list(known)
    remedy = did_you_mean(name, known) or (
        f"add it, or name one of the {len(known)} there are"
        if known
        else f"the course has no {what.rsplit(' of ', maxsplit=1)[-1]}"
    )
    return Finding(at, code, f"'{name}' is no {what}", remedy)
