from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_every_attack_names_a_test_that_exists() -> None:
    """Each row of the table in SECURITY.md ends in a test that is in the file it is said to be in."""
    rows = re.findall(r"^\| (?!attack|---)(.+) \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 20
    for row in rows:
        found = re.fullmatch(r"[^|]+ \| [^|]+ \| `(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert found, row
        tree = ast.parse((ROOT / found[1]).read_text("utf-8"))
        assert found[2] in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, row
