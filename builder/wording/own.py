"""A table of fixed words that a course brings, as TOML, and the check of it.

The check compares the table with the English one. It reports keys that are missing or unknown, and values that can't
take the place of the English ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.text.late import late
from builder.wording import raw, wording_of
from builder.wording.tongue import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.wording import Wording

_PLACE = late(r"\{(\d?)\}")
_FORBIDDEN = late(r"[<\x00-\x1f\x7f\u2028\u2029]")
_IN_ORDER = "page"  # the key of "Page {} of {}", whose two places may not be numbered: the page comes first
_AT = late(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


class Fault(NamedTuple):
    """A fault of a table, and its place; line and column count from 1."""

    line: int
    column: int
    code: str
    message: str
    help: str


def read(language: str, text: str) -> tuple[Wording | None, tuple[Fault, ...]]:
    """The fixed words that the file of a language holds, and no fault; or None, and all faults of the file."""
    import tomllib  # late: few courses bring a table

    try:
        table = tomllib.loads(text)
    except RecursionError:
        return None, (Fault(1, 1, "toml-syntax", "the table is nested too deeply", "a table has sections of words"),)
    except ValueError as error:  # TOMLDecodeError is one; a number of too many digits raises ValueError itself
        found = _AT.search(str(error))
        place = (int(found["line"]), int(found["column"])) if found and found["line"] else (text.count("\n") + 1, 1)
        return None, (Fault(*place, "toml-syntax", _AT.sub("", str(error)), 'a table is TOML: key = "words"'),)
    faults = tuple(_faults(table, raw("en"), (), text, forms(language)))
    return (None, faults) if faults else (wording_of(language, table), ())


def _faults(
    own: Mapping[str, Any], english: Mapping[str, Any], section: tuple[str, ...], text: str, number: int
) -> Iterator[Fault]:
    """The faults of a section: missing keys, unknown keys, and values that can't take the place of the English ones.

    `number` is how many forms a noun beside a number has in the language of the table.
    """
    name = ".".join(section)
    for key in own.keys() - english.keys():
        yield _fault(
            text, section, key, "unknown-key", f"'{_named(section, key)}' is no word of cards or papers", "delete it"
        )
    for key, model in english.items():
        if key not in own:
            message = f"'{_named(section, key)}' is missing"
            yield _fault(text, section, "", "missing-key", message, f"add it to [{name}]; in English: {_shown(model)}")
        elif isinstance(model, dict):
            if isinstance(own[key], dict):
                yield from _faults(own[key], model, (*section, key), text, number)
            else:
                yield _fault(
                    text, section, key, "wrong-type", f"'{key}' must be a section", f"write [{_named(section, key)}]"
                )
        elif problem := _problem(own[key], model, number, is_in_order=key == _IN_ORDER):
            yield _fault(
                text, section, key, "wrong-words", f"'{_named(section, key)}' {problem}", f"in English: {_shown(model)}"
            )


def _problem(own: object, model: object, number: int, *, is_in_order: bool) -> str:
    """Why a value can't take the place of the English one (`model`); empty if it can."""
    if isinstance(model, list):
        if not isinstance(own, list) or not all(isinstance(each, str) for each in own):
            return "must be a list of texts"
        if len(own) != number:
            return f"must have {number} forms, one for each way to count: {len(own)} are here"
        return next((why for each in own if (why := _unfit(each, {"0"}, needs_all=False))), "")
    if not isinstance(own, str):
        return "must be a text"
    if is_in_order and own.count("{}") != 2:  # noqa: PLR2004 - the page and the number of pages
        return "needs 2 places {}, where numbers and names go"
    return _unfit(own, _places(str(model)), needs_all=True)


def _unfit(own: str, places: set[str], *, needs_all: bool) -> str:
    """What is wrong with a phrase that may have these `places`, and with `needs_all` must have each; empty if nothing."""
    if not own.strip() and places:
        return "is empty"
    if _FORBIDDEN.search(own):
        return "holds '<' or a sign that controls"
    found = _places(own)
    if "{" in _PLACE.sub("", own) or "}" in _PLACE.sub("", own) or found - places or (needs_all and found != places):
        wanted = f"{len(places)} places {{}}" if places else "no place {}"
        return f"needs {wanted}, where numbers and names go"
    return ""


def _places(text: str) -> set[str]:
    """The numbers of the places of a phrase: `0` and `1` for "{} of {}", and for "{1} of {0}" as well."""
    return {named or str(number) for number, named in enumerate(_PLACE.findall(text))}


def _named(section: tuple[str, ...], key: str) -> str:
    return ".".join((*section, key))


def _shown(model: object) -> str:
    return "a section of its own" if isinstance(model, dict) else repr(model)


def _fault(text: str, section: tuple[str, ...], key: str, code: str, message: str, remedy: str) -> Fault:
    """A fault at a key of a section. Without a key, or if the key can't be found, its place is the section's head.

    If the head can't be found either, its place is the top of the file.
    """
    lines = text.split("\n")
    head = f"[{'.'.join(section)}]"
    start = next((i for i, line in enumerate(lines) if line.strip() == head), None) if section else -1
    if start is None:
        return Fault(1, 1, code, message, remedy)
    for i in range(start + 1, len(lines)) if key else ():
        if re.match(rf"\s*(?:\"{re.escape(key)}\"|{re.escape(key)})\s*=", lines[i]):
            return Fault(i + 1, len(lines[i]) - len(lines[i].lstrip()) + 1, code, message, remedy)
        if lines[i].startswith("["):
            break
    return Fault(max(start, 0) + 1, 1, code, message, remedy)
