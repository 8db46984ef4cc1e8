"""Scripts of packages that npm installs at a version, once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_HOME = Path(__file__).parent.parent.parent / ".anki"


def script(folder: str, package: str, version: str, file: str) -> str:
    """The text of a file of a package, which is installed into `folder` below `.anki` unless it is there.

    Raises:
        AssertionError: there is no npm.
        subprocess.CalledProcessError: npm can't install it.
    """
    home = _HOME / folder
    there = home / "node_modules" / package / file
    if not there.is_file():
        npm = shutil.which("npm")
        assert npm, f"{package} comes by npm: install nodejs and npm"
        home.mkdir(parents=True, exist_ok=True)
        call = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), f"{package}@{version}"]
        subprocess.run(call, check=True)
    return there.read_text("utf-8")
