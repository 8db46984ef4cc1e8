"""Papers against the bare Typst compiles of the very same documents.

`python -m tests.benchmarks.papers record FOLDER quiz ...` runs that command of
her-study and writes down every document that it has Typst set; `... bare FOLDER
WORKERS` sets them again, with nothing else around, one after another or so many
at once.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

DOCUMENTS = "documents.jsonl"


def record(folder: Path, arguments: list[str]) -> int:
    """Run her-study with these arguments; the templates and the inputs of all that was set are in `folder` then."""
    import typst

    from builder.cli import main

    compiler = typst.Compiler
    documents: list[str] = []

    class Recording:
        """Typst's compiler, and what it was given."""

        def __init__(self, source: str, **options: Any) -> None:
            self.compiler = compiler(source, **options)
            self.source, self.options = source, options

        def compile(self, **options: Any) -> Any:
            root = self.options["root"]
            if not documents:
                shutil.copytree(root, folder / "root", dirs_exist_ok=True)
            pdf = self.compiler.compile(**options)  # what Typst refuses is set again by her-study, and not written down
            kept = {"sys_inputs": self.options["sys_inputs"], **options}
            documents.append(json.dumps([str(Path(self.source).relative_to(root)), kept]))
            return pdf

        def query(self, *arguments: Any, **options: Any) -> str:
            return self.compiler.query(*arguments, **options)

    with patch("typst.Compiler", Recording):
        main(arguments, standalone_mode=False)
    (folder / DOCUMENTS).write_text("\n".join(documents), "utf-8")
    return len(documents)


def bare(folder: Path, workers: int) -> None:
    """Set all recorded documents, and keep none."""
    import typst

    from builder.printing.pdf.typefaces import OURS

    faces, root = OURS.fonts(), folder / "root"
    documents = map(json.loads, (folder / DOCUMENTS).read_text("utf-8").splitlines())

    def made(document: tuple[str, dict[str, Any]]) -> int:
        source, options = document
        return len(typst.compile(root / source, root=root, font_paths=faces, **options))

    if workers == 1:
        sizes = list(map(made, documents))
    else:
        with ThreadPoolExecutor(workers) as pool:
            sizes = list(pool.map(made, documents))
    if not all(sizes):
        sys.exit("an empty document")


def roster(path: Path, students: int) -> Path:
    """A roster of so many students, with names of many lengths; the path."""
    families = ("Ng", "Okafor", "Lindqvist", "Fernández de la Vega", "Müller", "Nguyễn", "O’Brien", "Kowalczyk")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name"])
        rows.writerows([f"s{n:05}", f"Student {families[n % len(families)]}"] for n in range(students))
    return path


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["record", where, *arguments_]:
            with tempfile.TemporaryDirectory() as scratch:
                if not record(Path(where), [*arguments_, "-o", scratch]):
                    sys.exit("nothing was set through typst.Compiler")
        case ["bare", where, workers_]:
            bare(Path(where), int(workers_))
        case _:
            sys.exit(__doc__)
