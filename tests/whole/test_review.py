"""The review of items: only what is approved counts, coverage says how far it is, and approval is no edit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from builder.drawing import Drawing, UnmetError, draw
from builder.loading.course import load
from builder.model import Blueprint
from tests import samples
from tests.cli.test_release import run
from tests.make.course import course_of
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path

REVIEWED = {"by": "A. Marker", "on": "2026-01-31"}


def _item(item_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": item_id, "kind": "basic", "prompt": f"p {item_id}?", "answer": f"a {item_id}"} | fields


def test_an_edit_opens_the_review_again(tmp_path: Path) -> None:
    """An approval that says of which text it is holds for that text alone; `check` names the hash of the new one."""
    item = _item("a", status="approved", reviewed=REVIEWED)
    of = course_of([item]).items[0].digest
    approved = item | {"reviewed": REVIEWED | {"of": of}}
    edited = approved | {"answer": "another"}
    assert [it.is_approved for it in course_of([approved, edited | {"id": "b"}]).items] == [True, False]
    folder = course_folder(tmp_path / "course", [edited])
    (found,) = load(folder).diagnostics
    assert (found.code, str(found.severity)) == ("changed-since-review", "warning")
    now = course_of([edited | {"theme": "all"}]).items[0].digest
    assert found.help == f"review it, and write 'of: {now}'; or 'status: review'"
    bank = folder / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace(of, now), "utf-8")
    assert load(folder).diagnostics == []


def test_a_paper_that_counts_has_no_unapproved_item() -> None:
    """Drafts and what is in review are not drawn; `graded: false` draws them too, and no status is no obstacle."""
    course = course_of(
        [
            _item("d", status="draft"),
            _item("r", status="review"),
            _item("a", status="approved", reviewed=REVIEWED),
            _item("n"),
        ]
    )
    blueprint = Blueprint.model_validate({"blueprint": "b", "title": "B", "items": 2})
    assert {entry.id for entry in draw(course, Drawing(blueprint, "1")).items} == {"a", "n"}
    with pytest.raises(UnmetError, match=r"1 missing; left out: 2 items not approved \(`status:`\)$"):
        draw(course, Drawing(blueprint.model_copy(update={"items": 3}), "1"))
    practice = blueprint.model_copy(update={"items": 4, "graded": False})
    assert len(draw(course, Drawing(practice, "1")).items) == 4


def test_approval_is_no_edit() -> None:
    """An item keeps its content hash as it is approved, so that its records and notes stay."""
    draft, approved = course_of([_item("x", status="draft"), _item("y", status="approved", reviewed=REVIEWED)]).items
    assert draft.digest == course_of([_item("x")]).items[0].digest
    assert approved.digest == course_of([_item("y", origin="generated")]).items[0].digest


@pytest.mark.parametrize(
    "fields", [{"status": "approved"}, {"reviewed": REVIEWED}, {"status": "draft", "reviewed": REVIEWED}]
)
def test_an_approval_has_a_name_and_a_day(fields: dict[str, Any]) -> None:
    """Who and when belong to what is approved, and to nothing else."""
    with pytest.raises(ValidationError, match="no-approval"):
        course_of([_item("x", **fields)])


def test_a_bank_may_be_a_draft_until_its_items_say_otherwise(tmp_path: Path) -> None:
    """`status:` of a bank holds for its items; `coverage` counts them, and a fixed draft is refused."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    bank = folder / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("theme: grief\n", "theme: grief\nstatus: draft\n", 1), "utf-8")
    course = load(folder).course
    assert course
    assert {item.id for item in course.active if item.is_approved} == {"kept-full"}
    count = len(course.active) - 1
    assert f"(review: {count} draft, 0 review, 1 approved, 0 no status)" in run("coverage", folder).stdout
    assert json.loads(run("coverage", folder, "--format", "json").stdout)["review"]["draft"] == count
    (folder / "final.yaml").write_text("blueprint: final\ntitle: Final\nitems: 1\nfixed: mcq-full\n", "utf-8")
    with (folder / "course.yaml").open("a", encoding="utf-8") as head:
        head.write("blueprints: [final.yaml]\n")
    (problem,) = load(folder).diagnostics
    assert (problem.code, problem.message) == (
        "unapproved-item",
        "the paper counts, and 'mcq-full' has 'status: draft'",
    )
