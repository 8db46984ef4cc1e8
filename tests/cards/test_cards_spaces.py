"""Lines of French cards: none begins with a sign that belongs to the word before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cards.fields import renderer
from tests.make.course import course_of

if TYPE_CHECKING:
    from tests.browser import Press, View

TEXT = "Qui donc a dit « oui » ? Lui ! Elle ; et eux : tous, car « il **faut** » ? » a-t-on lu : peut-être !"

# The signs that stand lower than the sign before the space in front of them.
FIRST = """(root) => {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const signs = [];
  while (walker.nextNode()) {
    for (let i = 0; i < walker.currentNode.length; i++) {
      range.setStart(walker.currentNode, i);
      range.setEnd(walker.currentNode, i + 1);
      const text = range.toString();
      if (text.trim()) signs.push([text, range.getBoundingClientRect().top]);
    }
  }
  return signs.filter(([text, top], i) => i && /[?!;:»]/.test(text) && top > signs[i - 1][1] + 5).map(([text]) => text);
}"""


def test_no_line_of_a_french_card_begins_with_a_sign(press: Press, view: View) -> None:
    """At any width, in a question and in the answer."""
    course = course_of([{"id": "oui", "kind": "basic", "prompt": TEXT, "answer": TEXT}], language="fr")
    note_type, values = renderer(course, {})(course.items[0])
    card = press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))[0]
    viewer = view()
    page = viewer.show(card.answer)
    for width in range(160, 420, 6):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.locator(".face").evaluate(FIRST) == [], width
