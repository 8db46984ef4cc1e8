"""The features of the server that follow names across files: definition, references, highlight, rename, symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from builder.diagnostics import BuilderError
from builder.serving import naming, symbols
from builder.serving.family import alone, family, now
from builder.serving.server import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.serving.mentions import Mention, Source
    from builder.serving.naming import Place
    from builder.serving.server import Server

_SORTS = {
    "item": types.SymbolKind.Object,
    "work": types.SymbolKind.Class,
    "paragraph": types.SymbolKind.String,
    "passage": types.SymbolKind.Module,
    "theme": types.SymbolKind.Namespace,
    "blueprint": types.SymbolKind.Package,
}


def register(server: Server) -> None:
    """Add the features to a server."""
    _find(server)
    _rename(server)
    _list(server)


def _find(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> Sequence[types.Location]:
        spot = server.spot(params)
        names = family(server.desk, spot.path)
        source = names.source(spot.path) if names else None
        found = naming.at(source, spot) if source else None
        return _locations(server, naming.definitions(names, source, found)) if names and source and found else []

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> Sequence[types.Location]:
        spot = server.spot(params)
        names = family(server.desk, spot.path)
        source = names.source(spot.path) if names else None
        found = naming.at(source, spot) if source else None
        if names is None or found is None:
            return []
        with_definition = params.context.include_declaration
        return _locations(server, naming.references(names, found.name, with_definition=with_definition))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlight(params: types.DocumentHighlightParams) -> Sequence[types.DocumentHighlight]:
        spot = server.spot(params)
        source = alone(server.desk, spot.path)
        found = naming.at(source, spot) if source else None
        if source is None or found is None:
            return []
        marked = [(naming.place(source, it), it.is_definition) for it in naming.within(source, found.name)]
        ranges = _ranges(server, source.text, (place for place, _ in marked))
        kinds = (types.DocumentHighlightKind.Write if it else types.DocumentHighlightKind.Read for _, it in marked)
        return [types.DocumentHighlight(*it) for it in zip(ranges, kinds, strict=True)]


def _rename(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        spot = server.spot(params)
        names = family(server.desk, spot.path)
        source = names.source(spot.path) if names else None
        found = naming.at(source, spot) if source else None
        if names is None or source is None or found is None:
            return None
        if why := naming.refusal(names, found.name):
            raise Refusal(why)
        (place,) = _ranges(server, source.text, [naming.place(source, found)])
        return types.PrepareRenamePlaceholder(place, found.name.text)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit:
        spot = server.spot(params)
        names = family(server.desk, spot.path)
        source = names.source(spot.path) if names else None
        found = naming.at(source, spot) if source else None
        if names is None or found is None:
            message = "there is no name of the course here: rest on an id, a theme, a tag or a key of a work"
            raise Refusal(message)
        try:
            changes = naming.renamed(names, found.name, params.new_name)
        except BuilderError as error:
            raise Refusal(str(error)) from error
        return _edit(server, {it.path: (it, made) for it, made in changes.items()})


def _edit(server: Server, changes: dict[str, tuple[Source, list[tuple[Mention, str]]]]) -> types.WorkspaceEdit:
    """Changes of files as the protocol has them: of open ones for the version that they were made for, if the editor can."""
    edits: dict[str, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]] = {}
    for path, (source, made) in changes.items():
        ranges = _ranges(server, source.text, (naming.place(source, it) for it, _ in made))
        edits[path] = [types.TextEdit(at, new) for at, (_, new) in zip(ranges, made, strict=True)]
    workspace = server.client_capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        versions = {
            path: server.workspace.get_text_document(uri).version for path, uri in server.uris.items() if path in edits
        }
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(server.uri(path), versions.get(path)), it
                )
                for path, it in edits.items()
            ]
        )
    plain = {server.uri(path): [it for it in made if isinstance(it, types.TextEdit)] for path, made in edits.items()}
    return types.WorkspaceEdit(changes=plain)


def _list(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document(params: types.DocumentSymbolParams) -> Sequence[types.DocumentSymbol]:
        path, text = server.text(params.text_document.uri)
        lines = text.split("\n")
        found = []
        for it in symbols.symbols(path, text):
            first, last = lines[it.row], lines[it.last]
            name = types.Range(
                server.position(it.row, it.column, first), server.position(it.row, it.column + len(it.name), first)
            )
            whole = types.Range(types.Position(it.first, 0), server.position(it.last, len(last), last))
            kind = _SORTS.get(it.sort, types.SymbolKind.Object)
            found.append(types.DocumentSymbol(it.name, kind, whole, name, detail=it.detail))
        return found

    @server.feature(types.WORKSPACE_SYMBOL)
    def everywhere(params: types.WorkspaceSymbolParams) -> Sequence[types.WorkspaceSymbol]:
        return [
            types.WorkspaceSymbol(_locations(server, [it.place])[0], it.name, _SORTS[it.sort], container_name=it.said)
            for it in symbols.everywhere(params.query, server.desk)
        ]


def _locations(server: Server, places: Iterable[Place]) -> list[types.Location]:
    """Places as the protocol has them, each file read once."""
    by_path: dict[str, list[Place]] = {}
    for it in places:
        by_path.setdefault(it.path, []).append(it)
    return [
        types.Location(server.uri(path), it)
        for path, group in by_path.items()
        for it in _ranges(server, now(server.desk, path) or "", group)
    ]


def _ranges(server: Server, text: str, places: Iterable[Place]) -> list[types.Range]:
    """Places of one text in the units that the editor counts in."""
    lines = text.split("\n")
    return [
        types.Range(server.position(it.row, it.start, line), server.position(it.row, it.end, line))
        for it in places
        for line in [lines[it.row] if it.row < len(lines) else ""]
    ]
