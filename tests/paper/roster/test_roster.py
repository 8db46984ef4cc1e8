"""Rosters as people and spreadsheets write them: `builder.paper.roster`."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.paper import roster
from builder.paper.record import Student

TWO = (Student(id="7", name="Ada", version="A"), Student(id="8", name="Bo", version="B"))


def read(text: str) -> tuple[Student, ...]:
    """The students of a roster for a paper in the versions A and B."""
    return roster.read("r.csv", text.encode(), ["A", "B"]).students


def trouble(text: str) -> str:
    """What is said of a faulty roster."""
    with pytest.raises(BuilderError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n7,Ada\n8,Bo\n",
        "id,name\r\n7,Ada\r\n8,Bo\r\n",
        "id,name\r7,Ada\r8,Bo\r",
        "\ufeffid;name\n7;Ada\n8;Bo",
        "id\tname\n7\tAda\n8\tBo",
        "\n\nid,name\n\n7,Ada\n,,\n8,Bo\n\n",
        "sep=;\r\nid;name\r\n7;Ada\r\n8;Bo\r\n",
        '"ID" , "Full Name" \n"7"," Ada "\n 8 ,Bo',
        "Name;Student ID;Section;E-mail, private\nAda;7;x;a@b\nBo;8;x;c@d",
        "Student,SIS User ID,Section\nAda,7,1\nBo,8,2",
        "id|name\n7|Ada\n8|Bo",
        "Course: Letters, love and loss\nTerm: autumn\n\nid,name\n7,Ada\n8,Bo",
        'sep=;\nid;name\n7;"Ada"\n8;Bo',
        'id,name\n="7",Ada\n"=""8""",Bo',
        "name,id,version\nAda,7,a\nBo,8,B",
        "name,id,version\nAda,7,\nBo,8,",
        "id,name,version\n7,Ada\n8,Bo",
        'id,name\n7,"Ada\n"\n8,Bo',
        'id,name,note\n7,"Ada" ,"she said ""no"" , and left"\n8, "Bo"  \n',
    ],
)
def test_every_usual_way_to_write_a_roster_is_read(text: str) -> None:
    """Separators, marks of byte order, quotes, line ends, blank lines and more columns make no difference."""
    assert read(text) == TWO


def test_name_in_two_columns_is_joined() -> None:
    """Moodle has first and last names apart."""
    found = read("First name,Last name,ID number\nAda,Lovelace,7\n,Bo,8")
    assert [student.name for student in found] == ["Ada Lovelace", "Bo"]


def test_quoted_name_keeps_comma_and_quotes() -> None:
    """What a spreadsheet quotes is read whole."""
    (student,) = read('id,name\n1,"Lovelace, Ada ""the first"""')
    assert student.name == 'Lovelace, Ada "the first"'


def test_versions_go_round_where_the_roster_names_none() -> None:
    """Neighbours in the roster get different versions; who has one there keeps it."""
    found = read("id,name,version\n1,a,\n2,b,\n3,c,B\n4,d,\n5,e,")
    assert [student.version for student in found] == ["A", "B", "B", "B", "A"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing stands in it; write id,name in the first line"),
        ("\n,,\n", "nothing stands in it; write id,name in the first line"),
        ("nonsense", "no column 'id' and no column 'name'; line 1 has 'nonsense'; name the columns"),
        ("id,first name\n1,Ada", "no column 'name'; line 1 has 'id', 'first name'; name the columns"),
        ("name\nAda", "no column 'id'; line 1 has 'name'; "),
        ("Title\n\nCode,Who\n1,Ada", "no column 'id' and no column 'name'; line 3 has 'Code', 'Who'; "),
        ("Title\n\nCode,Name\n1,Ada", "no column 'id'; line 3 has 'Code', 'Name'; name the columns"),
        (f"Name,{'x' * 41},{'c,' * 12}\nAda", "…', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c' and more; "),
        ("id,name\n1.23457E+11,Ada", "line 2 has the id '1.23457E+11', which a spreadsheet has shortened"),
        ("id;name\n1,23457E+11;Ada", "line 2 has the id '1,23457E+11', which a spreadsheet has shortened"),
        ("<html><table><tr><td>ID</td></tr></table>", "a web page or XML, whatever its name says"),
        ('\n<?xml version="1.0"?><Workbook/>', "a web page or XML, whatever its name says"),
        ("id,name\n", "no student in it"),
        ("id,name\n1,", "line 2 has no name"),
        ("id,name\n1", "line 2 has no name"),
        ("id,name\n,Ada", "line 2 has no id"),
        ("id,last name,first name\n1,Núñez, Jr.,José", "line 2 has 4 cells, and 3 columns are named: put what holds"),
        ("id,name\n1,Ada\n\n1,Bo", "line 4 has the id '1' of line 2"),
        ('id,name\n1,"A\nda"\n1,Bo', "line 4 has the id '1' of line 2"),
        (f"id,name\n{'9' * 65},Ada", "line 2 is too long: an id has at most 64 characters"),
        (f"id,name\n1,{'a' * 201}", "line 2 is too long: an id has at most 64 characters, a name 200"),
        ("id,name\n1\u200b,Ada", "line 2 has an id with signs that do not show"),
        ("id,name,version\n1,Ada,C", "line 2 asks for version 'C', and there is A, B"),
        (f'id,name\n1,"{"x" * 200_000}"', "save it anew as CSV"),
        ('id,name\n1,"Ada\n2,Bo\n3,Cy\n', "the quote that opens in line 2 does not close"),
        ('id,name\r1,"Ada\r2,Bo', "the quote that opens in line 2 does not close"),
        ('id,name\r\n1,"A\r\nda"\r\n2,"Bo\r\n', "the quote that opens in line 4 does not close"),
        ('id,name,note\n1,"A\nda","\n\n2,Bo', "the quote that opens in line 3 does not close"),
        ('id;name\n1;"Ada\n2;"Bo"\n3;Cy', "the quote that opens in line 2 does not close at the end of its cell"),
        ('id\tname\n1\t"Ada" x\n', "the quote that opens in line 2 does not close at the end of its cell"),
        ('"id,name\n1,Ada\n', "the quote that opens in line 1 does not close"),
        ('id,name\n1,"' + "x" * 200_000 + "\n2,Bo", "the quote that opens in line 2 does not close"),
    ],
)
def test_faulty_roster_says_what_is_wrong_where(text: str, said: str) -> None:
    """The message names the file, the line as an editor counts it, and what to do."""
    message = trouble(text)
    assert message.startswith("r.csv: ")
    assert said in message
    assert message.count("\n") == 0


def test_many_faults_are_named_and_counted() -> None:
    """Five lines are named, the rest is a number: a file of the wrong kind fills no screen."""
    message = trouble("id,name\n" + "1,\n" * 12)
    assert message.count("has no name") == 5
    assert "and 7 more" in message


def test_bytes_that_are_no_text_are_named_by_their_line() -> None:
    """The old encodings of Windows are no UTF-8, and no guess is made at them."""
    with pytest.raises(
        BuilderError,
        match=r"r\.csv: line 2: byte 0xeb is not UTF-8; Excel's plain CSV is not: save the list there as 'CSV UTF-8', or as .xlsx",
    ):
        roster.read("r.csv", "id,name\n1,Zoë\n".encode("latin-1"), ["A"])
    with pytest.raises(BuilderError, match=r"r\.csv: the file begins as UTF-16 and is none; save it as CSV UTF-8"):
        roster.read("r.csv", b"\xff\xfe" + b"i\0d", ["A"])


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=30)
students = st.lists(
    st.tuples(st.from_regex(r"[\w-]{1,12}", fullmatch=True), names.map(str.strip).filter(bool)),
    min_size=1,
    max_size=8,
    unique_by=lambda pair: pair[0],
)


@given(
    students,
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_names_of_any_script_come_back_in_order(
    rows: list[tuple[str, str]], delimiter: str, end: str, quoting: Literal[0, 1]
) -> None:
    """Whatever `csv` writes is read back: any script, any separator, any line end, quoted or not."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([("id", "name"), *rows])
    found = read(out.getvalue())
    assert [(student.id, student.name) for student in found] == [(key, " ".join(name.split())) for key, name in rows]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_file_is_read_or_refused(text: str) -> None:
    """There is no text that breaks the reader."""
    try:
        found = read(f"id,name\n{text}")
    except BuilderError as error:
        assert str(error).startswith("r.csv: ")  # noqa: PT017 - either is right
    else:
        assert all(student.id and student.name and student.version in {"A", "B"} for student in found)


@given(st.text('",;\t \r\nab', max_size=60), st.sampled_from(",;\t"))
def test_no_student_is_lost_in_a_quote(text: str, delimiter: str) -> None:
    """What the strict mode of `csv` takes for whole is never refused for a quote, and what it finds open at the end always."""
    text = f"id{delimiter}name\n{text}"
    try:
        list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            assert "the quote that opens in line" in trouble(text)
        return
    try:
        read(text)
    except BuilderError as error:
        assert "the quote" not in str(error)  # noqa: PT017 - other faults are as they come


def test_students_of_one_name_are_told_with_lines_and_ids() -> None:
    """However the name is written; ids tell them apart, so that the list is taken all the same."""
    text = "id,name\n7,Zoé Kim\n8,Bo\n9,zoe  KIM\n\n10,Bo\n11,Bo B\n"
    found = roster.read("r.csv", text.encode(), ["A"])
    assert [it.id for it in found.students] == ["7", "8", "9", "10", "11"]
    (note,) = found.notes
    assert note == (
        "r.csv: several students have one name: 'Zoé Kim' in line 2 (id 7) and line 4 (id 9); 'Bo' in line 3 (id 8) and "
        "line 6 (id 10); go by the ids, which stand on their sheets, or tell the names apart in the list"
    )


def test_halves_of_names_make_twins_only_together() -> None:
    """A last name that several have is none, where first names are others."""
    assert roster.read("r.csv", b"id,first name,last name\n7,Ada,Kim\n8,Bo,Kim\n", ["A"]).notes == ()
    assert (
        "'Ada Kim' in line 2"
        in roster.read("r.csv", b"id,first name,last name\n7,Ada,Kim\n8,Ada,Kim\n", ["A"]).notes[0]
    )
