"""A student at the real Anki desktop, from the first import to an upgrade: what is seen, and what keys and clicks do.

The pictures stay in `.anki/pictures/VERSION`, to be looked at.
"""

from __future__ import annotations

import re
import shutil
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from builder.deck import apkg
from builder.loading.course import load, shipped
from tests.cards.test_cards_seen import LITERAL
from tests.contract import versions
from tests.contract.desktop import PATIENCE, SIZES, Desktop
from tests.contract.releases import RETIRED, upgrade

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.contract.releases import Releases

pytestmark = pytest.mark.contract

BUDGET = 300.0  # seconds of the clock for one version, with tests of another file beside it
DEFAULTS = {"ticked": [False, False, False], "chosen": ["If newer", "If newer"]}
OPTIONS = """({
  ticked: [...document.querySelectorAll("input[type=checkbox]")].map((e) => e.checked),
  chosen: [...document.querySelectorAll("[role=combobox] .label")].map((e) => e.textContent),
})"""
# Anki itself may call a function of its page before that is loaded. Cards call none of this name.
THEIRS = r"ReferenceError: _\w+ is not defined"
# What the dialog says after an import, by the names of `plan`.
COUNTS = {
    "new": "new notes? imported",
    "updated": "used to update",
    "duplicate": "already present",
    "conflicting": "not be imported|note type",
}


def bring(anki: Desktop, path: str) -> dict[str, int]:
    """Import a package as on a double click, with the dialog's defaults; what the dialog counts."""
    anki.ask("receive", path)
    anki.until(lambda: anki.state["window"] == "ImportDialog", "the import dialog")
    anki.waits_for("body", "Import any deck presets", "front")
    assert anki.page(OPTIONS, "front") == DEFAULTS
    anki.picture("import")
    anki.click(".label-button.primary", where="front")
    anki.waits_for("body", "found in file", "front")
    anki.picture("imported")
    lines = re.sub("[\u2068\u2069]", "", anki.text("body", "front")).splitlines()
    anki.key("Escape")
    anki.until(lambda: anki.state["window"] == "AnkiQt", "the main window")
    found = {
        name: [re.findall(r"\d+", line) for line in lines if re.search(said, line)] for name, said in COUNTS.items()
    }
    return {name: int(numbers[0][0]) if numbers else 0 for name, numbers in found.items()}


def rows(anki: Desktop, table: str) -> list[Any]:
    """All rows of a table of the collection."""
    return anki.ask("rows", f"select * from {table} order by id")  # type: ignore[no-any-return]  # noqa: S608 - ours


def notes(anki: Desktop) -> dict[str, tuple[list[str], list[str]]]:
    """Tags and fields of every note by its item."""
    found = anki.ask("rows", "select guid, tags, flds from notes")
    return {guid.partition(":")[2]: (tags.split(), fields.split("\x1f")) for guid, tags, fields in found}


def faults(anki: Desktop) -> list[str]:
    """The errors of scripts that Anki has told of, but for its own: those of its two bars, which show no card, are."""
    theirs = "|".join([THEIRS, *map(re.escape, anki.ask("bars"))])
    return [line for line in anki.log.splitlines() if line.startswith("JS error") and not re.search(theirs, line)]


# Whether Anki has drawn something over the picture of an image occlusion, and has nothing to complain of.
DRAWN = """(() => {
    const canvas = document.getElementById("image-occlusion-canvas");
    if (!canvas || !canvas.width || !document.getElementById("err").hidden) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
})()"""


class Studies:
    """Answers every card of the first release, each kind in its own way: a method for each item."""

    def __init__(self, anki: Desktop) -> None:
        self.anki = anki
        self.done: list[tuple[str, int]] = []

    def run(self) -> None:
        """Answer what Anki asks until nothing is left for today."""
        anki = self.anki
        self.begin()
        while (card := anki.until(self.next, "a card")) != "none":
            self.done.append(card)
            getattr(self, card[0].replace("-", "_"))(card[1])

    def begin(self) -> None:
        """Open the deck and study it; again where Anki, on a busy machine, shows an empty page or a message of its own.

        Anki 24.11 keeps one right to ask for data for all pages of its main window: one that follows soon takes it from
        the page before, and what that one asks for is then refused in a box. No card has been shown by then.
        """
        anki = self.anki
        for _ in range(6):
            anki.click("a.deck")
            anki.until(lambda: anki.state["screen"] == "overview", "the deck")
            anki.key("s")
            end = time.monotonic() + PATIENCE / 3
            while time.monotonic() < end:
                if self.next():
                    return
                time.sleep(0.1)
            anki.dismiss()
            anki.key("d")
            anki.until(lambda: anki.state["screen"] == "deckBrowser", "the list of decks")

    def next(self) -> Any:
        """The card that is asked, unless it is still the last one; `none` at the day's end."""
        state = self.anki.state
        if state["screen"] == "overview" and self.done:
            return "none"
        card = (str(state["guid"]).partition(":")[2], state["card"])
        is_new = state["side"] == "question" and card not in self.done
        return card if is_new and self.anki.text(".face") and self.has_buttons() else None

    def has_buttons(self) -> bool:
        """Whether the bar with Anki's own buttons is drawn: a card is there before it, and then keys are lost."""
        return int(self.anki.page("innerHeight", "bottom") or 0) > 40

    def turn(self, *keys: str) -> None:
        """Show the answer, by Space or other keys."""
        self.anki.key(*(keys or ("space",)))
        self.anki.until(lambda: self.anki.state["side"] == "answer" and self.anki.text(".face"), "the answer")

    def rate(self, *, by_click: bool = False) -> None:
        """Rate the card as easy, which brings another."""
        state = self.anki.state
        if by_click:
            self.anki.click('[data-ease="4"]', where="bottom")
        else:
            self.anki.key("4")
        rated = (state["guid"], state["card"])
        self.anki.until(lambda: ((now := self.anki.state)["guid"], now["card"]) != rated, "the next card")

    def seen(self, name: str, looks: Iterable[str] = SIZES) -> None:
        """Look at what is shown in a small window, by night and by day; nothing is wider than its window."""
        for look in looks:
            size = SIZES[look]
            self.anki.look(size, night=look == "night")
            assert self.anki.page("document.documentElement.scrollWidth <= innerWidth"), (name, look)
            self.anki.picture(f"{name}-{look}")

    def judged(self, text: str) -> None:
        """The card judges the answer in these words."""
        self.anki.waits_for(".verdict", text)

    def mcq_full(self, _: int) -> None:
        """A choice by key; then undone, asked afresh and answered by click; then marked."""
        anki = self.anki
        self.seen("choice-front")
        before = anki.picture("letters").digest
        anki.page(f"({LITERAL})(['.option', ['A ', 'B ', 'C ']])")
        assert anki.picture("letters-as-text").digest == before
        anki.key("alt+1")
        self.judged("ight")
        self.seen("choice-answered")
        said = anki.text(".verdict")
        self.turn()
        assert anki.text(".verdict") == said
        self.seen("choice-back")
        self.rate()
        anki.key("ctrl+z")
        anki.until(lambda: anki.state["guid"] == "sample:mcq-full" and anki.text(".option"), "the card again")
        assert (anki.state["side"], anki.text(".verdict")) == ("question", "")
        anki.click(".option", 1)
        self.judged("ight")
        anki.key("asterisk")
        anki.until(lambda: "marked" in notes(anki)["mcq-full"][0], "the star")
        self.turn()
        self.rate()

    def mcq_many(self, _: int) -> None:
        """Several choices, the answer and the rating by click."""
        for number in (0, 1):
            self.anki.click(".option", number)
        self.anki.click(".check")
        self.judged("ight")
        self.seen("several-answered")
        self.anki.click("#ansbut", where="bottom")
        self.anki.until(lambda: self.anki.state["side"] == "answer", "the answer")
        self.rate(by_click=True)

    def mcq_exactly(self, _: int) -> None:
        """Exactly two, by click."""
        self.seen("exactly-front")
        for number in (0, 1):
            self.anki.click(".option", number)
        self.anki.click(".check")
        self.judged("ight")
        self.turn()
        self.rate()

    def truefalse_full(self, _: int) -> None:
        """A statement that is false, by key."""
        self.seen("truefalse-front")
        self.anki.key("alt+2")
        self.judged("Right.")
        self.turn()
        self.judged("Right.")
        self.rate()

    def matching_full(self, _: int) -> None:
        """Both terms and Check by key."""
        self.seen("matching-front")
        self.anki.key("alt+1")
        self.judged("1 goes with A.")
        self.anki.key("alt+2")
        self.judged("2 goes with B.")
        self.anki.key("alt+0")
        self.judged("right")
        self.turn()
        self.seen("matching-back")
        self.rate()

    def matching_classes(self, _: int) -> None:
        """One response for all terms, by key."""
        self.seen("classes-front")
        for term in (1, 2, 3):
            self.anki.key("alt+1")
            self.judged(f"{term} goes with A.")
        self.anki.key("alt+0")
        self.judged("right")
        self.turn()
        self.seen("classes-back")
        self.rate()

    def numeric_full(self, _: int) -> None:
        """A number with another unit than the answer's is typed."""
        self.seen("number-front")
        self.anki.type("1960 cm")
        self.turn("Return")
        self.judged("Right.")
        self.seen("number-back")
        self.rate()

    def numeric_given(self, _: int) -> None:
        """A number within its tolerance is typed, without the unit that is given."""
        self.anki.type("33.3")
        self.turn("Return")
        self.judged("Right.")
        self.rate()

    def drawn_values(self, _: int) -> None:
        """The product of the two numbers that the release has drawn."""
        asked = re.search(r"(\d+) km/h for ([\d.]+) h", self.anki.text(".prompt"))
        assert asked
        self.anki.type(f"{float(asked[1]) * float(asked[2]):g}")
        self.turn("Return")
        self.judged("Right.")
        self.rate()

    def passage_item(self, _: int) -> None:
        """The passage stands above the question."""
        assert "A letter" in self.anki.text(".prompt")
        self.seen("passage-front")
        self.turn()
        self.rate()

    def ordering_full(self, _: int) -> None:
        """Second, third, first: the third step goes up to the top, once by key and once by click."""
        self.seen("ordering-front")
        self.anki.key("alt+3", "Up")
        self.judged("Place 2 of 3.")
        self.anki.click("li:nth-child(2) > .arrow", 0)
        self.judged("Place 1 of 3.")
        self.anki.key("alt+0")
        self.judged("Right.")
        self.turn()
        self.seen("ordering-back")
        self.rate()

    def basic_full(self, _: int) -> None:
        """An accepted answer is typed."""
        self.seen("typed-front")
        self.anki.type("Close ties")
        self.turn("Return")
        self.judged("Right: an accepted answer.")
        self.seen("typed-back")
        self.anki.key("alt+0")
        self.anki.waits_for(".small", "Worden, J. W.")
        self.rate()

    def reversed_full(self, card: int) -> None:
        """Typed on the way there, thought on the way back."""
        if card == 0:
            self.anki.type("j. w.  worden")
        self.turn("Return" if card == 0 else "space")
        if card == 0:
            self.judged("Right: an accepted answer.")
        self.seen(f"reversed-{card}")
        self.rate()

    def cloze_full(self, card: int) -> None:
        """A blank, then what it hides."""
        self.seen(f"cloze-{card}-front")
        self.turn()
        self.anki.waits_for(".cloze", ("accepts", "adjusts")[card])
        self.seen(f"cloze-{card}-back")
        self.rate()

    def cloze_gaps(self, card: int) -> None:
        """A blank that takes other words, too."""
        self.turn()
        self.anki.waits_for(".cloze", ("capital", "Paris")[card])
        self.rate()

    def occlusion_full(self, card: int) -> None:
        """One box of the picture is drawn over what is asked; its label comes with the answer."""
        self.anki.until(lambda: self.anki.page(DRAWN), "a box on the picture")
        bright = [look for look in SIZES if look != "night"]  # a bright picture is no night, by which it is awaited
        self.seen(f"boxes-{card}-front", bright)
        self.turn()
        self.anki.waits_for(".answer", ("petal", "disc", "stalk")[card])
        self.seen(f"boxes-{card}-back", bright)
        self.rate()

    def occlusion_plain(self, card: int) -> None:
        """All boxes are drawn, and one of them is asked for."""
        self.anki.until(lambda: self.anki.page(DRAWN), "boxes on the picture")
        self.turn()
        self.anki.waits_for(".answer", ("leaf", "stem")[card])
        self.rate()

    def short_full(self, _: int) -> None:
        """An answer is written and stands beside the points, of which one is ticked."""
        self.anki.click("textarea")
        self.anki.type("because 1 2 3")
        self.seen("short-front")
        self.anki.click("textarea")
        self.turn("Escape", "space")
        assert self.anki.text(".own .text") == "because 1 2 3"
        self.anki.key("alt+1")
        self.judged("Ticked: 0.5 of 2 marks.")
        self.seen("short-back")
        self.rate()

    def essay_full(self, _: int) -> None:
        """Levels of a rubric by key and by click."""
        self.seen("essay-front")
        self.turn()
        self.anki.key("alt+3")
        self.judged("Chosen: 6 of 12 marks.")
        self.anki.click(".rubric tbody tr:nth-child(2) label", 1)
        self.judged("Chosen: 9 of 12 marks.")
        self.seen("essay-back")
        self.rate()


def second_release(anki: Desktop, releases: Releases) -> None:
    """Anki counts what `plan` said; cards and reviews stay; Empty Cards takes the withdrawn away for good."""
    cards, reviews = rows(anki, "cards"), rows(anki, "revlog")
    assert bring(anki, releases.packages[1]) == releases.plans[0]["import"]
    known = {card[0] for card in cards}
    assert [card for card in rows(anki, "cards") if card[0] in known] == cards
    assert rows(anki, "revlog") == reviews
    tags, fields = notes(anki)["basic-full"]
    assert "Closeness" in fields
    assert "sample::updated::1.1.0" in tags
    anki.ask("empty_cards")
    anki.until(lambda: anki.state["window"] == "EmptyCardsDialog", "Empty Cards")
    assert anki.push("Keep notes"), "Anki keeps notes unless it is told not to"
    anki.picture("empty-cards")
    anki.push("Delete")
    anki.until(lambda: anki.state["window"] == "AnkiQt", "the main window")
    anki.until(lambda: not notes(anki).keys() & set(RETIRED), "the withdrawn notes to go")


def upgraded(anki: Desktop, releases: Releases, folder: Path) -> None:
    """A field and a star of the student's own; the collection's export joined with the third release loses neither."""
    anki.ask("field", "her-study Recall", "Mine")
    anki.ask("write", "sample:basic-full", "Mine", "my own words")
    export = folder / "export.colpkg"
    anki.key("ctrl+e")
    anki.until(lambda: anki.state["window"] == "ExportDialog", "the export dialog")
    anki.picture("export")
    anki.key("Return")
    anki.until(lambda: anki.state["window"] == "QFileDialog", "the file dialog")
    anki.key("ctrl+a")
    anki.type(str(export))
    anki.key("Return")
    anki.until(lambda: export.exists() and rows(anki, "cards"), "the export")
    before = rows(anki, "cards")
    said = upgrade(releases, 2, export, folder)
    assert bring(anki, str(folder / "sample-mine.apkg")) == said
    assert rows(anki, "cards") == before
    _, fields = notes(anki)["basic-full"]
    assert {"my own words", "Nearness"} <= set(fields)
    assert "marked" in notes(anki)["mcq-full"][0]


def shipped_course(anki: Desktop, folder: Path) -> None:
    """The course that comes with her-study: imported, its first card answered by day, its second by night.

    Three of these pictures are in `docs/desktop`: the report of the import, and both answered cards.
    """
    course = load(shipped()).course
    assert course
    ((name, package),) = apkg.files(course, 1_750_000_000).items()
    (folder / name).write_bytes(package)
    expected = {
        "new": sum(item.retired is None for item in course.in_deck),
        "updated": 0,
        "duplicate": 0,
        "conflicting": 0,
    }
    assert bring(anki, str(folder / name)) == expected
    studies = Studies(anki)
    anki.click("a.deck")
    anki.until(lambda: anki.state["screen"] == "overview" and course.licence in anki.text("body"), "the description")
    anki.picture("her-deck")
    anki.key("s")
    for look in ("day", "night"):
        card = anki.until(studies.next, "a card")
        studies.done.append(card)
        anki.look(SIZES[look], night=look == "night")
        anki.click(".option", 0)
        studies.judged("ight")
        studies.turn()
        anki.picture(f"her-{look}")
        studies.rate()


@pytest.mark.parametrize("version", versions.DESKTOPS)
def test_a_student_at_the_desktop(version: str, releases: Releases, tmp_path: Path) -> None:
    """First release, every kind by key and click, day, night and small window, second release, upgrade, in time."""
    start = time.monotonic()
    pictures = versions.HOME / "pictures" / version
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with closing(Desktop(version, tmp_path, pictures)) as anki:
        anki.look(SIZES["day"])
        counts = bring(anki, releases.packages[0])
        assert counts == {"new": 19, "updated": 0, "duplicate": 0, "conflicting": 0}
        anki.ask("allow", 50)
        studies = Studies(anki)
        studies.run()
        assert len(studies.done) == len(rows(anki, "cards")) == 25
        anki.ask("leave")
        second_release(anki, releases)
        upgraded(anki, releases, tmp_path)
        shipped_course(anki, tmp_path)
        assert faults(anki) == []
    assert time.monotonic() - start < BUDGET
