"""An environment for each version of Anki, made once: `python -m tests.contract.versions` makes them all."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The oldest that renames fields by id without harm, the last of each line since, and the newest that there is.
VERSIONS = ("23.12.1", "24.6.3", "24.11", "25.2.7", "25.9.4", "newest")

# Up to this one, a note that an import updates gets the time of the import, and not that of the release.
STAMPS_IMPORTS = ("23.12.1", "24.6.3", "24.11")

HOME = Path(__file__).parent.parent.parent / ".anki"


def python(version: str) -> Path:
    """The interpreter of a version's environment."""
    return HOME / version / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def make(version: str) -> None:
    """Make the environment, unless it is whole already."""
    done = HOME / version / "whole"
    if done.exists() and version != "newest":
        return
    subprocess.run([sys.executable, "-m", "venv", str(HOME / version)], check=True)
    wanted = ["--upgrade", "anki"] if version == "newest" else [f"anki=={version}"]
    pip = [str(python(version)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *wanted], check=True)
    done.touch()


if __name__ == "__main__":
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(make, VERSIONS))
