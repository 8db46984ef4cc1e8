"""QTI 1.2 from others: what their items come to, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.disk import archive
from builder.exchange import qti12
from tests.exchange.trip import taken
from tests.pictures import png

if TYPE_CHECKING:
    from builder.exchange._frame import Read


def item_of(shown: str, rules: str, kind: str = "", more: str = "", ident: str = "i1") -> str:
    """An item as others write it, without a namespace."""
    said = f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    return (
        f'<item ident="{ident}" title="Question"><itemmetadata><qtimetadata>{said}</qtimetadata></itemmetadata>'
        f"<presentation><material><mattext texttype='text/html'>&lt;p&gt;Which?&lt;/p&gt;</mattext></material>{shown}"
        f"</presentation><resprocessing>{rules}</resprocessing>{more}</item>"
    )


def items_of(found: Read) -> list[Any]:
    """What was read, as items."""
    return list(taken(found))


def read(*items: str, **files: bytes) -> Read:
    """What a package with these items comes to."""
    text = f"<questestinterop><assessment><section>{''.join(items)}</section></assessment></questestinterop>"
    return qti12.read("quiz.zip", archive.zipped({"a/a.xml": text.encode(), **files}))


def choice(*scores: tuple[str, str], many: bool = True, action: str = "Add") -> tuple[str, str]:
    """Options by name, and what each earns."""
    labels = "".join(
        f"<response_label ident='{name}'><material><mattext>option {name}</mattext></material></response_label>"
        for name, _ in scores
    )
    rules = "".join(
        f"<respcondition><conditionvar><varequal respident='r'>{name}</varequal></conditionvar>"
        f"<setvar action='{action}'>{score}</setvar></respcondition>"
        for name, score in scores
    )
    kind = "Multiple" if many else "Single"
    return (
        f"<response_lid ident='r' rcardinality='{kind}'><render_choice>{labels}</render_choice></response_lid>",
        rules,
    )


def test_marks_that_are_added_are_read_as_shares() -> None:
    """Two right options at 25 each, and a wrong one that costs 10 of the 50."""
    (item,) = items_of(read(item_of(*choice(("A", "25"), ("B", "25"), ("C", "-10")))))
    assert [option.is_right for option in item.options] == [True, True, False]
    assert (item.scoring.rule, str(item.scoring.penalty)) == ("each-minus", "1/5")


def test_the_kind_is_told_by_structure_and_not_by_its_label() -> None:
    """A matching that calls itself multiple answers is one."""
    lids = "".join(
        f"<response_lid ident='response_{n}'><material><mattext>term {n}</mattext></material><render_choice>"
        f"<response_label ident='x'><material><mattext>one</mattext></material></response_label>"
        f"<response_label ident='y'><material><mattext>two</mattext></material></response_label></render_choice></response_lid>"
        for n in (1, 2)
    )
    rules = "".join(
        f"<respcondition><conditionvar><varequal respident='response_{n}'>{name}</varequal></conditionvar>"
        "<setvar action='Add'>50</setvar></respcondition>"
        for n, name in ((1, "x"), (2, "y"))
    )
    (item,) = items_of(read(item_of(lids, rules, "multiple_answers_question")))
    assert item.pairs == (("term 1", "one"), ("term 2", "two"))


def test_a_bad_question_is_named_and_the_others_come() -> None:
    """An upload, a choice whose options earn nothing, and a response on a picture are left out one by one."""
    bad = [
        item_of("", "", "file_upload_question"),
        item_of(*choice(("A", "0"), ("B", "0"))),
        item_of("<response_xy ident='r'/>", ""),
    ]
    good = item_of(*choice(("A", "0"), ("B", "100"), many=False, action="Set"), ident="good")
    found = read(*bad, good)
    assert [note.code for note in found.notes] == ["not-imported"] * 3
    assert {note.span.path for note in found.notes} == {"quiz.zip/a/a.xml"}
    assert [(item.id, item.kind) for item in items_of(found)] == [("good", "mcq")]


def test_files_are_found_where_packages_put_them() -> None:
    """An escaped space against an underscore, Canvas's token, and formulas as pictures."""
    said = (
        "&lt;img src='%24IMS-CC-FILEBASE%24/my%20pic.png' alt='a dot'&gt; and "
        "&lt;img class='equation_image' data-equation-content='x^2' src='/equations'&gt;"
    )
    shown, rules = choice(("A", "0"), ("B", "100"), many=False)
    text = item_of(shown, rules).replace("&lt;p&gt;Which?&lt;/p&gt;", said)
    found = read(text, **{"web_resources/my_pic.png": png()})
    assert found.files == {"my_pic.png": png()}
    (item,) = items_of(found)
    assert (item.prompt, item.math) == ("![a dot](my_pic.png) and $x^2$", True)


def test_feedback_for_everyone_who_is_right_is_named() -> None:
    """It has no place here; that of an option is its reason."""
    rules = (
        "<respcondition><conditionvar><varequal respident='r'>A</varequal></conditionvar>"
        "<displayfeedback linkrefid='A_fb'/></respcondition>"
    )
    shown, scores = choice(("A", "0"), ("B", "100"), many=False)
    more = "".join(
        f"<itemfeedback ident='{name}'><flow_mat><material><mattext>because</mattext></material></flow_mat></itemfeedback>"
        for name in ("A_fb", "correct_fb")
    )
    found = read(item_of(shown, rules + scores, more=more))
    assert [option.why for option in items_of(found)[0].options] == ["because", ""]
    assert [note.message for note in found.notes] == [
        "the feedback for every right or wrong answer is dropped (in 'Which?')"
    ]


def test_blackboard_says_some_things_in_its_own_way() -> None:
    """Texts in elements of its own, `SCORE.max` for all marks, and other variables beside the score."""
    shown, rules = choice(("A", "0"), ("B", "SCORE.max"), many=False, action="Set")
    rules = rules.replace("<setvar action='Set'>", "<setvar action='Set' variablename='SCORE'>")
    rules = rules.replace("</respcondition>", "<setvar varname='answerValue' action='Add'>7</setvar></respcondition>")
    text = item_of(shown, rules).replace(
        "<mattext texttype='text/html'>&lt;p&gt;Which?&lt;/p&gt;</mattext>",
        "<mat_extension><mat_formattedtext type='HTML'>&lt;b&gt;Which?&lt;/b&gt;</mat_formattedtext></mat_extension>",
    )
    (item,) = items_of(read(text))
    assert (item.prompt, [option.is_right for option in item.options]) == ("**Which?**", [False, True])


def test_what_stands_before_the_questions_hides_them_not() -> None:
    """A licence may stand before the first element."""
    assert qti12.looks_like("a", b"<!--" + b"x" * 9000 + b"--><questestinterop/>")


def test_menus_of_a_text_have_one_bank_of_words() -> None:
    """The words of all menus but those that are right."""
    label = "<response_label ident='{0}'><material><mattext>{0}</mattext></material></response_label>"
    shown, rules = "", ""
    for name, words in (("one", ("is", "are")), ("two", ("a", "an"))):
        labels = "".join(map(label.format, words))
        shown += (
            f"<response_lid ident='response_{name}'><material><mattext>{name}</mattext></material>"
            f"<render_choice>{labels}</render_choice></response_lid>"
        )
        rules += (
            f"<respcondition><conditionvar><varequal respident='response_{name}'>{words[0]}</varequal></conditionvar>"
            "<setvar action='Add'>50</setvar></respcondition>"
        )
    item = item_of(shown, rules, "multiple_dropdowns_question").replace("Which?", "It [one] [two] cat.")
    found = read(item)
    (made,) = items_of(found)
    assert (made.prompt, made.word_bank) == ("It {{c1::is}} {{c2::a}} cat.", ("are", "an"))
    assert [note.message for note in found.notes] == [
        "gaps with lists of their own have one for all: the words of every list (in 'It [one] [two] cat.')"
    ]


@pytest.mark.parametrize("title", ["Question", ""])
def test_a_message_calls_a_question_by_its_text_where_its_title_says_nothing(title: str) -> None:
    """Canvas calls each of its questions "Question", and a line of a file in a package can hardly be looked at."""
    item = item_of("", "", "text_only_question").replace('title="Question"', f'title="{title}"')
    assert [note.message for note in read(item).notes] == ["'Which?' is no question but a text, and is left out"]
