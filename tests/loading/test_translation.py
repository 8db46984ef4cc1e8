"""Courses in another language: texts laid over the items of the original, which alone says what is right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from builder.cards import words as card_words
from builder.checking import check
from builder.deck import apkg
from builder.loading.course import load, shipped
from builder.loading.translation import digest
from builder.model.translation import TEXTS
from builder.source import nodes
from tests.cli.test_release import run
from tests.make import strategies
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path

ITEMS: list[dict[str, Any]] = [
    {
        "id": "dog",
        "kind": "basic",
        "prompt": "What is a dog?",
        "answer": "An animal",
        "accept": ["A pet"],
        "tags": ["a"],
    },
    {
        "id": "cat",
        "kind": "mcq",
        "prompt": "Which is a cat?",
        "options": [
            {"right": "The tiger", "why": "It is."},
            {"wrong": "The wolf", "why": "A dog."},
            {"wrong": "The ape"},
        ],
        "enemies": ["dog", "owl"],
        "marks": "2",
    },
    {"id": "owl", "kind": "truefalse", "prompt": "An owl is a bird.", "answer": "true"},
    {
        "id": "ton",
        "kind": "numeric",
        "prompt": "How many kilograms?",
        "answer": "1000",
        "accept": [{"value": "100", "share": "0", "why": "Ten times too few"}],
    },
]
TEXT: list[dict[str, Any]] = [
    {"id": "dog", "prompt": "¿Qué es un perro?", "answer": "Un animal", "accept": ["Una mascota", "Un can"]},
    {
        "id": "cat",
        "prompt": "¿Cuál es un felino?",
        "options": [
            {"right": "El tigre", "why": "Lo es."},
            {"wrong": "El lobo", "why": "Un cánido."},
            {"wrong": "El mono"},
        ],
    },
    {"id": "ton", "prompt": "¿Cuántos kilos?", "accept": [{"why": "Diez veces menos"}]},
]
HEAD = {"course": "made-es", "translates": "..", "title": "Hecho", "language": "es", "anki": {"deck": "Hecho"}}


def translated(folder: Path, items: list[dict[str, Any]], texts: list[Any], **bank: object) -> Path:
    """A course with these items, and in it a translation with these texts; the folder of the translation."""
    course_folder(folder, items, licence="CC0", themes={"all": "All", "none": "None"})
    (folder / "es").mkdir()
    (folder / "es" / "course.yaml").write_text(
        nodes.dump({**HEAD, "banks": ["bank.yaml"], "themes": {"all": "Todo"}}), "utf-8"
    )
    (folder / "es" / "bank.yaml").write_text(nodes.dump({"translates": "bank.yaml", **bank, "items": texts}), "utf-8")
    return folder / "es"


def test_texts_are_those_of_the_translation_and_all_else_is_the_originals(tmp_path: Path) -> None:
    """Prompt, options and reasons are translated; key, marks, sources and enemies come from the original."""
    folder = translated(tmp_path / "course", ITEMS, TEXT, title="Banco")
    loaded = load(folder)
    assert [(d.code, d.message) for d in loaded.diagnostics] == [
        ("untranslated", "1 item of the original not translated: owl")
    ]
    course = loaded.course
    assert course
    assert (course.id, course.language, course.licence, course.themes) == (
        "made-es",
        "es",
        "CC0",
        {"all": "Todo", "none": "None"},
    )
    dog, cat, ton = (
        course.by_id[name].model_dump(mode="json", exclude_defaults=True) for name in ("dog", "cat", "ton")
    )
    assert (dog["answer"], dog["accept"], dog["tags"]) == ("Un animal", ["Una mascota", "Un can"], ["a"])
    options = [next(iter(option.items())) for option in cat["options"]]
    assert options == [("right", "El tigre"), ("wrong", "El lobo"), ("wrong", "El mono")]
    assert (cat["marks"], cat["enemies"]) == (2, ["dog", "owl"])
    assert (ton["answer"], ton["accept"]) == ("1000", [{"value": "100", "share": "0", "why": "Diez veces menos"}])


def test_students_of_a_translation_have_a_deck_and_notes_of_their_own(tmp_path: Path) -> None:
    """`build --language es` writes a package of its own, with other guids and Spanish words on its cards."""
    folder = translated(tmp_path / "course", ITEMS, TEXT)
    built = run("build", tmp_path / "course", "--language", "es", "--no-lint", "-o", tmp_path)
    assert built.exit_code == 0
    assert (tmp_path / "made-es.apkg").is_file()
    original, course = load(tmp_path / "course").course, load(folder).course
    assert original
    assert course
    guids = [{note.guid for _, note in apkg.rendered(it).rows} for it in (original, course)]
    assert len(guids[1]) == 3
    assert not guids[0] & guids[1]
    assert "Verdadero" in card_words.field(course.words, ("true",))


@pytest.mark.parametrize(
    ("entry", "code", "message"),
    [
        ({"id": "dgo", "prompt": "x"}, "not-in-original", "the original bank has no item 'dgo'"),
        ({**TEXT[0], "tags": ["b"]}, "not-in-original", "'tags' is said by the original alone"),
        ({**TEXT[0], "correction": "b"}, "not-in-original", "the original has no 'correction'"),
        ({"id": "dog", "prompt": "x"}, "half-translated", "'answer' of 'dog' is not translated"),
        ({"id": "owl", "prompt": "x", "answer": "false"}, "not-in-original", "'answer' is said by the original alone"),
        ({**TEXT[1], "options": [{"right": "x"}]}, "other-shape", "1 entries, and the original has 3"),
        (
            {**TEXT[1], "options": [{"wrong": "x", "why": "y"}, *TEXT[1]["options"][1:]]},
            "other-shape",
            "'wrong' stands where the original has 'right', 'why'",
        ),
        ({**TEXT[1], "options": [{"right": "x"}, *TEXT[1]["options"][1:]]}, "other-shape", "'why' is not translated"),
        ({**TEXT[1], "prompt": ["x"]}, "other-shape", "this is written in another form than in the original"),
        ({**TEXT[2], "accept": [{"value": "10", "why": "x"}]}, "other-shape", "'value' is the original's"),
    ],
)
def test_what_does_not_fit_the_original_is_told_at_its_place(
    tmp_path: Path, entry: dict[str, Any], code: str, message: str
) -> None:
    """A text without its original, a missing one, or one in another shape is an error of the translation."""
    folder = translated(tmp_path / "course", ITEMS, [entry])
    found = [d for d in load(folder).diagnostics if d.code != "untranslated"]
    assert (code, message) in {(d.code, d.message) for d in found}
    assert {d.span.path for d in found} == {str(folder / "bank.yaml")}
    assert all(d.help for d in found)


def test_a_translation_of_an_older_text_is_told(tmp_path: Path) -> None:
    """`of:` is the digest of what was translated: when the original changes, the translation asks for another look."""
    of = digest(ITEMS[0])
    folder = translated(tmp_path / "course", ITEMS, [{**TEXT[0], "of": of}])
    assert [d.code for d in load(folder).diagnostics] == ["untranslated"]
    bank = tmp_path / "course" / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("What is a dog?", "What are dogs?"), "utf-8")
    (stale,) = (d for d in load(folder).diagnostics if d.code != "untranslated")
    assert (stale.code, str(stale.severity)) == ("stale-translation", "warning")
    assert stale.help == f"read both again, then write 'of: {digest({**ITEMS[0], 'prompt': 'What are dogs?'})}'"


def test_passages_are_translated_with_their_items(tmp_path: Path) -> None:
    """A passage has the translation's text and the original's numbers; one without a text is told."""
    original = {
        "bank": "bank",
        "title": "Bank",
        "passages": [{"id": "p", "title": "Told", "text": "Once.", "take": "1"}],
    }
    item = {"id": "dog", "kind": "basic", "prompt": "When?", "answer": "Once", "passage": "p"}
    text = {"id": "dog", "prompt": "¿Cuándo?", "answer": "Una vez"}
    said = [{"id": "p", "title": "Contado", "text": "Una vez."}]
    folder = translated(tmp_path / "course", [item], [text], passages=said)
    (folder.parent / "bank.yaml").write_text(nodes.dump({**original, "theme": "all", "items": [item]}), "utf-8")
    loaded = load(folder)
    assert [d.message for d in loaded.diagnostics] == []
    assert loaded.course
    passage = loaded.course.by_id["dog"].passage
    assert passage
    assert (passage.title, passage.text, passage.take) == ("Contado", "Una vez.", 1)
    (folder / "bank.yaml").write_text(nodes.dump({"translates": "bank.yaml", "items": [text]}), "utf-8")
    assert [d.message for d in load(folder).diagnostics] == ["the passage 'p' is not translated"]


def test_banks_without_translation_are_named(tmp_path: Path) -> None:
    """A bank of the original that no bank translates is named; one that translates nothing is an error."""
    folder = translated(tmp_path / "course", ITEMS, TEXT)
    (folder / "bank.yaml").write_text(nodes.dump({"items": TEXT}), "utf-8")
    found = {(d.code, d.message) for d in load(folder).diagnostics}
    assert ("untranslated", "1 bank of the original not translated: bank.yaml") in found
    assert ("missing-key", "a translation needs 'translates:'") in found
    (folder / "bank.yaml").write_text(nodes.dump({"translates": "course.yaml", "items": TEXT}), "utf-8")
    assert ("not-in-original", "'course.yaml' is no bank of the original") in {
        (d.code, d.message) for d in load(folder).diagnostics
    }


@pytest.mark.parametrize("name", ["old/folder/bank.yaml", "bnak.yaml"])
def test_a_bank_that_has_moved_is_named(tmp_path: Path, name: str) -> None:
    """Where the original has it in another folder, or under nearly that name, the report says where."""
    folder = translated(tmp_path / "course", ITEMS, TEXT)
    (folder / "bank.yaml").write_text(nodes.dump({"translates": name, "items": TEXT}), "utf-8")
    (found,) = [d for d in load(folder).diagnostics if d.code == "no-such-file"]
    assert found.help == "did you mean 'bank.yaml'?"


def test_a_folder_that_is_alone_translates_nothing(tmp_path: Path) -> None:
    """Without a course in the folder above there is no original, and no traceback."""
    folder = translated(tmp_path / "course", ITEMS, TEXT)
    (tmp_path / "course" / "course.yaml").unlink()
    assert "there is no course.yaml in the folder above this one" in {d.message for d in load(folder).diagnostics}


def test_the_language_chooses_the_translation(tmp_path: Path) -> None:
    """Every command with COURSE takes --language; one that there is no translation for is refused in one line."""
    translated(tmp_path / "course", ITEMS, TEXT)
    checked = run("check", tmp_path / "course", "--language", "es", "--no-lint")
    assert "made-es: 3 items" in checked.output
    refused = run("check", tmp_path / "course", "--language", "fr")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "no translation fr/course.yaml" in refused.stderr
    assert "there is es" in refused.stderr
    drawn = run(
        *("quiz", tmp_path / "course", "--language", "es", "--items", "2", "--no-lint", "--format", "md"),
        *("-o", tmp_path / "paper"),
    )
    assert drawn.exit_code == 0, drawn.stderr
    record = json.loads((tmp_path / "paper" / "quiz.json").read_text("utf-8"))
    assert (record["course"], record["edition"]["language"]) == ("made-es", "es")
    paper = (tmp_path / "paper" / "paper-A.md").read_text("utf-8")
    assert "¿Cuántos kilos?" in paper
    german = run(
        *("quiz", tmp_path / "course", "--language", "de", "--items", "2", "--no-lint", "--format", "md"),
        *("-o", tmp_path / "german"),
    )
    assert german.exit_code == 0
    assert "How many kilograms?" in (tmp_path / "german" / "paper-A.md").read_text("utf-8")


def test_another_course_in_a_folder_is_no_translation(tmp_path: Path) -> None:
    """A folder that is called like a language counts only if its course says that it translates."""
    translated(tmp_path / "course", ITEMS, TEXT)
    course_folder(tmp_path / "course" / "de", ITEMS[:1])
    refused = run("check", tmp_path / "course", "--language", "de")
    assert refused.exit_code == 2
    assert "no translation de/course.yaml" in refused.stderr
    assert "there is es" in refused.stderr


@settings(max_examples=60, deadline=None)
@given(strategies.banks())
def test_the_original_as_its_own_translation_is_the_original(
    tmp_path_factory: pytest.TempPathFactory, bank: dict[str, Any]
) -> None:
    """Whatever the items are: with its own texts laid over it, each is as it was."""
    texts = [
        {"id": it["id"], **{k: v for k, v in it.items() if k in TEXTS and (k, it["kind"]) not in OWN}}
        for it in bank["items"]
    ]
    folder = translated(tmp_path_factory.mktemp("made") / "course", bank["items"], texts)
    original, course = load(folder.parent).course, load(folder).course
    assert original
    assert course
    assert [
        d.message for d in load(folder).diagnostics if d.code in {"other-shape", "half-translated", "not-in-original"}
    ] == []
    assert course.items == original.items


OWN = {("answer", "truefalse"), ("answer", "numeric")}  # what only the original says


def test_the_shipped_translation_is_up_to_date() -> None:
    """The theories in Spanish: every item of their banks, none older than its original, and no other finding."""
    loaded = check(shipped() / "es")
    assert [(d.code, str(d.severity)) for d in loaded.diagnostics] == [("untranslated", "warning")]
    assert "banks of the original" in loaded.diagnostics[0].message
    course = loaded.course
    assert course
    assert len(course.items) == sum(item.theory is not None for item in course.items) == 92
    for bank in (shipped() / "es" / "theories").glob("*.yaml"):
        text = bank.read_text("utf-8")
        assert text.count("\n    of: ") == text.count("\n  - id: ")
