"""citeproc-js and pandoc, which print references too: `python -m tests.contract.processors` installs both."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

CITEPROC_JS, PANDOC = "2.4.63", "1.17"  # the second is that of the wheel, which holds pandoc 3.9

HOME = Path(__file__).parent.parent.parent / ".anki" / "processors"


def make() -> None:
    """Install both, unless they are there."""
    if not (HOME / "node_modules" / "citeproc").is_dir():
        HOME.mkdir(parents=True, exist_ok=True)
        npm = [_program("npm"), "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME)]
        subprocess.run([*npm, f"citeproc@{CITEPROC_JS}"], check=True)
    if not (HOME / "pandoc").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--target", str(HOME / "wheel"), f"pypandoc_binary=={PANDOC}"], check=True)
        (HOME / "pandoc").symlink_to(next((HOME / "wheel").rglob("pandoc")))


def _program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"the comparison with citeproc-js needs {name}: install nodejs and npm"
    return found


def citeproc_js(works: list[dict[str, Any]], style: str, language: str) -> dict[str, Any]:
    """What citeproc-js prints: `bib`, keys and entries in the order of the list, and `cite`, by key."""
    folder = files("citeproc") / "data" / "locales"
    locales = {file.name[8:-4]: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".xml")}
    wanted = {
        "program": str(HOME / "node_modules" / "citeproc"),
        "style": style,
        "language": language,
        "locales": locales,
        "items": works,
    }
    program = str(Path(__file__).with_name("citeproc.js"))
    done = subprocess.run(
        [_program("node"), program], input=json.dumps(wanted), capture_output=True, text=True, check=True
    )
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def pandoc(works: list[dict[str, Any]], style: Path) -> dict[str, str]:
    """What pandoc prints of each work, as plain text; nothing of those that it leaves out."""
    text = json.dumps({"references": works, "nocite": "@*"}, ensure_ascii=False)
    call = [str(HOME / "pandoc"), "--citeproc", "--csl", str(style), "--from", "markdown", "--to", "json"]
    done = subprocess.run(call, input=f"---\n{text}\n---\n", capture_output=True, text=True, check=True)
    entries = json.loads(done.stdout)["blocks"][-1]["c"][1]
    return {entry["c"][0][0].removeprefix("ref-"): _plain(entry["c"][1]) for entry in entries}


def _plain(node: Any) -> str:
    """The words of a part of a pandoc document."""
    if isinstance(node, list):
        return "".join(map(_plain, node))
    if not isinstance(node, dict):
        return ""
    kind, inside = node.get("t"), node.get("c", "")
    if kind in {"Space", "SoftBreak"}:
        return " "
    if kind == "Quoted":
        mark = "\u201c\u201d" if inside[0]["t"] == "DoubleQuote" else "\u2018\u2019"
        return f"{mark[0]}{_plain(inside[1])}{mark[1]}"
    if kind == "Str":
        return str(inside)
    return _plain(inside[1] if kind in {"Link", "Span"} else inside)


if __name__ == "__main__":
    make()
