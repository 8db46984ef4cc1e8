"""A reversed item is two questions elsewhere: what becomes of a half without the other one."""

from __future__ import annotations

import pytest

from builder.exchange import gift, moodle

GIFT = """// [id:back.{half}] [tag:her::kind::reversed]
::back.{half}::{prompt} {{{answer}}}

"""
MOODLE = """<question type="shortanswer"><name><text>back.{half}</text></name>
<questiontext format="html"><text>{prompt}</text></questiontext><idnumber>back.{half}</idnumber>
<answer fraction="100"><text>{answer}</text></answer><tags><tag><text>her::kind::reversed</text></tag></tags></question>"""


def entries(form: str, *halves: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """The wished id, the kind and the prompt of each entry that a file of these halves comes to."""
    one = GIFT if form == "gift" else MOODLE
    answer = "={}" if form == "gift" else "{}"
    text = "".join(one.format(half=half, prompt=prompt, answer=answer.format(said)) for half, prompt, said in halves)
    content = text if form == "gift" else f"<quiz>{text}</quiz>"
    read = (gift if form == "gift" else moodle).read("f", content.encode())
    return [(entry.wish, entry.value["kind"], entry.value["prompt"]) for entry in read.entries]


FORTH, BACK, OTHER = ("a", "Forth?", "to"), ("b", "Back?", "fro"), ("c", "Else?", "so")


@pytest.mark.parametrize("form", ["gift", "moodle"])
def test_a_half_without_the_other_is_a_question_of_its_own(form: str) -> None:
    """Two halves in a row are one item; any other half comes in by itself, in its place."""
    whole = entries(form, FORTH, BACK, OTHER)
    assert whole == [("back", "reversed", "Forth?"), ("back.c", "basic", "Else?")]
    forth, back, other = (("back." + half, "basic", prompt) for half, prompt, _ in (FORTH, BACK, OTHER))
    assert entries(form, FORTH) == [forth]
    assert entries(form, BACK) == [back]
    assert entries(form, FORTH, OTHER, BACK) == [forth, other, back]
    assert entries(form, FORTH, FORTH) == [forth, forth]


def test_a_half_that_became_another_kind_is_not_joined() -> None:
    """As where somebody has made a choice of the way back."""
    text = GIFT.format(half="a", prompt="Forth?", answer="=to") + GIFT.format(half="b", prompt="Back?", answer="=x ~y")
    kinds = [entry.value["kind"] for entry in gift.read("f", text.encode()).entries]
    assert kinds == ["basic", "mcq"]
