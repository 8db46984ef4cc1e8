"""Questions of AMC-TXT as entries of a bank."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _guide
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._ids import slug
from builder.exchange._rich import typed
from builder.exchange.amc._texts import rich
from builder.text import markup
from builder.text.numbers import as_decimal

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exchange.amc._lines import Question, Source

_PAPER = frozenset(["defaultscorings", "defaultscoringm", "latex", "lang"])  # settings that have a meaning here
_NO = frozenset(["", "0", "no", "false"])
_DIGITS = 12  # characters of a number of marks


def taken(name: str, source: Source) -> Read:
    """The questions that can become items."""
    read = Read()
    for line, told in source.odd:
        read.lost(Span(name, line), told)
    dropped = [key for key in source.settings if key not in _PAPER]
    if dropped:
        read.lost(Span(name), f"settings of the paper are dropped: {', '.join(dropped)}")
    for question in source.questions:
        span = Span(name, question.line)
        words = " ".join(" ".join(question.said).split())[:80]
        try:
            value = _value(question, source.settings, partial(read.lost, span))
        except UnfitError as error:
            read.refused(span, f"'{words[:60]}' is left out: {error}")
            continue
        if question.group:
            value["tags"] = [slug(question.group)]
        entry = typed(value)
        read.entries.append(
            Entry(entry, question.options.get("id") or markup.plain(entry["prompt"])[:80] or words, span)
        )
    return read


def _value(question: Question, settings: dict[str, str], lost: Callable[[str], None]) -> dict[str, Any]:
    """The keys of an item.

    Raises:
        UnfitError: it counts for nothing, or asks nothing that can be marked.
    """
    is_latex = settings.get("latex", "").lower() not in _NO

    def text(said: list[str]) -> Any:
        return rich(said, lost, is_latex=is_latex)

    if "indicative" in question.options:
        message = "it counts for nothing (indicative)"
        raise UnfitError(message)
    prompt = text(question.said)
    if not prompt.text:
        message = "it asks nothing"
        raise UnfitError(message)
    if question.is_open:
        best = max((_number(choice.scoring) for choice in question.choices), default=Fraction(1))
        worth = _guide.marks(as_decimal(best)) or "1"
        points = [{"point": _guide.TO_DO, "marks": worth}]
        return {"kind": "short", "prompt": prompt, "key_points": points, "status": "draft"}
    rights = sum(choice.is_right for choice in question.choices)
    if not rights or (rights > 1 and not question.is_several):
        message = f"one choice of it must be right, and {rights} are"
        raise UnfitError(message)
    listed = [{"right" if choice.is_right else "wrong": text(choice.said)} for choice in question.choices]
    if any(choice.scoring for choice in question.choices):
        lost("marks of single choices are dropped")
    made: dict[str, Any] = {"kind": "mcq", "prompt": prompt, "options": listed}
    made |= {"multiple": "true"} if question.is_several else {}
    made |= {"order": "author"} if "ordered" in question.options else {}
    return made | _scoring(question, settings, lost)


def _scoring(question: Question, settings: dict[str, str], lost: Callable[[str], None]) -> dict[str, Any]:
    """Marks and rule, as the question says them, or the file for all its questions.

    `{b=3,m=-1}` of a choice of one is 3 marks, of which a wrong choice costs 1/3; `{mz=2}` is 2 marks or none.
    """
    said = _parts(settings.get("defaultscoringm" if question.is_several else "defaultscorings", ""))
    said |= _parts(question.scoring)
    if not said:
        return {}
    if question.is_several:
        whole = _number(said.pop("mz", "0"))
        marks = _guide.marks(as_decimal(whole)) if whole > 0 else ""
        made: dict[str, Any] = {"scoring": "all"} | ({"marks": marks} if marks else {}) if whole > 0 else {}
    else:
        best, worst = _number(said.pop("b", "1")), _number(said.pop("m", "0"))
        marks = _guide.marks(as_decimal(best)) if best > 0 else ""
        if best > 0 and not marks:
            said["b"] = as_decimal(best)
        share = -worst / best if best > 0 else Fraction(0)
        made = {"marks": marks} if marks and marks != "1" else {}
        if 0 < share <= 1:
            made["scoring"] = {"penalty": str(share.limit_denominator(1000))}
        elif share:
            said["m"] = as_decimal(worst)
    rest = ",".join(f"{key}={value}" for key, value in said.items() if _number(value) or key in {"set", "formula"})
    if rest:
        lost(f"the scoring {{{rest[:60]}}} has no counterpart, and is dropped")
    return made


def _parts(scoring: str) -> dict[str, str]:
    """Parameters of a scoring: `b=2,m=-1`."""
    parts = (part.partition("=") for part in scoring.split(",") if part.strip())
    return {key.strip().lower(): value.strip() if equals else "1" for key, equals, value in parts}


def _number(text: str) -> Fraction:
    """A number of marks; 0 where it is none."""
    try:
        return Fraction(text.strip()[:_DIGITS])
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
