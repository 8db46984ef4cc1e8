"""The protocol: what an editor sends and asks, and the answers of the modules beside this one, in its own units.

A check runs in a second thread on a copy of the buffers. What is typed meanwhile is checked next, and only then: there
is never more than one check at a time. Questions are answered from the last check.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from builder import __version__
from builder.diagnostics import BuilderError, Severity, Span
from builder.rules import all_pages
from builder.schemas import MODELS
from builder.serving import shapes
from builder.serving.cursor import Spot, end_of
from builder.serving.desk import Desk
from builder.serving.lenses import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pygls.exceptions import JsonRpcException, PyglsError

    from builder.diagnostics import Diagnostic
    from builder.loading.loaded import Loaded

PAUSE = 0.15  # seconds of rest before a check, so that a quick typist is not checked at every letter
_LEVELS = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}


class Refusal(JsonRpcInvalidParams):
    """A question that an author may ask and that has a reason for its answer, such as a new name for a released id."""


def _is_fault(record: logging.LogRecord) -> bool:
    """Whether a line of the log is about a fault: a refusal is an answer like others."""
    return not (record.exc_info and isinstance(record.exc_info[1], Refusal))


logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_fault)


class _Asked(Protocol):
    """A question about a place in a file."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Server(LanguageServer):
    """The server of one editor: its desk, and for each course what is waiting to be checked."""

    def __init__(self) -> None:
        super().__init__("her-study", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.desk = Desk()
        self.uris: dict[str, str] = {}  # of open files by path, as the editor spells them
        self.waiting: set[Path] = set()
        self.told: dict[Path, set[str]] = {}  # by course: the files that have findings
        self.task: asyncio.Task[None] | None = None
        self.warmed: asyncio.Future[None] | None = None
        self._tallies: dict[Path, Tally] = {}

    def changed(self, uri: str) -> None:
        """Take the text of an open file as it is now, and have its course checked."""
        path = path_of(uri)
        if path:
            self.uris[path] = uri
            self.desk.buffers[path] = self.workspace.get_text_document(uri).source
            self.ask(path)

    def closed(self, uri: str) -> None:
        """Forget the text of a file; from now on the disk counts."""
        path = path_of(uri)
        if path:
            self.uris.pop(path, None)
            self.desk.buffers.pop(path, None)
            self.ask(path)

    def ask(self, path: str) -> None:
        """Have the course of a file checked, after a rest; also a course that was there and has lost its course.yaml."""
        root = self.desk.root(path)
        self._wait([root] if root else [it for it in self.told if it in Path(path).parents])

    def ask_all(self) -> None:
        """Have every course checked again: a folder has another name, or is gone."""
        self._wait(self.told)

    def _wait(self, roots: Iterable[Path]) -> None:
        roots = set(roots)
        self.waiting.update(roots)
        for root in [it for it in self.desk.read if roots & {it, it.parent}]:
            del self.desk.read[root]
        if self.waiting and (self.task is None or self.task.done()):
            self.task = asyncio.ensure_future(self._check())

    def report_server_error(self, error: Exception, source: type[PyglsError | JsonRpcException]) -> None:
        """Show an editor what went wrong; a question that was refused has its reason in the answer."""
        if not isinstance(error, Refusal):
            super().report_server_error(error, source)

    async def _check(self) -> None:
        """Check one course after the other until none is waiting."""
        while self.waiting:
            await asyncio.sleep(PAUSE)
            root = min(self.waiting)
            self.waiting.discard(root)
            buffers = dict(self.desk.buffers)
            try:
                loaded = await asyncio.to_thread(self.desk.look, root, buffers)
            except BuilderError as error:
                self._none(root, str(error))
                continue
            self.desk.keep(root, loaded)
            self._show(root, loaded)

    def _none(self, root: Path, reason: str) -> None:
        """Take back what was said of a course that is no longer there."""
        self.desk.checked.pop(root, None)
        self.desk.courses.pop(root, None)
        self._tallies.pop(root, None)
        for path in self.told.pop(root, set()):
            self._publish(path, [])
        self.window_log_message(types.LogMessageParams(types.MessageType.Info, reason))

    def _show(self, root: Path, loaded: Loaded) -> None:
        """Show the findings of a course, each file's together; a file that has none any more is cleared."""
        by_path: dict[str, list[Diagnostic]] = {}
        for found in loaded.diagnostics:
            by_path.setdefault(found.span.path, []).append(found)
        open_here = {path for path in self.uris if self.desk.root(path) == root}
        for path in sorted(self.told.get(root, set()) | by_path.keys() | open_here):
            text = loaded.texts.get(path, "")
            self._publish(path, [self.finding(found, text) for found in by_path.get(path, [])])
        self.told[root] = set(by_path)
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)  # what stands above lines counts what has just been checked

    def _publish(self, path: str, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri(path), found))

    def uri(self, path: str) -> str:
        """The address of a file, as the editor spells it where it is open."""
        return self.uris.get(path) or uris.from_fs_path(os.path.abspath(path)) or path

    def finding(self, found: Diagnostic, text: str) -> types.Diagnostic:
        """A finding as the protocol has it, from its place to the end of the entry in brackets or of the line."""
        help_ = f"\n{found.help}" if found.help else ""
        return types.Diagnostic(
            range=self.range(found.span, text),
            message=found.message + help_,
            severity=_LEVELS[found.severity],
            code=found.code,
            source="her-study",
        )

    def range(self, span: Span, text: str) -> types.Range:
        """The place of what begins at a span and ends on its line."""
        lines = text.split("\n")
        line = lines[span.line - 1].rstrip() if span.line <= len(lines) else ""
        end = end_of(line, span.column - 1)
        return types.Range(self.position(span.line - 1, span.column - 1, line), self.position(span.line - 1, end, line))

    def position(self, row: int, column: int, line: str) -> types.Position:
        """A place counted in characters, in the units that the editor counts in."""
        return types.Position(row, self.workspace.position_codec.client_num_units(line[:column]))

    def column(self, position: types.Position, text: str) -> int:
        """The column of a place in characters."""
        lines = text.split("\n")
        line = lines[position.line] if position.line < len(lines) else ""
        units = self.workspace.position_codec.client_num_units
        return next((i for i in range(len(line) + 1) if units(line[:i]) >= position.character), len(line))

    def text(self, uri: str) -> tuple[str, str]:
        """The path and the text of a file; empty where it is none of this machine's."""
        path = path_of(uri)
        return path, self.desk.text(path) if path else ""

    def tally(self, path: str) -> Tally | None:
        """What the last check of the course of a file comes to in numbers."""
        root = self.desk.root(path)
        loaded = self.desk.checked.get(root) if root else None
        if root is None or loaded is None or loaded.course is None:
            return None
        if root not in self._tallies or self._tallies[root].loaded is not loaded:
            self._tallies[root] = Tally(loaded, loaded.course)
        return self._tallies[root]

    def spot(self, params: _Asked) -> Spot:
        """The place that a question is about."""
        path, text = self.text(params.text_document.uri)
        row = min(params.position.line, text.count("\n"))
        return Spot(path, text, row, self.column(params.position, text))

    def findings(self, path: str, rows: Iterable[int]) -> list[Diagnostic]:
        """The findings of the last check on these lines of a file, counted from 0."""
        root = self.desk.root(path)
        loaded = self.desk.checked.get(root) if root else None
        wanted = set(rows)
        return [
            it for it in (loaded.diagnostics if loaded else ()) if it.span.path == path and it.span.line - 1 in wanted
        ]


def warm() -> None:
    """Load what the first questions would wait for: the schemas, the pages of rules, and what formats references."""
    importlib.import_module("builder.citations.processor")
    for name in MODELS:
        shapes.schema_of(name)
    all_pages()


def path_of(uri: str) -> str:
    """The path of a file's address; empty where it is none of this machine's."""
    return (uris.to_fs_path(uri) or "") if uri.startswith("file:") else ""
