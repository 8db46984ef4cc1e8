"""Works that a text would cite alike are told apart: by initials, by more names, then by a letter behind the year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.citations.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.citations.cite import Cite
    from builder.citations.works import Person

_MOST_NAMES = 50


def tell_apart(cites: list[Cite], printed: Callable[[Cite], str], order: Callable[[list[Cite]], list[Cite]]) -> None:
    """Note in each cite what tells it from the others, as far as its style asks for that.

    `printed` returns how a text cites a work. `order` sorts works as the reference list does; the letters follow that
    order. For example, Kapoor, Bloom, Ruiz 2017 and Kapoor, Bloom, Zhang 2017 are cited with three names, and two works
    by Judge of 2012 as 2012a and 2012b.
    """
    area = cites[0].style.citation
    if area.get("disambiguate-add-givenname") == "true":
        _add_given_names(cites, printed, area.get("givenname-disambiguation-rule", "by-cite"))
    if area.get("disambiguate-add-names") == "true":
        for group in _alike(cites, printed):
            _add_names(group, printed)
    for group in _alike(cites, printed) if cites[0].style.asks_to_part else ():
        for cite in group:
            cite.is_alike = True  # the style has words of its own for this, such as the title
    if area.get("disambiguate-add-year-suffix") == "true":
        for group in _alike(cites, printed):
            for number, cite in enumerate(order(group)):
                cite.suffix = cite.suffix or _letters(number)


def _alike(cites: Iterable[Cite], printed: Callable[[Cite], str]) -> list[list[Cite]]:
    """The groups of works that are cited alike."""
    groups = defaultdict(list)
    for cite in cites:
        groups[plain(printed(cite))].append(cite)
    return [group for group in groups.values() if len(group) > 1]


def _add_given_names(cites: list[Cite], printed: Callable[[Cite], str], rule: str) -> None:
    """Give initials (or given names) to people who share their family name with somebody else.

    The style's `rule` says to whom. By `by-cite`, only to people of works that would be cited alike. By a rule that
    begins with `primary-name`, to the first person of every work; by other rules, to each person of every work. Where
    initials are not enough, given names are spelt out, unless the rule ends in `with-initials`.
    """
    is_primary, with_initials = rule.startswith("primary"), rule.endswith("initials")
    groups = _alike(cites, printed) if rule == "by-cite" else [cites]
    for group in groups:
        named: dict[str, set[str]] = defaultdict(set)
        people_of = {}
        for cite in group:
            printed(cite)
            people = [p for p in (cite.shown[:1] if is_primary else cite.shown) if not p.is_body]
            people_of[id(cite)] = people
            for person in people:
                named[_family(person)].add(person.given)
        for cite in group:
            needed = {p: _needed(named[_family(p)], with_initials=with_initials) for p in people_of[id(cite)]}
            cite.given = {person: form for person, form in needed.items() if form}


def _family(person: Person) -> str:
    return f"{person.kept} {person.family}"


def _needed(namesakes: set[str], *, with_initials: bool) -> str:
    """What tells people with these given names apart: "initials", "whole" given names, or nothing (the empty text)."""
    from builder.citations.names import initials

    short = {initials(name, ".") for name in namesakes}
    if len(namesakes) > len(short) and not with_initials:
        return "whole"
    return "initials" if len(short) > 1 else ""


def _add_names(group: list[Cite], printed: Callable[[Cite], str]) -> None:
    """Let each work of a group show as many names as it needs to differ from the others.

    Works that have all names in common are never told apart by names. For example, A, B, C 2017 is cited like
    A, B, D 2017, and there are two works of A, B, D: all three show three names, and the latter two still look alike.
    """
    most = min(max(len(cite.shown) for cite in group), _MOST_NAMES)
    if not most:
        return
    texts: list[list[str]] = []
    for number in range(1, most + 1):
        for cite in group:
            cite.more = number
        texts.append([printed(cite) for cite in group])
    for i, cite in enumerate(group):
        never_parted = sum(text == texts[-1][i] for text in texts[-1])
        cite.more = next(n for n, shown in enumerate(texts, 1) if sum(t == shown[i] for t in shown) == never_parted)
    # If even all names tell no two works apart, show no more names than usual.
    if len(set(texts[-1])) == 1:
        for cite in group:
            cite.more = 0


def _letters(number: int) -> str:
    """The letters behind the year of a work, by its number from 0: a to z, then aa, ab and so on."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
