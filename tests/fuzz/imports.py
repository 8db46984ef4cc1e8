"""What must hold of a file to be imported: it is read or refused, and what is taken of it is a bank."""

from __future__ import annotations

from contextlib import suppress

from builder import exchange
from builder.diagnostics import BuilderError
from builder.exchange import _taking
from builder.exchange._frame import BrokenSourceError
from builder.loading.part import validate
from builder.model import Bank
from builder.source import nodes

FORMATS = exchange.formats("read")


def imported(data: bytes) -> None:
    """The first line names the format; whatever follows is told of, guessed without an error, and taken as a sound bank."""
    named, _, content = data.partition(b"\n")
    form = FORMATS.get(named.decode("utf-8", "ignore").strip())
    if form is None:
        return
    with suppress(BuilderError):
        exchange.guessed("f", content)
    with suppress(BrokenSourceError, BuilderError, _taking.NothingTakenError):
        read = form.read("f", content)
        assert all(note.span.line >= 1 for note in read.notes)
        taken = _taking.take(read, _taking.Bank("f.yaml", "f", "F"))
        parsed = nodes.values("f.yaml", taken.text)
        assert parsed.faults == [], parsed.faults
        bank, _ = validate(Bank, "f.yaml", parsed.value)
        assert bank
        assert bank.items
