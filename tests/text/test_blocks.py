from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder.text import markup
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, lines
from tests.fuzz.inline import markup_holds


def paragraph(text: str) -> Paragraph[Run]:
    """A paragraph of one plain run."""
    return Paragraph((Run(text),))


@pytest.mark.parametrize("text", ["1. May", "- 5", "> 3", "# 1", "| a |", "```", "$$", "+ 1", "---", "    x"])
def test_a_text_of_one_line_is_a_paragraph(text: str) -> None:
    """An answer that begins as a list, a quotation or a program does is none."""
    assert markup.parse(text) == (paragraph(text.strip()),)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("a\nb\n\nc", (paragraph("a b"), paragraph("c"))),
        ("- a\n- b", (Listing(((paragraph("a"),), (paragraph("b"),))),)),
        ("so:\n\n3. a\n4. b", (paragraph("so:"), Listing(((paragraph("a"),), (paragraph("b"),)), 3))),
        ("- a\n  - b\n\n  c", (Listing(((paragraph("a"), Listing(((paragraph("b"),),)), paragraph("c")),)),)),
        ("```python title\na = 1\n\n  b\n```", (Code((Run("a = 1\n\n  b", code=True),), "python"),)),
        ("~~~\n*a*\n~~~\n*b*", (Code((Run("*a*", code=True),)), Paragraph((Run("b", em=True),)))),
        ("```\n```", (Code(()),)),
        ("> a\n> b\n\nc", (Quote((paragraph("a b"),)), paragraph("c"))),
        ("| a\n|   b\n|\n| c", (Verse(((Run("a"),), (Run("\u00a0\u00a0b"),), (), (Run("c"),))),)),
        ("# a\n---\n***\nb", (paragraph("# a --- *** b"),)),
        ("a\n\n    b", (paragraph("a"), paragraph("b"))),
        ("[a]: b\n\n<b>\nc", (paragraph("[a]: b"), paragraph("<b> c"))),
    ],
)
def test_blocks_are_read(text: str, blocks: object) -> None:
    """Paragraphs, lists, programs, quotations and verses; headings, rules and indented programs are text."""
    assert markup.parse(text) == blocks


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("|a|b|\n|:-|-:|\n|c|d|", (("a", "b"), (("c", "d"),), ("left", "right"))),
        ("a | b\n:-: | -\nc", (("a", "b"), (("c", ""),), ("center", ""))),
        ("|a|b|\n|-|-|\n|c \\| d|`e\\|f`|", (("a", "b"), (("c | d", "e|f"),), ("", ""))),
        ("|a|b|\n|-|-|\n|c|d|e|f|", (("a", "b"), (("c", "d | e | f"),), ("", ""))),
        ("|a|\n|-|", (("a",), (), ("",))),
        ("|a||\n|-|-|\n||b|", (("a", ""), (("", "b"),), ("", ""))),
    ],
)
def test_tables_are_read(
    text: str, table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]
) -> None:
    """Cells, alignments, bars in cells; what a row has beyond its head stands in its last cell."""
    (block,) = markup.parse(text)
    assert isinstance(block, Table)
    shown = [tuple("".join(map(markup.words, cell)) for cell in row) for row in (block.head, *block.rows)]
    assert (shown[0], tuple(shown[1:]), block.aligns) == table


@given(st.text(alphabet="|-: a\\\n>", max_size=40))
@example("|\n:-")  # a head without a cell
def test_a_table_is_one_where_github_has_one(text: str) -> None:
    """Our rule for tables finds them where markdown-it's own does, with as many rows."""
    ours, theirs = markup._parser(), MarkdownIt("commonmark").enable("table")
    theirs.disable(["heading", "lheading", "hr", "reference", "code", "html_block"])
    ours.block.ruler.disable("verse")
    try:
        rows = [
            [t.type for t in parser.parse(text) if t.type in {"table_open", "tr_open"}] for parser in (ours, theirs)
        ]
    finally:
        ours.block.ruler.enable("verse")
    assert rows[0] == rows[1]


@pytest.mark.parametrize("tail", ["- x", "1. x", "> x", "| x", "+ x = 3", "b"])
def test_a_displayed_formula_may_run_over_lines(tail: str) -> None:
    """Nothing begins a block within it; without an end it is text."""
    for opening, closing in (("$$", "$$"), ("\\[", "\\]")):
        text = f"so\n{opening}a\n{tail}\n{closing} is"
        formula = Run(f"a\n{tail}", math=True, display=True)
        assert markup.parse(text, math=True) == (paragraph("so"), Paragraph((formula, Run(" is"))))
    unended = markup.parse(f"$$a\n{tail}\n\n$$", math=True)
    assert not any(isinstance(node, Run) and node.math for line in lines(unended) for node in line)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("![a *cat*](b c.png)", None),
        ("![a *cat*](c.png)", Picture("c.png", "a cat")),
        ("![a](c.png){width=60%}", Picture("c.png", "a", 60)),
        ('![a](c.png){ width="7%" }', Picture("c.png", "a", 7)),
        ("![what is said](a%20b.MP3)", Sound("a b.MP3", "what is said")),
    ],
)
def test_pictures_and_sounds_are_nodes(text: str, node: object) -> None:
    """With their words and a width in per cent; an address with a bare space is none."""
    assert markup.parse(text) == (
        Paragraph((node or Run("![a "), *(() if node else (Run("cat", em=True), Run("](b c.png)"))))),
    )


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("今日は\n晴れ", "今日は晴れ"),
        ("我们\n*说*", "我们说"),
        ("한국\n어", "한국 어"),
        ("今\na", "今 a"),
        ("a\nb", "a b"),
    ],
)
def test_a_line_end_in_a_script_without_spaces_is_nothing(text: str, joined: str) -> None:
    """Between two Chinese or Japanese signs no space comes in; Korean and Latin words keep theirs."""
    assert markup.plain(text) == joined


@pytest.mark.parametrize("marker", ["- ", "1. ", "> ", "- > ", "> 1. "])
@pytest.mark.parametrize("depth", [5, 7, 13, 40])
def test_deep_nesting_loses_nothing(marker: str, depth: int) -> None:
    """What is nested too deep for a block is a line of text."""
    assert "word" in markup.plain(marker * depth + "word\n\nend")
    assert markup.plain("\n".join("  " * i + f"- w{i}" for i in range(depth))).count("w") == depth


@given(st.text(alphabet="ab1. \n\n->|`~*_#$\\[](){}!&;=%^:+", max_size=60))
def test_no_letter_is_lost_whatever_is_typed(text: str) -> None:
    """For any text: tree, card, plain text and JSON say the same, and every letter and digit is in the tree or is markup."""
    markup_holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "a|" * 30_000 + "\n" + "-|" * 30_000,
        "a|b\n-|-\n" + "|\n" * 30_000,
        "|".join("a" * 3000) + "\n" + "|".join("-" * 3000) + "\n" + "a\n" * 15_000,
        ">" * 60_000 + "\na",
        "- " * 30_000 + "a\nb",
        "- a\n" * 15_000,
        "```\n" * 15_000,
        "[" * 60_000 + "\na",
        "![" * 30_000 + "\na",
        "![" * 15_000 + "](a)" * 7500 + "\n",
        "[" * 59_990 + "](a)\n",
        "[" * 20_000 + "a" + "]{lang=fr}" * 4000,
        "[a](" * 15_000 + "\n",
        "![a](b)" * 8500 + "\n",
        "[*" * 29_990 + "](a)\n",
        "`" * 60_000 + "\na",
        "\\[\n" * 20_000,
        "$$a\n" + "b\n" * 30_000,
        "| a |\n" * 10_000,
        "*_" * 15_000 + "a" + "_*" * 15_000 + "\n",
        "~^" * 15_000 + "a" + "^~" * 15_000 + "\n",
    ],
)
def test_hostile_nesting_ends(text: str) -> None:
    """A text as long as may be of one sign is read in a second of a processor, here in three, and keeps its letters."""
    start = time.process_time()
    kept = "".join(str(node) for line in lines(markup.parse(text, math=True)) for node in line)
    assert kept.count("a") >= ("a" in text)
    assert time.process_time() - start < 3
