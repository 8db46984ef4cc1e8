from __future__ import annotations

import json
import posixpath
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from builder.drawing import Drawing, draw
from builder.loading.course import load, shipped
from builder.model.lock import LOCK_FILE
from builder.schemas import documents
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path


def _schema(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((files("builder.schemas") / f"{name}.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_published_schemas_are_current() -> None:
    """The files in the package are what the models make now (`make schemas` writes them)."""
    for name, document in documents().items():
        assert (files("builder.schemas") / name).read_bytes() == document, name


def _shipped_files() -> list[Path]:
    # The lock is no author's: `release` alone writes it.
    return sorted(file for file in shipped().rglob("*.yaml") if file.name != LOCK_FILE)


@pytest.mark.parametrize("path", _shipped_files(), ids=lambda p: p.stem)
def test_each_shipped_file_names_its_schema_and_obeys_it(path: Path) -> None:
    """Line one leads an editor to the schema, and an editor that checks as YAML 1.1 finds nothing."""
    text = path.read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    # In a wheel the course lies within the package; the line is meant for the source tree, where authors edit.
    folder, schema = posixpath.split(
        posixpath.normpath(f"decks/{path.parent.relative_to(shipped()).as_posix()}/{named[1]}")
    )
    assert folder == "builder/schemas"
    _schema(schema.removesuffix(".json")).validate(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.mark.parametrize("name", ["keys", "kinds", "values", "choices"])
def test_a_broken_bank_breaks_the_schema_too(name: str) -> None:
    """What the loader refuses for its structure an editor marks as well."""
    raw = yaml.load((samples.HERE / "bad" / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    assert list(_schema("bank").iter_errors(raw))


def test_a_quiz_record_obeys_its_schema() -> None:
    """quiz.json is what its schema says."""
    course = load(shipped()).course
    assert course
    quiz = draw(course, Drawing(course.blueprints["midterm"], "2026", versions=2))
    _schema("quiz").validate(json.loads(quiz.model_dump_json(by_alias=True)))
