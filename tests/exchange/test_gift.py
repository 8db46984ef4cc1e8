from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import gift
from tests.exchange.trip import taken
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.model import Item

_BASE = {"id": "one", "prompt": "Which?"}


def text(**item: Any) -> str:
    """The line of an export that holds the question."""
    course = course_of([{**_BASE, **item}])
    (data,) = gift.write(course, course.items).files.values()
    return data.decode().split("::[html]")[1].strip()


def items(source: str) -> tuple[Item, ...]:
    """What a file comes to."""
    return taken(gift.read("x.gift", source.encode()))


def test_what_acts_has_a_backslash() -> None:
    r"""Signs of GIFT in a text are signs, and the end of a line in a program is `\n`, since an empty line ends a question."""
    assert text(kind="basic", answer="a=b~c#d{e}:f") == r"Which? {=a\=b\~c\#d\{e\}\:f}"
    program = text(kind="basic", prompt="See:\n\n```\na\n\nb\n```", answer="x")
    assert program == r"<p>See\:</p><pre><code>a\n\nb</code></pre> {=x}"


def test_tex_keeps_its_backslashes() -> None:
    r"""`\nu` would be the end of a line and `u`, and its braces would be the answer."""
    assert text(kind="basic", prompt=r"$\nu_{1}$", math=True, answer="x") == r"\\(\\nu_\{1\}\\) {=x}"


def test_a_correction_is_the_feedback_for_the_wrong_verdict() -> None:
    """The first feedback is for the wrong verdict, whatever the answer is."""
    assert text(kind="truefalse", answer=False, correction="No.") == "Which? {FALSE#No.}"
    (item,) = items("Which? {F#No.#Yes.####So.}")
    assert item.model_dump(exclude_defaults=True, exclude={"id"}) == {
        "kind": "truefalse",
        "prompt": "Which?",
        "answer": False,
        "correction": "No.",
        "explanation": "So.\n\nYes.",
    }


def test_several_right_options_share_the_marks() -> None:
    """Wrong ones cost so much that ticking everything earns nothing."""
    options = [{"right": "a"}, {"right": "b"}, {"wrong": "c"}, {"wrong": "d", "why": "no"}]
    assert text(kind="mcq", multiple=True, options=options) == "Which? {~%50%a ~%50%b ~%-50%c ~%-50%d#no}"


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "basic", "answer": "H -> He"},
        {"kind": "basic", "answer": "a", "accept": ["%50%b"]},
        {"kind": "reversed", "answer": "a", "reverse_prompt": "Q", "reverse_answer": "[html] b"},
        {"kind": "cloze", "prompt": "From {{c1::a -> b}} on"},
        {"kind": "matching", "pairs": [["a", "x" * 256], ["b", "c"]]},
    ],
)
def test_an_answer_that_would_act_leaves_its_item_out(item: dict[str, Any]) -> None:
    """An arrow makes Moodle stop the whole import at a matching of one pair; a weight or a format would vanish."""
    course = course_of([{"id": "one", "prompt": "Which?", **item}])
    written = gift.write(course, course.items)
    assert [(loss.at.keys, loss.message.split(":")[0]) for loss in written.losses] == [(("items", 0), "left out")]
    assert b"one" not in next(iter(written.files.values()))


def test_a_wrong_option_may_begin_as_a_weight_does() -> None:
    """Its own weight stands in front, so that `%50%` is read as text."""
    options = [{"right": "a"}, {"wrong": "%50% of them"}]
    assert text(kind="mcq", options=options) == "Which? {=a ~%0%%50% of them}"


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("::T:: Q {=a ~b}", "mcq", {"prompt": "Q"}),
        ("Q {=a =b}", "basic", {"answer": "a", "accept": ("b",)}),
        ("A {=cat =%50%dog} sat", "cloze", {"prompt": "A {{c1::cat}} sat"}),
        ("Q {#3:0.1}", "numeric", {"answer": "3", "tolerance": "0.1"}),
        ("Q {#1..5}", "numeric", {"answer": "3", "tolerance": "2"}),
        ("Q {=a -> b =c -> d = -> e}", "matching", {"pairs": (("a", "b"), ("c", "d")), "distractors": ("e",)}),
        ("Q {}", "short", {"status": "draft"}),
        ("Q {TRUE}", "truefalse", {"answer": True}),
        ("[markdown]*Q* $x$ {=a =b}", "basic", {"prompt": "*Q* $x$"}),
        ("[html]<b>Q</b> {\n=a#why\n~b\n// no\n}", "mcq", {"prompt": "**Q**"}),
        (r"A\: \{b\} \\(x\\) {=a}", "basic", {"prompt": "A: {b} $x$", "math": True}),
    ],
)
def test_every_form_of_answers_is_a_kind(source: str, kind: str, said: dict[str, Any]) -> None:
    """The kind of an item is told by what stands in the braces."""
    (item,) = items(source)
    assert item.kind == kind
    assert {key: getattr(item, key) for key in said} == said


def test_ids_tags_and_categories_are_read() -> None:
    """A comment above a question has its id and tags, a category is the theme."""
    source = "$CATEGORY: $course$/top/Sea/Blue whales\n\n// [id:K 9] [tag:big one]\n::T::Q {=a}\n"
    (item,) = items(source)
    assert (item.id, item.tags, item.theme) == ("k-9", ("big-one",), "blue-whales")


def test_a_question_that_a_blank_line_cuts_is_named() -> None:
    """Moodle would take its head for a description: here both parts are listed, and the next question comes."""
    found = gift.read("x.gift", b"Q {\n=a\n\n=b}\n\nNext {=c}\n")
    assert [(note.span.line, note.code) for note in found.notes] == [(1, "not-imported"), (4, "not-imported")]
    assert [item.prompt for item in taken(found)] == ["Next"]


@pytest.mark.parametrize(
    "source", ["{" * 300_000, "\\" * 300_000, "[tag:" * 60_000, "a {" + "=a#" * 100_000 + "}", "::" * 200_000]
)
def test_a_hostile_file_is_read_in_time(source: str) -> None:
    """However its signs are repeated, a file takes no longer than its length asks for."""
    start = time.process_time()
    gift.read("x.gift", source.encode())
    assert time.process_time() - start < 10


def test_signs_of_a_private_plane_are_text() -> None:
    """What a font of a course's own draws comes back, as do all signs with a backslash."""
    said = "\U000f0000 a=\U000f003d#c:\U000f007e"
    assert items(f"Which? {text(kind='basic', answer=said).removeprefix('Which? ')}")[0].answer == said  # type: ignore[union-attr]


def test_what_is_no_text_is_not_taken_for_gift() -> None:
    """An archive has any bytes in it, also those of an answer in braces."""
    assert gift.looks_like("a", b"What? {=a ~b}")
    assert not gift.looks_like("a", b"PK\x03\x04\0\0 What? {=a ~b}")
