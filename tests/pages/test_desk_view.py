"""What the desk has of a check, without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from builder.checking import check
from builder.pages.desk import told
from builder.pages.desk.view import Asked, View, view
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path

READABLE = """\
bank: b
title: B
passages:
  - {id: notes, title: Notes, text: On the first day nobody spoke.}
items:
  - {id: kept, kind: basic, use: exam, passage: notes, prompt: What did nobody do?, answer: Speak}
  - {id: drawn, kind: numeric, prompt: "What is {{v}} times 2?", values: {v: 2..9}, answer: v * 2, status: draft}
  - {id: shown, kind: basic, prompt: Is it so?, answer: Yes}
  - {id: none, kind: basic, prompt: Why?}
"""


def seen(folder: Path, before: View | None = None) -> View:
    """The view of the course in a folder."""
    return view(check(folder), before)


def said(answer: told.Answer | None) -> Any:
    """An answer in JSON."""
    assert answer
    return json.loads(answer[1])


def made(tmp_path: Path) -> Path:
    """A course whose bank has a text that an item asks about, values, a kept item and one that can't be read."""
    folder = course_folder(tmp_path / "course", [{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}])
    (folder / "bank.yaml").write_text(READABLE, "utf-8")
    return folder


def test_every_item_has_its_place_its_cards_and_its_paper(tmp_path: Path) -> None:
    """Each entry of a bank is there, with its line; what has no card or no paper says why."""
    shown = seen(made(tmp_path))
    assert [(entry.id, entry.line) for entry in shown.entries] == [("kept", 6), ("drawn", 7), ("shown", 8), ("none", 9)]
    why = {entry.id: said(told.item(shown, entry.id))["why"] for entry in shown.entries}
    assert why == {
        "kept": "Kept for exams: it has no card.",
        "drawn": "",
        "shown": "",
        "none": "This item can't be read yet: mend its errors first.",
    }
    papers = {name: told.paper(shown, name, {}) for name in why}
    assert [name for name, paper in papers.items() if paper] == ["kept", "drawn", "shown"]
    assert papers["kept"]
    assert b"On the first day nobody spoke." in papers["kept"][1]
    (error,) = said(told.item(shown, "none"))["findings"]
    assert (error["line"], error["severity"]) == (9, "error")


def test_the_list_is_narrowed_and_paged(tmp_path: Path) -> None:
    """Words and facets narrow the list together; an answer has a part of it, and where the chosen item stands."""
    shown = seen(made(tmp_path))
    assert [entry.id for entry in shown.chosen(Asked(("is",), {"kind": "basic", "rule": "F03"}))] == ["shown"]
    assert [entry.id for entry in shown.chosen(Asked(wanted={"status": "draft"}))] == ["drawn"]
    page = said(told.rows(shown, {"from": "2", "count": "1", "id": "drawn"}))
    assert (page["total"], page["at"], [row["id"] for row in page["rows"]]) == (4, 1, ["shown"])
    assert said(told.rows(shown, {"from": "x", "count": "99999999999", "kind": "essay"})) == {
        "version": 1,
        "total": 0,
        "at": -1,
        "rows": [],
    }


def test_what_can_not_be_read_stays_as_it_was(tmp_path: Path) -> None:
    """A mistake in an item, in its bank's YAML or in course.yaml costs no entry that was there, and each is marked as old."""
    folder = made(tmp_path)
    bank = folder / "bank.yaml"
    first = seen(folder)
    bank.write_text(READABLE.replace("answer: Yes", "anser: Yes"), "utf-8")
    second = seen(folder, first)
    assert [(entry.id, entry.is_old) for entry in second.entries if entry.id == "shown"] == [("shown", True)]
    assert said(told.item(second, "shown"))["notes"]
    bank.write_text(READABLE.replace("items:", "items: ["), "utf-8")
    third = seen(folder, second)
    assert [entry.id for entry in third.entries] == [entry.id for entry in first.entries]
    assert {entry.is_old for entry in third.entries} == {True}
    assert [d.code for d in third.elsewhere] == ["yaml-syntax"]
    (folder / "course.yaml").write_text("course: [", "utf-8")
    fourth = seen(folder, third)
    assert (len(fourth.entries), fourth.title) == (4, first.title)
    assert said(told.item(fourth, "shown"))["notes"]
