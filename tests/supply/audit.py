"""pip-audit over the newest releases of all that her-study and its extras bring along."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.supply.environments import PRODUCT, ROOT, pins, run


def main(arguments: list[str]) -> None:
    """Resolve, and ask for each release; one that the service does not know fails, since nothing is known of it."""
    with TemporaryDirectory(prefix="her-study-") as name:
        whole = Path(name) / "requirements.txt"
        whole.write_text(pins(PRODUCT, "highest"), "utf-8")
        given = ["--requirement", str(whole), "--no-deps", "--disable-pip"]
        run([sys.executable, "-m", "uv", "tool", "run", "pip-audit", "--strict", *given, *arguments], ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
