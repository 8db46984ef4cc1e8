from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from builder.cards import fields
from builder.loading.course import load
from builder.printing import papers
from builder.wording import languages
from builder.wording.own import read
from tests.make.folder import course_folder
from tests.make.papers import quiz_of, reader

if TYPE_CHECKING:
    from pathlib import Path

ITEM = {"id": "a", "kind": "truefalse", "prompt": "L’aigua bull.", "answer": "true"}
CATALAN = (
    (files("builder.wording") / "es.toml")
    .read_text("utf-8")
    .replace('true = "Verdadero"', 'true = "Cert"')
    .replace('check = "Comprobar"', 'check = "Comprova-ho d\'hora"')
    .replace('paper = "Prueba"', 'paper = "Prova"')
)


def course(folder: Path, table: str | None, language: str = "ca") -> Path:
    """A course in Catalan, with this table of its own."""
    head = {"language": language} | ({"wording": "ca.toml"} if table is not None else {})
    course_folder(folder, [ITEM], **head)
    if table is not None:
        (folder / "ca.toml").write_text(table, "utf-8")
    return folder


def told(folder: Path) -> list[str]:
    """The findings of a course, with line and column."""
    return [f"{d.span.line}:{d.span.column} {d.severity} {d.code} {d.message}" for d in load(folder).diagnostics]


def test_a_language_without_words_is_a_finding_with_the_list(tmp_path: Path) -> None:
    """English words beside Catalan texts are never there in silence."""
    (found,) = load(course(tmp_path / "a", None)).diagnostics
    assert (found.code, str(found.severity)) == ("unknown-language", "warning")
    assert "'ca'" in found.message
    assert all(language in found.help for language in [*languages(), "wording: ca.toml"])
    assert told(course(tmp_path / "b", None, language="pt-BR")) == []
    assert len(told(course(tmp_path / "c", None, language="zh-TW"))) == 1


def test_a_course_brings_its_own_words(tmp_path: Path) -> None:
    """Cards and papers have the words of the course's table, signs that end a text of CSS among them."""
    folder = course(tmp_path / "a", CATALAN)
    assert told(folder) == []
    made = load(folder).course
    assert made
    note_type, values = fields.renderer(made, {})(made.items[0])
    note = dict(zip(note_type.fields, values, strict=True))
    assert "<li>Cert</li>" in note["Options"]
    assert r"--say-check:'Comprova-ho d\27 hora';" in note["Words"]
    quiz = quiz_of(made, language="ca", formats=("pdf",))
    assert "Prova" in reader(papers.files(made, quiz)["paper-A.pdf"]).pages[0].extract_text()


CHANGES = [
    ('check = "', 'chek = "', ["unknown-key 'cards.chek' is no word of cards or papers", "missing-key 'cards.check' is missing"]),
    ('page = "Página {} de {}"', 'page = "Página {}"', ["wrong-words 'words.page' needs 2 places {}, where numbers and names go"]),
    ('part = "Parte"', 'part = "Parte {}"', ["wrong-words 'words.part' needs no place {}, where numbers and names go"]),
    ('paper = "Prova"', "paper = 7", ["wrong-words 'words.paper' must be a text"]),
    ('paper = "Prova"', 'paper = "<b>"', ["wrong-words 'words.paper' holds '<' or a sign that controls"]),
    ('mark = ["{} punto", "{} puntos"]', 'mark = ["{} punto"]', ["wrong-words 'counted.mark' must have 2 forms, one for each way to count: 1 are here"]),
    ("[bloom]", "[blom]", ["unknown-key 'blom' is no word of cards or papers", "missing-key 'bloom' is missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "messages"), CHANGES, ids=[new for _, new, _ in CHANGES])
def test_a_faulty_table_is_told_with_its_place(old: str, new: str, messages: list[str], tmp_path: Path) -> None:
    """Missing, unknown and unfit entries are errors at their own lines, or at the head of their section."""
    table = CATALAN.replace(old, new, 1)
    found = [line for line in told(course(tmp_path / "a", table)) if "unknown-language" not in line]
    assert sorted(line.split(" error ")[1] for line in found) == sorted(messages)
    lines = table.split("\n")
    for line in found:
        number = int(line.split(":")[0])
        key = line.split("'")[1].split(".")[-1]
        section = line.split("'")[1].split(".")[0]
        assert lines[number - 1].startswith((f"{key} =", f"[{section}]", f"[{key}]")) or number == 1, line


def test_a_table_that_is_no_toml_is_told_with_line_and_column() -> None:
    """The parser's own place is kept."""
    value, (fault,) = read("ca", '[words]\npaper = "a\n')
    assert (value, fault.line, fault.code) == (None, 2, "toml-syntax")


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "9" * 5_000, "\x00", "a." * 5_000 + "a = 1"])
def test_a_table_from_a_stranger_is_refused_and_no_crash(text: str) -> None:
    """What is nested without end, or a number without end, is one line to its author."""
    value, faults = read("ca", text)
    assert value is None
    assert faults


def test_phrases_may_turn_their_places_round() -> None:
    """`{1} of {0}` is as good as `{} of {}`, which it stands for."""
    table = CATALAN.replace('"Responda a {} de las {} preguntas de esta parte."', '"{1} · {0}"')
    value, faults = read("ca", table)
    assert faults == ()
    assert value
    assert value["choose"].format(1, 2) == "2 · 1"
