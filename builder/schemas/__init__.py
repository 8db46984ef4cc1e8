"""JSON Schemas of the files that authors write, of `quiz.json` and of a line of `usage.jsonl`, made from the models.

The generated files beside this module are published with the package. Editors
find them through the first line of a bank
(`# yaml-language-server: $schema=...`). `python -m builder.schemas` writes them
again, and a test fails while they differ from the models.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.model import Bank, Blueprint, CourseFile, History, Outline, Specification, Traps
from builder.model.csl import References
from builder.model.translation import Translation
from builder.model.usage import ItemUse
from builder.paper.record import Quiz

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[BaseModel]] = {
    "bank": Bank,
    "blueprint": Blueprint,
    "course": CourseFile,
    "history": History,
    "outline": Outline,
    "quiz": Quiz,
    "references": References,
    "specification": Specification,
    "translation": Translation,
    "traps": Traps,
    "usage": ItemUse,
}


def documents() -> dict[str, bytes]:
    """The schema of each model, as the bytes of its file `{name}.json`."""
    return {f"{name}.json": _document(name, model) for name, model in MODELS.items()}


def _document(name: str, model: type[BaseModel]) -> bytes:
    schema = model.model_json_schema(by_alias=True)
    head = {"$schema": DIALECT, "title": f"her-study {name}"}
    return (
        json.dumps(head | {k: v for k, v in schema.items() if k != "title"}, indent=2, ensure_ascii=False) + "\n"
    ).encode()
