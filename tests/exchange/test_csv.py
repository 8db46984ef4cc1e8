from __future__ import annotations

import re
import shutil
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from builder.diagnostics import BuilderError
from builder.exchange import csv, guessed
from builder.exchange._frame import BrokenSourceError
from builder.model import Numeric
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
    return taken(csv.read("x.csv", text.encode()))


def written(*values: Any) -> str:
    """The table of an export."""
    course = course_of(values)
    (data,) = csv.write(course, course.items).files.values()
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


@pytest.mark.parametrize(
    "text",
    [
        "Frage;Antwort A;Antwort B;richtige Antwort;Rückmeldung;Punkte;Schlagwörter;Kategorie\nWo?;Rom;Paris;B;So;2,5;x,y;Ort",
        "Pregunta;Opción A;Opción B;Respuesta correcta;Retroalimentación;Puntos;Etiquetas;Tema\nWo?;Rom;Paris;B;So;2.5;x,y;Ort",
        "Question;Réponse A;Réponse B;Bonne réponse;Explication;Barème;Étiquettes;Thème\nWo?;Rom;Paris;B;So;2.5;x,y;Ort",
        "Énoncé;Choix 1;Choix 2;Réponse correcte;Commentaire;Points;Mots-clés;Catégorie\nWo?;Rom;Paris;B;So;2.50;x,y;Ort",
    ],
)
def test_headings_are_known_in_four_languages(text: str) -> None:
    """All that a question has in columns comes, whatever the language of their heads."""
    (item,) = items(text)
    assert item.model_dump(mode="json", exclude_defaults=True, exclude={"id"}) == {
        "kind": "mcq",
        "prompt": "Wo?",
        "options": [{"wrong": "Rom"}, {"right": "Paris"}],
        "explanation": "So",
        "marks": 2.5,
        "tags": ["x", "y"],
        "theme": "ort",
    }


def test_how_columns_were_read_is_said_as_the_option_takes_it() -> None:
    """What was guessed can be handed back, and what is read otherwise then comes otherwise."""
    text = b"Question,Option 1,Option 2,Correct,Seconds\nWhich?,a,b,2,30\n"
    told = csv.read("x.csv", text).told
    assert told == ["--columns question=A,A=B,B=C,answer=D; not read: E 'Seconds'"]
    said = told[0].split()[1].rstrip(";")
    assert csv.read_columns("x.csv", text, said).entries == csv.read("x.csv", text).entries


@pytest.mark.parametrize("asked", ["question=B,answer=A", "question=2,answer=1", "question=ask,answer=Tell"])
def test_columns_may_be_named(asked: str) -> None:
    """By letter, number or heading, whatever the headings say."""
    text = "tell,Ask,Tags\nIt is so,Why?,x\n"
    read = csv.read_columns("x.csv", text.encode(), asked)
    (item,) = [item for item in taken(read) if item.prompt == "Why?"]
    assert (item.kind, item.model_dump()["answer"]) == ("basic", "It is so")


def test_a_guess_is_dropped_where_a_column_holds_nothing() -> None:
    """`tags=-` leaves the column of tags alone."""
    text = b"question,answer,tags\nWhy?,So,x\n"
    (entry,) = csv.read_columns("x.csv", text, "tags=-").entries
    assert "tags" not in entry.value


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("qestion=B", "'qestion' is nothing that a column holds; did you mean 'question'?"),
        ("question", "a name, '=' and a column"),
        ("question=Frage", "the table has no column 'Frage'; its columns are A to B: Term, Text"),
        ("question=C", "the table has no column 'C'"),
    ],
)
def test_a_column_that_is_not_there_is_a_wrong_call(asked: str, said: str) -> None:
    """The message says what is there."""
    with pytest.raises(BuilderError, match=re.escape(said)):
        csv.read_columns("x.csv", b"Term,Text\na,b\n", asked)


def test_wrong_answers_may_have_columns_of_their_own() -> None:
    """The right answer then is a text, and reasons of options are those of their letters."""
    (item,) = items("Question,Correct answer,Wrong answer 1,Distractor\nWhich?,a,b,c\n")
    assert item.kind == "mcq"
    assert [(option.text, option.is_right) for option in item.options] == [("a", True), ("b", False), ("c", False)]
    (item,) = items("Question,A,Feedback A,B,Answer\nWhich?,a,no,b,B\n")
    assert item.kind == "mcq"
    assert [option.why for option in item.options] == ["no", ""]


def test_numbers_of_options_are_told_from_numbers_that_are_options() -> None:
    """Where every answer of a table is a number and not each stands among its options, all are places."""
    head = "Question,1,2,3,Answer\n"
    places = items(f"{head}Q,2,3,1,1\nR,x,y,z,3\n")
    texts = items(f"{head}Q,2,3,1,1\nR,4,5,6,5\n")
    for found, right in ((places, ["2", "z"]), (texts, ["1", "5"])):
        assert [o.text for item in found if item.kind == "mcq" for o in item.options if o.is_right] == right


def test_options_that_are_true_and_false_are_a_statement() -> None:
    """By letter or by word."""
    found = items("Question,A,B,Answer\nFirst.,True,False,B\nSecond.,Wahr,Falsch,wahr\n")
    assert [(item.kind, item.model_dump()["answer"]) for item in found] == [("truefalse", False), ("truefalse", True)]


def test_lines_of_a_cell_stay_lines() -> None:
    """Paragraphs and breaks of a cell are those of the text."""
    (item,) = items('question,answer\n"one\ntwo\n\nthree",x\n')
    assert item.prompt == "one\\\ntwo\n\nthree"


@pytest.mark.parametrize(
    "data", [b"sep=;\nquestion;answer\nWhy?;So\n", "question\tanswer\nWhy?\tSo\n".encode("utf-16")]
)
def test_what_excel_writes_is_read(data: bytes) -> None:
    """A line that names the delimiter, and text in UTF-16."""
    assert [item.prompt for item in taken(csv.read("x.csv", data))] == ["Why?"]


def test_a_bad_row_is_named_by_its_line_and_the_others_come() -> None:
    """A right option that is none, and a `more` that is no JSON."""
    found = csv.read("x.csv", b'question,A,B,answer\n"two\nlines",a,b,A\nQ,a,b,D\n')
    assert [(note.span.line, note.code) for note in found.notes] == [(4, "not-imported")]
    assert len(found.entries) == 1
    own = csv.read("x.csv", b"id,kind,prompt,answer,more\nx,basic,Q,a,{\ny,basic,R,b,\n")
    assert [(note.span.line, len(own.entries)) for note in own.notes] == [(2, 1)]


@pytest.mark.slow
def test_a_spreadsheet_that_saves_the_table_changes_nothing(tmp_path: Path) -> None:
    """LibreOffice opens the CSV, saves it as a workbook and as CSV again: every item is as it was."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail(
            "LibreOffice is missing, and only it shows what a spreadsheet makes of a table: sh tests/programs.sh"
        )
    course = course_of([*EXAMPLES, _MCQ | {"id": "formula", "prompt": "-5 and\n\n- a list\n- of two"}])
    (data,) = csv.write(course, course.items).files.values()
    (tmp_path / "test.csv").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    utf8 = "44,34,76"
    for source, target, filters in (
        ("test.csv", "xlsx", [f"--infilter=CSV:{utf8},1"]),
        ("1/test.xlsx", f"csv:Text - txt - csv (StarCalc):{utf8},1,,0,false,true", []),
    ):
        out = str(tmp_path / ("2" if "/" in source else "1"))
        command = [program, profile, "--headless", *filters, "--convert-to", target, "--outdir", out]
        subprocess.run([*command, str(tmp_path / source)], check=True, capture_output=True, timeout=180)
    back = {item.id: item for item in taken(csv.read("x.csv", (tmp_path / "2" / "test.csv").read_bytes()))}
    assert [told(back[item.id], []) for item in course.items] == [told(item, []) for item in course.items]


@pytest.mark.parametrize("text", ['"' * 300_001, "," * 300_000, "question,answer\n" + '"' + "a" * 2_000_000, ""])
def test_a_hostile_table_is_read_or_refused_in_time(text: str) -> None:
    """However its signs are repeated, a table takes no longer than its length asks for."""
    start = time.process_time()
    with suppress(BrokenSourceError):
        assert not csv.read("x.csv", text.encode()).entries
    assert time.process_time() - start < 10


def test_the_format_is_known_by_name_and_tabs() -> None:
    """A name that ends in .csv, or as many tabs in each line."""
    assert guessed("x.csv", b"a,b\n") == guessed("x.txt", b"a\tb\nc\td\n") == "csv"


def test_a_table_in_the_encoding_of_a_country_is_refused_with_a_way_out() -> None:
    """As Excel writes plain CSV in Germany: which letter a byte is, nothing says."""
    with pytest.raises(BrokenSourceError) as caught:
        csv.read("a.csv", "Frage;Antwort\nWas ist härter?;Gips\n".encode("cp1252"))
    assert "CSV UTF-8" in caught.value.diagnostic.help
    assert caught.value.diagnostic.span.line == 2


def test_a_column_of_tolerances_makes_numbers_of_answers() -> None:
    """Each with its unit; a text among them stays one, and without such a column a unit may be one of a course."""
    head = "Question,Answer,Tolerance,Unit\n"
    exact, near, share, text = items(
        head + "How much?,10,0,mL\nHow fast?,-13.1,±0.1,mL/hr\nHow heavy?,20,1%,kg\nWho?,Ada,,\n"
    )
    assert isinstance(exact, Numeric)
    assert isinstance(near, Numeric)
    assert isinstance(share, Numeric)
    assert exact.unit is not None
    assert (exact.answer, exact.tolerance, exact.unit.symbol, exact.unit.ask) == ("10", None, "mL", "optional")
    assert (near.answer, near.tolerance, share.tolerance, text.kind) == ("-13.1", "0.1", "1 %", "basic")
    assert csv.read("x.csv", b"Question,Answer,Unit\nWho?,7,Unit 3\n").told == [
        "--columns question=A,answer=B; not read: C 'Unit'"
    ]


@pytest.mark.parametrize(("answer", "tolerance"), [("1,000", "1"), ("1,000", ""), ("ten", "1"), ("10", "little")])
def test_a_number_that_would_be_guessed_at_is_left_out(answer: str, tolerance: str) -> None:
    """Thousands and decimals may have the same sign."""
    (note,) = csv.read("x.csv", f'Question,Answer,Tolerance\nHow much?,"{answer}",{tolerance}\n'.encode()).notes
    assert "is no number that can be taken as it stands" in note.message


@pytest.mark.parametrize(
    "head",
    ["Mot;Définition;Exemple", "Wort;Bedeutung;Beispiel", "word;meaning;example", "Palabra;Traducción;Ejemplos"],
)
def test_a_list_of_words_has_heads_of_its_own(head: str) -> None:
    """They are no first word to learn, and an example explains."""
    read = csv.read("words.csv", f"{head}\ntaille;a tax;It weighs.\ngabelle;a tax on salt;\n".encode())
    said = [item.model_dump(include={"prompt", "answer", "explanation"}) for item in taken(read)]
    assert said == [
        {"prompt": "taille", "answer": "a tax", "explanation": "It weighs."},
        {"prompt": "gabelle", "answer": "a tax on salt", "explanation": ""},
    ]
    assert read.notes == []


def test_a_word_to_learn_is_no_head() -> None:
    """Where nothing beside it heads a column."""
    read = csv.read("words.csv", b"mot;word\nroi;king\n")
    assert [item.prompt for item in taken(read)] == ["mot", "roi"]
