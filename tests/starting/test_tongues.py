"""New courses in other languages than English: samples in that language, as sound as the English ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from builder import wording
from builder.checking import check
from builder.disk.output import write
from builder.fixes.layout import laid_out
from builder.model.items import KINDS
from builder.source import nodes
from builder.starting import PICTURE, new_course, sample, tongues, with_item
from builder.text.languages import is_leftward
from tests.cli.test_commands import run

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [language for language in wording.languages() if language != "en"]
_FIXED = {"id", "kind", "bloom", "difficulty", "words", "answer", "marks", "file", "cites", "ask", "symbol"}
_SCRIPTS = {"ar": "[؀-ۿ]", "he": "[֐-׿]", "ja": "[぀-ヿ]", "zh": "[一-鿿]"}


def value(kind: str, language: str) -> Any:
    """What a sample says."""
    parsed: Any = nodes.values(kind, sample(kind, language)).value
    return parsed[0]


def texts(of: Any, key: str = "") -> list[str]:
    """All that an item says in words of a language."""
    if isinstance(of, dict):
        return [it for name, each in of.items() if name not in _FIXED for it in [name, *texts(each, name)]]
    if isinstance(of, list):
        return [it for each in of for it in texts(each, key)]
    return [str(of)]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("profile", ["standard", "strict"])
def test_a_new_course_in_any_language_checks_clean(tmp_path: Path, language: str, profile: str) -> None:
    """No finding by the rules of that language; its bank is laid out, and says in which language its comments are."""
    files = new_course("mine", "My course", language)
    files["course.yaml"] = files["course.yaml"].replace(b"profile: standard", f"profile: {profile}".encode())
    write(tmp_path / "mine", files)
    loaded = check(tmp_path / "mine")
    assert loaded.diagnostics == []
    assert loaded.course
    assert [item.kind for item in loaded.course.items] == list(KINDS)
    bank = files["banks/first.yaml"].decode()
    assert laid_out("first.yaml", bank).text == bank
    assert "# Comments are in English" in bank


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_the_shape_of_the_english_one_and_none_of_its_words(kind: str, language: str) -> None:
    """The same keys, as many options, pairs and steps, the same numbers; every text is another one."""

    def shape(of: Any, key: str = "") -> Any:
        if isinstance(of, dict):
            return [shape(each) for each in of.values()] if key == "boxes" else {it: shape(of[it], it) for it in of}
        if isinstance(of, list):
            return len(of) if key == "accept" and of else [shape(each) for each in of]
        return None

    here, there = value(kind, language), value(kind, "en")
    if kind == "numeric":
        here["unit"]["accept"] = there["unit"]["accept"] = []
    assert shape(here) == shape(there)
    for key in _FIXED - {"answer"}:
        assert here.get(key) == there.get(key)
    said = {it for it in texts(there) if re.search(r"[a-z]{3} [a-z]{3}", it)}
    assert not said & set(texts(here))
    if language in _SCRIPTS:
        assert re.search(_SCRIPTS[language], here["prompt"])
        assert is_leftward(language) == (language in {"ar", "he"})


@pytest.mark.parametrize("language", wording.languages())
def test_boxes_of_the_picture_are_named_by_its_labels(language: str) -> None:
    """The picture has the labels that the item asks for, inside it."""
    files = new_course("mine", "My course", language, ["occlusion"])
    shown = re.findall(r"<text [^>]*>(.*)</text>", files[PICTURE].decode())
    boxes = value("occlusion", language)["boxes"]
    assert list(boxes) == shown
    assert all(int(left) + int(width) <= 98 for left, _, width, _ in boxes.values())


def test_regions_have_the_samples_of_their_language() -> None:
    """Brazil those of Portuguese; traditional Chinese and languages without a table have the English ones."""
    assert tongues.item("basic", "pt-BR") == tongues.item("basic", "pt") != tongues.item("basic", "en")
    for language in ("zh-TW", "fi", "en-GB"):
        assert tongues.item("basic", language) == tongues.item("basic", "en")
        assert "Comments are" not in new_course("a", "A", language)["banks/first.yaml"].decode()


def test_an_item_that_is_added_is_in_the_language_of_the_course(tmp_path: Path) -> None:
    """`add` puts in the sample of that language, and without a language the English one."""
    course = tmp_path / "cours"
    run("new", course, "--language", "fr", "--kinds", "mcq")
    run("add", "basic", course)
    bank = (course / "banks" / "first.yaml").read_text("utf-8")
    assert "prompt: Qu'est-ce que l'effet de test ?" in bank
    assert "testing effect?" in with_item("bank.yaml", "bank: a\ntitle: A\nitems:\n  - {id: a}\n", "basic", ())[0]
