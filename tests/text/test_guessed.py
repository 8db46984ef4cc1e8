from __future__ import annotations

import json
from importlib.resources import files

import pytest

from builder.source import nodes
from builder.text.guessed import guessed

SAMPLES = sorted(it.name for it in (files("builder") / "starting" / "files" / "languages").iterdir())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_of_a_new_course_tell_their_language(name: str) -> None:
    """Of each language that `new` has samples in."""
    text = (files("builder") / "starting" / "files" / "languages" / name).read_text("utf-8")
    found = guessed([json.dumps(nodes.values(name, text).value, ensure_ascii=False)])
    assert found == ("" if name == "en.yaml" else name.removesuffix(".yaml"))  # the English ones stand elsewhere


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["Which of the kings was crowned in Reims, and what did he do for the town?"], "en"),
        (["Quel roi ?"], ""),
        (["1789", "x^2", ""], ""),
        (["la taille: the tax of the king", "le roi et la reine: the king and the queen", "une église: a church"], ""),
        (["漢字とかなの文です。"], "ja"),
        (["谁是皇帝？"], "zh"),
    ],
)
def test_a_language_is_told_by_what_is_frequent_in_it_alone(texts: list[str], language: str) -> None:
    """Few words, and words of two languages side by side, tell none."""
    assert guessed(texts) == language
