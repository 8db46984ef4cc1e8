from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.supply.environments import PRODUCT

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "builder").rglob("*.py"))
MOST_LINES, MOST_FUNCTION = 300, 40


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    """A file has at most 300 lines, a function at most 40, docstring and all."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_FUNCTION or node.name == "_build", node.name


def test_only_the_command_line_imports_click() -> None:
    """Everything below `cli` works without a terminal."""
    for path in SOURCES:
        if "cli" not in path.relative_to(ROOT).parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert "click" not in {name.split(".")[0] for name in names}, path


def _imported() -> set[str]:
    """The first names of all that the code imports, wherever it stands."""
    names: set[str] = set()
    for node in (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_what_is_imported_is_a_dependency_and_no_more() -> None:
    """Nothing is there only because something else brings it along, and nothing is asked for in vain."""
    # pydantic asks for the one pydantic_core that is its own.
    # The package of fonts for Chinese, Japanese and Korean is looked up, and holds no code to import.
    foreign = (_imported() | {"noto_cjk_sans_otc"}) - sys.stdlib_module_names - {"builder", "pydantic_core"}
    owners = packages_distributions()
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in PRODUCT}
    assert {owners[name][0].lower() for name in foreign} == declared


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_course_and_what_the_code_needs(wheel: Path) -> None:
    """Banks, schemas, card templates, paper templates, the citation style and the licences travel; tests do not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("builder", "decks"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(ROOT).as_posix()
                assert (f"builder/{inside}" if folder == "decks" else inside) in names
    assert not any(name.startswith("tests") for name in names)
    assert sum("LICENSE" in name for name in names) >= 3


@pytest.mark.slow
def test_an_installed_her_study_builds_in_any_folder(wheel: Path, tmp_path: Path) -> None:
    """From the wheel alone, in an empty folder: check, build and quiz of the shipped course."""
    # The dependencies come from this environment; her-study itself from the wheel, ahead of the source tree.
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    work = tmp_path / "work"
    work.mkdir()
    paths = [str(site), *(p for p in sys.path if p.endswith("site-packages"))]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    paper = ["--blueprint", "weekly-grief", "--font", "hyperlegible", "--language", "de", "--format", "pdf,html"]
    for arguments in (["check"], ["build"], ["quiz", *paper]):
        subprocess.run(
            [sys.executable, "-P", "-m", "builder", *arguments], check=True, cwd=work, env=env, capture_output=True
        )
    pdfs = [f"{name}-A.pdf" for name in ("guide", "key", "paper", "sheet")]
    assert sorted(os.listdir(work / "dist")) == sorted(["her.apkg", "quiz.json", "key-A.html", "paper-A.html", *pdfs])
    assert sorted(os.listdir(work)) == ["dist"]
