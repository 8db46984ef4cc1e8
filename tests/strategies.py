"""Hypothesis strategies: texts, items and banks as an author could write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# Any text that a YAML file can hold; authors' text is stripped, so it starts and ends in something visible.
characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
texts = st.text(characters, min_size=1, max_size=40).map(str.strip).filter(bool)
tricky = st.sampled_from(
    ["No", "~", "1_000", "12:30", "0777", "null", "- x", "# x", "a: b", "'", '"', "{{c1::x}}", "*x*", "<script>", "$x$"]
)
text = st.one_of(texts, tricky)
flags = st.sampled_from(["true", "false"])
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


@st.composite
def own_fields(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """The fields of one kind alone, as plain values."""
    match kind:
        case "basic":
            return {"answer": draw(text), "case": draw(flags), "accents": draw(flags)}
        case "reversed":
            return {"answer": draw(text), "reverse_prompt": draw(text), "reverse_answer": draw(text)}
        case "cloze":
            hidden = draw(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1).filter(str.strip))
            return {"prompt": f"Before {{{{c1::{hidden}}}}} and after"}
        case "mcq":
            return {"options": draw(options())}
        case "truefalse":
            return {"answer": draw(st.sampled_from(["true", "false"])), "correction": draw(text)}
        case "matching":
            lefts, rights = draw(_distinct(2, 4)), draw(_distinct(6, 6))
            pairs = [[left, right] for left, right in zip(lefts, rights, strict=False)]
            return {"pairs": pairs, "distractors": rights[len(pairs) :]}
        case "ordering":
            return {"sequence": draw(_distinct(2, 6))}
        case "short":
            return {"key_points": [{"point": draw(text), "marks": "2"}], "words": "80"}
        case _:
            return {"rubric": [{"criterion": draw(text), "marks": "6", "levels": ["none", "some", "all"]}]}


KINDS = ("basic", "reversed", "cloze", "mcq", "truefalse", "matching", "ordering", "short", "essay")


@st.composite
def items(draw: st.DrawFn, item_id: str | None = None) -> dict[str, Any]:
    """One item of any kind, as the plain values that a bank file holds."""
    kind = draw(st.sampled_from(KINDS))
    base: dict[str, Any] = {"id": item_id or draw(slugs), "kind": kind, "prompt": draw(text)}
    extra = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "explanation": text,
                "difficulty": st.sampled_from(["1", "2", "3"]),
                "bloom": st.sampled_from(["remember", "apply", "create"]),
                "tags": st.lists(slugs, max_size=3),
                "marks": st.sampled_from(["1", "7"]),
                "group": slugs,
            },
        )
    )
    return base | extra | draw(own_fields(kind))


@st.composite
def banks(draw: st.DrawFn, most: int = 8) -> dict[str, Any]:
    """A bank of items with ids of their own, as plain values."""
    ids = draw(st.lists(slugs, min_size=1, max_size=most, unique=True))
    return {"bank": "bank", "title": draw(text), "items": [draw(items(item_id)) for item_id in ids]}
