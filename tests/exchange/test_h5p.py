from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import h5p
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.exchange._frame import Written


def made(*items: Any) -> Written:
    """The package of some items."""
    course = course_of(items)
    return h5p.write(course, course.items)


def opened(written: Written) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The head of a package, and its questions."""
    (data,) = written.files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        head = json.loads(archive.read("h5p.json"))
        return head, json.loads(archive.read("content/content.json"))["questions"]


def one(**item: Any) -> dict[str, Any]:
    """The question of an item."""
    _, (question,) = opened(made({"id": "one", "prompt": "Which?", **item}))
    return question


def test_every_kind_goes_or_is_named() -> None:
    """The head names each library that a question is of, and no library comes along."""
    written = made(*EXAMPLES)
    head, questions = opened(written)
    libraries = [
        f"{it['machineName']} {it['majorVersion']}.{it['minorVersion']}" for it in head["preloadedDependencies"]
    ]
    assert {question["library"] for question in questions} == {*libraries} - {"H5P.QuestionSet 1.20"}
    assert len({question["subContentId"] for question in questions}) == len(questions)
    left = [finding for finding in written.losses if len(finding.at.keys) == 2]
    assert len(left) + len(questions) == len(EXAMPLES)


def test_a_choice_has_its_options_reasons_and_rule() -> None:
    """Several right options score one by one but for the rule `all`; what is pinned is not shuffled."""
    options = [{"right": "*a* $x$", "why": "so"}, {"right": "b < c"}, {"wrong": "none", "pin": "last"}]
    params = one(kind="mcq", options=options, multiple="true", math="true", scoring="each")["params"]
    assert [(it["text"], it["correct"]) for it in params["answers"]] == [
        (r"<p><em>a</em> \(x\)</p>", True), ("<p>b &lt; c</p>", True), ("<p>none</p>", False),
    ]  # fmt: skip
    assert params["answers"][0]["tipsAndFeedback"]["chosenFeedback"] == "<p>so</p>"
    behaviour = params["behaviour"]
    assert (behaviour["type"], behaviour["singlePoint"], behaviour["randomAnswers"]) == ("multi", False, False)


def test_gaps_have_their_other_answers_and_tips() -> None:
    """A star of the text is none that begins a gap."""
    item = {"kind": "cloze", "prompt": "2 \\* {{c1::two::a number}} is {{c2::four}}.", "accept": {"c1": ["2"]}}
    assert one(**item)["params"]["questions"] == ["<p>2 &#42; *two/2:a number* is *four*.</p>"]
    params = one(kind="basic", answer="Rome", accept=["Roma"], explanation="*So*.")["params"]
    assert (params["text"], params["questions"]) == ("<p>Which?</p>", ["<p>*Rome/Roma*</p>"])
    assert params["overallFeedback"] == [{"from": 0, "to": 100, "feedback": "So."}]


def test_words_are_dragged_into_texts_and_pairs() -> None:
    """A word bank and a matching, with words that fit nowhere."""
    params = one(kind="cloze", prompt="A {{c1::cat}} & a {{c2::dog}}.", word_bank=["cow"])["params"]
    assert (params["textField"], params["distractors"]) == ("A *cat* &amp; a *dog*.", "*cow*")
    params = one(kind="matching", pairs=[["bat", "mammal"], ["cod", "fish"]], distractors=["bird"])["params"]
    assert (params["textField"], params["distractors"]) == ("bat: *mammal*\ncod: *fish*", "*bird*")


def test_a_verdict_is_told_in_the_words_of_the_course() -> None:
    """The correction answers the wrong verdict."""
    params = one(kind="truefalse", answer="false", correction="It is not.", explanation="Look.")["params"]
    assert (params["correct"], params["l10n"]) == ("false", {"trueText": "True", "falseText": "False"})
    assert params["behaviour"]["feedbackOnWrong"] == "It is not. Look."


def test_feedback_is_words_that_players_take_for_html() -> None:
    """An element that an author named in a reason is shown, and not lost."""
    told = {"explanation": "No `<b>` & no *end*."}
    params = one(kind="truefalse", answer="false", correction="a < b", **told)["params"]
    assert params["behaviour"]["feedbackOnWrong"] == "a &lt; b No &lt;b&gt; &amp; no end."
    params = one(kind="basic", answer="Rome", **told)["params"]
    assert params["overallFeedback"][0]["feedback"] == "No &lt;b&gt; &amp; no end."


@pytest.mark.parametrize("kind", ["mcq", "basic"])
def test_signs_are_lowered_only_where_the_content_type_lets_them(kind: str) -> None:
    """Multiple Choice has them, Fill in the Blanks takes them away: that is told. Code stays in both."""
    own = {"options": [{"right": "a"}, {"wrong": "b"}]} if kind == "mcq" else {"answer": "a"}
    written = made({"id": "one", "kind": kind, "prompt": "H~2~O `x`?", **own})
    params = opened(written)[1][0]["params"]
    shown, is_kept = params["question" if kind == "mcq" else "text"], kind == "mcq"
    assert shown == f"<p>{'H<sub>2</sub>O' if is_kept else 'H2O'} <code>x</code>?</p>"
    assert bool(written.losses) is not is_kept


@pytest.mark.parametrize("answer", ["a*b", "1/2", "a:b", "a\\\\b"])
def test_an_answer_that_would_be_misread_is_left_out(answer: str) -> None:
    """Its signs part or end a gap in H5P; a package without any question is not written."""
    written = made({"id": "one", "kind": "basic", "prompt": "Which?", "answer": answer})
    assert written.files == {}
    assert ["left out: an answer" in finding.message for finding in written.losses] == [True]


def test_what_a_text_loses_is_named_at_its_place() -> None:
    """Lists, links and pictures of a prompt, markup of an explanation, marks."""
    prompt = "See [it](https://example.org)\n\n- a\n- ![pic](a.png)"
    written = made(
        {"id": "one", "kind": "truefalse", "prompt": prompt, "answer": "true", "explanation": "*So*", "marks": "3"}
    )
    lost = [(finding.at.keys[2], finding.message.partition(":")[0]) for finding in written.losses]
    assert lost == [
        ("marks", "'marks' has no place in H5P"),
        ("explanation", "H5P takes words alone here"),
        ("prompt", "H5P has emphasis and code alone here"),
        ("prompt", "H5P has no pictures and recordings inside texts"),
        ("prompt", "H5P has paragraphs alone here"),
    ]
