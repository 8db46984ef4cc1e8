"""What Typst is given: documents as JSON data."""

from __future__ import annotations

from builder.printing.pdf.typeset import as_json
from builder.text import markup


def test_runs_become_data_without_absent_styles() -> None:
    """JSON of runs holds the text and the styles that are on."""
    assert as_json(markup.inline("a *b*"), {}) == [{"text": "a "}, {"text": "b", "em": True}]
