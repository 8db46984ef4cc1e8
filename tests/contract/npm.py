"""Packages that npm installs at a version, once."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

_HOME = Path(__file__).parent.parent.parent / ".anki"


def package(folder: str, name: str, version: str) -> Path:
    """The folder of a package, which is installed into `folder` below `.anki` unless it is there.

    No script of any package runs: none of them is needed, and one refuses to be installed by npm.

    Raises:
        AssertionError: there is no npm.
        subprocess.CalledProcessError: npm can't install it.
    """
    home = _HOME / folder
    there = home / "node_modules" / name
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:  # tests run in several processes: one installs, the others wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        # npm writes the first file last, so that a folder that it has not filled is filled anew.
        if not all(it.is_file() for it in (home / "node_modules" / ".package-lock.json", there / "package.json")):
            npm = shutil.which("npm")
            assert npm, f"{name} comes by npm: install nodejs and npm"
            flags = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run([npm, "install", *flags, "--prefix", str(home), f"{name}@{version}"], check=True)
    return there


def script(folder: str, name: str, version: str, file: str) -> str:
    """The text of a file of such a package."""
    return (package(folder, name, version) / file).read_text("utf-8")
