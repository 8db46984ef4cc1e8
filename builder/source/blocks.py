"""Values as YAML text in the one layout of banks, as readable as may be.

It is written in Python, as a bank of ten thousand items takes libyaml's emitter five times as long: PyYAML makes an
object of each text first, and looks at each for what it might be besides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.source.scalars import STEP, WIDTH, inline, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.source.nodes import Value

# Nearly all texts: they begin like words, and nothing in them has a meaning in YAML.
_EASY = re.compile("[A-Za-z0-9(À-ɏ][^\x00-\x1f\x7f-\x9f:#\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*(?<!\\s)")


def dump(value: Mapping[str, Value], *, apart: frozenset[str] = frozenset()) -> str:
    """The text of a mapping, which `nodes.values` reads back as it is; what `apart` names is a list with blank lines."""
    out: list[str] = []
    for key, inner in value.items():
        if key not in apart or not isinstance(inner, list) or not inner:
            _add(out, f"{_key(key)}:", inner, STEP)
            continue
        out.append(f"{_key(key)}:")
        for place, listed in enumerate(inner):
            out += [""] * (place > 0)
            _add(out, f"{' ' * STEP}-", listed, 2 * STEP)
    return "\n".join([*out, ""])


def said(value: Value) -> str:
    """The text of any value."""
    if isinstance(value, dict) and value:
        return dump(value)
    if isinstance(value, str):
        return "\n".join([*lines(value, "" if value else '"', 0, 0), ""])
    out: list[str] = []
    for inner in value:
        _add(out, "-", inner, STEP)
    return "\n".join([*out, ""]) if out else f"{'{}' if isinstance(value, dict) else '[]'}\n"


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return inline(name, in_flow=True)


def _add(out: list[str], head: str, value: Value, column: int) -> None:
    """Add the lines of a value from its `head` on, its key or dash; what is inside it begins at `column`."""
    if isinstance(value, str):
        first, *rest = lines(value, "" if value else '"', len(head) + 1, column)
        out.append(f"{head} {first}")
        out += rest
        return
    if not value:
        out.append(f"{head} {'{}' if isinstance(value, dict) else '[]'}")
        return
    start = len(out)
    is_dash = head.endswith("-")
    if not is_dash:
        out.append(head)
    margin = " " * column
    entries = (
        [(f"{margin}{_key(key)}:", inner) for key, inner in value.items()]
        if isinstance(value, dict)
        else [(f"{margin}-", inner) for inner in value]
    )
    for inside, inner in entries:
        if isinstance(inner, str) and len(inside) < WIDTH - len(inner) and _EASY.fullmatch(inner):
            out.append(f"{inside} {inner}")  # nearly all texts, which need no call
        else:
            _add(out, inside, inner, column + STEP)
    if is_dash:
        out[start] = f"{head} {out[start][column:]}"
