"""Banks that load (`good/`) and banks that must not (`bad/X.yaml`, with the exact report in `X.txt`).

Each is put into the course of `frame/` as its only bank. After a change of
wording, `python -m tests.samples` writes the reports anew; read the diff.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from builder.loading.course import load
from builder.report import as_text, summary

HERE = Path(__file__).parent


def course(folder: Path, bank: Path) -> Path:
    """A course in `folder` with `bank` as its only bank; the folder."""
    shutil.copytree(HERE / "frame", folder)
    shutil.copyfile(bank, folder / "bank.yaml")
    return folder


def report(folder: Path, bank: Path) -> str:
    """What `her-study check` says of `bank`, with paths relative to the course."""
    loaded = load(course(folder, bank))
    text = as_text(loaded.diagnostics, loaded.texts) + summary(loaded.diagnostics) + "\n"
    return text.replace(str(folder) + os.sep, "")
