"""The fixed words of what those read who mark, judge and decide on an exam.

They tell how sheets were read, what answers say of questions, what was changed in the key, and what the board has to know.

Each language that papers have is a table in this folder. They are apart from the words of papers, which most commands
read: `grade` and `analyse` alone read these. A record knows the language of its paper and no table that a course brought
of its own, so that there are none of those here: such a paper has the English words.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from builder.wording import known

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = os.path.dirname(__file__)


class ExamWords(NamedTuple):
    """The words of one language.

    They are those of the queue, the audit, the reasons why a person has to look, the report for the board, the page of the
    analysis, which has those of the board as well, and the changes of the key.
    """

    language: str
    queue: Mapping[str, str]
    audit: Mapping[str, str]
    reasons: Mapping[str, str]
    board: Mapping[str, str]
    analysis: Mapping[str, str]
    rekey: Mapping[str, str]


@cache
def exam_words(language: str) -> ExamWords:
    """The words in a language, which is named by its two letters (ISO 639); in English where it has no table."""
    import tomllib  # late: the command line names this module before it is asked for

    code = known(language) or "en"
    with open(os.path.join(_HERE, f"{code}.toml"), encoding="utf-8") as file:
        table = tomllib.loads(file.read())
    return ExamWords(code, **table)
