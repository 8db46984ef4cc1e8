"""Small banks whose items quarrel now and then: one gives another away or repeats it, is its enemy or in its group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.make.course import course_of
from tests.make.items import EXAMPLES, fields
from tests.make.strategies import Drawn

if TYPE_CHECKING:
    from builder.model import Course

# Few words, so that one question gives another away, or repeats it, every so often.
WORDS = ("letters", "surrogate", "rumination", "mirror", "avoidance", "intimacy", "surgeon", "farewell", "bonding")
KINDS = ("basic", "mcq", "truefalse", "short", "essay")
VALUES: dict[str, tuple[Any, ...]] = {
    "kind": KINDS,
    "theme": ("grief", "love"),
    "bloom": ("remember", "apply"),
    "difficulty": (1, 2),
    "tags": ("new", "old"),
}
_FEW = [next(example for example in EXAMPLES if example.kind == kind) for kind in KINDS]


class _Few(Drawn):
    """A pen that knows nine words."""

    def text(self) -> str:
        """A word or two."""
        return self.words(2)

    def several(self, least: int, most: int) -> list[str]:
        """As few texts as may be, since marks must add up to round numbers now and then."""
        del most
        return self.draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=least, unique=True))

    def choice(self) -> dict[str, Any]:
        """Three options or four of one word each."""
        right, *wrong = self.draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=4, unique=True))
        return {"options": [{"right": right}, *({"wrong": word} for word in wrong)]}

    def words(self, most: int) -> str:
        """Some words."""
        return " ".join(self.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most, unique=True)))


@st.composite
def _item(draw: st.DrawFn, number: int) -> dict[str, Any]:
    example, pen = draw(st.sampled_from(_FEW)), _Few(draw)
    item: dict[str, Any] = {"id": f"i{number}", "kind": example.kind, "prompt": f"What of {pen.words(3)}?"}
    for key in ("theme", "bloom", "difficulty"):
        item[key] = draw(st.sampled_from(VALUES[key]))
    item["tags"] = draw(st.lists(st.sampled_from(VALUES["tags"]), max_size=1))
    item["group"] = draw(st.sampled_from([None, None, None, None, "g"]))
    item["use"] = draw(st.sampled_from(["both", "both", "both", "both", "exam", "deck"]))
    item["status"] = draw(st.sampled_from([None, None, None, None, "draft", "review"]))
    if number and draw(st.integers(0, 4)) == 0:
        item["enemies"] = [f"i{draw(st.integers(0, number - 1))}"]
    return item | fields(example, pen)


@st.composite
def banks(draw: st.DrawFn, least: int, most: int) -> list[dict[str, Any]]:
    """Items of five kinds, as plain values."""
    return [draw(_item(n)) for n in range(draw(st.integers(least, most)))]


def courses(least: int, most: int) -> st.SearchStrategy[Course]:
    """Courses of such items."""
    return banks(least, most).map(course_of)
