from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builder.checking import check
from builder.cli import main
from builder.fixes import Mended, fixed
from builder.loading.course import load as load_folder
from builder.loading.loaded import Loaded
from builder.model import LintOptions
from builder.schemas import documents
from builder.source import nodes
from tests.loading.test_translation import translated
from tests.make.course import course_of
from tests.make.folder import course_folder

PATH = "bank.yaml"
REFERENCES = {
    "sternberg1988": {
        "author": [{"family": "Sternberg"}, {"family": "Barnes"}],
        "issued": {"date-parts": [["1988"]]},
    },
    "masi2011": {
        "author": [{"family": "Masi"}, {"family": "Chen"}, {"family": "Hawkley"}],
        "issued": {"date-parts": [["2011"]]},
    },
}


def load(text: str, **changes: Any) -> Loaded:
    """A course whose one bank has this text."""
    bank: Any = nodes.values(PATH, text).value
    return Loaded(course_of(bank["items"], **({"references": REFERENCES} | changes)), texts={PATH: text})


def mend(text: str, **changes: Any) -> str:
    """The text after `--fix`, which a second run leaves alone."""
    new = fixed(load(text, **changes)).get(PATH, Mended(text, 0)).text
    assert fixed(load(new, **changes)) == {}
    return new


def bank(lines: str) -> str:
    """A bank of one item, a basic one, with these lines in it."""
    return f"bank: b\ntitle: B\nitems:\n  - id: a\n    kind: basic\n    answer: b\n{lines}\n"


def choice(lines: str, more: str = "") -> str:
    """A bank of one choice, with these options."""
    return f"bank: b\ntitle: B\nitems:\n  - id: a\n    kind: mcq\n{more}    prompt: p\n    options:{lines}"


STYLES = [
    ("prompt: {}", str),
    ("prompt:   {}   # it’s kept", str),
    ("prompt: '{}' # it’s", lambda text: text.replace("'", "''")),
    ('prompt: "{}"', lambda text: text.replace('"', '\\"')),
    ("prompt: so\n      {}\n\n      and on", str),
    ("prompt: 'so\n\n      {}'", lambda text: text.replace("'", "''")),
    ('prompt: "so \\\n      {} \\u2764 \\t\\\n  x"', lambda text: text.replace('"', '\\"')),
    ("prompt: |\n      {}  \n\n      # no comment", str),
    ("prompt: >-  # folded\n       {}\n       so  \n    # a comment", str),
]


@pytest.mark.parametrize(("form", "escaped"), STYLES)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He’s “so” ‘good’", "He's \"so\" 'good'"),
        ("See 😀 Masi et al (2011), and Masi et. al, 2011", "See 😀 Masi et al. (2011), and Masi et al., 2011"),
        ("See Masi et. al. (2011)", "See Masi et al. (2011)"),
        ("Unlike Sternberg & Barnes (1988)", "Unlike Sternberg and Barnes (1988)"),
        ("as Smith & Jones (1990) say", "as Smith and Jones (1990) say"),
        ("Masi et al in New Media & Society (2010)", "Masi et al. in New Media & Society (2010)"),
        ("He’s with Sternberg & Barnes (1988)", "He's with Sternberg and Barnes (1988)"),
    ],
)
def test_texts_are_mended_in_every_style(form: str, escaped: Any, old: str, new: str) -> None:
    """Quotation marks and citations are mended in place, in the style of the scalar, with folds and comments kept."""
    before, after = bank("    " + form.format(escaped(old))), bank("    " + form.format(escaped(new)))
    assert mend(before) == after
    assert mend(before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“Alone” he is", "'\"Alone\" he is'"),
        ("‘Alone’ he is", "\"'Alone' he is\""),
        ("‘Alone’ “is” he", "'''Alone'' \"is\" he'"),
        ("‘Alone’ \\ he", "'''Alone'' \\ he'"),
        ('"\\u201cAlone\\u201d \\U00002018x\\x27"', '"\\"Alone\\" \'x\\x27"'),
    ],
)
def test_a_text_that_starts_with_a_quotation_mark_gets_quotes(old: str, new: str) -> None:
    """A plain scalar may not start with a quotation mark, so it is quoted; escapes are read as what they mean."""
    assert mend(bank(f"    prompt: {old}  # why")) == bank(f"    prompt: {new}  # why")


def test_flow_style_is_mended_in_place() -> None:
    """Items in braces are mended as well, and their blanks and commas stay."""
    text = "bank: b\ntitle: B\nitems: [ {id: a , kind: basic,prompt: It’s so , answer: “b”}, # ’\n]\n"
    expected = "bank: b\ntitle: B\nitems: [ {id: a , kind: basic,prompt: It's so , answer: '\"b\"'}, # ’\n]\n"
    assert mend(text) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "    prompt: Code keeps `“x”`",
        "    math: true\n    prompt: So does $f’$",
        "    prompt: And so do „low quotes“",
        "    prompt: a link [x](https://a.b “t”) that it is not yet",
        "    prompt: p\n    accept: [It’s, It's]",
        "    prompt: p\n    explanation: o’k\n    retired: {since: 2026-01-31, reason: it’s old}",
        "    prompt: It is printed as “Masi et al” there".replace("“", '"').replace("”", '"'),
        "    prompt: See (Sternberg & Barnes, 1988) and [Sternberg & Barnes, 1988]",
        "    prompt: He writes in New Media & Society (2010)",
        "    prompt: See Masi *et al*. (2011)",
        "    prompt: See Masi et al (2011)\n    allow: {C03: printed so}",
        "    prompt: See Sternberg \\& Barnes (1988)",
        "    prompt: |\u2028      a line’s end that editors do not show",
    ],
)
def test_what_may_be_meant_is_left_alone(lines: str) -> None:
    """Code, maths, links, spellings to accept, retired items, quoted or allowed forms and titles are not touched."""
    assert mend(bank(lines)) == bank(lines)


@pytest.mark.parametrize(
    "text",
    [
        choice("\n      - {right: x}\n      - {wrong: Masi et al (2011)}\n"),
        "bank: b\ntitle: B\nitems:\n  - {id: a, kind: truefalse, prompt: So Masi et al (2011), answer: false}\n",
        "bank: b\ntitle: B\nitems:\n  - {id: a, kind: matching, prompt: p, pairs: [[a, b], [c, d]], distractors: [Masi et al]}\n",
    ],
)
def test_a_citation_that_is_meant_wrong_stays(text: str) -> None:
    """Wrong options, false statements and spare responses may be wrong by their very form."""
    assert mend(text) == text


def test_twins_are_not_made() -> None:
    """Two texts that differ by their quotation marks alone may not become the same."""
    text = "bank: b\ntitle: B\nitems:\n  - {id: a, kind: ordering, prompt: p’, sequence: [it’s, it‘s, on]}\n"
    assert mend(text) == text.replace("p’", "p'").replace("it’s", "it's")


IN_LINES = """ # which year
      - wrong: 1950  # fifty
        why: |
          late

      # about 1988,
      # the right one
      - {right: "1988"} # eighty-eight
      -
        wrong: 1,200
        # deeper

      - wrong: 1
    explanation: x
"""
IN_LINES_SORTED = """ # which year
      - wrong: 1

      -
        wrong: 1,200
        # deeper
      - wrong: 1950  # fifty
        why: |
          late

      # about 1988,
      # the right one
      - {right: "1988"} # eighty-eight
    explanation: x
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (IN_LINES, IN_LINES_SORTED),
        (IN_LINES.removesuffix("    explanation: x\n")[:-1], IN_LINES_SORTED.removesuffix("    explanation: x\n")[:-1]),
        ("\n    - right: 2\n    - wrong: 3\n    - wrong: 1\n", "\n    - wrong: 1\n    - right: 2\n    - wrong: 3\n"),
        (" [{right: 2}, wrong: 3 , {wrong: 1}] # x\n", " [{wrong: 1}, {right: 2} , wrong: 3] # x\n"),
        (
            " [ # any order\n       {right: 2}, # two\n       {wrong: 3} , # three\n\n       {wrong: 1}\n    ]\n",
            " [ # any order\n       {wrong: 1},\n       {right: 2} , # two\n\n       {wrong: 3} # three\n    ]\n",
        ),
        (" [{right: 2, why: it’s}, {wrong: 3}, {wrong: 1}]\n", " [{wrong: 1}, {right: 2, why: it's}, {wrong: 3}]\n"),
    ],
)
def test_numbers_are_sorted_with_their_comments(old: str, new: str) -> None:
    """Whole entries move, with the comments behind, right above and deeper below; what is between them stays."""
    assert mend(choice(old)) == choice(new)
    assert mend(choice(old).replace("\n", "\r\n")) == choice(new).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ("\n      - right: 3\n      - wrong: 2\n      - wrong: 1\n", ""),
        ("\n      - right: 2\n      - wrong: 3\n      - {wrong: 1, pin: last}\n", ""),
        ("\n      # of all, or of the first?\n      - right: 2\n      - wrong: 3\n      - wrong: 1\n", ""),
        (" [\n      # of which?\n      {right: 2}, {wrong: 3}, {wrong: 1}]\n", ""),
        ("\n      - right: 2\n      # of which?\n\n      - wrong: 3\n      - wrong: 1\n", ""),
        (" [{right: 2},\n      # of which?\n      {wrong: 3}, {wrong: 1}]\n", ""),
        (" [{right: 2}, # it has no place before the bracket\n      {wrong: 3}, {wrong: 1}]\n", ""),
        ("\n      - right: 2\n      - wrong: 3\n      - wrong: 1\n", "    allow: {M13: they stand so in the table}\n"),
    ],
)
def test_numbers_that_are_in_order_or_hard_to_move_stay(lines: str, more: str) -> None:
    """Falling, pinned and allowed numbers stay, and so do lists where it is not plain whose a comment is."""
    assert mend(choice(lines, more)) == choice(lines, more)


def test_a_list_that_cannot_move_is_still_mended_inside() -> None:
    """A fix that fails its proof costs itself alone: the text in one of the options is mended."""
    lines = " [{right: 2}, # two\n      {wrong: 3, why: it’s}, {wrong: 1}]\n"
    assert mend(choice(lines)) == choice(lines.replace("it’s", "it's"))


def test_white_space_at_the_end_of_lines_goes() -> None:
    """Ends of lines are stripped, but not in block scalars, nor where an escaped blank would lose its meaning."""
    before = bank(
        '    prompt: >-  \n      a  \n      b\n    explanation: "a  \n      b\\ \n\n     c"\t # x \n  \n    # y \t'
    )
    after = bank('    prompt: >-\n      a  \n      b\n    explanation: "a\n      b\\ \n\n     c"\t # x\n\n    # y')
    assert mend(before) == after
    assert mend(before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


LINE = "# yaml-language-server: $schema="


def first_lines(root: Path, banks: dict[str, str]) -> dict[str, str]:
    """The first lines that `--fix` gives to banks, which start with these lines."""
    heads = (f"course: c\ntitle: C\nanki: {{deck: C}}\nbanks: [{', '.join(banks)}]\n", *banks.values())
    for number, (name, head) in enumerate(zip(("course.yaml", *banks), heads, strict=True)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        text = head + bank("    prompt: p").replace("id: a", f"id: a{number}") if number else head
        (root / name).write_bytes(text.encode())
    mended = fixed(load_folder(root))
    return {Path(path).relative_to(root).as_posix(): new.text.split("\n")[0] for path, new in mended.items()}


@pytest.mark.parametrize(
    ("banks", "expected"),
    [
        ({"a.yaml": "", "b.yaml": "# c\n"}, {}),
        ({"x/a.yaml": f"{LINE}../s/bank.json\n", "b.yaml": "# c\n"}, {"b.yaml": f"{LINE}s/bank.json"}),
        ({"a.yaml": f"# c\n{LINE}../../s.json\n", "x/y/b.yaml": ""}, {"x/y/b.yaml": f"{LINE}../../../../s.json"}),
        ({"a.yaml": f"{LINE}https://a.b/s.json\r\n", "x/b.yaml": "\r\n"}, {"x/b.yaml": f"{LINE}https://a.b/s.json\r"}),
        ({"a.yaml": f"{LINE}s.json\n", "x/b.yaml": f"{LINE}../s.json\n", "c.yaml": ""}, {"c.yaml": f"{LINE}s.json"}),
        ({"a.yaml": f"{LINE}s.json\n", "x/b.yaml": f"{LINE}t.json\n", "c.yaml": ""}, {}),
    ],
)
def test_the_schema_that_the_other_banks_name_is_added(
    banks: dict[str, str], expected: dict[str, str], tmp_path: Path
) -> None:
    """A bank without the comment gets it, its path as seen from there; none where no bank, or no two agree on it."""
    assert first_lines(tmp_path, banks) == expected


def test_schemas_of_the_course_are_named_where_no_bank_names_any(tmp_path: Path) -> None:
    """After `her-study schemas` each bank leads an editor there, and a second run finds nothing."""
    (tmp_path / "course.yaml").write_text("course: c\ntitle: C\nanki: {deck: C}\nbanks: [x/b.yaml]\n", "utf-8")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "b.yaml").write_text(bank("    prompt: p"), "utf-8")
    assert fixed(load_folder(tmp_path)) == {}
    called = CliRunner().invoke(main, ["schemas", str(tmp_path)])
    assert (called.exit_code, called.stdout.count("\n")) == (0, 8)
    assert (tmp_path / ".schemas" / "bank.json").read_bytes() == documents()["bank.json"]
    (mended,) = fixed(load_folder(tmp_path)).values()
    assert mended.text == f"{LINE}../.schemas/bank.json\n{bank('    prompt: p')}"
    (tmp_path / "x" / "b.yaml").write_text(mended.text, "utf-8")
    assert fixed(load_folder(tmp_path)) == {}


def test_only_what_is_wanted_is_fixed() -> None:
    """With `select` only these rules' fixes are made; `ignore` and the course's severities take some away."""
    text = bank("    prompt: It’s Masi et al (2011)  ")
    cited, tidied = text.replace("et al", "et al."), bank("    prompt: It's Masi et al (2011)")
    assert fixed(load(text), select={"C03"}) == {PATH: Mended(cited, 1)}
    assert fixed(load(text), select={"M13"}) == {}
    assert fixed(load(text), ignore={"C03"}) == {PATH: Mended(tidied, 2)}
    assert fixed(load(text, lint=LintOptions(severity={"C03": "off"}))) == {PATH: Mended(tidied, 2)}
    assert fixed(load(text)) == {PATH: Mended(tidied.replace("et al", "et al."), 3)}


def test_what_does_not_parse_cleanly_is_not_touched() -> None:
    """A file with a problem of YAML stays, though its items load; so does everything without a sound course.yaml."""
    text = bank("    prompt: It’s\n    prompt: so")
    assert load(text).course
    assert fixed(load(text)) == {}
    assert fixed(Loaded(None, texts={PATH: bank("    prompt: It’s")})) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("prompt: What is H<sub>2</sub>O in <b>short</b>?", "prompt: What is H~2~O in **short**?"),
        ("prompt: <em>Her</em> and x<sup>2</sup>", 'prompt: "*Her* and x^2^"'),
        ("prompt: 'a <code>x</code>'", "prompt: 'a `x`'"),
        ("prompt: |\n      a <I>b</I>\n      c <del>d</del>", "prompt: |\n      a *b*\n      c ~~d~~"),
        ("prompt: a<sub>two words</sub>", "prompt: a<sub>two words</sub>"),
        ("prompt: a `<b>x</b>` and <br>", "prompt: a `<b>x</b>` and <br>"),
        ("prompt: a<b>b</b>c<b> d</b>", "prompt: a**b**c<b> d</b>"),
    ],
)
def test_tags_become_markdown(old: str, new: str) -> None:
    """Pairs with one meaning are rewritten where the text then reads the same; others and those in code stay."""
    assert mend(bank(f"    {old}")) == bank(f"    {new}")


def test_an_item_on_a_passage_is_mended_like_any_other(tmp_path: Path) -> None:
    """The passage, which the item names alone, stays what it is."""
    folder = course_folder(
        tmp_path / "course", [{"id": "a", "kind": "basic", "prompt": "\u201cWhat\u201d?", "answer": "b<br>c"}]
    )
    bank = folder / "bank.yaml"
    text = bank.read_text("utf-8").replace("items:", "passages:\n- {id: p, text: Once}\nitems:", 1)
    bank.write_text(text.replace("  kind: basic", "  kind: basic\n  passage: p"), "utf-8")
    new = fixed(check(folder))[str(bank)].text
    assert "\u201c" not in new
    assert "passage: p" in new


def test_a_translation_is_mended_and_keeps_the_order_of_its_original(tmp_path: Path) -> None:
    """Quotation marks and tags become right in its texts; options stand as in the original, whatever rule M13 says."""
    options = [{"wrong": "9 years"}, {"right": "1 year"}, {"wrong": "5 years"}]
    items = [{"id": "a", "kind": "mcq", "prompt": "How long?", "options": options, "marks": "2", "order": "author"}]
    text = [
        {
            "id": "a",
            "prompt": "\u00bfCu\u00e1nto, <b>en</b> \u201ca\u00f1os\u201d?",
            "options": [{"wrong": "9 a\u00f1os"}, {"right": "1 a\u00f1o"}, {"wrong": "5 a\u00f1os"}],
        }
    ]
    folder = translated(tmp_path / "course", items, text)
    new = fixed(check(folder))[str(folder / "bank.yaml")].text
    value: Any = nodes.values("bank.yaml", new).value
    assert value["items"][0]["prompt"] == '\u00bfCu\u00e1nto, **en** "a\u00f1os"?'
    assert value["items"][0]["options"] == text[0]["options"]
