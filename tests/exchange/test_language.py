from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.loading.course import load
from tests import samples
from tests.cli.test_commands import run

if TYPE_CHECKING:
    from pathlib import Path

FRENCH = """
bank: rois
title: Rois
theme: sacre
items:
  - {id: reims, kind: basic, prompt: "Dans quelle ville le roi est-il sacré par les évêques ?", answer: À Reims}
  - {id: clovis, kind: basic, prompt: "Qui est le premier roi des Francs baptisé dans la ville ?", answer: Clovis}
"""


@pytest.mark.parametrize("form", ["moodle", "qti12", "qti21", "qti3", "gift", "csv"])
def test_a_new_course_has_the_language_of_what_came_in(tmp_path: Path, form: str) -> None:
    """Its cards have French words around French questions, and the rules read them as French; the call says so."""
    course = samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml")
    (course / "bank.yaml").write_text(FRENCH, "utf-8")
    (course / "course.yaml").write_text(
        'course: rois\ntitle: Rois\nlanguage: fr\nbanks: [bank.yaml]\nthemes: {sacre: "Le sacre & l\'huile"}\n'
        "anki: {deck: Rois}\n",
        "utf-8",
    )
    assert run("export", course, "--format", form, "-o", tmp_path / "out").exit_code == 0
    result = run("import", next((tmp_path / "out").iterdir()), "-o", tmp_path / "back")
    assert "language: fr" in result.stderr
    loaded = load(tmp_path / "back").course
    assert loaded
    assert loaded.language == "fr"
    if form in {"moodle", "qti12", "qti21", "qti3"}:
        assert loaded.themes == {"sacre": "Le sacre & l'huile"}


def test_the_words_that_stand_for_missing_points_tell_no_language(tmp_path: Path) -> None:
    """Questions to write on have no points yet; what stands there instead is English, and none of the source's."""
    asked = [
        "Dans quelle ville le roi est-il sacré ?",
        "Qui est le roi qui fut baptisé ?",
        "Quel est le rôle de la cour ?",
    ]
    (tmp_path / "rois.txt").write_text("".join(f"{n}. {it}\n____\n\n" for n, it in enumerate(asked, 1)), "utf-8")
    assert "language: fr" in run("import", tmp_path / "rois.txt", "--format", "list", "-o", tmp_path / "course").stderr
