"""What the text of one file comes to: a value, and what is wrong with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from builder.diagnostics import Diagnostic, Finding, Span
from builder.loading.errors import findings as model_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.source import nodes

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Part(Generic[Value]):
    """A file's value, None where it is not sound, and what is wrong: with a symbolic place, or a known one."""

    value: Value | None
    findings: Sequence[Finding] = ()
    diagnostics: Sequence[Diagnostic] = ()


def parse_values(path: str, text: str) -> nodes.Parsed:
    """A file's YAML as plain values; a file without a value has a problem that says why."""
    from builder.source import nodes  # with the reader of YAML, which a course that is kept does without

    parsed = nodes.values(path, text)
    if parsed.value is None and not parsed.problems:
        parsed.problems.append(Diagnostic(Span(path), "empty-file", "the file holds nothing", "write it or delete it"))
    return parsed


def parsed(path: str, text: str) -> Part[nodes.Value]:
    """A file's text as a plain value."""
    found = parse_values(path, text)
    return Part(found.value, (), (*found.problems,))


def validate(model: type[Model], path: str, raw: nodes.Value | None) -> tuple[Model | None, list[Finding]]:
    """A file's plain value as a model, or why it is none; nothing is said of a file without a value."""
    if raw is None:
        return None, []
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, list(model_findings(error, model, path, raw))


def modelled(model: type[Model], path: str, text: str) -> Part[Model]:
    """A file's text as a model."""
    parsed = parse_values(path, text)
    value, findings = validate(model, path, parsed.value)
    return Part(value, findings, (*parsed.problems,))
