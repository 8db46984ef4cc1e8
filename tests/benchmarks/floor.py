"""The least that a build can take: parse the bank, insert the same rows, deflate; by Python's own means and one parser.

    floor.py build PARSER BANKS... ROWS OUT    from the rows of a package, as `floor.py rows` wrote them
    floor.py rows APKG ROWS                    takes the rows out of a package
    floor.py read PARSER BANK                  the processor seconds of reading, and a hash of what was read

Runs in the environment of the parsers, so it imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import marshal
import sqlite3
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LEVEL = 2  # of deflating: her-study's own


def _pyyaml(text: str) -> Any:
    yaml = importlib.import_module("yaml")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _rapidyaml(text: str) -> Any:
    """The tree as plain values: rapidyaml itself makes none."""
    ryml = importlib.import_module("ryml")
    tree = ryml.parse_in_arena(text.encode())

    def value(node: int) -> Any:
        if tree.is_map(node):
            return {bytes(tree.key(child)).decode(): value(child) for child in ryml.children(tree, node)}
        if tree.is_seq(node):
            return [value(child) for child in ryml.children(tree, node)]
        return bytes(tree.val(node)).decode()

    return value(tree.root_id())


def _events(text: str) -> dict[str, int]:
    """Not even values: what anything takes that asks PyYAML for events, of which `items` is the number."""
    yaml = importlib.import_module("yaml")
    return {"items": sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader))}


# By distribution: how each makes plain values of a text.
PARSERS: dict[str, Callable[[str], Any]] = {
    "PyYAML": _pyyaml,
    "fastyaml-rs": lambda text: importlib.import_module("fast_yaml").safe_load(text),
    "libfyaml": lambda text: importlib.import_module("libfyaml").loads(text).to_python(),
    "py-yaml12": lambda text: importlib.import_module("yaml12").parse_yaml(text),
    "rapidyaml": _rapidyaml,
    "ryaml": lambda text: importlib.import_module("ryaml").loads(text),
    "yaml-rs": lambda text: importlib.import_module("yaml_rs").loads(text),
}
LEAST = "PyYAML's events"


def build(parser: str, banks: list[str], rows: str, out: str) -> None:
    """Parse all banks, insert the rows into SQLite, write the deflated package."""
    parse = _events if parser == LEAST else PARSERS[parser]
    parsed = [parse(Path(bank).read_text("utf-8")) for bank in banks]
    if not all(bank["items"] for bank in parsed):
        sys.exit("a bank without items")
    tables, indexes, content = marshal.loads(Path(rows).read_bytes())  # noqa: S302 - written by `rows` below
    database = sqlite3.connect(":memory:")
    for table in tables:
        database.execute(table)
    for name, entries in content.items():
        places = ",".join("?" * len(entries[0]))
        database.executemany(f"INSERT INTO {name} VALUES ({places})", entries)  # noqa: S608 - names of our own tables
    for index in indexes:
        database.execute(index)
    database.commit()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        archive.writestr("collection.anki2", database.serialize())
        archive.writestr("media", "{}")
    database.close()


def rows(package: str, out: str) -> None:
    """All tables of a package with their rows, as `build` wants them."""
    database = sqlite3.connect(":memory:")
    with zipfile.ZipFile(package) as archive:
        database.deserialize(archive.read("collection.anki2"))
    schema = list(database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    own = [(kind, name, sql) for kind, name, sql in schema if not name.startswith("sqlite_")]
    tables = [name for kind, name, _ in own if kind == "table"]
    content = {name: list(database.execute(f"SELECT * FROM {name}")) for name in tables}  # noqa: S608 - likewise
    database.close()
    data = (
        [sql for kind, _, sql in own if kind == "table"],
        [sql for kind, _, sql in own if kind == "index"],
        {name: entries for name, entries in content.items() if entries},
    )
    Path(out).write_bytes(marshal.dumps(data))


def read(parser: str, bank: str) -> tuple[float, str]:
    """Processor seconds of parsing, the best of three, and a hash of the values."""
    text = Path(bank).read_text("utf-8")
    took = []
    for _ in range(3):
        start = time.process_time()
        values = PARSERS[parser](text)
        took.append(time.process_time() - start)
    return min(took), hashlib.sha256(json.dumps(values).encode()).hexdigest()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", parser, *banks, rows_, out]:
            build(parser, banks, rows_, out)
        case ["rows", package, out]:
            rows(package, out)
        case ["read", parser, bank]:
            print(json.dumps(read(parser, bank)))
        case _:
            sys.exit(__doc__)
