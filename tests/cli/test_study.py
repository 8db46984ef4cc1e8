from __future__ import annotations

import json
import signal
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from builder.disk.ledger import Ledger
from builder.study.progress import as_line
from tests import samples
from tests.cli.test_commands import GOOD, run
from tests.cli.typist import Typist
from tests.study.test_weights import forgetful

if TYPE_CHECKING:
    from pathlib import Path

BANK = """
bank: b
title: B
items:
  - {id: capital, kind: basic, prompt: What is the capital of France?, answer: Paris}
  - {id: sky, kind: truefalse, prompt: The sky is green., answer: false, correction: It is blue., theme: love}
  - {id: secret, kind: basic, prompt: What comes in the exam?, answer: This, use: exam}
"""
ESCAPE = "\x1b"
terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of three items, one of which is kept for an exam."""
    folder = samples.course(tmp_path / "course", GOOD)
    (folder / "bank.yaml").write_text(BANK, "utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The student's data folder, of this process too."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def kept(data: Path) -> list[dict[str, Any]]:
    """The reviews that are kept."""
    with closing(Ledger(data / "her-study" / "progress.db")) as ledger:
        return [json.loads(line) for _, line in ledger.lines("sample")]


@terminal
def test_a_session_from_the_first_card_to_the_last(course: Path, data: Path) -> None:
    """Words are typed, an option is chosen by its letter, cards come again after minutes; nothing of the exam is asked."""
    with Typist(data, "study", course) as student:
        student.sees("new 2   learning 0   due 0")
        student.sees("What is the capital of France?")
        student.press("pariz\x7fs\r")
        student.sees("Right.")
        student.sees("1 again <1m   2 hard <6m   3 good <10m   4 easy 8d")
        student.press("4")
        student.sees("The sky is green.")
        student.press("b\r\x1b[A")  # Enter out of habit, and an arrow: neither rates the card
        student.sees("Right.")
        student.sees("It is blue.")
        student.press("1")
        student.sees("new 0   learning 1   due 0")
        student.sees("The sky is green.")
        student.press(" ")
        student.sees("3 good <10m")
        student.press("4")
        student.sees("sample: 3 cards answered; nothing is left for today")
        assert student.ends() == 0
    reviews = kept(data)
    assert [(it["item"], it["card"], it["rating"], it.get("answer")) for it in reviews] == [
        ("capital", 1, 4, "paris"),
        ("sky", 1, 1, "B"),
        ("sky", 1, 4, None),
    ]
    assert "exam" not in student.screen


@terminal
def test_a_narrow_terminal_cuts_no_word(course: Path, data: Path) -> None:
    """At 40 columns what stands above a card and below it goes on in the next line, each part in one piece."""
    with Typist(data, "study", course, columns=40) as student:
        student.press(" ")
        student.sees("sample   new 2   learning 0   due 0\r\n(Esc ends)\r\n")
        student.sees("1 again <1m   2 hard <6m   3 good <10m\r\n4 easy 8d\r\n")
        student.sees("u takes the last answer back\r\n* flags the card   @ suspends it\r\n")
        student.press(ESCAPE)
        assert student.ends() == 0


@terminal
def test_a_french_course_is_studied_in_french(course: Path, data: Path) -> None:
    """The counts above a card, its ratings and the keys have the words of the page to study."""
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8") + "language: fr\n", "utf-8")
    with Typist(data, "study", course) as student:
        student.press(" ")
        student.sees("sample   nouvelles 2   en cours 0   à revoir 0   (Esc)\r\n")
        student.sees("1 À revoir <1 min   2 Difficile <6 min   3 Bien <10 min   4 Facile 8 j\r\n")
        student.sees("u Annuler   * Marquer   @ Suspendre\r\n")
        student.press(ESCAPE)
        assert student.ends() == 0


@terminal
def test_a_killed_session_loses_the_answer_on_the_screen_at_most(course: Path, data: Path) -> None:
    """After SIGKILL the next session goes on where the student was."""
    with Typist(data, "study", course) as student:
        student.sees("capital of France?")
        student.press(" ")
        student.sees("4 easy")
        student.press("4")
        student.sees("The sky is green.")
        student.process.send_signal(signal.SIGKILL)
    assert [review["item"] for review in kept(data)] == ["capital"]
    with Typist(data, "study", course) as student:
        student.sees("new 1   learning 0   due 0")
        assert "France" not in student.sees("The sky is green.")
        student.press(ESCAPE)
        student.sees("0 cards answered; still to come today: 1 new")
        assert student.ends() == 0


@terminal
def test_two_terminals_share_a_queue(course: Path, data: Path) -> None:
    """A card that one has answered is not asked by the other. Where both show it, the answer that comes first counts."""
    with Typist(data, "study", course) as one, Typist(data, "study", course) as other:
        one.sees("capital of France?")
        other.sees("capital of France?")
        for student in (one, other):
            student.press(" ")
            student.sees("4 easy")
        one.press("4")
        one.sees("The sky is green.")
        one.press("b")
        one.sees("4 easy")
        one.press("4")
        one.sees("nothing is left for today")
        other.press("3")
        other.sees("answered in another window already")
        other.sees("0 cards answered; nothing is left for today")
        assert (one.ends(), other.ends()) == (0, 0)
    assert [(review["item"], review["rating"]) for review in kept(data)] == [("capital", 4), ("sky", 4)]


@terminal
def test_ctrl_c_says_where_the_answers_are(course: Path, data: Path) -> None:
    """It ends with exit code 130, and names the file that was written."""
    with Typist(data, "study", course) as student:
        student.sees("capital of France?")
        student.press(" ")
        student.sees("4 easy")
        student.press("4")
        student.sees("The sky is green.")
        student.press("\x03")
        assert student.ends() == 130
    assert "progress.db had been written, nothing else" in student.screen.replace("\r\n", "")


def test_a_pipe_is_refused_in_one_line(course: Path, data: Path) -> None:
    """Without a terminal there is nobody to answer; nothing is written."""
    result = run("study", course)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "study asks in a terminal, and this is none" in result.stderr
    assert not data.exists()


def line(**changes: object) -> str:
    """A line of progress."""
    good = {"time": "2026-11-20T09:10:11.123Z", "day": "2026-11-20", "item": "capital", "card": 1, "rating": 4}
    return json.dumps(good | changes) + "\n"


def test_progress_of_two_devices_is_joined(course: Path, data: Path, tmp_path: Path) -> None:
    """Each review is taken over once; the file that is written has those of both, in the order of time."""
    (tmp_path / "phone.jsonl").write_text(line() + line(rating=3, time="2026-11-21T09:10:11.123Z", day="2026-11-21"))
    (tmp_path / "laptop.jsonl").write_text(line(item="sky", time="2026-11-19T09:10:11.123Z", day="2026-11-19") + line())
    first = run("study", course, "--import", tmp_path / "phone.jsonl")
    assert first.stdout == "2 reviews taken over, 0 were here already\n"
    again = run("study", course, "--import", tmp_path / "laptop.jsonl")
    assert again.stdout == "1 review taken over, 1 were here already\n"
    out = tmp_path / "mine.jsonl"
    assert run("study", course, "--export", out).stdout == f"{out}\n"
    assert [json.loads(row)["item"] for row in out.read_text("utf-8").splitlines()] == ["sky", "capital", "capital"]
    assert len(kept(data)) == 3


def test_progress_lives_on_when_the_course_changes(course: Path, data: Path, tmp_path: Path) -> None:
    """An edited item keeps its schedule; one that is gone leaves the queue, and its reviews stay."""
    (tmp_path / "mine.jsonl").write_text(line() + line(item="sky"))
    assert run("study", course, "--import", tmp_path / "mine.jsonl").exit_code == 0
    bank = course / "bank.yaml"
    bank.write_text(BANK.replace("What is the capital", "Which town is the capital").replace("id: sky", "id: heaven"))
    assert (
        "     2  cards\n     1  of them new\n     0  being learnt\n     1  young"
        in run("study", course, "--stats").stdout
    )
    assert "     2  reviews\n" in run("study", course, "--stats").stdout  # what was done does not get less
    assert "     0  reviews\n" in run("study", course, "--theme", "love", "--stats").stdout
    bank.write_text(BANK, "utf-8")
    assert "     2  cards\n     0  of them new" in run("study", course, "--stats").stdout
    assert len(kept(data)) == 2


def test_the_forecast_has_a_line_a_day(course: Path, data: Path, tmp_path: Path) -> None:
    """Thirty lines; what is overdue comes on the first."""
    (tmp_path / "mine.jsonl").write_text(line(time="2020-01-01T09:00:00.000Z", day="2020-01-01"))
    run("study", course, "--import", tmp_path / "mine.jsonl")
    lines = run("study", course, "--forecast").stdout.splitlines()
    assert len(lines) == 30
    assert lines[0].split()[1:] == ["1", "#" * 40]
    assert {row.split()[1] for row in lines[1:]} == {"0"}
    assert data.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--theme", "lov", "--stats"], "--theme lov: there is no such theme; did you mean 'love'?"),
        (["--kind", "essays", "--stats"], "--kind essays: there is no such kind; did you mean 'essay'?"),
        (["--kind", ",", "--stats"], "--kind is empty"),
        (["--kind", "essay", "--stats"], "sample has no card to study for these themes and kinds"),
        (["--stats", "--forecast"], "give one of them"),
        (["--import", "missing.jsonl"], "missing.jsonl: the file can't be read: No such file or directory"),
        (["--import", "."], ". is no file"),
        (["--import", "other.jsonl"], "other.jsonl: none of its reviews is of an item of sample"),
        (["--import", "bad.jsonl"], "bad.jsonl:2: the line is no review: its rating is no number from 1 to 4"),
    ],
)
def test_a_wrong_call_is_one_line(
    arguments: list[str], said: str, course: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to do, and nothing is taken over."""
    monkeypatch.chdir(course)
    (course / "other.jsonl").write_text(line(item="elsewhere"))
    (course / "bad.jsonl").write_text(line() + line(rating=9))
    result = run("study", course, *arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert not data.exists() or kept(data) == []


def test_one_theme_is_studied_alone(course: Path, data: Path) -> None:
    """The figures are those of the cards that are asked."""
    assert run("study", course, "--theme", "love", "--stats").stdout.startswith("     1  cards\n")
    assert run("study", course, "--kind", "basic,truefalse", "--stats").stdout.startswith("     2  cards\n")
    assert data.exists()


@terminal
def test_an_answer_is_taken_back_and_a_card_suspended(course: Path, data: Path) -> None:
    """Backspace and u ask the last card again, * flags, @ suspends until --resume; all of it are lines that are kept."""
    with Typist(data, "study", course) as student:
        student.sees("What is the capital of France?")
        student.press(" ")
        student.sees("1 again")
        student.press("4")
        student.sees("The sky is green.")
        student.press("\x7f")
        student.sees("new 2   learning 0   due 0")
        student.sees("What is the capital of France?")
        student.press(" ")
        student.sees("1 again")
        student.press("*")
        student.sees("flagged")
        student.press("@")
        student.sees("The sky is green.")
        student.press(ESCAPE)
        student.sees("0 cards answered")
    assert [it.get("mark") for it in kept(data)] == [None, "undone", "flagged", "suspended"]
    assert "1  cards" in run("study", course, "--stats").stdout
    assert run("study", course, "--resume").stdout == "1 card resumed\n"
    assert "2  cards" in run("study", course, "--stats").stdout


def test_weights_are_taken_only_when_asked_for_and_given_back(course: Path, data: Path) -> None:
    """--optimise shows figures and changes nothing; --yes takes the weights once, and --default-weights goes back."""

    def said(*options: str) -> str:
        ended = run("study", course, *options)
        return ended.stdout + ended.stderr

    with closing(Ledger(data / "her-study" / "progress.db")) as ledger:
        ledger.add("sample", map(as_line, forgetful(70)))
    reviews = len(kept(data))
    assert "the default weights of FSRS" in said("--stats")
    assert "--optimise --yes takes them" in said("--optimise")
    assert len(kept(data)) == reviews
    assert "Taken:" in said("--optimise", "--yes")
    assert "no better than those in use" in said("--optimise", "--yes")
    assert "weights of your own, of 20" in said("--stats")
    assert "by the default weights again" in said("--default-weights")
    assert [it["weights"] == "default" for it in kept(data) if "weights" in it] == [False, True]
    assert "--yes takes the weights that --optimise computes" in said("--yes")
