from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from builder.pages import study
from builder.study.days import Moment, day_of
from builder.study.progress import Mark, Review, Weights, as_line, settled, written
from builder.study.queue import Queue
from builder.study.weights import MOST, as_text
from tests.make.course import cards_of, course_of
from tests.pages.students import FIRST, ITEMS, Student
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable


NEXT = [item for item in ITEMS if item["id"] != "sky"] + [
    ITEMS[4] | {"retired": {"since": "2026-12-01", "reason": "x"}},
    {"id": "late", "kind": "basic", "prompt": "What came late?", "answer": "This"},
]
NEXT[0] = ITEMS[0] | {"prompt": "Which city is the capital of France?"}

RIGHT = as_line(Review(1795943411123, 739949, "capital", 1, 3))


def moment(student: Student) -> Moment:
    """The moment at which the student's clock stands."""
    return Moment(int(student.time.timestamp() * 1000), day_of(student.time.astimezone(ZoneInfo("Europe/Berlin"))))


def test_what_is_kept_for_exams_or_not_approved_is_not_in_the_page() -> None:
    """No file of the page holds a word or a picture of such an item, nor its id."""
    image = {"file": "s.png", "alt": "x"}
    hidden = [ITEMS[6] | {"image": image}, ITEMS[7] | {"image": image}]
    made = study.files(course_of([*ITEMS[:6], *hidden], media={"s.png": png()}))
    everything = b"".join(made.values())
    assert b"Paris" in everything
    for word in (b"secret", b"comes in the exam", b"Hidden", b"What is begun", b"Unripe", b"data:image/png"):
        assert word not in everything


@pytest.mark.parametrize(("language", "word", "direction"), [("de-AT", "Lernen", "ltr"), ("ar", "دراسة", "rtl")])
def test_the_page_speaks_the_language_of_the_course(language: str, word: str, direction: str) -> None:
    """Its fixed words are those of the course's language, and run as that language does."""
    page = study.files(replace(course_of(ITEMS), language=language))["study.html"].decode()
    assert f'<html lang="{language[:2]}" dir="{direction}">' in page
    assert f'aria-current="page">{word}</button>' in page
    assert "Study" not in page.partition("<script")[0]


def test_many_pictures_lie_in_a_folder_beside(student: Callable[..., Student], monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit, pictures are files of their own, which a page opened from disk shows, and the worker keeps."""
    course = course_of([ITEMS[0] | {"image": {"file": "a.png", "alt": "A"}}], media={"a.png": png()})
    assert len(study.files(course)) == 6
    monkeypatch.setattr(study, "MOST_INSIDE", 10)
    made = study.files(course)
    (name,) = (name for name in made if name.startswith("study-files/"))
    assert name.encode() in made["study.worker.js"]
    assert b"base64,iVBOR" not in made["study.html"]
    one = student()
    one.open(course)
    one.card.locator("figure img").wait_for()
    assert one.card.locator("figure img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0


def test_items_are_found_in_their_parts(student: Callable[..., Student], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the lines of items stand in several elements, each item has its own."""
    monkeypatch.setattr(study, "PART", 2)
    one = student()
    one.open()
    assert one.page.locator("script.lines").count() == 3
    said = one.page.evaluate("items.map((item) => [item.id, textOf(item).asked])")
    assert dict(said) == {item["id"]: item["prompt"] for item in ITEMS[:6]} | {"gap": "It is not so."}


@pytest.mark.slow
def test_days_of_study_are_those_of_the_terminal(student: Callable[..., Student]) -> None:
    """For a month with random ratings, the page asks what the terminal would ask, and what is saved is what was answered."""
    one, chance = student(), random.Random(5)
    one.open()
    one.page.evaluate("setLimit(3)")
    theirs = Queue(cards_of(study.asked(course_of(ITEMS)).course), [], 3)
    for hours in (0, 1, 15, 30, 24, 70, 240, 400):
        one.later(hours=hours)
        while place := one.asked():
            mine = theirs.next(moment(one))
            assert mine
            assert f"{mine.item} {mine.number}" == place
            now, rating = moment(one), chance.choice((1, 2, 3, 3, 4))
            counts = [one.page.locator(f"#count-{name}").inner_text() for name in ("new", "learning", "due")]
            assert counts == [str(number) for number in theirs.counts(now)]
            one.rate(rating)
            theirs.take(Review(now.time, now.day, mine.item, mine.number, rating))
        assert theirs.next(moment(one)) is None
    entries = one.saved()
    assert len(entries) > 30
    assert Queue(theirs.cards.values(), settled(entries).reviews, 3).states == theirs.states
    assert one.stored() == sorted(map(as_line, entries))


def test_weights_of_the_student_count_on_the_page_as_well(student: Callable[..., Student]) -> None:
    """Weights in a file of the terminal give the states of the terminal, are told, kept, and can be taken back."""
    one = student()
    one.open()
    at, day = int((FIRST - timedelta(days=9)).timestamp() * 1000), day_of(FIRST) - 9
    reviews = [Review(at + n * 86_400_000, day + n, "capital", 1, 3) for n in (0, 1, 4)]
    own = Weights(at, day, as_text(MOST))
    (one.folder / "mine.jsonl").write_bytes(written([*reviews, own]))
    one.take_over(one.folder / "mine.jsonl")
    expect(one.page.locator("#weights")).to_contain_text("of your own")
    one.open()
    theirs = Queue(cards_of(study.asked(course_of(ITEMS)).course), reviews, 20, own).states["capital", 1]
    assert one.page.evaluate("Object.values(memory.of('capital 1').state)") == list(theirs)
    assert theirs != Queue(cards_of(study.asked(course_of(ITEMS)).course), reviews, 20).states["capital", 1]
    one.page.get_by_role("button", name="Progress", exact=True).click()
    one.page.locator("#default-weights").click()
    expect(one.page.locator("#weights")).to_contain_text("default")
    found = settled(one.saved()).weights
    assert found
    assert found.weights == "default"


def test_two_devices_are_joined_and_the_next_release_keeps_all(student: Callable[..., Student]) -> None:
    """Each answer of both counts once; an edited item keeps its schedule, a retired one leaves, a new one comes."""
    phone, desk = student("phone"), student("desk")
    for device, rating in ((phone, 3), (desk, 4)):
        device.open()
        for _ in range(4):
            device.rate(rating)
        device.later(hours=1)
    phone.saved()
    entries = desk.saved()
    assert "Lines taken over: 4. Here already: 0" in desk.take_over(phone.folder / "progress.jsonl")
    assert "Lines taken over: 0. Here already: 4" in desk.take_over(phone.folder / "progress.jsonl")
    assert len(desk.stored()) == len(entries) + 4
    before, state = desk.lines(), desk.page.evaluate("memory.of('capital 1').state")
    desk.open(course_of(NEXT))
    assert desk.lines() == before
    assert desk.page.evaluate("memory.of('capital 1').state") == state
    places = desk.page.evaluate("cards.map(({ place }) => place)")
    assert "late 1" in places
    assert "sky 1" not in places
    assert [as_line(entry) for entry in desk.saved()] == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"time":"x"}', 'Line 1 is no line of progress: \u2068{"time":"x"}\u2069. Nothing was taken over.'),
        ("null", "Line 1 is no line of progress: \u2068null\u2069."),
        ("a table", "Line 1 is no line of progress: \u2068a table\u2069."),
        (RIGHT.replace("capital", "elsewhere"), "None of its answers is of this course. Nothing was taken over."),
        (f"{RIGHT}\n{RIGHT.replace('3}', '5}')}", "Line 2 is no line of progress: \u2068rating: 5\u2069."),
        (RIGHT.replace("T", "T2"), 'progress: \u2068time: "2026-11-29T209:'),
        (RIGHT.replace('"day":"2026-11-29"', '"day":"2026-11-09"'), '10:11.123Z", day: "2026-11-09"\u2069.'),
        (RIGHT.replace("3}", '3,"answer":"\\ud800"}'), 'answer: "\\ud800"\u2069.'),
    ],
)
def test_a_wrong_file_changes_nothing(student: Callable[..., Student], text: str, told: str) -> None:
    """What is no progress of this course is refused whole, and the page says why."""
    one = student()
    one.open()
    (one.folder / "wrong.jsonl").write_text(f"{text}\n", "utf-8")
    assert told in one.take_over(one.folder / "wrong.jsonl")
    assert one.stored() == []


@pytest.mark.parametrize(("language", "told"), [("de", "Zeile 1 gehört zu keinem Fortschritt"), ("he", "שורה 1 אינה")])
def test_a_wrong_file_is_told_in_the_language_of_the_page(
    student: Callable[..., Student], language: str, told: str
) -> None:
    """What is wrong with a file is a fixed sentence of the course's language, with the part of the line that is wrong."""
    one = student()
    one.open(replace(course_of(ITEMS), language=language))
    (one.folder / "wrong.jsonl").write_text(RIGHT.replace("3}", "5}"), "utf-8")
    one.page.locator('nav [data-go="progress"]').click()
    one.page.locator("#import").set_input_files(one.folder / "wrong.jsonl")
    expect(one.page.locator("#told")).to_contain_text(told)
    expect(one.page.locator("#told")).to_contain_text("\u2068rating: 5\u2069")


def test_a_card_is_answered_by_keys_alone(student: Callable[..., Student]) -> None:
    """Words are typed, an option is struck out and one chosen, cards are turned and rated; what was answered is kept."""
    one = student()
    one.open()
    one.page.evaluate("desk.show(study.card, true)")
    one.card.locator("#typeans:focus").wait_for()
    one.page.keyboard.type("paree")
    one.page.keyboard.press("Enter")
    expect(one.card.locator(".verdict")).to_have_text("Right: an accepted answer.")
    one.page.keyboard.press("3")
    one.card.locator(".strike").first.wait_for()
    one.page.keyboard.press("Shift+B")
    expect(one.card.locator(".struck")).to_have_count(1)
    texts = one.card.locator(".option > .text").all_inner_texts()
    one.page.keyboard.press(str(1 + texts.index("red")))
    expect(one.card.locator(".verdict.good")).to_be_visible()
    one.page.keyboard.press("Space")
    one.card.locator("hr#answer").wait_for()
    one.page.keyboard.press("Space")
    one.until("memory.lines.size === 2")
    told = [json.loads(line) for line in one.lines()]
    assert {it["item"]: (it["rating"], it["answer"]) for it in told} == {"capital": (3, "paree"), "colour": (3, "red")}
    one.until("study.side === 'front'")
    one.page.keyboard.press("u")
    one.until("memory.lines.size === 3 && study.card.place === 'colour 1'")
    entries = one.saved()
    assert [(it.mark, it.item) for it in entries if isinstance(it, Mark)] == [("undone", "colour")]
    assert [it.item for it in settled(entries).reviews] == ["capital"]


def test_suspended_cards_are_not_asked_until_they_are_resumed(student: Callable[..., Student]) -> None:
    """The mark is in the file, where the terminal reads it; the list of cards finds suspended and flagged ones."""
    one = student()
    one.open()
    one.page.locator("#flag").click()
    expect(one.page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    one.page.locator("#suspend").click()
    one.until("study.card.place === 'colour 1'")
    assert settled(one.saved()).suspended == settled(one.saved()).flagged == {("capital", 1)}
    one.page.get_by_role("button", name="Cards", exact=True).click()
    one.page.locator("#find-state").select_option("suspended")
    assert one.page.locator("#rows li").count() == 1
    one.page.locator("#rows .look").click()
    one.later(minutes=1)
    one.page.get_by_role("button", name="Cards", exact=True).click()
    one.page.locator("#rows .look").click()
    one.page.locator("#suspend").click()
    one.until("!memory.of('capital 1').isSuspended")
    one.page.locator("#back").click()
    assert one.page.locator("#rows li").count() == 0


def test_a_browser_that_keeps_nothing_says_so(student: Callable[..., Student]) -> None:
    """Without a database the student is told at once, can study, and can save a copy."""
    one = student()
    one.page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('off'); } } })"
    )
    one.open()
    expect(one.page.locator("#notice-storage")).to_contain_text("keeps nothing")
    one.rate(3)
    assert len(one.saved()) == 1


def test_an_answer_that_cannot_be_kept_is_not_lost(student: Callable[..., Student]) -> None:
    """A full disk is told; the answer is in the copy, and is kept with the next one once there is room."""
    one = student()
    one.open()
    one.page.evaluate("(store.base_ = store.base, store.base = { transaction() { throw new Error('it is full'); } })")
    one.rate(3)
    expect(one.page.locator("#notice-unkept")).to_contain_text("it is full")
    one.page.evaluate("(store.base = store.base_, 0)")
    one.rate(3)
    expect(one.page.locator("#notice-unkept")).to_have_count(0)
    assert len(one.stored()) == 2


def test_a_file_of_the_terminal_is_read_as_it_is(student: Callable[..., Student]) -> None:
    """What Python writes, page reads and writes again to the byte: reviews with any answer, and marks."""
    one = student()
    one.open()
    at = int((FIRST - timedelta(days=3)).timestamp() * 1000)
    day = day_of(FIRST) - 3
    answers = ["", "four", 'a "quoted" \\ one', "ü 👩‍👩‍👧 \u2028 \x07 \x7f é", "مرحبا"]
    entries = [Review(at + n, day, "capital", 1, 1 + n % 4, text) for n, text in enumerate(answers)]
    data = written([*entries, Mark(at + 9, day, "pair", 2, "flagged"), Mark(at + 10, day, "capital", 1, "undone", at)])
    (one.folder / "mine.jsonl").write_bytes(data)
    assert "Lines taken over: 7" in one.take_over(one.folder / "mine.jsonl")
    assert written(one.saved()) == data
