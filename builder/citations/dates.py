"""Dates of works: their parts in the order of the language; in a range, parts that both ends share are printed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc import model

from builder.citations.cite import dressed
from builder.citations.wording import cased

if TYPE_CHECKING:
    from builder.citations.cite import Cite, Style
    from builder.citations.works import When

_PARTS = ("year", "month", "day")
_FIRST_SEASON = 20  # EDTF numbers spring to winter 21 to 24, as months
_MONTHS = 12


class Date(model.Date):
    """A date of a work, with the parts that the element names, or with those of the language."""

    def render(self, cite: Cite, **_: Any) -> str | None:
        """The date as it is printed, or as figures to sort by in a sort key; None where the work has no such date."""
        variable = self.get("variable")
        cite.called += 1
        when = cite.work.dates.get(variable) if variable not in cite.held else None
        if when is None:
            return None
        wanted = self.get("date-parts", "year-month-day").split("-")
        parts = self._parts(cite.style, wanted)
        if cite.sorting is not None:
            cite.printed.append(variable)
            return _sortable(when, [part["name"] for part in parts])
        text = self.preformat("") + when.literal if when.literal else _printed(when, parts, self._delimiter(cite), cite)
        if not text:
            return None
        cite.printed.append(variable)
        if not cite.style.has_suffix_variable and variable == "issued" and cite.suffix:
            text += cite.suffix
        return dressed(self, cased(text, self.get("text-case"), is_english=True))

    def _delimiter(self, cite: Cite) -> str:
        local = cite.style.dates.get(self.get("form"))
        return str(self.get("delimiter") or (local.get("delimiter", "") if local is not None else ""))

    def _parts(self, style: Style, wanted: list[str]) -> list[dict[str, str]]:
        """The attributes of each part to print, in order; attributes of this element override those of the language."""
        own = {part.get("name"): dict(part.attrib) for part in self.iterchildren()}
        local = style.dates.get(self.get("form")) if self.get("form") else None
        if local is None:
            return [part for part in own.values() if part["name"] in wanted or "date-parts" not in self.attrib]
        return [
            {**part.attrib, **own.get(part.get("name"), {})}
            for part in local.iterchildren()
            if part.get("name") in wanted
        ]


def _sortable(when: When, names: list[str]) -> str:
    """A date as figures of fixed width, which sort as texts; unknown parts are zero.

    10,000 is added to the year, so that years before Christ sort first: 20 August 2017 is `0120170820-`.
    """
    if when.literal:
        return when.literal

    def figures(date: tuple[int, ...]) -> str:
        known = dict(zip(_PARTS, date, strict=False))
        if when.season and "month" not in known:
            known["month"] = 3 * when.season
        month = known.get("month", 0)
        known["month"] = 3 * (month - _FIRST_SEASON) if month > _MONTHS else month
        return f"{known['year'] + 10_000 if known else 0:06}" + "".join(
            f"{known.get(name, 0) if name in names else 0:02}" for name in _PARTS[1:]
        )

    return f"{figures(when.begin)}-{figures(when.end) if when.end else ''}"


def _printed(when: When, parts: list[dict[str, str]], delimiter: str, cite: Cite) -> str:
    """A date or range in the given parts. Parts that both ends of a range share stand once: "10-13 August 2017"."""
    begin = _known(when.begin, when.season)
    here = [part for part in parts if _said(part, begin, cite)]
    if not when.end:
        text = _run(here, begin, delimiter, cite)
        return f"{text}\u2013" if when.is_open and text else text
    end = _known(when.end, 0)
    names = [part["name"] for part in here if begin.get(part["name"]) != end.get(part["name"])]
    differ = [name for name in _PARTS if begin.get(name) != end.get(name)]
    if not names:
        return _run(here, begin, delimiter, cite)
    # The greatest part that differs, and all smaller ones, stand at both ends: from 30 August to 2 September, both the
    # month and the day are printed twice.
    both = [i for i, p in enumerate(here) if _PARTS.index(p["name"]) >= _PARTS.index(differ[0])]
    first, last = both[0], both[-1] + 1
    block = here[first:last]
    ends = [part for part in parts if part in block or (part["name"] in end and part["name"] not in begin)]
    dash = block[-1].get("range-delimiter", "\u2013")
    left = _run([*block[:-1], {**block[-1], "suffix": ""}], begin, delimiter, cite)
    right = _run([{**ends[0], "prefix": ""}, *ends[1:]], end, delimiter, cite)
    pieces = (
        _run(here[:first], begin, delimiter, cite),
        f"{left}{dash}{right}",
        _run(here[last:], begin, delimiter, cite),
    )
    return delimiter.join(piece for piece in pieces if piece)


def _known(date: tuple[int, ...], season: int) -> dict[str, int]:
    known = dict(zip(_PARTS, date, strict=False))
    return known | ({"month": _FIRST_SEASON + season} if season and "month" not in known else {})


def _run(parts: list[dict[str, str]], date: dict[str, int], delimiter: str, cite: Cite) -> str:
    """The parts of one date, each with its affixes."""
    said = [(part, _said(part, date, cite)) for part in parts]
    return delimiter.join(f"{part.get('prefix', '')}{text}{part.get('suffix', '')}" for part, text in said if text)


def _said(part: dict[str, str], date: dict[str, int], cite: Cite) -> str:
    """One part of a date in its form; the empty string where the date lacks it."""
    name, style = part["name"], cite.style
    if name not in date:
        return ""
    value, form = date[name], part.get("form", "long")
    if name == "year":
        text = _year(value, form, style)
    elif name == "month":
        text = _month(value, form, style)
    elif form == "ordinal" and (value == 1 or not style.is_on("limit-day-ordinals-to-day-1")):
        text = style.ordinal(value, f"month-{date.get('month', 1):02}")
    else:
        text = f"{value:02}" if form == "numeric-leading-zeros" else str(value)
    if part.get("strip-periods") == "true":
        text = text.replace(".", "")
    return cased(text, part.get("text-case"), is_english=True)


def _year(year: int, form: str, style: Style) -> str:
    if form == "short":
        return f"{abs(year) % 100:02}"
    era = (style.term("bc") if year < 0 else style.term("ad") if year < 1000 else "") or ""  # noqa: PLR2004 - as CSL says
    return f"{abs(year)}{era}"


def _month(month: int, form: str, style: Style) -> str:
    if month > _MONTHS:
        season = month - _FIRST_SEASON
        return style.term(f"season-{season:02}") or ""
    if form.startswith("numeric"):
        return f"{month:02}" if form == "numeric-leading-zeros" else str(month)
    return style.term(f"month-{month:02}", form) or ""
