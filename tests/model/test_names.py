from __future__ import annotations

import ast
from pathlib import Path

import pytest

from builder import model


def test_every_name_of_the_models_can_be_loaded() -> None:
    """A name that is offered has a module, and is what it is called there; what is imported for the type checker is offered."""
    names = [name for home in model._HOMES.values() for name in home]
    assert sorted(names) == sorted(model.__all__)
    tree = ast.parse(Path(model.__file__).read_text("utf-8"))
    checked = {
        (str(node.module).rpartition(".")[2], name.name)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert checked == {(home, name) for home, names in model._HOMES.items() for name in names}
    for name in names:
        vars(model).pop(name, None)  # it may have been loaded before
        assert getattr(model, name) is getattr(model, name)


def test_a_name_that_is_none_is_told() -> None:
    """As any other module does."""
    with pytest.raises(AttributeError, match="Nothing"):
        _ = model.Nothing  # type: ignore[attr-defined]
