"""Pages of kinds and files are made from the models, so that they can't be out of date."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from builder.model import Item
from builder.model.items import KINDS, kind_of
from builder.starting import page, sample
from tests.cli.test_commands import run

MODELS = {kind_of(model): model for model in get_args(get_args(Item)[0])}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_kind_names_all_its_keys_and_what_it_becomes(kind: str) -> None:
    """Its example, a line for each key, the note type and the part of the paper."""
    text = page.page(kind)
    assert sample(kind).rstrip() in text
    keys = re.findall(r"^  (\w+) +\S", text.partition(f"Keys of {kind}:")[2], re.MULTILINE)
    assert sorted(keys) == sorted(MODELS[kind].model_fields.keys() - {"kind"})
    assert re.search(r"^In Anki: note type her-study \w+, \d cards?\.$", text, re.MULTILINE)
    assert re.search(r"^On paper: in the part “.+”\.$", text, re.MULTILINE)
    assert "builder." not in text


@pytest.mark.parametrize("name", page.FILES)
def test_the_page_of_a_file_names_all_its_keys(name: str) -> None:
    """A line for each key of course.yaml, a bank and a blueprint; what is needed is marked."""
    text = page.page(name)
    for key, field in page.FILES[name].model_fields.items():
        (line,) = re.findall(rf"^  {key} +.*$", text, re.MULTILINE)
        assert line.endswith("(needed)") == field.is_required()
    assert "builder." not in text


def test_explain_shows_them_and_knows_what_is_meant() -> None:
    """`explain mcq` is that page; a mistyped name is asked back in one line."""
    assert run("explain", "mcq").output == page.page("mcq")
    refused = run("explain", "clozze")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "did you mean 'cloze'?" in refused.stderr
