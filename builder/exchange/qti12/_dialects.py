"""What other systems than Canvas write in their own way, put into the form that `_kinds` reads.

Blackboard names a right answer by the feedback "correct" and by no score, keeps the right sides of a matching in a
block of their own, and has words for the two sides of a question that is either or. Respondus calls its score by
another name, ends the names of feedback for the right answer in `_C`, and sets a question with gaps without responses.
Seen in packages of Blackboard 8 and 9, Respondus 4, and in IMS's own examples of 1.2.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.exchange.qti12._into import Condition

SCORE = "SCORE"
# A document type that names IMS's own DTD, which files of before 2006 and of ILIAS have. It is not read, but dropped.
_DTD = re.compile(rb"""<!DOCTYPE\s+questestinterop\s+SYSTEM\s+["']ims_qtiasiv1p[0-9a-z]{1,9}\.dtd["']\s*>""")
_EITHER = re.compile(r"(true_false|yes_no|agree_disagree|right_wrong)\.(true|false)\Z")
_POINTS = ("points_possible", "respondusapi_qpoints")
_UNFIT = {
    "calculated_question": "with formulas",
    "Calculated": "with formulas",
    "Calculated Formula": "with formulas",
    "file_upload_question": "for files",
    "File Upload": "for files",
}


def without_dtd(data: bytes) -> bytes:
    """A document without a document type of IMS's own; each of its lines stays where it is."""
    return _DTD.sub(lambda found: re.sub(rb"[^\r\n]", b" ", found[0]), data, count=1)


def unfit(said: str) -> str:
    """What a question is for, of a type that has no counterpart; else empty."""
    return _UNFIT.get(said, "")


def score_name(element: Any) -> str:
    """The name of the variable that holds the score: `SCORE`, or what the first condition sets."""
    names = [it.get("varname") or it.get("variablename") or SCORE for it in element.iterfind("resprocessing//setvar")]
    return SCORE if not names or any(name.upper() == SCORE for name in names) else names[0]


def keyed(conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions; where none earns marks, those whose feedback is for a right answer earn all of them."""
    if any(it.score and it.score > 0 for it in conditions):
        return list(conditions)
    return [
        it._replace(score=Fraction(100), is_added=False)
        if (it.equal or it.bounds) and any(name == "correct" or name.endswith("_C") for name in it.shows)
        else it
        for it in conditions
    ]


def whole(conditions: Sequence[Condition], names: Iterable[str]) -> set[str]:
    """Names of the feedback that everyone gets, whatever the answer is: every condition shows it, or it says so."""
    said = {name for name in names if name.endswith("_ALL")}  # Respondus's
    shown = [it for it in conditions if it.shows]
    if len(shown) == 1:
        (only,) = shown
        return said if only.equal or only.unequal or only.bounds else said | set(only.shows)
    return said.union(set.intersection(*(set(it.shows) for it in shown)) if shown else set())


def points(fields: dict[str, list[str]], element: Any) -> str:
    """The marks that the metadata say; empty where they say none."""
    said = next((fields[name][0] for name in _POINTS if fields.get(name)), "")
    return said or (element.findtext("itemmetadata/qmd_absolutescore_max") or "").strip()


def rewritten(element: Any) -> None:
    """Put the right sides of a matching, and the words of either and or, where Canvas has them."""
    for text in element.iter("mattext", "mat_formattedtext"):
        found = _EITHER.match((text.text or "").strip())
        if found:
            text.text = found[1].split("_")[found[2] == "false"].capitalize()
    block = next((it for it in element.iter("flow") if it.get("class") == "RIGHT_MATCH_BLOCK"), None)
    if block is None:
        return
    rights = [list(it.iter("material")) for it in block.iterfind("flow")]
    for response in element.iter("response_lid"):
        _join(response, rights)
    block.getparent().remove(block)


def _join(response: Any, rights: Sequence[Sequence[Any]]) -> None:
    """Give a response its term, which stands beside it, and each of its answers the text of the same place."""
    from copy import deepcopy

    for label, right in zip(response.iter("response_label"), rights, strict=False):
        label.extend(deepcopy(part) for part in right)
    beside = response.getparent()
    terms = [part for other in beside if other is not response for part in other.iter("material")]
    for place, term in enumerate(terms):
        response.insert(place, term)
