"""The features of the server: each answers one question of the protocol."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from builder.disk import media
from builder.serving import complete, features_layout, features_names, hover, mend
from builder.serving.server import Server, path_of, warm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.loading.loaded import Loaded

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "name": types.CompletionItemKind.Reference,
    "item": types.CompletionItemKind.Snippet,
}
_WATCHED = f"**/*.{{yaml,yml,json,jsonl,csl,txt,{','.join(end[1:] for end in (*media.PICTURES, *media.SOUNDS))}}}"
_ANY = types.FileOperationRegistrationOptions([types.FileOperationFilter(types.FileOperationPattern("**/*"), "file")])
_OPEN = ["[", ",", " ", "{"]  # signs after which names are proposed without being asked for


def make() -> Server:
    """A server with all its features, which waits to be started."""
    server = Server()
    _follow(server)
    _watch(server)
    _answer(server)
    features_names.register(server)
    features_layout.register(server)
    _change(server)
    return server


def _follow(server: Server) -> None:
    """Follow what is open, typed and saved."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def typed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)


def _watch(server: Server) -> None:
    """Follow what changes on the disk."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            if path := path_of(change.uri):
                server.ask(path)

    @server.feature(types.INITIALIZED)
    async def ready(_: types.InitializedParams) -> None:
        server.warmed = asyncio.ensure_future(asyncio.to_thread(warm))
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
            asked = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await server.client_register_capability_async(types.RegistrationParams([asked]))

    @server.feature(types.WORKSPACE_DID_RENAME_FILES, _ANY)
    def moved(_: types.RenameFilesParams) -> None:
        server.ask_all()

    @server.feature(types.WORKSPACE_DID_DELETE_FILES, _ANY)
    def deleted(_: types.DeleteFilesParams) -> None:
        server.ask_all()


def _answer(server: Server) -> None:
    """Tell what may be typed, and what stands there."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_OPEN))
    def completion(params: types.CompletionParams) -> types.CompletionList:
        spot = server.spot(params)
        found = complete.proposals(spot, server.desk.course(spot.path))
        takes_snippets = _takes_snippets(server.client_capabilities)
        line = _line(spot.text, spot.row)

        def item(it: complete.Proposal, number: int) -> types.CompletionItem:
            start = server.position(spot.row, it.start, line)
            return types.CompletionItem(
                it.label,
                kind=_KINDS[it.kind],
                detail=it.detail,
                documentation=types.MarkupContent(types.MarkupKind.Markdown, it.page) if it.page else None,
                sort_text=f"{not it.is_needed:d}{number:06}",
                filter_text=it.label,
                text_edit=types.TextEdit(types.Range(start, params.position), it.text),
                insert_text_format=types.InsertTextFormat.Snippet if it.kind == "item" else None,
                insert_text_mode=types.InsertTextMode.AdjustIndentation if it.kind == "item" else None,
            )

        listed = [it for it in found.listed if takes_snippets or it.kind != "item"]
        return types.CompletionList(found.is_cut, items=[item(it, n) for n, it in enumerate(listed)])

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        spot = server.spot(params)
        said = hover.hover(spot, server.desk.course(spot.path), server.findings(spot.path, [spot.row]))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None


def _change(server: Server) -> None:
    """Mend findings, and lay banks out."""

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]),
    )
    def actions(params: types.CodeActionParams) -> Sequence[types.CodeAction]:
        path, text = server.text(params.text_document.uri)
        loaded = _loaded(server, path)
        if loaded is None or loaded.texts.get(path) != text:
            return []  # what is typed now is not checked yet
        rows = range(params.range.start.line, params.range.end.line + 1)
        only = params.context.only
        mends: list[tuple[mend.Mend, types.CodeActionKind]] = []
        if not only or types.CodeActionKind.QuickFix in only:
            for found in server.findings(path, rows):
                made = (mend.nearest(found, text), mend.here(found, loaded))
                mends += [(it, types.CodeActionKind.QuickFix) for it in made if it]
        if (not only or {types.CodeActionKind.Source, types.CodeActionKind.SourceFixAll} & set(only)) and (
            it := mend.whole(path, loaded)
        ):
            mends.append((it, types.CodeActionKind.SourceFixAll))
        return [_action(server, params.text_document.uri, text, it, kind) for it, kind in mends]

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> Sequence[types.TextEdit]:
        from builder.fixes.layout import laid_out

        path, text = server.text(params.text_document.uri)
        laid = laid_out(path, text)
        if laid.problems:
            what = f"{laid.problems[0]}; {laid.problems[0].help}"
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, what))
            return []
        return [_edit(change) for change in mend.changed(text, laid.text)]


def _takes_snippets(editor: types.ClientCapabilities) -> bool:
    """Whether an editor can stop at the places of a snippet."""
    asked = editor.text_document.completion if editor.text_document else None
    return bool(asked and asked.completion_item and asked.completion_item.snippet_support)


def _action(server: Server, uri: str, text: str, made: mend.Mend, kind: types.CodeActionKind) -> types.CodeAction:
    """A fix as the protocol has it."""
    edits = [_edit(change) for change in made.changes]
    if made.word:
        row, start, end = made.word
        line = _line(text, row)
        place = types.Range(server.position(row, start, line), server.position(row, end, line))
        edits.append(types.TextEdit(place, made.new))
    found = [server.finding(made.finding, text)] if made.finding else None
    return types.CodeAction(made.title, kind=kind, diagnostics=found, edit=types.WorkspaceEdit(changes={uri: edits}))


def _edit(change: mend.Change) -> types.TextEdit:
    return types.TextEdit(types.Range(types.Position(change.first, 0), types.Position(change.last, 0)), change.text)


def _loaded(server: Server, path: str) -> Loaded | None:
    root = server.desk.root(path)
    return server.desk.checked.get(root) if root else None


def _line(text: str, row: int) -> str:
    lines = text.split("\n")
    return lines[row] if row < len(lines) else ""
