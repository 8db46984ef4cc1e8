"""The features of the server that follow the layout of a file: what folds, what is selected, what stands above a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from builder.serving import lenses, outline
from builder.serving.cursor import Spot
from builder.serving.family import alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.serving.server import Server

SHOW = "her-study.showReferences"  # what an editor may do where a lens is clicked: it gets an address and a position


def register(server: Server) -> None:
    """Add the features to a server."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: types.FoldingRangeParams) -> Sequence[types.FoldingRange]:
        _, text = server.text(params.text_document.uri)
        asked = server.client_capabilities.text_document
        limit = asked.folding_range.range_limit if asked and asked.folding_range else None
        return [
            types.FoldingRange(it.first, it.last, kind=types.FoldingRangeKind.Comment if it.is_comment else None)
            for it in outline.folds(text, limit or outline.MOST)
        ]

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    def selection(params: types.SelectionRangeParams) -> Sequence[types.SelectionRange]:
        path, text = server.text(params.text_document.uri)
        return [_around(server, path, text, position) for position in params.positions]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    def lens(params: types.CodeLensParams) -> Sequence[types.CodeLens]:
        path, _ = server.text(params.text_document.uri)
        tally = server.tally(path)
        source = alone(server.desk, path)
        if tally is None or source is None:
            return []
        lines = source.text.split("\n")
        found = []
        for it in lenses.lenses(source, tally):
            place = server.position(it.row, it.column, lines[it.row])
            command = types.Command(
                it.said, SHOW if it.name else "", arguments=[params.text_document.uri, place] if it.name else None
            )
            found.append(types.CodeLens(types.Range(place, place), command))
        return found


def _around(server: Server, path: str, text: str, position: types.Position) -> types.SelectionRange:
    """The ranges around a place, each in the next."""
    row = min(position.line, text.count("\n"))
    spans = outline.around(Spot(path, text, row, server.column(position, text)))
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(offset: int) -> types.Position:
        from bisect import bisect_right

        at = min(bisect_right(starts, offset) - 1, len(lines) - 1)
        return server.position(at, offset - starts[at], lines[at])

    found: types.SelectionRange | None = None
    for start, end in reversed(spans):
        found = types.SelectionRange(types.Range(place(start), place(end)), parent=found)
    return found or types.SelectionRange(types.Range(position, position))
