"""A number on a card: what is asked, what is right, and in data attributes by what the script judges what was typed."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.cards.html import attribute, box
from builder.paper import numbers
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Numeric
    from builder.model.numeric import Span
    from builder.paper.numbers import Row
    from builder.wording import Wording


def fields(item: Numeric, html: Callable[..., str], words: Wording, language: str) -> tuple[str, str, str]:
    """The fields `Prompt`, `Answer` and `Accept` of an item in a course of this language."""
    decimal = decimal_sign(language)
    asked = numbers.asks(item, words, is_printed=False)
    task = f'<p class="task">{html(asked, math=False)}</p>' if asked else ""
    # Without the script, Anki compares letter by letter: so the answer has the signs that a keyboard has.
    answer = html(numbers.quantity(item, decimal), math=False).replace("\u2212", "-").replace("\xa0", " ")
    # What costs marks comes last, and is no range.
    rows = zip(numbers.rows(item, words, decimal), item.spans, strict=False)
    told = f' data-rules="{attribute(json.dumps(_rules(item, decimal), ensure_ascii=False))}"'
    entries = [_entry(row, span, html, told if place == 0 else "") for place, (row, span) in enumerate(rows)]
    units = numbers.units(item, decimal)
    spelled = f'<li class="units">{html(units, math=False)}</li>' if units else ""
    return html(item.prompt) + task, answer, "".join(entries) + spelled


def _entry(row: Row, span: Span, html: Callable[..., str], told: str) -> str:
    """A range with the share of the marks that it earns; a mistake is kept out of sight until it is made."""
    ends = (
        f' data-least="{_fraction(span.least)}" data-most="{_fraction(span.most)}" data-share="{_fraction(span.share)}"'
    )
    hidden, share = (" hidden" if not span.share else ""), ""
    if 0 < span.share < 1:
        share = f' <span class="marks">{span.share}</span>'
    why = f" {box('why', html(row.why, is_mute=True))}" if row.why else ""
    return f'<li class="number"{ends}{told}{hidden}>{html(row.text, math=False)}{share}{why}</li>'


def _rules(item: Numeric, decimal: str) -> dict[str, Any]:
    """What the script needs beside the ranges, fractions as text."""
    rules: dict[str, Any] = {"decimal": decimal}
    if item.unit:
        factors = {name: _fraction(factor) for name, factor in item.unit.factors.items()}
        rules |= {"units": factors, "ask": item.unit.ask, "unitCost": _fraction(Fraction(item.unit.cost))}
    if item.figures:
        rules |= {"figures": item.figures.number, "figuresCost": _fraction(Fraction(item.figures.cost))}
    return rules


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
