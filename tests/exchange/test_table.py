from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import guessed, table
from builder.exchange._frame import BrokenSourceError
from tests.exchange.trip import taken, told
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Item

_MCQ = {
    "id": "one",
    "kind": "mcq",
    "prompt": "Which?",
    "options": [{"right": "=1+1", "why": "so"}, {"wrong": "b, c", "pin": "last"}],
}


def items(text: str) -> tuple[Item, ...]:
    """What a table comes to."""
    return taken(table.read("x.csv", text.encode()))


def written(*values: Any) -> str:
    """The table of an export."""
    course = course_of(values)
    (data,) = table.write(course, course.items).files.values()
    return data.decode("utf-8-sig")


def test_a_row_has_what_a_teacher_looks_for_in_columns() -> None:
    """Letters of right options, options and their reasons; the rest in one column; no cell is a formula."""
    assert written(_MCQ).splitlines() == [
        "id,kind,theme,prompt,answer,A,with A,B,with B,explanation,marks,tags,more",
        'one,mcq,,Which?,A,\'=1+1,so,"b, c",,,,,"{""pins"": {""B"": ""last""}}"',
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("head", "row", "right"),
    [
        ("Question|A|B|C|Correct answer", "Where?|Rome|Paris|Oslo|B", ["Paris"]),
        ("question text|option 1|option 2|answer", "Where?|Rome|Paris|2", ["Paris"]),
        ("Prompt|Answer1|Answer2|Correct answer(s)|Feedback", "Where?|Rome|Paris|Rome|It is so", ["Rome"]),
        ("Question - max 120 characters|Answer 1 - max 75 characters|Answer 2|Correct answer(s)", "W?|a|b|1", ["a"]),
    ],
)
def test_columns_of_others_are_told_by_their_headings(delimiter: str, head: str, row: str, right: list[str]) -> None:
    """The right option is named by letter, number or text, whatever parts the cells."""
    (item,) = items("\n".join(line.replace("|", delimiter) for line in (head, row)))
    assert item.kind == "mcq"
    assert [option.text for option in item.options if option.is_right] == right


def test_options_in_one_cell_and_several_right_ones() -> None:
    """Bars part options, and letters."""
    (item,) = items("question,key,options\nWhich?,A|C,a|b|c\n")
    assert item.kind == "mcq"
    assert [option.is_right for option in item.options] == [True, False, True]


def test_two_columns_are_a_question_and_its_answer() -> None:
    """So terms and definitions come in, with a first row or without."""
    assert [(item.prompt, item.kind) for item in items("Hund\tdog\nKatze\tcat\n")] == [
        ("Hund", "basic"),
        ("Katze", "basic"),
    ]
    assert [item.prompt for item in items("Term,Definition\nHund,dog\n")] == ["Hund"]


def test_a_bad_row_is_named_by_its_line_and_the_others_come() -> None:
    """A right option that is none, and a `more` that is no JSON."""
    found = table.read("x.csv", b'question,A,B,answer\n"two\nlines",a,b,A\nQ,a,b,D\n')
    assert [(note.span.line, note.code) for note in found.notes] == [(4, "not-imported")]
    assert len(found.entries) == 1
    own = table.read("x.csv", b"id,kind,prompt,answer,more\nx,basic,Q,a,{\ny,basic,R,b,\n")
    assert [(note.span.line, len(own.entries)) for note in own.notes] == [(2, 1)]


def test_a_spreadsheet_that_saves_the_table_changes_nothing(tmp_path: Path) -> None:
    """LibreOffice opens the CSV, saves it as a workbook and as CSV again: every item is as it was."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail(
            "LibreOffice is missing, and only it shows what a spreadsheet makes of a table: sh tests/programs.sh"
        )
    course = course_of([*EXAMPLES, _MCQ | {"id": "formula", "prompt": "-5 and\n\n- a list\n- of two"}])
    (data,) = table.write(course, course.items).files.values()
    (tmp_path / "test.csv").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    utf8 = "44,34,76"
    for source, target, filters in (
        ("test.csv", "xlsx", [f"--infilter=CSV:{utf8},1"]),
        ("test.xlsx", f"csv:Text - txt - csv (StarCalc):{utf8},1,,0,false,true", []),
    ):
        command = [program, profile, "--headless", *filters, "--convert-to", target, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / source)], check=True, capture_output=True, timeout=180)
    back = {item.id: item for item in taken(table.read("x.csv", (tmp_path / "test.csv").read_bytes()))}
    assert [told(back[item.id], []) for item in course.items] == [told(item, []) for item in course.items]


@pytest.mark.parametrize("text", ['"' * 300_001, "," * 300_000, "question,answer\n" + '"' + "a" * 2_000_000, ""])
def test_a_hostile_table_is_read_or_refused_in_time(text: str) -> None:
    """However its signs are repeated, a table takes no longer than its length asks for."""
    start = time.process_time()
    with suppress(BrokenSourceError):
        assert not table.read("x.csv", text.encode()).entries
    assert time.process_time() - start < 10


def test_the_format_is_known_by_name_and_tabs() -> None:
    """A name that ends in .csv, or as many tabs in each line."""
    assert guessed("x.csv", b"a,b\n") == guessed("x.txt", b"a\tb\nc\td\n") == "table"
