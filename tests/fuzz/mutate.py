"""Changes of YAML by its tree: what libFuzzer's changes of bytes rarely reach behind a strict model."""

from __future__ import annotations

import random
from typing import Any

from builder.source import nodes

_TEXTS = (
    "",
    " ",
    "a",
    "0",
    "1",
    "-1",
    "999999999",
    "true",
    "No",
    "null",
    "*Her*",
    "{{c1::x}}",
    "{{c2::x::y}}",
    "$x$",
    "<b>",
    "a/b",
    "../x",
    "*.yaml",
    "**",
    "**.yaml",
    ".",
    "x/",
    "a" * 300,
    "\u2028",
    "\u202e",
    "et al.",
    "(Worden, 2009)",
    "2026-02-31",
    "9999-12-31T23:59:59-23:59",
    "basic-full",
    "worden2009",
    "paper/grief/p1",
    "\U0001f600",
    "\xad",
    "\u0301",
    "\xdf",
    "\ufb01",
)


def mutated(data: bytes, size: int, seed: int) -> bytes | None:
    """A few changes of the tree of a YAML text, written out again; None where there is no tree or it gets too long."""
    value = nodes.values("f", data.decode("utf-8", "ignore")).value
    if not isinstance(value, dict | list) or not value:
        return None
    rng = random.Random(seed)
    for _ in range(rng.choice((1, 1, 2, 4))):
        _change(value, rng)
    out = nodes.dump(value, flat=rng.random() < 0.2).encode("utf-8", "ignore")
    return out if len(out) <= size else None


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        keys = list(inside) if isinstance(inside, dict) else range(len(inside))
        found += [(inside, key) for key in keys]
        waiting += [inside[key] for key in keys if isinstance(inside[key], dict | list)]
    return found


def _change(value: Any, rng: random.Random) -> None:
    places = _places(value)
    if not places:
        return
    (inside, key), (other, donor) = rng.choice(places), rng.choice(places)
    match rng.randrange(6):
        case 0:
            inside[key] = rng.choice(_TEXTS)
        case 1:
            inside[key] = _copy(other[donor])
        case 2:
            del inside[key]
        case 3 if isinstance(inside, dict):
            inside[donor if isinstance(donor, str) else rng.choice(_TEXTS)] = inside.pop(key)
        case 3 | 4 if isinstance(inside, list):
            inside.insert(rng.randrange(len(inside) + 1), _copy(inside[key]))
        case 4:
            inside[str(donor)] = _copy(other[donor])
        case _:
            inside[key] = _wrapped(inside[key], rng)


def _wrapped(value: Any, rng: random.Random) -> Any:
    if isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice(_TEXTS) + value[at + rng.randrange(3) :]
    return [value] if rng.random() < 0.5 else {rng.choice(_TEXTS): value}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value
