"""The tests with the oldest releases that pyproject.toml allows, built by the oldest hatchling, under new tools."""

from __future__ import annotations

import sys

from tests.supply.environments import BUILDS, PRODUCT, ROOT, TESTED, made, pins, run

HOME = ROOT / ".lowest"


def main(arguments: list[str]) -> None:
    """Make the environment, say what is in it, and hand the arguments to pytest."""
    HOME.mkdir(exist_ok=True)
    product, builds = HOME / "product.txt", HOME / "build.txt"
    for path, requirements in (product, PRODUCT), (builds, BUILDS):
        path.write_text(pins(requirements, "lowest-direct", "--no-deps"), "utf-8")
        print(path.read_text("utf-8"), end="", flush=True)  # noqa: T201 - a log of CI shows what was tested
    python = made(
        HOME / "env", "--constraints", product, "--build-constraints", builds, "--editable", f"{ROOT}{TESTED}"
    )
    run([python, "-m", "pytest", *arguments], ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
