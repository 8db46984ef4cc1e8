"""What holds of every report, whatever was read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder.report import as_github, as_json, as_sarif, as_text

if TYPE_CHECKING:
    from builder.loading.loaded import Loaded


def assert_told(loaded: Loaded) -> None:
    """Every finding has a place that its file has, says something, and is shown without a sign that steers a terminal."""
    found = loaded.diagnostics
    for one in found:
        assert one.message, one
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*|[A-Z]\d\d", one.code), one
        lines = loaded.texts.get(one.span.path, "").split("\n")
        if one.code != "encoding":  # such a file has bytes and no text
            assert 1 <= one.span.line <= len(lines), one
            assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1, one
    said = as_text(found, loaded.texts)
    assert not found or said.count("\n") > len(found)
    assert json.loads(as_json(found)) == [
        {
            "path": one.span.path,
            "line": one.span.line,
            "column": one.span.column,
            "severity": str(one.severity),
            "code": one.code,
            "message": one.message,
            "help": one.help,
        }
        for one in found
    ]
    (run,) = json.loads(as_sarif(found, {}, "0"))["runs"]
    assert len(run["results"]) == len(found)
    commands = as_github(found)
    assert commands.count("\n") == len(found)
    for shown in (said, commands):
        assert all(sign.isprintable() or sign == "\n" for sign in shown), shown
