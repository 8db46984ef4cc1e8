"""What papers in other scripts are set in, and what is told where no typeface has a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymupdf_fonts
import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.printing import papers
from builder.printing.form import Form, head
from builder.printing.pdf import typefaces
from builder.printing.pdf.boxes import _USUAL, Tried, unprintable
from builder.printing.pdf.typeset import Press
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Course

SCRIPTS = {
    "ja": "日本の首都はどこですか",
    "zh-CN": "法国的首都在哪里",
    "zh-TW": "法國的首都在哪裡",
    "ko": "프랑스의 수도는 어디입니까",
    "ar": "ما هي عاصمة فرنسا",
    "fa": "پایتخت فرانسه کجاست",
    "he": "מהי בירת צרפת",
    "th": "เมืองหลวงของฝรั่งเศส",
    "hi": "फ्रांस की राजधानी",
    "ka": "საფრანგეთის დედაქალაქი",
    "ru": "Столица Франции",
    "el": "Πρωτεύουσα της Γαλλίας",
}


def course_in(language: str, text: str) -> Course:
    """A course of one question in a language."""
    return course_of([{"id": "a", "kind": "basic", "prompt": text, "answer": "x"}], language=language, title=text)


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_question_in_any_of_these_scripts_is_printed_as_written(language: str) -> None:
    """No character is missing, and the PDF gives the question back to who copies it."""
    text = SCRIPTS[language]
    course = course_in(language, text)
    quiz = quiz_of(course)
    assert unprintable(course, quiz) == {}
    said = reader(papers.files(course, quiz)["paper-A.pdf"]).pages[0].extract_text()
    shown = {c for c in said if not c.isspace()}
    assert len(shown & set(text)) >= 0.7 * len(set(text) - {" "})  # some letters of Arabic and Thai are copied as forms


def test_the_face_of_a_chinese_character_follows_the_language() -> None:
    """One character is drawn in five ways; the language and its region choose."""
    faces = {
        ("ja", None): "JP",
        ("ko", "KR"): "KR",
        ("zh", None): "SC",
        ("zh", "TW"): "TC",
        ("zh", "HK"): "HK",
        ("en", "GB"): "JP",
    }
    for (language, region), way in faces.items():
        assert typefaces.families(language, region) == (f"Noto Sans CJK {way}",)


def test_what_counts_as_usual_is_in_our_own_faces() -> None:
    """Texts of these characters alone are never tried: each of them has a glyph."""
    course = course_in("en", "x")
    usual = "".join(c for c in map(chr, range(0x21, 0x2213)) if _USUAL.fullmatch(c) and c.isprintable())
    with Press({}) as press:
        press.pdf(
            "tried.typ", Tried(head(Form(course, quiz_of(course), quiz_of(course).versions[0])), (usual,)), learn=True
        )
        assert press.lacking == set()


def _written(folder: Path, prompt: str, more: str = "") -> Path:
    folder.mkdir()
    head_ = f"course: c\ntitle: C\nbanks: [bank.yaml]\nanki: {{deck: D}}\n{more}"
    (folder / "course.yaml").write_text(head_, "utf-8")
    bank = f"bank: b\ntitle: B\nitems:\n  - {{id: a, kind: basic, prompt: {prompt}, answer: x}}\n"
    (folder / "bank.yaml").write_text(bank, "utf-8")
    return folder


def test_a_character_that_no_face_has_stops_the_paper_before_it_is_printed(tmp_path: Path) -> None:
    """The line names the characters, the item, and what to install; no file is written."""
    course = _written(tmp_path / "c", "தமிழ் என்ன")
    call = ["quiz", str(course), "--items", "1", "--no-lint", "-o", str(tmp_path / "o")]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 2
    assert "த (U+0BA4)" in done.output
    assert ", in a;" in done.output
    assert "her-study[fonts-cjk,fonts-scripts]" in done.output
    assert not (tmp_path / "o").exists()


def test_a_folder_of_typefaces_is_the_course_s_own(tmp_path: Path) -> None:
    """`fonts:` names a folder with font files in it; one that is not there, lies outside or has none is a finding."""
    course = _written(tmp_path / "c", "x", "fonts: faces\n")
    assert "there is no folder 'faces'" in CliRunner().invoke(main, ["check", str(course)]).output
    (course / "faces").mkdir()
    assert "'faces' has no font files" in CliRunner().invoke(main, ["check", str(course)]).output
    (course / "course.yaml").write_text((course / "course.yaml").read_text("utf-8").replace("faces", "../o"), "utf-8")
    assert "leads out of the course" in CliRunner().invoke(main, ["check", str(course)]).output


def test_the_course_s_own_typefaces_are_used(tmp_path: Path) -> None:
    """A font in the folder prints what no other has: here FiraGO stands in, without the optional packages."""
    (tmp_path / "own.ttf").write_bytes(pymupdf_fonts.myfont("figo"))
    own = typefaces.Typefaces((str(tmp_path / "own.ttf"),), wide=False)
    course = course_in("th", SCRIPTS["th"])
    document = Tried(head(Form(course, quiz_of(course), quiz_of(course).versions[0])), (SCRIPTS["th"],))
    for faces, lacks in ((typefaces.OURS, True), (own, False)):
        with Press({}, faces) as press:
            press.pdf("tried.typ", document, learn=True)
            assert bool(press.lacking) == lacks
