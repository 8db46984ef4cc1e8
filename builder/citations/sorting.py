"""The order of a reference list, by the sort keys of a style; letters are compared without case, accents and marks."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from builder.citations.wording import plain

if TYPE_CHECKING:
    from builder.citations.cite import Cite

_SORTED_APART = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def ordered(cites: list[Cite], area: Any) -> list[Cite]:
    """The works sorted by the sort keys of an area of the style; works whose keys are all equal keep their order."""
    sort = area.find("cs:sort", area.nsmap)
    return _sorted(list(cites), sort.findall("cs:key", area.nsmap) if sort is not None else [], area)


def _sorted(cites: list[Cite], keys: list[Any], area: Any) -> list[Cite]:
    """Works sorted by the first key, and groups with equal first keys by the next keys.

    So a further key is computed only for the few works that need it.
    """
    if len(cites) < 2 or not keys:  # noqa: PLR2004 - one work is in order
        return cites
    groups: dict[tuple[tuple[Any, ...], str] | None, list[Cite]] = defaultdict(list)
    for cite in cites:
        groups[_key(keys[0], cite, area)].append(cite)
    there = sorted((key for key in groups if key is not None), reverse=keys[0].get("sort") == "descending")
    return [cite for key in (*there, None) for cite in _sorted(groups.get(key, []), keys[1:], area)]


def _key(key: Any, cite: Cite, area: Any) -> tuple[tuple[Any, ...], str] | None:
    """The value of a sort key for a work; None, which sorts last, if the work has no such variable."""
    text: str | None = None
    if variable := key.get("variable"):
        text = _of_variable(variable, cite)
    else:
        options = {"name-as-sort-order": "all", "form": "long"}
        for name, option in (("min", "et-al-min"), ("use-first", "et-al-use-first"), ("use-last", "et-al-use-last")):
            if f"names-{name}" in key.attrib:
                options[option] = key.get(f"names-{name}")
        macro = cite.style.macros.get(key.get("macro"))
        text = macro.render(cite.afresh(area, options)) if macro is not None else None
    if not text:
        return None
    return collated(text)


def _of_variable(variable: str, cite: Cite) -> str:
    work = cite.work
    if variable in work.people:
        return ", ".join(f"{p.kept} {p.family} {p.given}".strip() for p in work.people[variable])
    if variable in work.dates:
        when = work.dates[variable]
        return when.literal or "".join(f"{part + 10_000:06}" for part in when.begin)
    return work.values.get(variable, "")


def collated(text: str) -> tuple[tuple[Any, ...], str]:
    """A value to compare a text by: "Étienne, A." counts as "etienne a", and a run of digits as a number.

    The text itself comes last in the value, and breaks ties.
    """
    letters = unicodedata.normalize("NFKD", plain(text).casefold().translate(_SORTED_APART))
    bare = "".join(sign if sign.isalnum() else " " if sign.isspace() else "" for sign in letters if not _is_mark(sign))
    pieces = [piece for piece in re.split(r"([0-9]+)", " ".join(bare.split())) if piece]
    # Digits come before letters, as in a reference list.
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces), text


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0
