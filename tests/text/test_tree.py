from __future__ import annotations

from builder.text.tree import (
    Code,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    Verse,
    flat,
    followed,
    joined,
    led,
    lines,
    mapped,
    single,
)

A, B, C, D = (Run(letter) for letter in "abcd")
EACH = (
    Paragraph((A,)),
    Code((B,), "c"),
    Listing(((Paragraph((C,)),), (Quote((Paragraph((D,)),)),)), 3),
    Table(((A,), (B,)), (((C,), (D,)),), ("left", "")),
    Verse(((A, B), (), (C,))),
)


def test_lines_come_in_reading_order() -> None:
    """Paragraphs, programs, entries, cells and verses, each once."""
    shown = ["".join(run.text for run in line) for line in lines(EACH)]
    assert shown == ["a", "b", "c", "d", "a", "b", "c", "d", "ab", "", "c"]


def test_a_change_of_lines_keeps_the_blocks() -> None:
    """Kind, language, first number and alignment stay; each run is changed."""
    assert mapped(EACH, lambda line: line) == EACH
    loud = mapped(EACH, lambda line: tuple(run._replace(text=run.text.upper()) for run in line))
    assert [run.text for line in lines(loud) for run in line] == list("ABCDABCDABC")
    assert [block.kind for block in loud] == ["paragraph", "code", "list", "table", "verse"]
    assert loud[1:4] == (
        Code((Run("B"),), "c"),
        Listing(((Paragraph((Run("C"),)),), (Quote((Paragraph((Run("D"),)),)),)), 3),
        Table(((Run("A"),), (Run("B"),)), (((Run("C"),), (Run("D"),)),), ("left", "")),
    )


def test_a_text_on_one_line_skips_lines_that_hold_nothing() -> None:
    """What parts two lines stands between those that say something."""
    assert flat(EACH[4:], (Run("/"),)) == (A, B, Run("/"), C)
    assert flat((), (Run("/"),)) == ()


def test_a_single_paragraph_is_told_from_more() -> None:
    """Nothing and one paragraph have runs; a program or two paragraphs have none."""
    assert single(()) == ()
    assert single(EACH[:1]) == (A,)
    assert single(EACH[1:2]) is None
    assert single(EACH[:1] * 2) is None


def test_what_leads_or_follows_goes_into_the_paragraph_that_is_there() -> None:
    """Beside a program it is a paragraph of its own; nothing leaves the text alone."""
    one, code = EACH[:1], EACH[1:2]
    assert led((B,), one) == (Paragraph((B, A)),)
    assert led((A,), code) == (*one, *code)
    assert followed(one, (B,)) == (Paragraph((A, B)),)
    assert followed(code, (A,)) == (*code, *one)
    assert led((), code) == followed(code, ()) == code


def test_two_texts_are_joined_in_a_line_where_both_have_one() -> None:
    """`a` and `d` with `, ` between are one paragraph; a program stays beside."""
    comma, last = (Run(", "),), (Paragraph((D,)),)
    assert joined(EACH[:1], comma, last) == (Paragraph((A, *comma, D)),)
    assert joined(EACH[1:2], comma, last) == (EACH[1], Paragraph((*comma, D)))
    assert joined(EACH[:1], comma, EACH[1:2]) == (Paragraph((A, *comma)), EACH[1])
