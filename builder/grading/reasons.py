"""Why a person has to look at something on a scan, or why a page is refused: in English, and in the words of any language."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Self

from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.wording.exams import ExamWords


class Reason(str):
    """A reason. As a text it is English, as tables and the screen say it; `key` and `places` say it in another language.

    What stands in its places may be a reason as well: `row 2: B: ink beside the circle`.
    """

    __slots__ = ("key", "places")
    key: str
    places: tuple[object, ...]

    def __new__(cls, text: str, key: str = "", places: tuple[object, ...] = ()) -> Self:
        """A text that knows how else it is said."""
        made = super().__new__(cls, text)
        made.key, made.places = key, places
        return made


def reason(key: str, *places: object) -> Reason:
    """The reason of that name, with what stands in its places."""
    return Reason(exam_words("en").reasons[key].format(*places), key, places)


def listed(values: Iterable[str]) -> str:
    """Several things, at least one: `A, B`, with what parts them in each language."""
    return reduce(partial(reason, "list"), values)


def told(why: object, words: ExamWords, shown: Callable[[str], str]) -> str:
    """A reason in a language; `shown` is how the language has what stands in a place, such as `V` for `true`."""
    if isinstance(why, Reason) and why.key:
        return words.reasons[why.key].format(*(told(place, words, shown) for place in why.places))
    return shown(str(why))
