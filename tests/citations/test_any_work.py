from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from builder import citations
from builder.loading.course import load, shipped
from builder.loading.references import references
from tests.citations import csl_json

if TYPE_CHECKING:
    from builder.model import Course


@cache
def _course() -> Course:
    course = load(shipped()).course
    assert course
    return course


@pytest.mark.slow
@given(csl_json.lists())
@example([{"id": "a", "type": "book", "author": [{"given": "."}, {"family": "-"}], "page": "1--", "issued": "2011-24"}])
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_csl_json_ends_in_a_traceback(works: list[dict[str, Any]]) -> None:
    """Whatever the schema of CSL-JSON allows is printed, or is a finding at its place in the file."""
    part = references("r.json", json.dumps(works, ensure_ascii=False))
    sound = part.value or {}
    assert part.findings or part.diagnostics or list(sound) == [work["id"] for work in works]
    assert all(finding.message and finding.at.path == "r.json" for finding in part.findings)
    course = replace(_course(), references=sound)
    listed, cited = citations.bibliography(course, sound), citations.in_text(course, sound)
    assert listed.keys() == cited.keys() == sound.keys()
