"""A dialogue of a public client of the protocol with `her-study lsp`, as an editor has it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from lsprotocol import types

from builder.checking import check
from builder.serving.server import path_of
from tests.serving.editor import BANK, Editor, talk


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _rename(folder: Path) -> None:
    folder.rename(folder.parent / "other")


def test_findings_while_typing(root: Path) -> None:
    """What is typed is checked before it is saved: findings go when they are mended, and hover shows the page of a rule."""

    async def dialogue(editor: Editor) -> None:
        editor.open(BANK)
        await editor.told(BANK, None, there=False)
        assert editor.found[str(root / BANK)] == []
        editor.type(BANK, "    kind: basic\n", "    kind: baisc\n")
        (wrong,) = await editor.told(BANK, "unknown-kind")
        assert "did you mean 'basic'?" in wrong.message
        assert (wrong.severity, wrong.source) == (types.DiagnosticSeverity.Error, "her-study")
        line = editor.texts[BANK].split("\n")[wrong.range.start.line]
        assert line[wrong.range.start.character :].startswith("baisc")
        editor.type(BANK, "kind: baisc", "kind: basic")
        await editor.told(BANK, "unknown-kind", there=False)
        editor.type(BANK, "answer: It is", "answer: [It is")
        await editor.told(BANK, "yaml-syntax")
        editor.type(BANK, "answer: [It is", "answer: It is")
        await editor.told(BANK, "yaml-syntax", there=False)
        assert editor.found[str(root / BANK)] == []
        assert check(root).diagnostics == []
        editor.type(BANK, "    answer: Disenfranchised grief\n", "    answer: Yes\n")
        await editor.told(BANK, "F03")
        shown = await editor.client.text_document_hover_async(types.HoverParams(**editor.at(BANK, "answer: Ye")))
        assert shown
        assert isinstance(shown.contents, types.MarkupContent)
        assert "F03 yes-no-card" in shown.contents.value
        assert "What to do:" in shown.contents.value

    talk(root, dialogue)


def test_a_large_course_is_checked_while_the_next_word_is_waited_for(root: Path) -> None:
    """A course for which `check` takes two processes is checked by the server too, whose threads read its input."""
    program = "from builder import checking, cli; checking._MANY = 1; cli.main(['lsp'])"

    async def dialogue(editor: Editor) -> None:
        editor.open(BANK)
        await editor.told(BANK, None, there=False)

    talk(root, dialogue, "-c", program)


def test_completion_hover_definition_and_symbols(root: Path) -> None:
    """Keys and kinds come from the model, names from the course; works are shown in APA; ids and keys lead to where they are."""

    async def dialogue(editor: Editor) -> None:
        editor.open(BANK)
        await editor.told(BANK, None, there=False)
        editor.type(
            BANK,
            "items:\n",
            "items:\n  - id: new\n    kind: mcq\n    th\n    cites: [wor]\n    locator: [pap]\n    bloom: \n",
        )

        async def labels(words: str) -> list[str]:
            found = await editor.client.text_document_completion_async(types.CompletionParams(**editor.at(BANK, words)))
            assert isinstance(found, types.CompletionList)
            return [item.label for item in found.items]

        keys = await labels("kind: mcq\n    th")
        assert {"theme", "theory", "options", "prompt"} <= set(keys)
        assert not {"id", "kind", "pairs", "rubric"} & set(keys)
        assert "worden2009" in await labels("cites: [wor")
        assert "paper/fear-grief/p4" in await labels("locator: [pap")
        assert await labels("bloom: ") == ["remember", "understand", "apply", "analyze", "evaluate", "create"]
        assert "essay" in await labels("kind: ")
        assert await labels("# yaml-language") == []

        async def page(words: str, more: int = 0) -> str:
            shown = await editor.client.text_document_hover_async(types.HoverParams(**editor.at(BANK, words, more)))
            assert shown
            assert isinstance(shown.contents, types.MarkupContent)
            return shown.contents.value

        assert "*Disenfranchised grief: Recognizing hidden sorrow*" in await page("cites: [doka")
        assert "do not acknowledge" in await page("locator: [background/doka")
        assert "Which of these four people" in await page("enemies: [grief-unseen")
        assert "right option" in await page("kind: mc")
        assert re.search("from 1 to 3.*as the author expects it", await page("    diffic"), re.DOTALL)
        assert await editor.client.text_document_hover_async(types.HoverParams(**editor.at(BANK, "\n\n"))) is None
        editor.type(BANK, "\n    th\n", "\n")

        async def goes_to(words: str) -> tuple[str, str]:
            found = await editor.client.text_document_definition_async(types.DefinitionParams(**editor.at(BANK, words)))
            assert found
            assert not isinstance(found, types.Location)
            (place,) = found
            assert isinstance(place, types.Location)
            path = Path(path_of(place.uri))
            text = editor.texts[BANK] if path == root / BANK else _text(path)
            line = text.split("\n")[place.range.start.line]
            return path.name, line[place.range.start.character :]

        assert await goes_to("enemies: [grief-unseen") == ("grief.yaml", "grief-unseen-loss")
        assert await goes_to("cites: [doka") == ("references.yaml", "doka1989")
        name, line = await goes_to("locator: [background/doka")
        assert (name, line) == ("outline.yaml", "background/doka1989/disenfranchised-grief")
        name, line = await goes_to("theme: gri")
        assert (name, line.partition(":")[0]) == ("course.yaml", "grief")
        symbols = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri(BANK)))
        )
        assert symbols
        assert len(symbols) == editor.texts[BANK].count("\n  - id: ")
        assert [it.name for it in symbols[:2]] == ["new", "grief-attachment-loss"]
        found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("unseen"))
        assert found
        assert [it.name for it in found] == ["grief-unseen-loss"]

    talk(root, dialogue)


def test_quick_fixes_and_layout(root: Path) -> None:
    """A name that was nearly right, what `--fix` mends, and the one layout of banks come as edits."""

    async def dialogue(editor: Editor) -> None:
        editor.open(BANK)
        editor.type(BANK, "    cites: [doka1989]", "    cites: [doka198]")
        editor.type(BANK, "(1989) call grief", "et al (1989) call “grief”")
        await editor.told(BANK, "C03")  # both edits are checked
        found = await editor.told(BANK, "C01")
        (wrong,) = (it for it in found if it.code == "C01")

        async def actions(place: types.Range) -> dict[str, types.CodeAction]:
            given = await editor.client.text_document_code_action_async(
                types.CodeActionParams(
                    types.TextDocumentIdentifier(editor.uri(BANK)), place, types.CodeActionContext(found)
                )
            )
            return {it.title: it for it in given or () if isinstance(it, types.CodeAction)}

        near = (await actions(wrong.range))["Change to 'doka1989'"]
        assert near.edit
        assert near.edit.changes
        ((edit,),) = near.edit.changes.values()
        assert isinstance(edit, types.TextEdit)
        assert (edit.new_text, edit.range.start) == ("doka1989", wrong.range.start)
        everything = (await actions(wrong.range))["Mend all that is mechanical in this bank"]
        assert everything.edit
        assert everything.edit.changes
        ((whole,),) = everything.edit.changes.values()
        assert isinstance(whole, types.TextEdit)
        assert 'call "grief"' in whole.new_text
        editor.type(BANK, "    answer: Disenfranchised grief\n", "    answer:    Disenfranchised grief\n")
        options = types.FormattingOptions(2, insert_spaces=True)
        document = types.TextDocumentIdentifier(editor.uri(BANK))
        edits = await editor.client.text_document_formatting_async(types.DocumentFormattingParams(document, options))
        assert edits
        assert any("    answer: Disenfranchised grief\n" in it.new_text for it in edits)

    talk(root, dialogue)


def test_strange_turns_do_not_end_it(root: Path) -> None:
    """Wide signs, a deleted file, a renamed folder, a file of no course and a broken course.yaml: the server goes on."""

    async def dialogue(editor: Editor) -> None:
        editor.open(BANK)
        await editor.told(BANK, None, there=False)
        editor.type(BANK, "title: Fear", "title: 🎞 Fear")
        editor.type(BANK, "theme: grief", "theme: greif")
        (first, *_) = await editor.told(BANK, "unknown-theme")
        assert "did you mean 'grief'?" in first.message
        editor.type(BANK, "theme: greif", "theme: grief")
        await editor.told(BANK, "unknown-theme", there=False)
        editor.open("course.yaml")
        editor.type("course.yaml", "course: her", "course: [her")
        await editor.told("course.yaml", "yaml-syntax")
        shown = await editor.client.text_document_hover_async(types.HoverParams(**editor.at(BANK, "cites: [doka")))
        assert shown
        editor.type("course.yaml", "course: [her", "course: her")
        await editor.told("course.yaml", "yaml-syntax", there=False)
        (root / "outline.yaml").unlink()
        editor.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(editor.uri("outline.yaml"), types.FileChangeType.Deleted)]
            )
        )
        await editor.told("course.yaml", "no-such-file")
        alone = root.parent / "alone.yaml"
        alone.write_text("a: 1\n", "utf-8")
        editor.open("../alone.yaml")
        given = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(alone.as_uri()), types.Position(9, 9))
        )
        assert given is None
        _rename(root)
        for name in (BANK, "course.yaml"):
            editor.client.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri(name)))
            )
        assert await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("zzz")) in ([], None)

    talk(root, dialogue)


def test_without_pygls_one_line_says_what_to_install() -> None:
    """The extra is named, and the exit code is 2."""
    script = "import sys; sys.modules['pygls'] = None; from builder.cli import main; main(['lsp'])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "her-study: lsp needs pygls: pip install 'her-study[lsp]'\n"
