from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Diagnostic, Severity, Span, did_you_mean
from builder.report import as_json, as_text, printable, summary


def test_the_caret_stands_under_the_place() -> None:
    """Text shows the line, a caret under the column, and the remedy."""
    found = Diagnostic(Span("a.yaml", 2, 3), "code", "is wrong", "do this")
    assert as_text([found], {"a.yaml": "one\ntwo\n"}) == (
        "a.yaml:2:3: error[code] is wrong\n    |\n  2 | two\n    |   ^\n  help: do this\n\n"
    )


def test_the_caret_counts_wide_and_combining_characters() -> None:
    """Columns are those of a terminal: wide characters take two, combining ones none."""
    found = Diagnostic(Span("a", 1, 4), "code", "x")
    lines = as_text([found], {"a": "漢e\u0301x"}).splitlines()
    assert lines[3].index("^") - lines[2].index("漢") == 3


def test_a_long_line_is_cut_around_the_place() -> None:
    """A line of 10,000 characters does not flood the terminal, and the place stays in sight."""
    text = as_text([Diagnostic(Span("a", 1, 5000), "code", "x")], {"a": "y" * 4999 + "Z" + "y" * 5000})
    shown, caret = text.splitlines()[2:4]
    assert len(shown) < 120
    assert shown[caret.index("^")] == "Z"


@given(st.text())
def test_no_text_steers_the_terminal(text: str) -> None:
    """Escapes, controls and bidi overrides come out as visible escapes, whatever is in message or line."""
    shown = as_text([Diagnostic(Span("a", 1, 1), "code", text, text)], {"a": text})
    assert all(c.isprintable() or c in "\n " for c in shown)


def test_printable_keeps_ordinary_text() -> None:
    """Letters of any script and typographic quotes stay as they are."""
    assert printable("“Her” — कला 漢字 é") == "“Her” — कला 漢字 é"
    assert printable("\x1b[31m\u202e") == "\\x1b[31m\\u202e"


def test_json_has_the_seven_keys() -> None:
    """Each finding is an object with place, severity, code, message and help."""
    found = Diagnostic(Span("a", 2, 3), "code", "message", "help", Severity.WARNING)
    assert json.loads(as_json([found])) == [
        {
            "path": "a",
            "line": 2,
            "column": 3,
            "severity": "warning",
            "code": "code",
            "message": "message",
            "help": "help",
        }
    ]


def test_the_summary_counts() -> None:
    """Errors, warnings and files are counted in good English."""
    error, warning = Diagnostic(Span("a"), "c", "m"), Diagnostic(Span("b"), "c", "m", severity=Severity.WARNING)
    assert summary([error, error, warning]) == "2 errors, 1 warning in 2 files"
    assert summary([]) == "no problem found"


def test_did_you_mean_finds_the_nearest_or_says_nothing() -> None:
    """A near miss is named, a far one is not."""
    assert did_you_mean("promt", ["prompt", "id"]) == "did you mean 'prompt'?"
    assert did_you_mean("zzz", ["prompt", "id"]) == ""
