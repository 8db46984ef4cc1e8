"""Options that are numbers, amounts, dates or addresses, from a bank to four versions of a paper and their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.drawing import Drawing, draw
from builder.model import Blueprint
from builder.printing import papers
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.paper.record import Quiz


def _choice(item_id: str, *options: str, **fields: Any) -> dict[str, Any]:
    """A choice whose first option is right."""
    listed = [{"wrong" if n else "right": text} for n, text in enumerate(options)]
    return {"id": item_id, "kind": "mcq", "prompt": f"Which of {item_id}?", "options": listed} | fields


_ITEMS = [
    _choice("subnet", "192.168.0.9", "8.8.4.4", "224.0.0.5", "127.0.0.2"),
    _choice("date", "20.7.1969", "12.4.1961", "4.10.1957"),
    _choice("share", "5 %", "20 %", "71 %", "95 %"),
    _choice("freezing", "-2", "0", "4"),
]


def _orders(quiz: Quiz) -> dict[str, set[tuple[int, ...]]]:
    """The printed orders of each item, and its keys, in all versions."""
    found: dict[str, set[tuple[int, ...]]] = {}
    for version in quiz.versions:
        for entry in version.items:
            found.setdefault(entry.id, set()).add(entry.order)
    return found


def test_addresses_and_dates_are_shuffled_and_amounts_are_not() -> None:
    """In four versions no address keeps its letter throughout, and each amount does."""
    blueprint = Blueprint.model_validate({"blueprint": "b", "title": "B", "items": 4})
    orders = _orders(draw(course_of(_ITEMS), Drawing(blueprint, "1", 4)))
    assert {name for name, its in orders.items() if len(its) > 1} == {"subnet", "date"}
    assert orders["share"] == {(0, 1, 2, 3)}
    assert orders["freezing"] == {(0, 1, 2)}


def test_a_paper_says_how_many_to_choose() -> None:
    """`choose: 3` is printed as such, in the paper's language, and the key has three letters."""
    options = [{"right" if n < 3 else "wrong": f"{n} km"} for n in range(5)]
    item = {"id": "m", "kind": "mcq", "prompt": "Which?", "choose": 3, "options": options}
    course = course_of([item], language="fr")
    blueprint = Blueprint.model_validate({"blueprint": "b", "title": "B", "items": 1})
    quiz = draw(course, Drawing(blueprint, "1"))
    assert quiz.items[0].key == ("A", "B", "C")
    edition = quiz.edition.model_copy(update={"language": "fr"})
    files = papers.files(course, quiz.model_copy(update={"formats": ("md", "html"), "edition": edition}))
    for name in ("paper-A.md", "paper-A.html"):
        assert "Choisissez exactement trois réponses." in files[name].decode()
