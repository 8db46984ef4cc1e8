"""An environment for each version of Anki, made once: `python -m tests.contract.versions` makes them all."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.supply import environments

# The oldest that renames fields by id without harm, the last of each line since, and the newest that there is.
VERSIONS = ("23.12.1", "24.6.3", "24.11", "25.2.7", "25.9.4", "newest")

# Up to this one, a note that an import updates gets the time of the import, and not that of the release.
STAMPS_IMPORTS = ("23.12.1", "24.6.3", "24.11")

# Of the desktop program: the newest that is known to start, and one before Anki's last rework of note types.
DESKTOPS = ("24.11", "26.9.3")

# The libraries of its windows, the same for all: what older versions would take from the index may be any later one.
QT = (
    "PyQt6==6.11.0",
    "PyQt6-Qt6==6.11.2",
    "PyQt6-WebEngine==6.11.0",
    "PyQt6-WebEngine-Qt6==6.11.2",
    "PyQt6-sip==13.13.0",
)

HOME = Path(__file__).parent.parent.parent / ".anki"


def python(version: str) -> Path:
    """The interpreter of a version's environment."""
    return HOME / version / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def desktop(version: str) -> str:
    """The name of the environment that has the desktop program of a version."""
    return f"desktop-{version}"


def make(version: str, *wanted: str) -> None:
    """Make the environment with the packages that are wanted, unless it is whole already."""
    done = HOME / version / "whole"
    if done.exists() and version != "newest":
        return
    environments.made(HOME / version, *wanted)
    done.touch()


if __name__ == "__main__":
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(make, "newest", "--upgrade", "anki")]
        made += [pool.submit(make, version, f"anki=={version}") for version in VERSIONS if version != "newest"]
        made += [pool.submit(make, desktop(version), f"aqt=={version}", *QT) for version in DESKTOPS]
        for future in made:
            future.result()
