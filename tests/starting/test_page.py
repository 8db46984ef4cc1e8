"""Pages of kinds and files are made from the models, so that they can't be out of date."""

from __future__ import annotations

import inspect
import re
from typing import get_args

import pytest

from builder.model import Item
from builder.model.items import KINDS, kind_of
from builder.paper import roster
from builder.paper.roster import columns
from builder.source import nodes
from builder.starting import keys, page, sample
from tests.cli.test_commands import run

MODELS = {kind_of(model): model for model in get_args(get_args(Item)[0])}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_kind_names_all_its_keys_and_what_it_becomes(kind: str) -> None:
    """Its example, a line for each key, the note type and the part of the paper."""
    text = page.page(kind)
    assert sample(kind).rstrip() in text
    named = re.findall(r"^  (\w+) +\S", text.partition(f"Keys of {kind}:")[2], re.MULTILINE)
    assert sorted(named) == sorted(MODELS[kind].model_fields.keys() - {"kind"})
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


@pytest.mark.parametrize("name", page.BESIDE)
def test_the_page_of_a_file_beside_has_an_example_that_is_sound(name: str) -> None:
    """What it shows of an outline, a specification, traps and a bank of a translation is read, and has each of its keys."""
    text = run("explain", name).output
    _, example, keys_ = re.split(r"For example:\n|\nKeys:\n", text)
    read = page.BESIDE[name].model_validate(nodes.values("example", example).value)
    left_out = {"passages"} if name == "translation" else set()
    assert read.model_fields_set == set(page.BESIDE[name].model_fields) - left_out
    assert re.findall(r"^  (\w+) +\S", keys_, re.MULTILINE) == list(page.BESIDE[name].model_fields)


@pytest.mark.parametrize("name", page.MARKING)
def test_the_page_of_a_marker_s_file_has_an_example_that_is_sound(name: str) -> None:
    """What it shows of decisions and changes of a key is read, and between them its entries have each of their keys."""
    text = run("explain", name).output
    _, example, _, keys_ = re.split(r"For example:\n|\nKeys:\n|\nKeys of a \w+:\n", text)
    model, _, entry = page.MARKING[name]
    read = model.model_validate(nodes.values("example", example).value)
    (entries,) = (value for key, value in read if key != "by")
    used = {key for it in (entries.values() if isinstance(entries, dict) else entries) for key in it.model_fields_set}
    assert used == set(entry.model_fields)
    assert re.findall(r"^  (\w+) +\S", keys_, re.MULTILINE) == list(entry.model_fields)


def test_the_page_of_a_roster_names_the_headings_that_are_known() -> None:
    """Its example is a class list, and each heading that it names is one."""
    text = run("explain", "roster").output
    example = text.partition("For example:\n\n")[2].partition("\n\n")[0]
    assert [it.name for it in roster.read("class.csv", example.encode(), ["A"]).students][1:] == ["Ana Li", "Ana Li"]
    told = " ".join(text.split())
    assert all(head in told for head in (*columns.NUMBERS, *columns.NAMES, *columns.FIRSTS, *columns.LASTS))


def test_explain_shows_them_and_knows_what_is_meant() -> None:
    """`explain mcq` is that page; a mistyped name is asked back in one line."""
    assert run("explain", "mcq").output == page.page("mcq")
    refused = run("explain", "clozze")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "did you mean 'cloze'?" in refused.stderr
    assert run("explain", "key_points").output == keys.page("key_points")
    assert "essay, course, bank" in run("explain").stderr


def test_each_key_has_a_page_with_an_example_that_is_read() -> None:
    """A page says where a key may stand and what its value looks like; what it shows as an example is YAML with that key."""
    examples = 0
    for name in keys.names():
        said = keys.page(name)
        assert keys.says(name).endswith((".", "`.")), name
        assert " ".join(keys.says(name).split()) in " ".join(said.split())
        assert name in said.split("\n")[0]
        assert re.search(r"^In (items of |a |course.yaml)", said, re.MULTILINE)
        _, shown, example = said.partition("For example:\n")
        if shown and f"`{name}` stands within" not in said:
            examples += 1
            read = nodes.values("example", example)
            assert isinstance(read.value, dict), said
            assert list(read.value) == [name]
    assert examples > 80
    assert keys._written()["says"].keys() == set(keys.names())
    assert keys._written()["examples"].keys() <= set(keys.names())
    assert "  take   How many of the questions" in keys.page("passages")
    assert "{right, wrong, why, pin}" in keys.page("wrong")
    assert "In items of every kind" in keys.page("locator")


@pytest.mark.parametrize("name", ["values", "text"])
def test_what_explain_shows_as_yaml_is_yaml(name: str) -> None:
    """Each example of these pages can be copied: its lines are read without a problem."""
    examples = re.findall(r"(?:^    .*\n|^\n(?=    ))+", run("explain", name).output, re.MULTILINE)
    assert len(examples) > 2
    for example in examples:
        text = inspect.cleandoc(example)
        assert nodes.values("example", text).problems == [], text
