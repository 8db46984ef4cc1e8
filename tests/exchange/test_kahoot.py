from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import excel, kahoot
from tests.exchange.trip import taken
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from builder.exchange._frame import Written

pytest.importorskip("xlsxwriter")
_PLAIN: dict[str, Any] = {
    "id": "one",
    "kind": "mcq",
    "prompt": "Which?",
    "options": [{"wrong": "=a"}, {"right": "b"}, {"right": "c"}],
}


def made(*items: dict[str, Any]) -> Written:
    """The workbook of some items."""
    course = course_of(items)
    return kahoot.write(course, course.items)


def test_choices_and_verdicts_come_back_from_the_template() -> None:
    """As the importer of tables reads Kahoot's own template: texts, and which options are right."""
    several = _PLAIN | {"multiple": "true"}
    written = made(several, {"id": "two", "kind": "truefalse", "prompt": "So?", "answer": "false"})
    items = taken(excel.read("k.xlsx", written.files["test-kahoot.xlsx"]))
    assert [item.model_dump(mode="json", exclude_defaults=True) for item in items] == [
        {"id": "which", "kind": "mcq", "prompt": "Which?", "multiple": True,
         "options": [{"wrong": "=a"}, {"right": "b"}, {"right": "c"}]},
        {"id": "so", "kind": "truefalse", "prompt": "So?", "answer": False},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"prompt": "x" * 121}, "121 characters, and Kahoot takes 120"),
        ({"options": [{"right": "x" * 76}, {"wrong": "y"}]}, "76 characters, and Kahoot takes 75"),
        ({"options": [{"right": "a"}, *({"wrong": letter} for letter in "bcde")]}, "5 options, and Kahoot takes 4"),
    ],
    ids=["question", "answer", "answers"],
)
def test_what_is_over_a_limit_is_left_out_and_named(change: dict[str, Any], why: str) -> None:
    """Kahoot would cut it, or refuse the file."""
    single = _PLAIN | {"options": [{"wrong": "a"}, {"right": "b"}]}
    written = made(single | change)
    assert [why in finding.message for finding in written.losses] == [True]
    assert taken(excel.read("k.xlsx", written.files["test-kahoot.xlsx"])) == ()


def test_at_the_limits_a_question_goes() -> None:
    """120 characters and four times 75."""
    options = [{"right": "r" * 75}, *({"wrong": letter * 75} for letter in "abc")]
    written = made({"id": "one", "kind": "mcq", "prompt": "x" * 120, "options": options})
    assert [finding.at.keys[2:] for finding in written.losses] == [("id",)]


def test_each_item_and_each_key_that_stays_is_named() -> None:
    """Of the examples of every kind, the choices and the verdicts go without their reasons and explanations."""
    course = course_of(EXAMPLES)
    written = kahoot.write(course, course.items)
    left = {course.items[int(finding.at.keys[1])].kind for finding in written.losses if len(finding.at.keys) == 2}
    assert left == {item.kind for item in EXAMPLES} - {"mcq", "truefalse"}
    assert {"explanation", "why"} <= {str(finding.at.keys[-1]) for finding in written.losses}


@pytest.mark.slow
def test_libreoffice_reads_the_table(tmp_path: Path) -> None:
    """Heads in the eighth row from the second column on, then the time limit and the numbers of the right options."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing, and only it shows what a spreadsheet makes of it: sh tests/programs.sh")
    (tmp_path / "k.xlsx").write_bytes(made(_PLAIN | {"multiple": "true"}).files["test-kahoot.xlsx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "k.xlsx")], check=True, capture_output=True, timeout=120)
    rows = (tmp_path / "k.csv").read_text("cp1252").splitlines()
    assert rows[7].startswith(",Question - max 120 characters,Answer 1")
    assert rows[8] == '1,Which?,=a,b,c,,20,"2,3"'
