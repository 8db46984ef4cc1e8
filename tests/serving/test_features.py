"""What an editor asks about names and layout, in a dialogue of a public client with `her-study lsp`."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from builder.serving import outline
from builder.serving.cursor import Spot
from builder.serving.server import path_of
from tests.serving.editor import Editor, talk
from tests.serving.family import FILES, made

BANK = "bank.yaml"


def _moved(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")


def _changes(edit: types.WorkspaceEdit | None, root: Path) -> dict[str, int]:
    """How many places an edit changes, by file."""
    assert edit
    return {Path(path_of(uri)).relative_to(root).as_posix(): len(made) for uri, made in (edit.changes or {}).items()}


def test_names_across_files(tmp_path: Path) -> None:
    """References, highlights and a new name, with what is typed and not saved; wrong names are refused with the reason."""
    root = made(tmp_path / "small")

    async def dialogue(editor: Editor) -> None:
        for name in (BANK, "more.yaml"):
            editor.open(name)
        await editor.told(BANK, "C01")
        editor.type("more.yaml", "title: ", "title: 🌊🌊 ")
        editor.type(
            "more.yaml", "- id: hill", "- {id: valley, kind: basic, theme: sea, prompt: Low?, answer: Deep}\n- id: hill"
        )
        context = types.ReferenceContext(include_declaration=False)
        asked = types.ReferenceParams(context=context, **editor.at(BANK, "\ntheme: se"))
        found = await editor.client.text_document_references_async(asked)
        assert found
        assert len(found) == 7
        lights = await editor.client.text_document_document_highlight_async(
            types.DocumentHighlightParams(**editor.at(BANK, "- id: moo"))
        )
        assert lights
        assert [it.kind for it in lights] == [types.DocumentHighlightKind.Write]
        ready = await editor.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(**editor.at(BANK, "\ntheme: s"))
        )
        assert isinstance(ready, types.PrepareRenamePlaceholder)
        assert (ready.placeholder, ready.range.start.character) == ("sea", 7)
        edit = await editor.client.text_document_rename_async(
            types.RenameParams(new_name="ocean", **editor.at(BANK, "\ntheme: s"))
        )
        assert _changes(edit, root) == {
            **dict.fromkeys(["course.yaml", BANK, "wanted.yaml", "es/course.yaml"], 1),
            **dict.fromkeys(["more.yaml", "papers/week.yaml"], 2),
        }
        for words, new, why in (
            ("\ntheme: s", "Ocean", "small letters"),
            ("\ntitle: Fir", "x", "no name of the course"),
        ):
            with pytest.raises(JsonRpcException, match=why):
                await editor.client.text_document_rename_async(
                    types.RenameParams(new_name=new, **editor.at(BANK, words))
                )
        with pytest.raises(JsonRpcException, match="a rule has the name"):
            await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**editor.at(BANK, "{M0")))
        (root / "more.yaml").unlink()  # its buffer is open still
        editor.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("more.yaml")))
        )
        found = await editor.client.text_document_references_async(asked)
        assert len(found or ()) == 5
        _moved(root)
        assert await editor.client.text_document_references_async(asked) in ((), [])

    talk(root, dialogue)


def test_layout_of_a_file(tmp_path: Path) -> None:
    """Folds, selections, lines above paragraphs, themes and items, and names that are searched for in the whole course."""
    root = made(tmp_path / "small")

    async def dialogue(editor: Editor) -> None:
        for name in (BANK, "outline.yaml", "course.yaml", "wanted.yaml", "papers/week.yaml", "works.yaml"):
            editor.open(name)
        await editor.told(BANK, "C01")

        async def said(name: str) -> list[str]:
            document = types.TextDocumentIdentifier(editor.uri(name))
            found = await editor.client.text_document_code_lens_async(types.CodeLensParams(document))
            return [it.command.title for it in found or () if it.command]

        assert await said("outline.yaml") == ["1 item, wants 2 or more: too few"]
        assert (await said("course.yaml"))[0] == "2 items, wants 2"
        assert (await said("works.yaml"))[0] == "2 items, wants 2 or more"
        assert await said("wanted.yaml") == [
            "2 items, wants 2 or more",
            "2 items, wants 2",
            "1 item, wants 2: too few (basic 1, wants 2)",
        ]
        assert await said(BANK) == ["1 item", "may be on week · enemy of 1 item", "may be on week · enemy of 1 item"]
        assert await said("papers/week.yaml") == [
            "may ask 2 items",
            "1 item to draw from, wants at least 1",
            "2 items to draw from, wants 2",
        ]
        document = types.TextDocumentIdentifier(editor.uri(BANK))
        folds = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(document))
        assert [(it.start_line, it.end_line) for it in folds or ()] == [(3, 5), (4, 5), (6, 18), (7, 17)]
        at = editor.at(BANK, "tags: [spa")["position"]
        (inner,) = (
            await editor.client.text_document_selection_range_async(types.SelectionRangeParams(document, [at])) or ()
        )
        texts = []
        lines = editor.texts[BANK].split("\n")
        step: types.SelectionRange | None = inner
        while step and step.range.start.line == step.range.end.line:
            texts.append(lines[step.range.start.line][step.range.start.character : step.range.end.character])
            step = step.parent
        assert texts == ["space", "[space, water]", "tags: [space, water]"]
        found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("sea"))
        assert [it.name for it in found or ()] == ["moon", "book/sea/p1", "sea"]
        found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("tide"))
        assert {it.name for it in found or ()} == {"ebb1990", "ebb1990-rec", "tide"}
        listed = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert [(it.name, it.detail) for it in listed or () if isinstance(it, types.DocumentSymbol)] == [
            ("tide", ""),
            ("moon", "basic"),
            ("shore", "basic"),
        ]

    talk(root, dialogue)


def test_folds_are_the_outer_ones_where_an_editor_takes_few() -> None:
    """With room for three folds, an item is one of them and its options are not; with room for two, items alone."""
    text = "# a\n# b\nitems:\n- id: x\n  options:\n    - right: a\n      why: b\n- id: y\n  prompt: |\n    # no comment\n    b\n"
    assert [it[:2] for it in outline.folds(text)] == [(0, 1), (2, 10), (3, 6), (4, 6), (5, 6), (7, 10), (8, 10)]
    assert [it[:2] for it in outline.folds(text, 3)] == [(0, 1), (2, 10), (3, 6)]
    assert [it[:2] for it in outline.folds(text, 2)] == [(3, 6), (7, 10)]


def test_selections_hold_each_other_at_every_place() -> None:
    """Each range holds the one before it, from the place itself to the whole text; broken YAML too."""
    for text in (FILES[BANK], FILES["more.yaml"], FILES[BANK].replace("space, water]", "space, water")):
        for row, line in enumerate(text.split("\n")):
            for column in range(0, len(line) + 1, 7):
                spans = outline.around(Spot(BANK, text, row, column))
                assert spans[-1] == (0, len(text))
                assert all(b[0] <= a[0] <= a[1] <= b[1] for a, b in pairwise(spans))
