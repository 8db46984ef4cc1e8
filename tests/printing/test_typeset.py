"""What Typst is given: documents as JSON data."""

from __future__ import annotations

from builder.printing.pdf.typeset import as_json, program_lines
from builder.text import markup
from builder.text.tree import Picture, Run, Sound


def test_runs_become_data_without_absent_styles() -> None:
    """JSON of runs holds the text and the styles that are on."""
    assert as_json(markup.inline("a *b*"), {}) == [{"text": "a "}, {"text": "b", "em": True}]


def test_pictures_and_sounds_become_data() -> None:
    """A picture is the file that Typst finds, a sound what is heard."""
    shown = as_json(Picture("a/b.png", "A cat", 60), {"a/b.png": "1.png"})
    assert shown == {"file": "1.png", "alt": "A cat", "width": 60}
    assert as_json(Sound("a.mp3", "Hello"), {}) == {"sound": "Hello"}


def test_program_becomes_lines_with_their_indentation() -> None:
    """A program's line ends part its runs, and a line says how far in it begins."""
    lines = as_json(markup.parse("```\nif x:\n  y\n\nz\n```"), {})[0]["lines"]
    assert [line["indent"] for line in lines] == [0, 2, 0, 0]
    assert [[run["text"] for run in line["runs"]] for line in lines] == [["if x:"], ["  y"], [], ["z"]]


def test_tabs_lead_to_stops() -> None:
    """A tab is as many spaces as lead to the next stop, counted over all runs of its line."""
    lines = program_lines([Run("ab"), Run("\tc\td\n\te", strong=True)])
    assert ["".join(run.text for run in line) for line in lines] == ["ab  c   d", "    e"]
