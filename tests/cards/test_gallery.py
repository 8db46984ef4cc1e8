"""The pictures of README: cards of the shipped course, answered, and a card with blocks in `docs/text`.

`HER_STUDY_GALLERY=docs/cards` writes them anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.cards import fields
from builder.deck import apkg
from builder.loading.course import load, shipped
from builder.pages.preview.formulas import typeset
from tests import anki_collection
from tests.make.course import course_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Press, View

# The item, and what the student does on its front.
SHOWN: dict[str, tuple[str, list[str]]] = {
    "recall": ("basic", []),
    "cloze": ("cloze", []),
    "choice": ("mcq", [".option >> nth=1"]),
    "matching": ("matching", [".responses .part >> nth=0", ".responses .part >> nth=2", ".responses .part >> nth=1"]),
    "ordering": ("ordering", [".arrow >> nth=2", ".arrow >> nth=5"]),
    "open": ("short", []),
}
README = Path(__file__).parent.parent.parent / "README.md"


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Front and back of the first item of each kind, as Anki renders them after an import."""
    folder = tmp_path_factory.mktemp("gallery")
    course = load(shipped()).course
    assert course
    collection = anki_collection.new(folder)
    (package,) = apkg.files(course, 1_750_000_000).values()
    anki_collection.bring_in(collection, package, folder)
    sides: dict[str, tuple[str, str]] = {}
    for item in course.active:
        if item.kind not in sides:
            card = anki_collection.note(collection, f"{course.id}:{item.id}").cards()[0]
            sides[item.kind] = (card.question(), card.answer())
    collection.close()
    return sides


def picture(page: Page) -> bytes:
    """The card alone, without the page below it."""
    box = page.locator(".face").last.bounding_box()
    assert box
    clip = {"x": 0, "y": 0, "width": 400, "height": min(900, box["y"] + box["height"] + 20)}
    return page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_card_of_the_course_is_answered_and_pictured(
    cards: dict[str, tuple[str, str]],
    view: View,
    tmp_path: Path,
    name: str,
    night: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Each kind of the shipped course works on a phone's width by day and night, and its picture is small."""
    kind, actions = SHOWN[name]
    viewer = view(width=400, night=night)
    front, back = cards[kind]
    page = viewer.show(front)
    for action in actions:
        page.locator(action).click()
    data = picture(page if name == "matching" else viewer.show(back))
    assert (viewer.low_contrast(), viewer.widest()) == ([], 400)
    assert 2_000 < len(data) < 150_000
    folder = Path(os.environ.get("HER_STUDY_GALLERY", tmp_path))
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-{'night' if night else 'day'}.png").write_bytes(data)


def test_the_gallery_of_readme_is_whole() -> None:
    """README shows just the pictures that there are, one of each kind at least."""
    shown = set(re.findall(r"\(docs/cards/([\w-]+)\.png\)", README.read_text("utf-8")))
    assert shown == {path.stem for path in (README.parent / "docs" / "cards").iterdir()}
    assert {name.rsplit("-", 1)[0] for name in shown} == SHOWN.keys()


BLOCKS = {
    "id": "loops-steps",
    "kind": "basic",
    "math": True,
    "prompt": """\
How many steps does this take for a list of $n$ numbers, $S(n)$?

```python
def pairs(numbers):
    found = 0  # pairs of equals
    for i, a in enumerate(numbers):
        for b in numbers[:i]:
            found += a == b
    return found
```
""",
    "answer": "$S(n) = \\frac{n(n-1)}{2}$",
    "explanation": """\
Each number is compared with those before it:

| $n$ | steps | sum |
|----:|------:|:----|
| 2 | 1 | `1` |
| 3 | 3 | `1 + 2` |
| 4 | 6 | `1 + 2 + 3` |

$$1 + 2 + \\dots + (n - 1) = \\frac{n(n-1)}{2}$$
""",
}


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_a_card_with_blocks_is_pictured(press: Press, view: View, tmp_path: Path, night: bool) -> None:  # noqa: FBT001
    """A program, a table and formulas fit a phone and are readable by day and night; Chromium draws the formulas."""
    course = course_of([BLOCKS])
    note_type, values = fields.renderer(course, {})(course.items[0])
    drawn = typeset(values) or {}
    assert len(drawn) == 4

    def shown(field: str) -> str:
        for key, mathml in drawn.items():
            tex = key[1:]
            field = field.replace(f"\\[ {tex} \\]" if key[0] == "1" else f"\\({tex}\\)", mathml)
        return field

    (card, *_) = press.cards(note_type, **dict(zip(note_type.fields, map(shown, values), strict=True)))
    viewer = view(width=360, night=night)
    page = viewer.show(card.answer)
    assert (viewer.low_contrast(), viewer.widest()) == ([], 360)
    box = page.locator(".face").last.bounding_box()
    assert box
    data = page.screenshot(clip={"x": 0, "y": 0, "width": 360, "height": box["y"] + box["height"] + 20}, full_page=True)
    folder = Path(os.environ.get("HER_STUDY_GALLERY", tmp_path)).parent / "text"
    folder.mkdir(exist_ok=True)
    (folder / f"{'night' if night else 'day'}.png").write_bytes(data)
