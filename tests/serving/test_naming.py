"""Names across the files of a course and its translation: where they are, and what a new name changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.diagnostics import BuilderError
from builder.loading.course import shipped
from builder.serving import naming
from builder.serving.desk import Desk
from builder.serving.family import Family, family
from builder.serving.mentions import Name, Source, mentions
from tests.serving.family import FILES, made, spot


def _family(folder: Path, desk: Desk | None = None) -> Family:
    found = family(desk or Desk(), str(folder / "bank.yaml"))
    assert found
    return found


def _applied(names: Family, name: Name, new: str) -> dict[str, str]:
    """The new texts of the files that change, by path."""
    return {str(it.path): naming.applied(it.text, made) for it, made in naming.renamed(names, name, new).items()}


@pytest.mark.parametrize(
    ("file", "words", "name", "places"),
    [
        ("bank.yaml", "theme: se", Name("theme", "sea"), 7),
        ("bank.yaml", "passage: ti", Name("passage", "tide", "bank.yaml"), 3),
        ("bank.yaml", "[ebb1990", Name("work", "ebb1990"), 6),
        ("bank.yaml", "locator: [", Name("paragraph", "book/sea/p1"), 2),
        ("bank.yaml", "tags: [spa", Name("tag", "space"), 2),
        ("bank.yaml", "allow: {M", Name("rule", "M01"), 1),
        ("more.yaml", "moon](moo", Name("media", "moon.svg"), 2),
        ("es/bank.yaml", "{id: mo", Name("item", "moon"), 3),
        ("papers/week.yaml", "fixed: [", Name("item", "shore"), 4),
        ("wanted.yaml", "  sea", Name("theme", "sea"), 7),
    ],
)
def test_a_name_is_found_wherever_it_is_mentioned(
    tmp_path: Path, file: str, words: str, name: Name, places: int
) -> None:
    """Keys, values, lists in both styles, quotes, texts with pictures, the translation; and one definition at most."""
    folder = made(tmp_path)
    names = _family(folder)
    at = spot(folder, file, words)
    source = names.source(at.path)
    assert source
    found = naming.at(source, at)
    assert found
    assert found.name == name
    every = naming.references(names, name, with_definition=True)
    assert len(every) == places
    for it in every:
        line = Path(it.path).read_text("utf-8").split("\n")[it.row]
        assert line[it.start : it.end] == name.text
    given = naming.definitions(names, source, found)
    assert len(given) == (name.sort not in {"tag", "rule"})
    if name.sort == "media":
        assert Path(given[0].path) == folder / "moon.svg"


@pytest.mark.parametrize(
    ("name", "new"),
    [
        (Name("theme", "sea"), "ocean"),
        (Name("work", "ebb1990"), "ebb-flow1991"),
        (Name("paragraph", "book/sea/p1"), "book/sea/first"),
        (Name("passage", "tide", "bank.yaml"), "tides"),
        (Name("tag", "space"), "sky"),
        (Name("item", "moon"), "luna"),
        (Name("source", "book"), "tome"),
        (Name("blueprint", "week"), "weekly"),
    ],
)
def test_a_new_name_stands_everywhere_and_nothing_else_changes(tmp_path: Path, name: Name, new: str) -> None:
    """The course with the new name says what a course says that was written with it, to the letter."""
    names = _family(made(tmp_path))
    before = {it.path: [m.name for m in mentions(it)] for it in names.sources}
    texts = _applied(names, name, new)
    assert texts
    for it in names.sources:
        after = [m.name for m in mentions(it._replace(text=texts.get(it.path, it.text)))]
        assert [n._replace(text=n.text.replace(new, name.text, 1)) for n in after] == before[it.path]
        assert (it.path in texts) == (name in before[it.path])
        if it.path in texts:
            assert len(texts[it.path]) - len(it.text) == (len(new) - len(name.text)) * sum(
                n.text.startswith(name.text) and n.sort == name.sort for n in before[it.path]
            )


def test_the_record_of_a_work_goes_along(tmp_path: Path) -> None:
    """The rules find the record of a work by its key with -rec, so it must not stay behind."""
    texts = _applied(_family(made(tmp_path)), Name("work", "ebb1990"), "flow1991")
    assert "id: flow1991-rec" in texts[str(tmp_path / "works.yaml")]
    assert "'flow1991-rec'" in texts[str(tmp_path / "more.yaml")]
    assert "ebb1990 in a title is no key" in texts[str(tmp_path / "more.yaml")]


@pytest.mark.parametrize(
    ("name", "new", "why"),
    [
        (Name("item", "moon"), "Luna", "can't be the name of a item: use up to 80 small letters"),
        (Name("item", "moon"), "hill", "'hill' is there already: more.yaml, line 4"),
        (Name("work", "ebb1990"), "two words", "a citation key begins with"),
        (Name("paragraph", "book/sea/p1"), "book//p1", "a locator has small letters"),
        (Name("tag", "space"), "water", "bank.yaml, line 15: both tags are on one item"),
        (Name("tag", "space"), "space", "is its name already"),
        (Name("rule", "M01"), "M02", "a rule has the name"),
        (Name("media", "moon.svg"), "sun.svg", "rename the file"),
        (Name("tag", "gone"), "back", "nowhere in the course"),
    ],
)
def test_a_new_name_that_will_not_do(tmp_path: Path, name: Name, new: str, why: str) -> None:
    """It is refused with the reason, and nothing changes."""
    with pytest.raises(BuilderError, match=why.replace("(", "[(]")):
        naming.renamed(_family(made(tmp_path)), name, new)


def test_two_tags_become_one_where_no_item_has_both(tmp_path: Path) -> None:
    """That is what a tag is renamed for, most often."""
    folder = made(tmp_path)
    (folder / "bank.yaml").write_text(FILES["bank.yaml"].replace("[space, water]", "[space]"), "utf-8")
    texts = _applied(_family(folder), Name("tag", "space"), "water")
    assert texts[str(folder / "bank.yaml")].count("[water]") == 2


def test_what_is_released_or_recorded_keeps_its_name(tmp_path: Path) -> None:
    """Students' cards are known by ids: the reason is told before a new name is typed."""
    folder = tmp_path / "her"
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("es", "film", "theories", "citations"))
    found = family(Desk(), str(folder / "course.yaml"))
    assert found
    assert "since release 1.0.0" in naming.refusal(found, Name("item", "grief-unseen-loss"))
    assert naming.refusal(found, Name("theme", "grief")) == ""
    small = made(tmp_path / "small")
    (small / "history.yaml").write_text(
        "schema: her-study/history/1\npapers:\n- paper: first\n  date: 2026-01-01\n  seed: '1'\n  blueprint: week\n"
        "  items: {shore: 0123456789abcdef}\n",
        "utf-8",
    )
    names = _family(small)
    for name in (Name("item", "shore"), Name("blueprint", "week")):
        assert "in history.yaml: paper first of 2026-01-01" in naming.refusal(names, name)
    assert naming.refusal(names, Name("item", "moon")) == ""


def test_a_file_that_cannot_be_read_stops_a_new_name(tmp_path: Path) -> None:
    """Behind the mistake names would stay as they are; a broken course.yaml hides what is released."""
    folder = made(tmp_path)
    desk = Desk()
    desk.buffers[str(folder / "more.yaml")] = FILES["more.yaml"].replace("answer: A hill", "answer: [A hill")
    names = _family(folder, desk)
    with pytest.raises(BuilderError, match=r"more.yaml, line 8: mend this first"):
        naming.renamed(names, Name("tag", "space"), "sky")
    assert len(naming.references(names, Name("item", "moon"), with_definition=True)) == 2
    (folder / "more.yaml").write_text("<<<<<<< a\n=======\n>>>>>>> b\n", "utf-8")
    with pytest.raises(BuilderError, match=r"more.yaml, line 1: mend this first: this is a mark of a merge"):
        naming.renamed(_family(folder), Name("tag", "space"), "sky")
    desk = Desk({str(folder / "course.yaml"): "course: [small"})
    assert "course.yaml can't be read" in naming.refusal(_family(folder, desk), Name("item", "moon"))


def test_a_mistake_in_one_item_hides_no_other() -> None:
    """Items are read one by one, so names are found while one of them is being typed."""
    text = FILES["bank.yaml"].replace("tags: [space, water]", "tags: [space, water")
    found = [it.name.text for it in mentions(Source("bank.yaml", "bank.yaml", text)) if it.name.sort == "item"]
    assert found == ["moon", "shore"]
