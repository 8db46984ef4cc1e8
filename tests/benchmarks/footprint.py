"""What it costs to have her-study: the wheel, its installation with all it needs, and the start of each command."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Measured, Step, alternate
from tests.benchmarks.peers import ANKCOMPILER, ANKI_YAML_TOOL, BARE, FOLDER, Peer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ROOT = Path(__file__).parent.parent.parent
IMPORT = "python -c 'import click'"


def wheel(folder: Path) -> Path:
    """The wheel of this tree, built into `folder`."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def installed(wanted: list[str], folder: Path) -> tuple[float, float, int]:
    """Seconds to install into a fresh environment, its size in MB beside pip's own, and how many packages it has then.

    The second of two installations counts: the first one fills pip's cache, so
    that the network has no part in it.
    """
    took = 0.0
    for number in (1, 2):
        home = folder / str(number)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        python = str(home / FOLDER / "python")
        before = _bytes(home)
        start = time.perf_counter()
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        subprocess.run(pip, check=True, capture_output=True)
        took = time.perf_counter() - start
    packages = sum(1 for _ in home.rglob("*.dist-info")) - sum(1 for _ in home.rglob("pip-*.dist-info"))
    packages -= sum(1 for _ in home.rglob("setuptools-*.dist-info"))
    return took, (_bytes(home) - before) / 1e6, packages


def installations(built: Path, folder: Path) -> dict[str, tuple[float, float, int]]:
    """What it takes to install her-study from its wheel, and each peer."""
    wanted = {"her-study": [str(built)], "her-study[print]": [f"{built}[print]"]}
    wanted |= {peer.name: [*peer.wants] for peer in (BARE, ANKI_YAML_TOOL, ANKCOMPILER)}
    return {name: installed(packages, folder / name) for name, packages in wanted.items()}


def starts(rounds: int, env: Mapping[str, str], there: Collection[Peer]) -> dict[str, Measured]:
    """The start of every command, of the peers that are there, and of a bare import of click."""
    her = str(Path(sys.executable).with_name("her-study"))
    commands = sorted(p.stem.removesuffix("_") for p in (ROOT / "builder" / "cli").glob("[a-z]*.py"))
    steps = [Step(IMPORT, (sys.executable, "-c", "import click")), Step("her-study --help", (her, "--help"))]
    steps += [Step(f"her-study {name} --help", (her, name, "--help")) for name in commands]
    programs = {ANKI_YAML_TOOL: "anki-yaml-tool", ANKCOMPILER: "ankc"}
    steps += [Step(f"{p} --help", (peer.program(p), "--help")) for peer, p in programs.items() if peer in there]
    return alternate(steps, rounds, env)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
