"""The files of a course beside its banks: outline, specification, traps, shingles, blueprints.

Each function takes the path and the text of one file. A file that is not sound
counts as absent: nothing that is right beside it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding
from builder.loading import targets
from builder.loading.part import Part, modelled
from builder.model import Outline, Place, Specification, Trap, Traps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.loading.references import Works
    from builder.model import Blueprint


def references(path: str, text: str) -> Part[Works]:
    """CSL data by citation key (see `builder.loading.references`)."""
    from builder.loading import references  # with the largest of the models, which a course that is kept does without

    return references.references(path, text)


def outline(path: str, text: str, works: Mapping[str, object]) -> Part[Outline]:
    """The outline of the sources; what it cites has to be one of the `works`."""
    part = modelled(Outline, path, text)
    wrong = targets.outline_links(path, part.value, works) if part.value else ()
    return Part(part.value, [*part.findings, *wrong], part.diagnostics)


def specification(path: str, text: str, themes: Mapping[str, str], works: Mapping[str, object]) -> Part[Specification]:
    """The table of specifications, whose names have to be those of `themes` and `works`."""
    part = modelled(Specification, path, text)
    wrong = targets.specification_links(path, part.value, themes, works) if part.value else ()
    return Part(part.value, [*part.findings, *wrong], part.diagnostics)


def traps(path: str, text: str) -> Part[tuple[Trap, ...]]:
    """The known traps of the course, without those whose pattern is none."""
    part = modelled(Traps, path, text)
    sound, findings = [], [*part.findings]
    for i, trap in enumerate(part.value.traps if part.value else ()):
        problems = [(key, _problem(pattern)) for key, pattern in (("pattern", trap.pattern), ("caveat", trap.caveat))]
        for key, problem in problems:
            if problem:
                at = At(path, ("traps", i, key))
                findings.append(Finding(at, "bad-pattern", problem, "correct the regular expression"))
        if not any(problem for _, problem in problems):
            sound.append(trap)
    return Part(tuple(sound), findings, part.diagnostics)


def _problem(pattern: str | None) -> str:
    from builder.text.patterns import expression  # with RE2, which few courses need

    try:
        expression(pattern or "")
    except ValueError as error:
        return f"not a regular expression of RE2: {error}"
    return ""


def shingles(name: str, text: str, at: At) -> Part[frozenset[bytes]]:
    """The hashed runs of six words of the sources, five bytes each, and their hashed words, three bytes each.

    A line of the file is one hash: ten hexadecimal digits, or six. `name` and `at` are how and where course.yaml
    names the file.
    """
    try:
        return Part(frozenset(map(bytes.fromhex, text.split())))
    except ValueError:
        remedy = "write ten hexadecimal digits a line, or six for a word"
        return Part(None, [Finding(at, "bad-form", f"'{name}' is no list of hashes", remedy)])


def first_of_each_name(blueprints: Iterable[tuple[Blueprint, At]]) -> Part[dict[str, tuple[Blueprint, At]]]:
    """The blueprints of papers with their files, by name; of two that have one name, the first."""
    first: dict[str, tuple[Blueprint, At]] = {}
    findings = []
    for blueprint, at in blueprints:
        name = blueprint.blueprint
        if name in first:
            what = f"the name '{name}' is taken by {first[name][1].path}"
            findings.append(Finding(at / "blueprint", "duplicate-id", what, "rename one of the two"))
        first.setdefault(name, (blueprint, at))
    return Part(first, findings)


def places_of(outline: Outline) -> Iterator[tuple[str, Place]]:
    """What each locator stands for."""
    for source in outline.sources:
        for section in source.sections:
            for number, paragraph in enumerate(section.paragraphs, 1):
                yield paragraph.id, Place(source, section, paragraph, number)
