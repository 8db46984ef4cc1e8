"""Cells that spreadsheets read: `builder.text.cells`."""

from __future__ import annotations

import csv
import io

import pytest

from builder.text.cells import table


@pytest.mark.parametrize("number", ["-0.25", "-1", "+3", "-0,5", "12"])
def test_a_number_below_zero_stays_a_number(number: str) -> None:
    """What a wrong answer costs adds up in a spreadsheet, and `analyse` reads it back."""
    ((cell,),) = csv.reader(io.StringIO(table([[number]]).decode("utf-8-sig")))
    assert float(cell.replace(",", ".")) == float(number.replace(",", "."))


@pytest.mark.parametrize("text", ["=1+1", "-1+1", "-1|=1", "-", "+cmd", "@x", "\t=1"])
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    """An apostrophe stands before it, also before what only looks like a number at first."""
    ((cell,),) = csv.reader(io.StringIO(table([[text]]).decode("utf-8-sig")))
    assert cell.startswith("'")
