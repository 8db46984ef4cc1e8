"""Papers as Markdown, read back by markdown-it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder.model import Basic, Matching, Mcq, Ordering, Short, TrueFalse
from builder.printing import papers
from builder.printing.markdown.commonmark import Writer, escaped
from builder.text import markup
from builder.text.tree import Run
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of
from tests.make.strategies import text as texts

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.sampled_from("*_`ab \"'.!-+#1)([]<>&;\\$|~^{}@\u00a0é…€")
any_text = st.text(st.one_of(SIGNS, st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=1, max_size=8)
runs = st.lists(
    st.tuples(any_text, st.booleans(), st.booleans(), st.booleans()).map(lambda styled: Run(*styled)),
    max_size=5,
)


def inked(text: str) -> str:
    """A text without its spaces."""
    return re.sub(r"\s", "", text)


def tokens(source: str) -> list[Any]:
    """The inline tokens of a text, block after block."""
    return [child for token in PARSER.parse(source) for child in token.children or ()]


def shown(source: str) -> str:
    """All that a text shows."""
    return inked("".join(token.content for token in tokens(source) if token.type != "html_inline"))


def items_of(text: str) -> tuple[Any, ...]:
    """Items with a text in every field that is printed."""
    common = {"prompt": text, "explanation": text}
    options = [{"right": text, "why": text}, {"wrong": "other"}]
    return (
        Mcq.model_validate({"id": "a", "kind": "mcq", "options": options} | common),
        TrueFalse.model_validate({"id": "b", "kind": "truefalse", "answer": False, "correction": text} | common),
        Matching.model_validate({"id": "c", "kind": "matching", "pairs": [(text, text), ("x-", "y-")]} | common),
        Ordering.model_validate({"id": "d", "kind": "ordering", "sequence": [text, "z-"]} | common),
        Basic.model_validate({"id": "e", "kind": "basic", "answer": text, "accept": [text]} | common),
        Short.model_validate({"id": "f", "kind": "short", "key_points": [{"point": text}]} | common),
    )


@given(runs)
def test_runs_read_back_letter_by_letter_with_their_styles(given_runs: list[Run]) -> None:
    """Each letter has the emphasis that it had, whatever stands beside it, and the block is one paragraph."""
    parsed = PARSER.parse(Writer({}).paragraph(tuple(given_runs)))
    assert {token.type for token in parsed} <= {"paragraph_open", "inline", "paragraph_close"}
    found, em, strong = [], 0, 0
    for token in tokens(Writer({}).paragraph(tuple(given_runs))):
        em += token.nesting * token.type.startswith("em_")
        strong += token.nesting * token.type.startswith("strong_")
        if token.type not in {"html_inline", "softbreak"}:
            found += [(c, em > 0, strong > 0, token.type == "code_inline") for c in inked(token.content)]
    wanted = [(c, run.em, run.strong, run.code) for run in given_runs for c in inked(run.text)]
    assert found == wanted


@given(texts)
def test_any_text_reads_back_from_paper_and_key(text: str) -> None:
    """In every field of an item, what the markup says is what the Markdown shows."""
    made = course_of(items_of(text), title=text)
    files = papers.files(made, quiz_of(made, formats=("md",), cover=text, instructions=text))
    plain = inked(markup.plain(text))
    paper, key = shown(files["paper-A.md"].decode()), shown(files["key-A.md"].decode())
    # Six prompts; an option, a pair, a step; the cover and the instructions.
    assert paper.count(plain) >= 6 + 1 + 2 + 1 + 2
    # Prompts and explanations; right and why; correction; pair; step; answer and other spelling; key point.
    assert key.count(plain) >= 6 + 6 + 2 + 1 + 2 + 1 + 2 + 1


@given(st.text(max_size=60))
def test_escaped_text_is_text_alone(text: str) -> None:
    """Nothing in plain text acts as markup, and no control character stays."""
    (inline,) = PARSER.parseInline(f"x{escaped(text)}")
    assert {token.type for token in inline.children or ()} <= {"text", "text_special"}
    kept = inked(
        "".join(
            c for c in text if c.isspace() or not ("\0" <= c < " " or "\x7f" <= c < "\xa0" or "\ud800" <= c < "\ue000")
        )
    )
    assert inked(inline.content and "".join(t.content for t in inline.children or ())) == f"x{kept}"


def test_blocks_read_back_as_they_are() -> None:
    """Each block of a text stands on paper and key, in prompts and in options, and is read as that block."""
    blocks = "One:\n\n```python\nx = 1\n```\n\n3. three\n4. - four\n\n| a | b |\n|---|--:|\n| c | d |\n\n> said\n\n| roses\n|   are\n\n![w](a.png)"
    made = course_of(items_of(blocks), media={"a.png": b"picture"})
    files = papers.files(made, quiz_of(made, formats=("md",), cover=blocks, instructions=blocks))
    assert files["picture-1.png"] == b"picture"
    # Six prompts; an option, two sides of a pair, a step; the cover and the instructions. A key has more of them.
    for name, least in (("paper-A.md", 12), ("key-A.md", 20)):
        parsed = PARSER.parse(files[name].decode())
        fences = [token for token in parsed if token.type == "fence"]
        assert {(token.info, token.content) for token in fences} == {("python", "x = 1\n")}
        found = Counter(token.type for token in parsed)
        cover = 7 * (name == "paper-A.md")  # each block of the cover is a quote
        assert found["fence"] == found["table_open"] == found["blockquote_open"] - cover
        assert len(fences) >= least
        assert [token.attrs["start"] for token in parsed if token.type == "ordered_list_open" and token.attrs] == [
            3
        ] * len(fences)
        inline = [child for token in parsed for child in token.children or ()]
        assert sum(child.type == "image" and child.attrs["src"] == "picture-1.png" for child in inline) == len(fences)


def test_runs_may_be_struck_through() -> None:
    """What is struck through stands between the marks that GitHub and pandoc read, beside letters too."""
    made = Writer({}).paragraph((Run("a"), Run("b", strike=True), Run("(c)", strike=True, em=True), Run("d")))
    assert [token.type for token in tokens(made) if token.nesting] == ["s_open", "em_open", "em_close", "s_close"]


def test_displayed_formulas_are_paragraphs_between_double_dollars() -> None:
    """As pandoc reads them: wherever they stand in a text, on one line, in lists too; others stay in theirs, cells as well."""
    prompt = "So $x$ and\n$$a +\n- b$$\nis\\[c\\]\n\n- one $$d$$\n- two\n\n| $$e$$ |\n|---|\n| f |"
    item = {
        "id": "a",
        "kind": "mcq",
        "math": True,
        "prompt": prompt,
        "options": [{"right": "$$g$$"}, {"wrong": "h $$i$$"}],
    }
    made = course_of([item])
    paper = papers.files(made, quiz_of(made, formats=("md",)))["paper-A.md"].decode()
    asked, _, options = paper.partition("**1** ")[2].partition("**End")[0].partition("\\[1 mark\\]")
    assert asked.strip().split("\n\n") == [
        "So $x$ and",
        "$$a + - b$$",
        "is",
        "$$c$$",
        "- one",
        "  $$d$$\n- two",
        "| $$e$$ |\n|---|\n| f |",
    ]
    shown = re.sub(r"- \*\*[AB]\*\*", "-", options).strip()
    assert shown in {"-\n\n  $$g$$\n- h\n\n  $$i$$", "- h\n\n  $$i$$\n-\n\n  $$g$$"}


def test_questions_are_numbered_and_lettered_as_on_paper() -> None:
    """Numbers run through the paper, and letters are those of the key."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, formats=("md",))
    files = papers.files(made, quiz)
    paper = files["paper-A.md"].decode()
    assert re.findall(r"^\*\*(\d+)\*\* ", paper, re.MULTILINE) == [str(n) for n in range(1, len(EXAMPLES) + 1)]
    for entry in quiz.items:
        if entry.id == "one":
            part = paper.split(f"**{entry.number}** ", 1)[1].split("\n\n")[1]
            lines = dict(re.findall(r"^- \*\*([A-Z])\*\* (.*)$", part, re.MULTILINE))
            assert lines[entry.key[0]] == "The first thing"
    assert "SECRET" not in paper
    assert "SECRETwhyright" in files["key-A.md"].decode()


def test_headings_are_title_and_parts() -> None:
    """One heading of the first level, and one of the second for each part."""
    made = course_of(EXAMPLES)
    parsed = PARSER.parse(papers.files(made, quiz_of(made, formats=("md",)))["paper-A.md"].decode())
    assert [token.tag for token in parsed if token.type == "heading_open"] == ["h1"] + ["h2"] * 10


def test_a_reason_follows_a_sentence_without_a_colon() -> None:
    """Behind a word there is a colon, behind a sentence a dash, and behind the right one's remark a colon."""
    options = [
        {"right": "He left.", "why": "Yes."},
        {"wrong": "He stayed.", "why": "No."},
        {"wrong": "Rome", "why": "Far."},
    ]
    made = course_of([{"id": "a", "kind": "mcq", "prompt": "What?", "options": options}])
    key = papers.files(made, quiz_of(made, formats=("md",)))["key-A.md"].decode()
    assert "He stayed. \u2013 No." in key
    assert "Rome: Far." in key
    assert "(right): Yes." in key
    assert ".:" not in key
