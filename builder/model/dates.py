"""Dates of works, in every form that pandoc reads, as the one that the processor takes.

The forms: `date-parts` of CSL-JSON; ISO 8601 dates and ranges, of which EDTF
level 0 is made (https://www.loc.gov/standards/datetime/), with `~` for about
and 21 to 24 as months for seasons; `year`, `month` and `day`; a list of two of
these for a range; words.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from pydantic_core import PydanticCustomError

_DAY = re.compile(r"(-?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2})(?:T[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?)?)?([~?%])?")
_NUMBER = re.compile(r"-?\d{1,6}")
_SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
_OPEN = {"", ".."}
_ABOUT = {"~", "%"}

# The greatest number of a year, month (24: winter) and day.
_MOST = (999_999, 24, 31)
_MONTHS, _FIRST_SEASON = 12, 21


def read(value: Any) -> Any:
    """The date as `date-parts` (numbers as text), `season`, `circa` and `literal`; what is no date as it stands.

    >>> read("2017-03/2017-04~")
    {'date-parts': [['2017', '3'], ['2017', '4']], 'circa': 'true'}
    """
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return _written(str(value).strip())
    if isinstance(value, (list, tuple)):
        return _joined(value)
    if not isinstance(value, dict):
        return value
    if text := value.get("raw") or value.get("edtf"):
        return read(text) if isinstance(text, str) else value
    if "year" in value:
        known = list(takewhile(bool, (value.get(name) for name in ("year", "month", "day"))))
        rest = {key: one for key, one in value.items() if key not in {"year", "month", "day"}}
        return read({**rest, "date-parts": [known]})
    parts = value.get("date-parts")
    if isinstance(parts, (list, tuple)) and all(isinstance(one, (list, tuple)) for one in parts):
        return _seasoned({**value, "date-parts": [_checked(one, ("date-parts", i)) for i, one in enumerate(parts)]})
    return value


def _joined(dates: Any) -> Any:
    """One date, or a range of two, out of a list of them."""
    made = [read(date) for date in dates]
    if not 1 <= len(made) <= 2 or not all(isinstance(date, dict) for date in made):  # noqa: PLR2004 - a range has two ends
        raise PydanticCustomError("no-date", "a list of dates holds one, or the two of a range")
    parts = [part for date in made for part in date.get("date-parts", ())]
    if len(parts) < len(made):
        return made[0]
    return {**made[-1], **made[0], "date-parts": parts[:2]}


def _written(text: str) -> dict[str, Any]:
    """A date written as text: by ISO 8601, or else words."""
    ends = text.split("/")
    found = [_DAY.fullmatch(end.strip()) for end in ends]
    known = [match for match in found if match]
    is_range = len(ends) == 2 and all(match or end in _OPEN for match, end in zip(found, ends, strict=True))  # noqa: PLR2004
    if not known or not (is_range or (len(ends) == 1 and found[0])):
        return {"literal": text}
    parts = [_checked([str(_historic(m[1])), *(str(int(p)) for p in m.groups()[1:3] if p)]) for m in known]
    if is_range and not found[1]:
        parts.append(["0"])  # an open end, as CSL-JSON writes it
    made: dict[str, Any] = {"date-parts": parts}
    return _seasoned(made | ({"circa": "true"} if any(m[4] in _ABOUT for m in known) else {}))


def _historic(year: str) -> int:
    """The year as historians count: ISO 8601 has a year 0, which is 1 B.C.E."""
    number = int(year)
    return number if number > 0 else number - 1


def _checked(parts: Any, keys: tuple[str | int, ...] = ()) -> list[str]:
    """Year, month and day as text, each within its limits; `keys` lead to them inside the date."""
    numbers = [str(part).strip() for part in parts]
    if keys[1:] == (1,) and numbers == ["0"]:
        return numbers
    for place, (number, most, name) in enumerate(zip(numbers, _MOST, ("year", "month", "day"), strict=False)):
        where = (*keys, place) if keys else ()
        if not _NUMBER.fullmatch(number):
            raise PydanticCustomError(
                "bad-form", "'{typed}' is not a year, month or day", {"typed": number, "keys": where}
            )
        is_no_month = name == "month" and _MONTHS < int(number) < _FIRST_SEASON
        if int(number) == 0 or (name != "year" and int(number) < 0) or int(number) > most or is_no_month:
            context = {"name": name, "number": number, "keys": where}
            raise PydanticCustomError("no-such-date", "there is no {name} {number}", context)
    return [str(int(number)) for number in numbers]


def _seasoned(date: dict[str, Any]) -> dict[str, Any]:
    """The date with its season as a number."""
    if "season" not in date:
        return date
    season = str(date["season"]).strip().lower()
    number = _SEASONS.get(season, season)
    rest = {key: value for key, value in date.items() if key != "season"}
    return rest | ({"season": number} if number in _SEASONS.values() else {})
