"""Cards as a student sees them: rendered by the official `anki` library, shown by Debian's Chromium.

Two ways of showing are imitated. Anki's desktop keeps one page and swaps each
side into it, scripts run anew; AnkiDroid may load a page for each side, in one
tab. Nothing reaches a network: every request is answered here or recorded.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest
from anki.collection import Collection
from playwright.sync_api import sync_playwright

from builder.cards.notetypes import ARRANGE, CHOICE, CLOZE, NOTE_TYPES, OPEN, RECALL, NoteType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

SOURCES = (
    '<ul class="sources"><li>Paper, paragraph 5</li></ul><ul class="references"><li>Worden, J. W. (2009). '
    '<em>Grief counseling</em>. <a href="https://doi.org/10.1891/9780826101211">https://doi.org/10.1891/9780826101211</a>'
    "</li></ul>"
)
LAST = {"Explanation": "The paper says so, on <em>Her</em>.", "Sources": SOURCES}
IMAGE = "<img alt='A square' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='900' height='9'/%3E\">"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 2

# Text, why, right.
FOUR = [("Alpha", "Why alpha", True), ("Beta", "Why beta", False), ("Gamma", "", False), ("Delta", "Why delta", False)]
TWO_RIGHT = [("Alpha", "Why alpha", True), ("Beta", "Why beta", False), ("Gamma", "Why gamma", True)]

# What an author may type; it must come out as it went in.
HOSTILE = [
    "<script>alert(1)</script> </div> </template> <!-- x",
    "{{Front}} {{c1::x}} [[type:Answer]] [sound:x.mp3] {{#Prompt}}",
    "`tick` ${x} $& \\( x \\) ]]> &amp; &lt; \" '",
    "{{ 7*7 }} {% raw %} {# x #} {%- if y -%} \" > '",
    "مرحبا (Her) بالعالم 👩‍👩‍👧 e\u0301 n\u0303",
    LONG,
]

SITE = "http://card.test/"
Way = Literal["desktop", "android"]

# What the pages of Anki 26.9 say of bare elements, in our words: rules that the cards must hold against.
ANKI_CSS = """
html { font-size: 15px } body { margin: 20px; overflow-wrap: break-word } * { box-sizing: content-box }
body.nightMode { background-color: #2c2c2c; color: #fcfcfc }
button { margin: 1em .5em; padding: 8px 10px; outline: none !important; color: #020202; border: 1px solid #e4e4e4 }
button:hover { background: linear-gradient(180deg, white 0%, #fcfcfc 100%); border: 1px solid #c4c4c4 }
.isWin button { font-size: 12px } .fancy button { border-radius: 15px }
.typeGood { background: #afa; color: #000 } .typeBad { background: #faa; color: #000 }
a { color: #1d4ed8; text-decoration: none } img { max-width: 100%; max-height: 95vh } hr { margin: 1em 0 }
"""

# Anki's reviewer puts a side into `#qa` and replaces its scripts, so that they run.
SWAP = """([html, classes]) => {
  document.body.className = classes;
  const qa = document.getElementById("qa");
  qa.innerHTML = html;
  for (const old of Array.from(qa.getElementsByTagName("script"))) {
    const script = document.createElement("script");
    script.append(old.textContent);
    old.replaceWith(script);
  }
}"""

# Every visible piece of text, generated text too, whose contrast with what lies behind it is below 4.5.
LOW_CONTRAST = """() => {
  const parts = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return [...n.slice(0, 3), n[3] ?? 1]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const colour = parts(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, behind(element.parentElement));
  };
  const low = [];
  const judge = (element, style, text) => {
    const back = style.backgroundColor === "rgba(0, 0, 0, 0)" ? behind(element) : parts(style.backgroundColor).slice(0, 3);
    const [a, b] = [light(over(parts(style.color), back)), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${text}`);
  };
  let seen = 0;
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || ["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    const text = Array.from(element.childNodes).filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join("");
    if (text && ++seen) judge(element, getComputedStyle(element), text);
    for (const pseudo of ["::before", "::after", "::marker"]) {
      const style = getComputedStyle(element, pseudo);
      if (!["none", "normal"].includes(style.content)) judge(element, style, pseudo + style.content);
    }
  }
  return seen ? low : ["no text at all"];
}"""


class Card(NamedTuple):
    """One card: its two sides as Anki renders them, style included."""

    question: str
    answer: str


class Press:
    """Makes cards of our note types from the HTML of their fields, in a throw-away collection."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "cards.anki2"))
        self.models = {}
        for note_type in NOTE_TYPES:
            added = self.collection.models.add_dict(note_type.model(1) | {"id": 0})  # 0: Anki gives an id of its own
            self.models[note_type] = self.collection.models.get(added.id)  # type: ignore[arg-type]

    def cards(self, note_type: NoteType, **fields: str) -> list[Card]:
        """The cards of one note; fields that are not named stay empty."""
        model = self.models[note_type]
        assert model is not None
        note = self.collection.new_note(model)
        for name, value in ({"Id": "test-item"} | fields).items():
            note[name] = value
        deck: Any = 1
        self.collection.add_note(note, deck)
        return [Card(card.question(), card.answer()) for card in note.cards()]

    def typed(self, card: Card, expected: str, provided: str) -> Card:
        """The card with its place for typing filled in as Anki's desktop does it."""
        style = "font-family: 'Arial'; font-size: 20px"
        box = f'<center><input type=text id=typeans style="{style}"></center>'
        told = f'<div style="{style}">{self.collection.compare_answer(expected, provided)}</div>'
        place = "[[type:Answer]]"
        return Card(card.question.replace(place, box), card.answer.replace(place, told))


class Viewer:
    """Shows cards in one tab, and records what went wrong and what was asked of the network."""

    def __init__(self, page: Page, way: Way, *, night: bool = False) -> None:
        self.page = page
        self.way = way
        self.classes = "card card1" + (" nightMode night_mode" if night else "")
        self.trouble: list[str] = []
        self._body = ""
        page.route("**/*", self._serve)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        if way == "desktop":
            self._load("")

    def show(self, side: str) -> Page:
        """Show one side of a card."""
        if self.way == "desktop":
            self.page.evaluate(SWAP, [side, self.classes])
        else:
            self._load(side)
        return self.page

    def widest(self) -> int:
        """The width of all that the page holds: more than the window means that the page scrolls sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def low_contrast(self) -> list[str]:
        """Pieces of text that are hard to read."""
        return list(self.page.evaluate(LOW_CONTRAST))

    def _load(self, side: str) -> None:
        self._body = (
            f'<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<style>{ANKI_CSS}</style></head><body class="{self.classes}"><div id="qa" dir="auto">{side}</div></body></html>'
        )
        self.page.goto(SITE)

    def _serve(self, route: Route) -> None:
        if route.request.url == SITE:
            route.fulfill(body=self._body, content_type="text/html; charset=utf-8")
        else:
            self.trouble.append(f"request: {route.request.url[:100]}")
            route.abort()


class View:
    """Opens viewers, each in a tab without a past."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.opened: list[Viewer] = []

    def __call__(self, way: Way = "desktop", *, night: bool = False, width: int = 800, **context: Any) -> Viewer:
        """A new viewer; `context` are playwright's settings of a browser context."""
        page = self.browser.new_context(viewport={"width": width, "height": 700}, **context).new_page()
        page.set_default_timeout(10_000)
        self.opened.append(Viewer(page, way, night=night))
        return self.opened[-1]

    def close(self) -> None:
        """Close all tabs; none may have met an error, a message on the console or a request."""
        for viewer in self.opened:
            viewer.page.context.close()
        assert [trouble for viewer in self.opened for trouble in viewer.trouble] == []


def texts(page: Page) -> list[str]:
    """What the options say, as they stand."""
    return page.locator(".option .text, .feedback .text").all_inner_texts()


def chosen(page: Page) -> list[str]:
    """What the options marked as the student's choice say."""
    return page.locator(".chosen .text").all_inner_texts()


def verdict(page: Page) -> str:
    """The sentence that judges the whole answer."""
    return page.locator(".verdict").inner_text()


def heard(page: Page) -> str:
    """All that a screen reader finds, letters and words made by the style included."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return " | ".join(str(node["name"]["value"]) for node in tree["nodes"] if node.get("name", {}).get("value"))


def chromium() -> Iterator[Browser]:
    """The Chromium that `tests/programs.sh` finds; without it the tests fail, since the cards would go unseen."""
    names = [os.environ.get("CHROMIUM", "chromium-headless-shell"), "chromium", "chromium-browser", "google-chrome"]
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("Chromium is missing, and the cards can be judged in a browser only: apt-get install chromium")
    # Without the last the process for graphics draws in software, and now and then gives no picture on a busy machine.
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-software-rasterizer"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def choice(press: Press, options: Sequence[tuple[str, str, bool]], attributes: str = "", **fields: str) -> Card:
    """A Choice card; the options' text is HTML."""
    many = sum(right for _, _, right in options) > 1
    plain = "".join(f"<li{' data-pin=last' if text == 'None' else ''}>{text}</li>" for text, _, _ in options)
    told = "".join(
        f'<li class="{"right" if right else "wrong"}"><span class="text">{text}</span>'
        f"{f' <span class=why>{why}</span>' if why else ''}</li>"
        for text, why, right in options
    )
    own = {
        "Prompt": "Which letter comes first?",
        "Options": f'<ol class="options" data-mode="{"many" if many else "one"}"{attributes}>{plain}</ol>',
        "Feedback": f'<ol class="feedback">{told}</ol>',
    }
    return press.cards(CHOICE, **(own | LAST | fields))[0]


def samples(press: Press, text: str = "A text of some length, as they are.") -> dict[str, Card]:
    """A card of each kind, all of them with `text` (HTML) wherever text may stand."""
    last = LAST | {"Explanation": text, "Image": IMAGE}
    pairs = [("One", text), (text, "Two"), ("Three", "Three")]
    terms, responses = ("".join(f"<li>{pair[i]}</li>" for pair in pairs) for i in (0, 1))
    key = "".join(f'<tr><th scope="row">{left}</th><td>{right}</td></tr>' for left, right in pairs)
    points = f'<li>{text} <span class="marks">3</span></li><li>Two <span class="marks">1</span></li>'
    levels = "".join(f"<td>{text}</td>" for _ in range(4))
    rows = f'<tr><th scope="row">{text}</th><td class="marks">6</td>{levels}</tr>'
    head = '<thead><tr><th scope="col">Criterion</th><th scope="col">Marks</th><th colspan="4">Levels</th></tr></thead>'
    recall, reverse = press.cards(RECALL, Prompt=text, Answer=text, ReversePrompt=text, ReverseAnswer=text, **last)
    typed = press.cards(RECALL, Prompt=text, Answer="Samantha", Accept=f"<li>OS1</li><li>{text}</li>", **last)[0]
    matching = {
        "Parts": f'<div class="matching"><ol class="terms">{terms}</ol><ol class="responses" type="A">{responses}</ol></div>',
        "Key": f'<table class="key">{key}</table><p class="spare">Left over: {text}</p>',
    }
    ordering = {"Parts": f'<ul class="steps">{terms}</ul>', "Key": f'<ol class="steps key">{terms}</ol>'}
    task = {"Prompt": text, "Task": "4 marks, at most 80 words"}
    return {
        "recall": recall,
        "reverse": reverse,
        "typed": press.typed(typed, "Samantha", "Samanta h"),
        "cloze": press.cards(CLOZE, Text=f"{text} {{{{c1::hidden::hint}}}}", **last)[0],
        "choice": choice(press, [*FOUR[:3], (text, text, False)], Prompt=text, **last),
        "several": choice(press, [*TWO_RIGHT, (text, text, False)], Prompt=text, **last),
        "matching": press.cards(ARRANGE, Prompt=text, **matching, **last)[0],
        "ordering": press.cards(ARRANGE, Prompt=text, **ordering, **last)[0],
        "points": press.cards(OPEN, Guide=f'<ul class="points">{points}</ul>', **task, **last)[0],
        "rubric": press.cards(
            OPEN, Guide=f'<table class="rubric">{head}<tbody>{rows * 2}</tbody></table>', **task, **last
        )[0],
        "spare": press.cards(OPEN, Prompt="x", Spare3=text, Spare4=text, **LAST)[1],
    }
