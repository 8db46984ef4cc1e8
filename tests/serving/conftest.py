"""A course to talk about."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from builder.checking import check
from builder.loading.course import shipped
from tests.serving.editor import BANK

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course of one bank of the shipped one, with its references and outline."""
    folder = tmp_path / "her"
    (folder / "themes").mkdir(parents=True)
    for name in ("references.yaml", "outline.yaml"):
        shutil.copy(shipped() / name, folder / name)
    bank = (shipped() / BANK).read_text("utf-8")
    (folder / BANK).write_text(bank.replace("    enemies: [attachment-date-explanation]\n", ""), "utf-8")
    (folder / "course.yaml").write_text(
        "course: her\ntitle: Her\nbanks: [themes/*.yaml]\nreferences: references.yaml\noutline: outline.yaml\n"
        "themes:\n  grief: Fear and grief\ntheories: {attachment: A, rumination: R, worden: W}\n"
        "lint:\n  names: [Her, film, Theodore, Samantha, Amy, Catherine, Jonze]\n  severity: {C02: off}\n"
        "anki: {deck: Her}\n",
        "utf-8",
    )
    assert check(folder).diagnostics == []
    return folder
