from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import builder

ROOT = Path(__file__).parent.parent.parent

RULE = '''"""A prompt shouts.

Capitals are read letter by letter, and slow every reader down (Tinker 1963).
A hit means: a prompt of a basic card ends in an exclamation mark.

Bad:

    - id: letters
      kind: basic
      prompt: Name what Theodore writes in *Her*!  # Z99
      answer: Letters

Good:

    - id: letters
      kind: basic
      prompt: What does Theodore write in *Her*?
      answer: Letters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Basic
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "ask calmly"


def check(course: Course) -> Iterator[Hit]:
    """Prompts with an exclamation mark at their end."""
    for item in course.active:
        if isinstance(item, Basic) and item.prompt.endswith("!"):
            yield Hit(course.at[item.id] / "prompt", "the prompt shouts")
'''


def _tests_in(copy: Path) -> subprocess.CompletedProcess[str]:
    """The tests of rule pages, run in the copy and on its new rule alone."""
    call = [
        sys.executable,
        "-m",
        "pytest",
        "tests/rules/test_pages.py",
        "-n",
        "0",
        "-k",
        "Z99",
        "-p",
        "no:cacheprovider",
    ]
    environment = os.environ | {"PYTHONPATH": str(copy)}
    return subprocess.run(call, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def test_a_rule_is_one_file_and_nothing_else(tmp_path: Path) -> None:
    """A file put into a copy of the tree is a rule there: its page is tested, and wrong examples fail."""
    # The package is copied from where it is imported: in the tests of the wheel that is no folder of this tree,
    # and the wheel has the course within the package.
    trees = {"builder": Path(builder.__file__).parent, "decks": ROOT / "decks", "tests/rules": ROOT / "tests" / "rules"}
    for name, tree in trees.items():
        if tree.is_dir():
            shutil.copytree(tree, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    rule = tmp_path / "builder" / "rules" / "z99_shouting.py"
    rule.write_text(RULE, "utf-8")
    passed = _tests_in(tmp_path)
    assert passed.returncode == 0, passed.stdout
    assert "6 passed" in passed.stdout
    rule.write_text(RULE.replace('endswith("!")', 'endswith("?")'), "utf-8")
    failed = _tests_in(tmp_path)
    assert "2 failed" in failed.stdout, failed.stdout
