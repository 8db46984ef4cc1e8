"""The extension for Visual Studio Code, and the language server of Red Hat's extension YAML with our schemas; npm brings both."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from builder.disk.output import write
from builder.starting import new_course

pytestmark = pytest.mark.contract

YAML_SERVER = "1.25.0"
REPOSITORY = Path(__file__).parent.parent.parent
HOME = REPOSITORY / ".anki" / "editors"


def _npm(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    npm = shutil.which("npm")
    assert npm, "the extension is tested with Node: install nodejs and npm"
    path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    program = str(Path(sys.executable).with_name("her-study"))
    environment = {**os.environ, "HER_STUDY": program, "PYTHONPATH": path}
    return subprocess.run([npm, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def extension() -> Path:
    """The extension with what it needs, beside the repository's own folder, where no modules belong."""
    folder = HOME / "vscode"
    shutil.copytree(REPOSITORY / "editors" / "vscode", folder, dirs_exist_ok=True)
    made = _npm("install", "--silent", "--no-audit", "--no-fund", folder=folder)
    assert made.returncode == 0, made.stderr
    return folder


def test_the_extension_talks_with_the_server(extension: Path) -> None:
    """Microsoft's client of the protocol gets findings, completion, references, a rename with versions, folds and lenses."""
    done = _npm("test", folder=extension)
    assert done.returncode == 0, done.stdout


def test_the_extension_is_packaged_whole(extension: Path) -> None:
    """The package has the program, what it imports and its licence, and no tests."""
    done = _npm("run", "package", "--", "--out", "made.vsix", folder=extension)
    assert done.returncode == 0, done.stdout + done.stderr
    names = set(zipfile.ZipFile(extension / "made.vsix").namelist())
    wanted = ("extension.js", "server.js", "language-configuration.json", "package.json", "LICENSE.txt")
    assert {f"extension/{name}" for name in wanted} <= names
    assert "extension/node_modules/vscode-languageclient/package.json" in names
    assert not any(name.startswith("extension/test/") for name in names)


def test_another_server_of_yaml_knows_our_files_by_their_first_line(tmp_path: Path) -> None:
    """In a course that `new` made, it finds no fault in what is right, and a mistyped key and kind."""
    made = _npm("install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME), f"yaml-language-server@{YAML_SERVER}", folder=REPOSITORY)  # fmt: skip
    assert made.returncode == 0, made.stderr
    write(tmp_path, new_course("small", "Small", "en"))
    with ThreadPoolExecutor(1) as pool:  # a browser of other tests may keep a loop running here
        pool.submit(lambda: asyncio.run(_talk(tmp_path))).result()


async def _talk(root: Path) -> None:
    client = LanguageClient("test", "1")
    found: asyncio.Queue[list[str]] = asyncio.Queue()

    def shown(params: types.PublishDiagnosticsParams) -> None:
        found.put_nowait([it.message for it in params.diagnostics])

    def asked(params: types.ConfigurationParams) -> list[dict[str, object] | None]:
        yaml = {"validate": True, "schemaStore": {"enable": False}}
        return [dict(yaml) if it.section == "yaml" else None for it in params.items]

    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(shown)
    client.feature(types.WORKSPACE_CONFIGURATION)(asked)
    server = HOME / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    await client.start_io("node", str(server), "--stdio")
    workspace = types.WorkspaceClientCapabilities(configuration=True)
    await client.initialize_async(
        types.InitializeParams(types.ClientCapabilities(workspace=workspace), root_uri=root.as_uri())
    )
    client.initialized(types.InitializedParams())
    for name, old, new in (
        ("banks/first.yaml", "kind: basic", "kind: baisc"),
        ("course.yaml", "\ntitle:", "\ntitel:"),
        ("blueprints/quiz.yaml", "\ntitle:", "\ntitel:"),
    ):
        text = (root / name).read_text("utf-8")
        for version, said in enumerate((text, text.replace(old, new, 1))):
            # The same number of a version would show what was found before.
            document = types.TextDocumentItem((root / name).as_uri(), "yaml", version, said)
            client.text_document_did_open(types.DidOpenTextDocumentParams(document))
            messages = await asyncio.wait_for(found.get(), 30)
            assert (messages != []) == (version == 1), (name, messages)
            client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(document.uri)))
            await asyncio.wait_for(found.get(), 30)
    await client.shutdown_async(None)
    client.exit(None)
    process = client._server
    assert process
    await asyncio.wait_for(process.wait(), 20)
