"""A public client of the protocol, as an editor has it, and a dialogue with `her-study lsp`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from builder.serving.server import path_of

if TYPE_CHECKING:
    from pathlib import Path

BANK = "themes/grief.yaml"
Talk = Callable[["Editor"], Awaitable[None]]


class Editor:
    """An editor with one course open: what it typed, and the findings that it was last shown, by path."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.news: dict[str, asyncio.Event] = {}
        self.texts: dict[str, str] = {}

    def uri(self, name: str) -> str:
        """The address of a file of the course."""
        return (self.root / name).as_uri()

    def open(self, name: str) -> None:
        """Open a file as it is on the disk."""
        self.texts[name] = (self.root / name).read_text("utf-8")
        document = types.TextDocumentItem(self.uri(name), "yaml", 1, self.texts[name])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def type(self, name: str, old: str, new: str) -> None:
        """Type over the first place of a text, as the smallest change that says so."""
        begin = self.texts[name].index(old)
        lines = self.texts[name][:begin].split("\n")
        start = types.Position(len(lines) - 1, _units(lines[-1]))
        ends = (self.texts[name][:begin] + old).split("\n")
        end = types.Position(len(ends) - 1, _units(ends[-1]))
        self.texts[name] = self.texts[name].replace(old, new, 1)
        change = types.TextDocumentContentChangePartial(types.Range(start, end), new)
        document = types.VersionedTextDocumentIdentifier(2, self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def told(self, name: str, code: str | None, *, there: bool = True) -> list[types.Diagnostic]:
        """The findings of a file once one of this code is among them, or (`there` is false) none is."""
        path = str(self.root / name)
        async with asyncio.timeout(30):
            while path not in self.found or (code in {it.code for it in self.found[path]}) != there:
                event = self.news[path] = asyncio.Event()
                await event.wait()
        return self.found[path]

    def at(self, name: str, words: str, more: int = 0) -> dict[str, Any]:
        """The parameters of a question about the place behind these words."""
        index = self.texts[name].index(words) + len(words) + more
        lines = self.texts[name][:index].split("\n")
        position = types.Position(len(lines) - 1, _units(lines[-1]))
        return {"text_document": types.TextDocumentIdentifier(self.uri(name)), "position": position}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def talk(root: Path, dialogue: Talk, *program: str) -> None:
    """Start the server, talk, and see it end by itself; `program` are other arguments for Python."""

    async def run() -> None:
        client = LanguageClient("test", "1")
        editor = Editor(client, root)

        def shown(params: types.PublishDiagnosticsParams) -> None:
            path = path_of(params.uri)
            editor.found[path] = list(params.diagnostics)
            if path in editor.news:
                editor.news[path].set()

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(shown)
        client.feature(types.WINDOW_LOG_MESSAGE)(lambda _: None)
        await client.start_io(sys.executable, *(program or ("-m", "builder", "lsp")))
        offered = await client.initialize_async(
            types.InitializeParams(types.ClientCapabilities(), root_uri=root.as_uri(), process_id=None)
        )
        assert offered.server_info
        assert offered.server_info.name == "her-study"
        client.initialized(types.InitializedParams())
        await dialogue(editor)
        await client.shutdown_async(None)
        client.exit(None)
        process = client._server
        assert process
        assert await asyncio.wait_for(process.wait(), 20) == 0

    # In a thread of its own: a browser that other tests look through keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()
