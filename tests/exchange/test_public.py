"""Files as people share them: the structure is that of public ones of their kind, the content is made up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from builder import exchange
from builder.cli import main
from builder.exchange import qti12
from builder.exchange._frame import BrokenSourceError
from builder.exchange.qti12 import _dialects
from builder.loading.course import load
from tests.exchange.shared import NAMES, content, is_text
from tests.exchange.trip import taken

if TYPE_CHECKING:
    from builder.exchange._frame import Read

_MARK = b"\xef\xbb\xbf"


def read(name: str) -> Read:
    """What one of the files comes to, its format told by its content."""
    data = content(name)
    return exchange.named(exchange.guessed(name, data), "read").read(name, data)


def items(name: str) -> dict[str, dict[str, Any]]:
    """The items of a file by id, each with what it says."""
    return {item.id: item.model_dump(mode="json", exclude_defaults=True, exclude={"id"}) for item in taken(read(name))}


def notes(name: str) -> list[str]:
    """What is told of a file."""
    return [note.message for note in read(name).notes]


def test_there_are_files_of_all_formats_that_come_in() -> None:
    """Twenty of them at least, and every format but QTI 3, of which teachers have none yet, has one."""
    assert len(NAMES) >= 20
    formats = {exchange.guessed(name, content(name)) for name in NAMES}
    assert formats == set(exchange.formats("read")) - {"qti3"}


@pytest.mark.parametrize("name", NAMES)
def test_a_public_file_makes_a_course_that_checks_clean_and_builds(name: str, tmp_path: Path) -> None:
    """Import, `check` and `build` in a row, without an error of structure."""
    made = str(tmp_path / "made")
    (tmp_path / name).write_bytes(content(name))
    run = CliRunner().invoke(main, ["import", str(tmp_path / name), "-o", made])
    assert "Traceback" not in run.output
    assert [it.message for it in load(Path(made)).diagnostics] == []
    for call in (["check", made, "--no-lint"], ["build", made, "--no-lint", "-o", str(tmp_path / "out")]):
        assert CliRunner().invoke(main, call).exit_code == 0


@pytest.mark.parametrize("name", [name for name in NAMES if is_text(name)])
def test_ends_of_lines_and_a_byte_order_mark_change_nothing(name: str) -> None:
    """As Windows writes it, a file has the same questions, and is known by its content."""
    data = content(name).removeprefix(_MARK).replace(b"\r\n", b"\n")
    if b"ISO-8859-1" in data[:100]:
        data = data.replace(b"ISO-8859-1", b"UTF-8", 1)
    windows = _MARK + data.replace(b"\n", b"\r\n")
    assert exchange.guessed(name, windows) == exchange.guessed(name, data)
    form = exchange.named(exchange.guessed(name, data), "read")
    assert [it.value for it in form.read(name, windows).entries] == [it.value for it in form.read(name, data).entries]


def test_blackboard_names_right_answers_by_their_feedback() -> None:
    """Typed words, a number, an order, pairs in two blocks, either and or; a calculated question is refused."""
    found = items("blackboard-pool.xml")
    assert found["the-mineral-on-a-fingernail"] | {"marks": 0} == {
        "kind": "basic", "marks": 0, "prompt": "The mineral on a fingernail?", "answer": "gypsum",
        "accept": ["selenite"], "explanation": "Soft indeed.",
    }  # fmt: skip
    assert (found["hardness-of-quartz"]["answer"], found["hardness-of-quartz"]["kind"]) == ("7", "numeric")
    assert found["from-soft-to-hard"]["sequence"] == ["talc", "calcite", "topaz"]
    assert found["pair-them"]["pairs"] == [["halite", "salty"], ["pyrite", "brassy"]]
    options = found["chalk-fizzes-in-acid"]["options"]
    assert options == [{"right": "Agree"}, {"wrong": "Disagree"}]
    assert found["jade-is-one-mineral"] == {
        "kind": "truefalse", "marks": 4, "prompt": "Jade is one mineral.", "answer": False,
    }  # fmt: skip
    assert "a question with formulas has no counterpart" in " ".join(notes("blackboard-pool.xml"))


def test_respondus_has_names_of_its_own_for_scores_fields_and_gaps() -> None:
    """The score is `que_score`, feedback for all ends in `_ALL`, and a gap is a name in the text."""
    found = items("respondus.xml")
    assert found["q-10"]["answer"] is True
    assert (found["q-10"]["correction"], found["q-10"]["explanation"]) == (
        "No, look again.",
        "See plate 3.\n\nJust so.",
    )
    assert found["q-20"]["prompt"] == "A {{c1::wet}} stone is {{c2::dark}}."
    assert found["q-20"]["accept"] == {"c1": ["moist"]}
    assert (found["q-30"]["answer"], found["q-30"]["tolerance"]) == ("2.65", "0.05")
    assert found["q-40"]["options"] == [{"right": "jade"}, {"wrong": "ruby"}]  # worth nothing, and right all the same
    assert notes("respondus.xml") == ["'Preface' is no question but a text, and is left out"]


def test_a_document_type_of_ims_is_dropped_and_no_other() -> None:
    """ILIAS names it; the lines of the file keep their numbers."""
    (item,) = items("ilias.xml").values()
    assert item == {
        "kind": "mcq", "prompt": "Which shines like a metal?", "options": [{"wrong": "chalk"}, {"right": "galena"}],
    }  # fmt: skip
    assert notes("ilias.xml") == []
    data = content("ilias.xml")
    assert data.count(b"\n") == _dialects.without_dtd(data).count(b"\n")
    for kind in (b'SYSTEM "file:///etc/passwd"', b'SYSTEM "ims_qtiasiv1p2p1.dtd" [<!ENTITY a "b">]'):
        with pytest.raises(BrokenSourceError, match="document type"):
            qti12.read("a.xml", data.replace(b'SYSTEM "ims_qtiasiv1p2p1.dtd"', kind))


def test_moodle_exports_hold_more_than_core_questions() -> None:
    """Plugins, the format of Markdown, decimal commas, wildcards, an empty question text, and types without a counterpart."""
    found = items("moodle-plugins.xml")
    assert (found["hardness"]["answer"], found["hardness"]["tolerance"], found["hardness"]["unit"]["cost"]) == (
        "3.5", "0.1", "1/10",
    )  # fmt: skip
    assert found["streak"]["prompt"] == "**Is** a streak a powder?"
    assert found["chalk"]["answer"] == "chalk"
    assert found["carbonates"]["multiple"] is True
    scorings = [
        entry.value.get("scoring") for entry in read("moodle-plugins.xml").entries if entry.wish == "carbonates"
    ]
    assert scorings == ["all"]
    assert found["gaps"]["prompt"] == "A {{c1::soft}} stone, a {{c2::hard}} one."
    assert found["gaps"]["accept"] == {"c1": ["weak"]}
    assert found["pairs-of-stones"]["prompt"] == "Pairs of stones"
    said = notes("moodle-plugins.xml")
    assert "the wildcard * around an answer is dropped: what is typed besides it counts as wrong" in said
    assert "the text that an answer begins with is dropped" in said
    assert sum("has no counterpart" in note for note in said) == 2


def test_gift_is_written_by_hand_in_many_ways() -> None:
    """Feedback on lines of its own, a word that is missing, an answer without a sign, a full stop behind the braces."""
    found = items("hand-written.gift")
    assert (found["verdict"]["answer"], found["verdict"]["correction"]) == (True, "No: it is softer.")
    assert found["missing"]["prompt"] == r"A geode is \_\_\_\_\_ inside."
    assert found["bare"]["answer"] == "mica"
    assert (found["range"]["prompt"], found["range"]["answer"]) == ("A number from 1 to 5.", "3")
    assert found["wrong-number"]["tolerance"] == "2"
    assert notes("hand-written.gift") == [
        "'Before you begin' is no question but a text, and is left out",
        "the feedback for every wrong answer is dropped",
    ]


def test_markdown_folds_its_answers_away() -> None:
    """A question in bold letters, and an answer with its reason in `<details>`."""
    first, second = items("folded.md").values()
    assert first == {
        "kind": "mcq", "prompt": "Which stone is soft?", "explanation": "It is 1 on the scale.",
        "options": [{"wrong": "quartz"}, {"right": "talc"}, {"wrong": "topaz"}],
    }  # fmt: skip
    assert second["options"] == [{"right": "diamond"}, {"wrong": "chalk"}]


def test_headings_may_have_underscores() -> None:
    """As programs write them; the right option is named by its text or its letter."""
    first, second = items("snake-case.csv").values()
    assert [next(iter(option)) for option in first["options"]] == ["wrong", "right", "wrong"]
    assert (second["options"], first["explanation"]) == (
        [{"right": "calcite"}, {"wrong": "quartz"}], "It is full of gas.",
    )  # fmt: skip


def test_notes_of_anki_name_their_tags_among_the_columns() -> None:
    """Quoted fields over lines, tags for all and for one."""
    first, second, third = items("anki-notes.txt").values()
    assert (first["answer"], first["theme"]) == ('A soft "mineral" in sheets', "stones-soft")
    assert [sorted(item["tags"]) for item in (first, second, third)] == [
        ["field", "geo", "geo-talc", "soft"], ["field", "geo"], ["field", "geo", "green"],
    ]  # fmt: skip
    assert "explanation" not in third
