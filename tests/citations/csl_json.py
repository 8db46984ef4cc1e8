"""CSL-JSON as its schema allows it, for Hypothesis.

The schema is csl-data.json of the Citation Style Language, version 1.0.2
(https://github.com/citation-style-language/schema): texts, numbers, names and
dates by the names of their variables, each of any content.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from builder.model.csl import DATES, NAMES, TYPES, VARIABLES

_MARKUP = [
    "<i>",
    "</i>",
    "<b>",
    '<span class="nocase">',
    "</span>",
    "<sup>",
    "&amp;",
    "&lt;",
    "*",
    "_",
    "$",
    "'",
    '"',
    "“",
    "”",
]
_WORDS = [
    *_MARKUP,
    "a",
    "The",
    "of",
    "I",
    "III",
    "1",
    "12",
    "-",
    "–",
    "--",
    ",",
    ".",
    "..",
    "?",
    "!",
    ":",
    " ",
    "\u00a0",
    "é",
    "村",
]
texts = st.one_of(st.text(max_size=12), st.lists(st.sampled_from(_WORDS), max_size=8).map("".join))
numbers = st.one_of(st.integers(-(10**6), 10**6), texts, st.floats(allow_nan=False, allow_infinity=False))
flags = st.one_of(st.booleans(), st.integers(0, 2), st.sampled_from(["true", "false", ""]))
names = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"], texts),
        **dict.fromkeys(["comma-suffix", "static-ordering", "parse-names"], flags),
    },
)
_EDTF = [
    "2011",
    "2011-03",
    "2011-03-05/2011-04-02",
    "2011~",
    "2011/..",
    "../2011",
    "/",
    "2011-24",
    "-0044",
    "0000",
    "2011-13",
]
_part = st.one_of(st.integers(-5000, 5000), st.integers(1, 31), st.integers(1, 31).map(str), texts)
_parts = st.lists(st.lists(_part, min_size=1, max_size=3), min_size=1, max_size=2)
# Dates that there are, or most would be refused.
_real = st.tuples(st.integers(-400, 2030).filter(bool), st.integers(1, 12), st.integers(1, 31))
_dates = st.tuples(_real, st.integers(1, 3)).map(lambda drawn: list(drawn[0][: drawn[1]]))
dates = st.one_of(
    st.sampled_from(_EDTF),
    st.fixed_dictionaries({"date-parts": st.lists(_dates, min_size=1, max_size=2)}, optional={"circa": flags}),
    st.fixed_dictionaries(
        {},
        optional={
            "date-parts": _parts,
            "season": numbers,
            "circa": flags,
            "literal": texts,
            "raw": texts,
            "edtf": st.sampled_from(_EDTF),
        },
    ),
)
_TEXTS = sorted(VARIABLES - {"id", "type", "categories", *NAMES, *DATES})


def _of(variable: str) -> st.SearchStrategy[Any]:
    if variable in NAMES:
        return st.lists(names, max_size=4)
    return dates if variable in DATES else numbers


# Few variables each, and those that styles print most often: all of them at once would drown each other.
_OFTEN = (
    "author editor translator issued accessed title container-title volume page DOI URL publisher genre edition".split()
)
_some = st.lists(
    st.one_of(st.sampled_from(_OFTEN), st.sampled_from([*_TEXTS, *NAMES, *DATES])), max_size=7, unique=True
)
works = st.tuples(st.sampled_from(TYPES), _some).flatmap(
    lambda drawn: st.fixed_dictionaries({"type": st.just(drawn[0]), **{name: _of(name) for name in drawn[1]}})
)


@st.composite
def lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A list of works, some of them by the same people, in the same year."""
    drawn = draw(st.lists(works, min_size=1, max_size=4))
    twin = draw(st.integers(0, len(drawn) - 1))
    return [{"id": f"k{i}", **work} for i, work in enumerate([*drawn, drawn[twin] | draw(works)])]
