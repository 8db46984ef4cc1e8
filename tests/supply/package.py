"""The published files alone: the sdist is built, the wheel is built from it, and each passes the tests of the sdist."""

from __future__ import annotations

import shlex
import shutil
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.supply.environments import ROOT, TESTED, made, run

# Prints nothing if her-study is the one of the environment: an installed wheel, and no source tree.
_INSTALLED = "import builder, sys; sys.exit(not builder.__file__.startswith(sys.prefix) and builder.__file__)"


def main(arguments: list[str]) -> None:
    """Build, install, test; the arguments go to pytest."""
    # Outside of the source tree, so that neither Python nor git finds the way back to it.
    with TemporaryDirectory(prefix="her-study-") as name:
        folder = Path(name)
        run([sys.executable, "-m", "build", "--installer", "uv", "--outdir", folder, ROOT], ROOT)
        (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
        _wheel(wheel, _unpacked(sdist, folder / "wheel"), arguments)
        tests = f"PYTEST={shlex.join(arguments)}"
        # Its sources are those of the tree, which `make test` lints: here they run.
        run(["make", f"PYTHON={sys.executable}", "all", "unit", tests], _unpacked(sdist, folder / "sdist"))


def _unpacked(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def _wheel(wheel: Path, tree: Path, arguments: list[str]) -> None:
    """The tests of the tree, its sources gone, with her-study from the wheel."""
    shutil.rmtree(tree / "builder")
    shutil.rmtree(tree / "decks")
    python = made(tree / ".venv", f"{wheel}{TESTED}")
    run([python, "-c", _INSTALLED], tree)
    # What test_package asks is asked of sources: below, with the sdist.
    run([python, "-m", "pytest", "--ignore=tests/whole/test_package.py", *arguments], tree)


if __name__ == "__main__":
    main(sys.argv[1:])
