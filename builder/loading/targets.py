"""What the outline and the specification of a course name: works, themes, kinds, levels; and sums that have to agree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding
from builder.loading.names import CITES, THEME, WORK, Names, kinds_known, levels_known
from builder.model.items import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model import Outline, Specification


def outline_links(path: str, outline: Outline, references: Mapping[str, object]) -> Iterator[Finding]:
    """Names in the outline that stand twice or lead nowhere."""
    works = Names(CITES, WORK, references)
    seen: set[str] = set()
    for s, source in enumerate(outline.sources):
        here = At(path, ("sources", s))
        if source.ref and source.ref not in works:
            yield works.unknown(here / "ref", source.ref)
        for c, section in enumerate(source.sections):
            for p, paragraph in enumerate(section.paragraphs):
                at = here / "sections" / c / "paragraphs" / p
                if paragraph.id in seen:
                    what = f"the paragraph '{paragraph.id}' stands twice"
                    yield Finding(at / "id", "duplicate-id", what, "rename one")
                seen.add(paragraph.id)
                yield from (works.unknown(at / "cites" / i, n) for i, n in enumerate(paragraph.cites) if n not in works)


def specification_links(
    path: str, specification: Specification, themes: Mapping[str, str], references: Mapping[str, object]
) -> Iterator[Finding]:
    """Names in the specification that lead nowhere; where all are right, tables whose sums differ."""
    works, kinds, levels = Names(CITES, WORK, references), kinds_known(), levels_known()
    rows = Names("unknown-theme", THEME, themes or specification.themes)
    named = [
        *((("references", "each", key), works) for key in specification.references.each),
        *((("themes", name), rows) for name in specification.themes),
        *((("themes", name, kind), kinds) for name, row in specification.themes.items() for kind in row),
        *((("bloom", kind), kinds) for kind in specification.bloom),
        *((("bloom", kind, level), levels) for kind, row in specification.bloom.items() for level in row),
        *((("difficulty", kind), kinds) for kind in specification.difficulty),
    ]
    unknown = [(keys, known) for keys, known in named if keys[-1] not in known]
    for keys, known in unknown:
        yield known.unknown(At(path, keys, on_key=True), keys[-1])
    if not unknown:
        yield from _sums(path, specification)


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
