"""Texts written back as their authors type them, read once more by the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.text.markdown import write
from builder.text.markup import parse
from builder.text.tree import Paragraph, Picture, Run

if TYPE_CHECKING:
    from builder.text.tree import Inline, Text

# Signs and beginnings that act, alone and beside each other.
_SIGNS = st.sampled_from(list("*_`~^$|[](){}!\\<>&#;:-+.1a b\u00a0é…€”\t"))
_STARTS = st.sampled_from(
    ["\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n| ", "|---|", "\n|---|\n", "\\\n", "```\n", "~~~\n", "\n    "]
)
_WHOLE = st.sampled_from(
    [
        *("~~", "**", "``", "![a](b.png)", "{width=5%}", "(s.mp3)", "[a](http://b.c)", "[](#)", "&nbsp;", "&#32;"),
        *("[a]{lang=fr}", "]{lang=pt-BR}", "{lang=el}"),
        *("$x$", "$$", "\\(", "\\)", "\\[", "\\]", "~a~", "^2^", "x_y", "6*5", "| a | b |\n|---|:-:|\n| c | d |"),
    ]
)
_texts = st.lists(st.one_of(_SIGNS, _STARTS, _WHOLE, st.text(max_size=3)), max_size=12).map("".join)


@settings(max_examples=300)
@given(_texts, st.booleans())
def test_what_is_written_reads_back_as_the_same_tree(text: str, math: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    """To parse what was written of a tree gives that tree, whatever the text was."""
    tree = parse(text, math=math)
    assert parse(write(tree, math=math), math=math) == tree


@pytest.mark.parametrize(
    "typed",
    [
        "H~2~O is not x^2^, and ~~this~~ is *Her*, not `code`",
        "**bold** beside _emphasis_",
        "6*5*4 and snake_case stay",
        "1. May",
        "- 5",
        "A [link](https://example.org/a?b=1) and ![a cat](media/cat.png){width=60%}",
        "One\n\n- two\n- three\n\n  1. four",
        "3. three\n4. four",
        "```python\nprint(1)\n```",
        "| a | b |\n|---|--:|\n| 1 | x \\| y |",
        "> quoted\n>\n> twice",
        "| roses\n|   are\n|\n| red",
        "first\\\nsecond",
        "so [une pomme]{lang=fr} and [ein]{lang=de-AT}*[zwei]{lang=de}*",
    ],
)
def test_usual_texts_come_out_as_typed(typed: str) -> None:
    """What an author types in the usual way is written in just that way."""
    assert write(parse(typed)) == typed


@pytest.mark.parametrize("typed", ["$x_1$ and $$\\frac{1}{2}$$", "\\(a $ b\\)", "$$a\n- b$$", "\\[a $$ b\\]"])
def test_formulas_keep_their_tex(typed: str) -> None:
    """A formula is written in brackets that its TeX fits into."""
    tree = parse(typed, math=True)
    assert write(tree, math=True) == typed


def test_what_cannot_stand_side_by_side_is_parted() -> None:
    """Space inside emphasis and letters beside it are kept, by references or a link without words."""
    tree = (Paragraph((Run("un"), Run(" a", em=True), Run("b"))),)
    assert write(tree) == "u&#110;*[](#) a*&#98;"
    assert parse(write(tree)) == tree


def test_names_of_files_are_kept() -> None:
    """Spaces, per cents and signs of Markdown in the name of a file stay what they are."""
    for file in ("a b.png", "100%.png", "a<b>.png", "é&amp;.png", "a(1).png", "c:d.png"):
        tree: Text[Inline] = (Paragraph((Picture(file, "an *alt* [text]", 5), Run("{width=3%}"))),)
        assert parse(write(tree)) == tree
