"""Requirements of this project, resolved by uv, and environments that hold them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent.parent
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_OPTIONAL: dict[str, list[str]] = _PROJECT["project"]["optional-dependencies"]

BUILDS: list[str] = _PROJECT["build-system"]["requires"]
EXTRAS = sorted(set(_OPTIONAL) - {"dev", "fuzz"})
# What a reader may install: the package with every extra but those of its developers.
PRODUCT: list[str] = _PROJECT["project"]["dependencies"] + [line for extra in EXTRAS for line in _OPTIONAL[extra]]
# The same and the tools of the tests, as pip names them after a wheel or a folder.
TESTED = f"[{','.join(['dev', *EXTRAS])}]"


def uv(*arguments: str | Path, given: str = "") -> str:
    """What uv prints, asked with `given` on its standard input; its own complaints go to the terminal."""
    command = [sys.executable, "-m", "uv", *map(str, arguments)]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout


def pins(requirements: Iterable[str], of: Literal["lowest-direct", "highest"], *options: str) -> str:
    """`name==version` lines that satisfy the requirements on this Python."""
    resolve = ["--quiet", "--no-header", "--no-annotate", "--resolution", of, *options]
    return uv("pip", "compile", *resolve, "--python", sys.executable, "-", given="\n".join(requirements))


def empty(folder: Path) -> Path:
    """The interpreter of a new environment in `folder`."""
    uv("venv", "--quiet", "--clear", "--python", sys.executable, folder)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def made(folder: Path, *options: str | Path) -> Path:
    """The interpreter of a new environment in `folder`, filled by `uv pip install` with these options."""
    python = empty(folder)
    add(python, *options)
    return python


def add(python: Path, *options: str | Path) -> None:
    """Fill the environment of an interpreter by `uv pip install` with these options."""
    # uv compiles nothing by itself: each process of a test, and what is measured once, would do so.
    uv("pip", "install", "--quiet", "--compile-bytecode", "--python", python, *options)


def run(command: Iterable[str | Path], folder: Path) -> None:
    """Run a command in `folder`, free of the environment and the make that this one is called from; else end as it."""
    ours = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "VIRTUAL_ENV"}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(list(map(str, command)), check=False, cwd=folder, env=clean)
    if done.returncode:
        sys.exit(done.returncode)
