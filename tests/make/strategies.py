"""Hypothesis strategies: texts, items and banks as an author could write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builder.text.markup import plain
from tests.make.items import EXAMPLES, fields

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# Any text that a YAML file can hold; authors' text is stripped, so it starts and ends in something visible. What shows
# nothing, such as `&#10;` or `[]()`, is a finding of rule T02.
characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
texts = st.text(characters, min_size=1, max_size=40).map(str.strip).filter(lambda text: bool(plain(text).strip()))
tricky = st.sampled_from(
    ["No", "~", "1_000", "12:30", "0777", "null", "- x", "# x", "a: b", "'", '"', "{{c1::x}}", "*x*", "<script>", "$x$"]
)
text = st.one_of(texts, tricky)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5})?", fullmatch=True)


def _distinct(minimum: int, maximum: int) -> SearchStrategy[list[str]]:
    return st.lists(text, min_size=minimum, max_size=maximum, unique_by=lambda t: t.strip().casefold())


@st.composite
def options(draw: st.DrawFn) -> list[dict[str, str]]:
    """Two to six options, one of them right."""
    words = draw(_distinct(2, 6))
    right = draw(st.integers(0, len(words) - 1))
    pins = draw(st.lists(st.sampled_from([None, "first", "last"]), min_size=len(words), max_size=len(words)))
    return [
        {"right" if i == right else "wrong": word, "why": "because"} | ({"pin": pin} if pin else {})
        for i, (word, pin) in enumerate(zip(words, pins, strict=True))
    ]


class Drawn:
    """A pen that writes any text at all."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def text(self) -> str:
        """Any text."""
        return self.draw(text)

    def several(self, least: int, most: int) -> list[str]:
        """Any texts, no two alike but for case."""
        return self.draw(_distinct(least, most))

    def cloze(self) -> str:
        """A text with one blank."""
        hidden = self.draw(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1).filter(str.strip))
        return f"Before {{{{c1::{hidden}}}}} and after"

    def choice(self) -> dict[str, Any]:
        """Two to six options, one of them right."""
        return {"options": self.draw(options())}

    def marks(self, usual: int) -> str:
        """What is usual, or somewhat more."""
        return str(usual + self.draw(st.sampled_from([0, 0, 1, 0.5])))

    def truth(self) -> str:
        """Either."""
        return self.draw(st.sampled_from(["true", "false"]))

    def number(self) -> str:
        """Any of up to six digits."""
        return str(self.draw(st.decimals(-999, 999, places=3)))


@st.composite
def items(draw: st.DrawFn, item_id: str | None = None) -> dict[str, Any]:
    """One item of any kind, as the plain values that a bank file holds."""
    example = draw(st.sampled_from(EXAMPLES))
    base: dict[str, Any] = {"id": item_id or draw(slugs), "kind": example.kind, "prompt": draw(text)}
    extra = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "explanation": text,
                "difficulty": st.sampled_from(["1", "2", "3"]),
                "bloom": st.sampled_from(["remember", "apply", "create"]),
                "tags": st.lists(slugs, max_size=3),
                "marks": st.sampled_from(["1", "7", "2.5"]),
                "group": slugs,
            },
        )
    )
    made = base | extra | fields(example, Drawn(draw))
    if example.kind in _SCORING and draw(st.booleans()):
        made["scoring"] = draw(st.sampled_from(_SCORING["multiple" if made.get("multiple") else example.kind]))
    return made


# Rules as an author may write them.
_SCORING: dict[str, list[Any]] = {
    "mcq": [{"penalty": "1/3"}, "all"],
    "multiple": ["each", "each-minus", {"rule": "each-minus", "penalty": "0.25", "negative": "true"}],
    "truefalse": [{"penalty": "1/2"}],
    "matching": ["all", "each"],
    "ordering": ["all", "positions", {"rule": "neighbours"}],
    "cloze": ["all"],
    "occlusion": ["all"],
}


@st.composite
def banks(draw: st.DrawFn, most: int = 8) -> dict[str, Any]:
    """A bank of items with ids of their own, as plain values."""
    ids = draw(st.lists(slugs, min_size=1, max_size=most, unique=True))
    return {"bank": "bank", "title": draw(text), "items": [draw(items(item_id)) for item_id in ids]}
