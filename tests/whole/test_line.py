"""The whole line: what an author writes, loaded, checked, built and imported, and then compared with what Anki has."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections import Counter
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from builder.deck import apkg
from builder.loading.course import load
from builder.rules import run
from tests import anki_collection
from tests.fuzz.told import assert_told
from tests.make.written import Written, courses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.collection import Collection
    from anki.notes import Note

    from builder.loading.loaded import Loaded

STAMP = 1_750_000_000
RECALL = {"basic", "reversed", "cloze", "numeric", "occlusion"}
WRITTEN = {"short", "essay"}
BLOCKS = {"li", "th", "td", "p", "span", "img"}


class Blocks(HTMLParser):
    """The elements of a field that hold a text of their own: `tag.class` and the text in it, in their order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.attributes: list[dict[str, str]] = []
        self._open: list[int] = []
        self._tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        if tag in {"br", "img"}:
            self.attributes += [{name: value or "" for name, value in attrs}] if tag == "img" else []
            return
        self._tags.append(tag)
        name = next((value for key, value in attrs if key == "class"), "")
        if tag in BLOCKS and (tag != "span" or name):
            self._open.append(len(self.found))
            self.found.append((f"{tag}.{name}" if name else tag, ""))
        else:
            self._open.append(-1)

    def handle_endtag(self, tag: str) -> None:
        """It closes: elements nest."""
        assert self._tags.pop() == tag
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text, which is its innermost block's."""
        self.text += data
        inside = next((place for place in reversed(self._open) if place >= 0), None)
        if inside is not None:
            tag, text = self.found[inside]
            self.found[inside] = (tag, text + data)


def text_of(html: str) -> str:
    """What is read of a field."""
    return Blocks(html).text


@contextmanager
def imported(written: Written) -> Iterator[tuple[Loaded, Collection]]:
    """The course loaded from its files, checked by every rule, built, and imported into a new collection."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        for path, data in written.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        loaded = load(folder)
        assert loaded.errors == 0  # signs that turn text around and ids that look alike are warnings
        assert loaded.course
        loaded.add(run(loaded.course))
        assert_told(loaded)
        ((file, package),) = apkg.files(loaded.course, STAMP).items()
        assert file == f"{written.head['course']}.apkg"
        collection = anki_collection.new(Path(name))
        try:
            log = anki_collection.bring_in(collection, package, Path(name))
            assert len(log.new) == sum("retired" not in item for item in written.items)
            yield loaded, collection
        finally:
            collection.close()


# Without shrinking: every step of it would import a course anew.
@pytest.mark.slow
@settings(max_examples=20, phases=[Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(courses())
def test_what_went_in_comes_out_of_anki(written: Written) -> None:
    """Every text of every item is read in its field, and each note has its cards, deck, tags, sources and picture."""
    with imported(written) as (_, collection):
        # What is withdrawn before its first release reaches no student.
        items = [item for item in written.items if "retired" not in item]
        assert collection.note_count() == len(items)
        for item in items:
            note = anki_collection.note(collection, f"{written.head['course']}:{item['id']}")
            reader = Reader(written, item, note)
            reader.compare_own()
            reader.compare_shared()
            assert sorted(note.tags) == sorted(expected_tags(written, item))
            part = "Recall" if item["kind"] in RECALL else "Writing" if item["kind"] in WRITTEN else "Practice"
            decks = {collection.decks.name(card.did) for card in note.cards()}
            assert decks == {nfc(f"{written.head['anki']['deck']}::{part}")}
            assert len(note.cards()) == cards_of(item)
            if "image" in item:
                (image,) = Blocks(note["Image"]).attributes
                assert nfc(image["alt"]) == nfc(item["image"]["alt"])
                stored = Path(collection.media.dir()) / image["src"]
                assert stored.read_bytes() == written.files[item["image"]["file"]]


def nfc(text: str) -> str:
    """Unicode's form C, in which Anki keeps texts."""
    return unicodedata.normalize("NFC", text)


def cards_of(item: dict[str, Any]) -> int:
    """How many cards an item makes."""
    if item["kind"] == "cloze":
        return len(set(re.findall(r"\{\{c(\d)::", item["prompt"])))
    if item["kind"] == "occlusion":
        return len(item["boxes"])
    return 2 if item["kind"] == "reversed" else 1


def expected_tags(written: Written, item: dict[str, Any]) -> list[str]:
    """The tags that the README promises."""
    root = written.head["course"]
    kind = item["kind"]
    groups = {
        "kind": [kind] if kind in WRITTEN else [],
        "cites": item.get("cites", []),
        "topic": item.get("tags", []),
    }
    groups |= {key: [item[key]] for key in ("theme", "theory", "bloom", "difficulty") if key in item}
    sources = {locator.split("/")[0] for locator in item.get("locator", [])}
    groups["source"] = sorted(sources or {item["basis"]} if "basis" in item else sources)
    tags = [f"{root}::{group}::{name}" for group, names in groups.items() for name in names]
    return [*tags, f"{root}::retired"] if "retired" in item else tags


class Reader:
    """Compares a note with the item that it was made from."""

    def __init__(self, written: Written, item: dict[str, Any], note: Note) -> None:
        self.written, self.item, self.note = written, item, note

    def shows(self, typed: str) -> str:
        """What a reader must see of a text."""
        return nfc(self.written.shows[typed])

    def all_of(self, *texts: str) -> list[str]:
        """What a reader must see of some texts."""
        return [self.shows(text) for text in texts]

    def blocks(self, field: str, *tags: str) -> list[str]:
        """The texts of a field's elements of some sorts."""
        return [text for tag, text in Blocks(self.note[field]).found if tag in tags]

    def compare_shared(self) -> None:
        """The fields that every note has."""
        note, item, written = self.note, self.item, self.written
        assert note["Id"] == item["id"]
        assert text_of(note["Explanation"]) == (self.shows(item["explanation"]) if "explanation" in item else "")
        retired = item.get("retired")
        assert text_of(note["Retired"]) == (f"2026-01-31: {self.shows(retired['reason'])}" if retired else "")
        assert {note[name] for name in ("Spare1", "Spare3", "Spare4")} == {""}
        assert bool(note["Image"]) == ("image" in item)
        said = self.blocks("Sources", "li")
        works = {work["id"]: work for work in written.references}
        sections: dict[str, list[int]] = {}  # paragraphs of one section are one entry
        for locator in item.get("locator", []):
            section, _, paragraph = locator.rpartition("/p")
            sections.setdefault(section, []).append(int(paragraph) + 1)
        assert len(said) == len(sections) + len(item.get("cites", []))
        for (place, numbers), text in zip(sections.items(), said, strict=False):
            source, section = place.split("/")
            assert text.startswith(f"The {source}, “Section {section[1:]}”, par")
            assert {int(n) for n in re.findall(r"\d+", text.rpartition("”")[2])} == set(numbers)
        for key, text in zip(reversed(item.get("cites", [])), reversed(said), strict=False):
            work = works[key]
            for part in (work["author"][0]["family"], work["title"], work["issued"]["date-parts"][0][0]):
                assert part in text

    def compare_own(self) -> None:
        """The fields of the item's own kind."""
        note, item = self.note, self.item
        if item["kind"] == "cloze":
            assert text_of(note["Text"]) == self.cloze()
            return
        assert text_of(note["Header" if item["kind"] == "occlusion" else "Prompt"]) == self.shows(item["prompt"])
        match item["kind"]:
            case "basic" | "reversed":
                names = {"Answer": "answer", "ReversePrompt": "reverse_prompt", "ReverseAnswer": "reverse_answer"}
                for field, key in names.items():
                    assert text_of(note[field]) == (self.shows(item[key]) if key in item else "")
                assert self.blocks("Accept", "li") == self.all_of(*item["accept"])
            case "numeric":
                self.compare_number()
            case "mcq" | "truefalse":
                self.compare_choice()
            case "matching":
                self.compare_matching()
            case "ordering":
                assert Counter(self.blocks("Parts", "li")) == Counter(self.all_of(*item["sequence"]))
                assert self.blocks("Key", "li") == self.all_of(*item["sequence"])
            case "short":
                assert self.blocks("Guide", "li") == [
                    f"{text} " for text in self.all_of(*texts(item["key_points"], "point"))
                ]
                assert self.blocks("Guide", "span.marks") == texts(item["key_points"], "marks")
            case "essay":
                self.compare_rubric()
            case "occlusion":
                labels = [text for tag, text in Blocks(note["Back Extra"]).found if tag.endswith(".text")]
                assert labels == self.all_of(*texts(item["boxes"], "label"))
            case kind:
                raise AssertionError(kind)

    def cloze(self) -> str:
        """The text with its blanks in Anki's form, or filled in where the item is retired."""
        known = self.written.filled if "retired" in self.item else self.written.shows
        return nfc(known[self.item["prompt"]])

    def compare_choice(self) -> None:
        """Options in any order but for those that are pinned, each with its verdict and reason."""
        item = self.item
        if item["kind"] == "truefalse":
            is_true = item["answer"].lower() == "true"
            options = [(self.written.words["true"], is_true, ""), (self.written.words["false"], not is_true, "")]
            options = [(t, right, self.shows(item["correction"]) if right else "") for t, right, _ in options]
        else:
            options = [
                (self.shows(o.get("right") or o["wrong"]), "right" in o, self.shows(o["why"]) if "why" in o else "")
                for o in item["options"]
            ]
        assert Counter(self.blocks("Options", "li")) == Counter(text for text, _, _ in options)
        found = Blocks(self.note["Feedback"]).found
        said: list[list[str]] = []
        for tag, text in found:
            if tag.startswith("li."):
                said.append([tag])
            else:
                said[-1].append(text)
        expected = [
            [f"li.{'right' if right else 'wrong'}", text, *([why] if why else [])] for text, right, why in options
        ]
        assert sorted(said) == sorted(expected)
        assert [entry[1] for entry in said] == self.blocks("Options", "li")
        order = self.blocks("Options", "li")
        for pin, ends in (("first", order), ("last", order[::-1])):
            pinned = [o.get("right") or o["wrong"] for o in item.get("options", []) if o.get("pin") == pin]
            assert sorted(ends[: len(pinned)]) == sorted(self.all_of(*pinned))

    def compare_number(self) -> None:
        """The number with its unit, and what is accepted for half the marks with its reason."""
        item, decimal = self.item, "," if self.written.head["language"] == "pt-BR" else "."
        assert text_of(self.note["Answer"]) == f"{item['answer'].replace('.', decimal)} m"
        values = [item["answer"], *texts(item["accept"], "value")]
        shown = [text.split("\xa0m")[0] for text in self.blocks("Accept", "li.number")]
        assert shown == [value.replace("-", "\u2212").replace(".", decimal) for value in values]
        assert self.blocks("Accept", "span.why") == self.all_of(*texts(item["accept"], "why"))

    def compare_matching(self) -> None:
        """Terms in order, responses in any, the key whole."""
        lefts, rights = zip(*self.item["pairs"], strict=True)
        spare = self.all_of(*self.item["distractors"])
        shown = self.blocks("Parts", "li")
        assert shown[: len(lefts)] == self.all_of(*lefts)
        assert Counter(shown[len(lefts) :]) == Counter([*self.all_of(*rights), *spare])
        assert self.blocks("Key", "th") == self.all_of(*lefts)
        assert self.blocks("Key", "td") == self.all_of(*rights)
        assert self.blocks("Key", "p.spare") == (
            [f"{self.written.words['left_over']}: {'; '.join(spare)}"] if spare else []
        )

    def compare_rubric(self) -> None:
        """Every criterion with its marks and levels."""
        rows = self.item["rubric"]
        assert self.blocks("Guide", "th")[3:] == self.all_of(*texts(rows, "criterion"))
        assert self.blocks("Guide", "td.marks") == texts(rows, "marks")
        levels = [text for text in self.blocks("Guide", "td") if text]
        assert levels == [self.shows(level) for row in rows for level in row["levels"]]


def texts(rows: list[dict[str, Any]], key: str) -> list[str]:
    """One value of each row."""
    return [row[key] for row in rows]
