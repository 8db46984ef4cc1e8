"""Rules that a course brings as data (`lint: own:`), made into rules like any other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model.readings import texts
from builder.rules._page import Hit, Rule
from builder.text.quotes import excerpt
from builder.text.words import STEMMED, stems, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.model import Course, Item, LintOptions, OwnRule

    Find = Callable[[str], Iterable[tuple[int, str]]]  # the number of a character in a text, and what was found there


def own_rules(lint: LintOptions) -> tuple[Rule, ...]:
    """The rules that a course brings, by code."""
    return tuple(_rule(own) for own in sorted(lint.own, key=lambda own: own.code))


def _rule(own: OwnRule) -> Rule:
    return Rule(
        own.code,
        own.name,
        Severity(own.level),
        _page(own),
        own.remedy or "see the course's own rules, `lint: own:` in course.yaml",
        is_broken=True,  # it weighs what the course says, in any profile
        languages=None,
        is_whole=False,
        is_of_all=False,
        is_feedback=False,
        is_by_value=False,
        check=partial(_check, own),
    )


def _page(own: OwnRule) -> str:
    """The manual page of a rule: what the course says of it, and what it looks for."""
    if own.words is not None:
        sought = f"It looks for these words: {', '.join(own.words)}."
    elif own.pattern is not None:
        sought = f"It looks for the regular expression `{own.pattern}` (RE2), in texts as they are typed."
    else:
        sought = f"It looks for items without '{own.requires}:'."
    where = f" Items: {own.where}." if own.where.named else ""
    parts = f" Texts: {', '.join(own.parts)}." if own.parts else ""
    return (
        f"{own.message}\n\nA rule of this course, which its course.yaml has under `lint: own:`.\n{sought}{where}{parts}"
    )


def _check(own: OwnRule, course: Course) -> Iterator[Hit]:
    """What of the items in use a rule finds, each at its own place."""
    items = [item for item in course.active if own.where.matches(item)]
    if own.requires:
        yield from _lacking(own.requires, own.message, course, items)
        return
    find = _listed(own.words, course.tongue) if own.words else _matching(own.pattern or "")
    for item in items:
        at = course.at[item.id]
        for keys, text in texts(item):
            if own.parts and not set(own.parts) & set(keys):
                continue
            for place, found in find(text):
                here = At(at.path, at.keys + keys, character=place)
                yield Hit(here, f"“{excerpt(found)}”: {own.message}")


def _lacking(key: str, message: str, course: Course, items: Iterable[Item]) -> Iterator[Hit]:
    """Items that have a key by their kind, and nothing in it."""
    for item in items:
        field = type(item).model_fields.get(key)
        if field and getattr(item, key) == field.get_default(call_default_factory=True):
            yield Hit(course.at[item.id], f"no '{key}:': {message}", lacks=key)


def _matching(pattern: str) -> Find:
    """A function that finds every place in a text that an expression matches, as long as it matches something."""
    from builder.text.patterns import expression  # with RE2, which most courses do without

    compiled = expression(pattern)

    def find(text: str) -> Iterator[tuple[int, str]]:
        for found in compiled.finditer(text):
            if found[0].strip():
                yield found.start() + len(found[0]) - len(found[0].lstrip()), found[0].strip()

    return find


def _listed(listed: Sequence[str], language: str) -> Find:
    """A function that finds the listed words and phrases in the prose of a text.

    In English, `mental illness` is found in "*Mental* illnesses": the stems are `mental` and `illness`.
    """

    def form(word: str) -> str:
        stem = "".join(stems(word, language)) if language in STEMMED else ""
        return stem or word.casefold()

    phrases = {tuple(map(form, words(phrase))) for phrase in listed} - {()}
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)

    def find(text: str) -> Iterator[tuple[int, str]]:
        said = words(text)
        forms = tuple(map(form, said))
        end = start = 0
        for i, word in enumerate(said):
            start = max(text.find(word, end), 0)
            end = start + len(word)
            length = next((n for n in lengths if forms[i : i + n] in phrases), 0)
            if length:
                yield start, " ".join(said[i : i + length])

    return find
