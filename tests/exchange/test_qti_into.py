"""QTI 2 from others: what their items come to, and what is left out."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.disk import archive
from builder.exchange import qti21
from tests.exchange.trip import taken
from tests.pictures import png

if TYPE_CHECKING:
    from builder.exchange._frame import Read


def item_of(body: str, declared: str, processing: str = "", ident: str = "i1", more: str = "") -> bytes:
    """An item as others write it."""
    return (
        f"<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1' identifier='{ident}' title='x' "
        f"adaptive='false' timeDependent='false'>{declared}<itemBody>{body}</itemBody>{processing}{more}</assessmentItem>"
    ).encode()


def response(kind: str, cardinality: str, *key: str, mapping: str = "") -> str:
    """The declaration of a response."""
    values = "".join(f"<value>{it}</value>" for it in key)
    return (
        f"<responseDeclaration identifier='RESPONSE' cardinality='{cardinality}' baseType='{kind}'>"
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


def items_of(*documents: bytes) -> tuple[list[Any], Read]:
    """What a package of these documents comes to, without a manifest."""
    found = qti21.read("x.zip", archive.zipped({f"{n}.xml": data for n, data in enumerate(documents)}))
    return list(taken(found)), found


_CHOICE = (
    "<choiceInteraction responseIdentifier='RESPONSE' shuffle='true' maxChoices='{most}'><prompt>Which?</prompt>"
    "<simpleChoice identifier='A'>one<feedbackInline outcomeIdentifier='F' identifier='A' showHide='show'> first"
    "</feedbackInline></simpleChoice><simpleChoice identifier='B'>two</simpleChoice>"
    "<simpleChoice identifier='C' fixed='true'>none</simpleChoice></choiceInteraction>"
)
_TEMPLATE = "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p1/rptemplates/{name}'/>"


def test_the_standard_templates_are_read() -> None:
    """A match is all or nothing, a mapping gives shares and takes them; feedback in a choice is its reason."""
    one = item_of(
        _CHOICE.format(most=1), response("identifier", "single", "B"), _TEMPLATE.format(name="match_correct"), "a"
    )
    mapping = (
        "<mapping lowerBound='0' defaultValue='0'><mapEntry mapKey='A' mappedValue='1'/>"
        "<mapEntry mapKey='B' mappedValue='1'/><mapEntry mapKey='C' mappedValue='-1'/></mapping>"
    )
    declared = response("identifier", "multiple", "A", "B", mapping=mapping)
    many = item_of(_CHOICE.format(most=0), declared, _TEMPLATE.format(name="map_response"), "b")
    (first, second), found = items_of(one, many)
    assert [option.is_right for option in first.options] == [False, True, False]
    assert (first.prompt, first.options[0].why, first.options[2].pin) == ("Which?", "first", "last")
    assert (second.scoring.rule, second.scoring.penalty) == ("each-minus", Fraction(1, 2))
    assert found.notes == []


def test_entries_in_a_text_are_gaps_and_one_alone_is_an_answer() -> None:
    """A text entry beside words hides them, one in a paragraph of its own asks for a few words."""
    entry = "<textEntryInteraction responseIdentifier='RESPONSE'/>"
    declared, match = response("string", "single", "Rome"), _TEMPLATE.format(name="match_correct")
    gap = item_of(f"<p>The city of {entry} is old.</p>", declared, match, "a")
    alone = item_of(f"<p>Which city?</p><p>{entry}</p>", declared, match, "b")
    (first, second), _ = items_of(gap, alone)
    assert (first.kind, first.prompt) == ("cloze", "The city of {{c1::Rome}} is old.")
    assert (second.kind, second.prompt, second.answer) == ("basic", "Which city?", "Rome")


def test_words_to_drag_are_a_word_bank() -> None:
    """Each gap hides the word that belongs into it, the others are the further words."""
    words = "".join(f"<gapText identifier='{it}' matchMax='1'>{it}</gapText>" for it in ("winter", "summer", "spring"))
    text = "<p>Now is the <gap identifier='G1'/> of our discontent, then <gap identifier='G2'/>.</p>"
    body = f"<gapMatchInteraction responseIdentifier='RESPONSE'><prompt>Fill in.</prompt>{words}{text}</gapMatchInteraction>"
    declared = response("directedPair", "multiple", "winter G1", "summer G2")
    (item,), _ = items_of(item_of(body, declared, _TEMPLATE.format(name="match_correct")))
    assert item.prompt == "Fill in.\n\nNow is the {{c1::winter}} of our discontent, then {{c2::summer}}."
    assert (item.word_bank, item.scoring.rule) == (("spring",), "all")


def test_a_number_within_a_tolerance_is_read() -> None:
    """`equal` with an absolute tolerance is a range, and a float without processing its key."""
    entry = "<p>How many?</p><p><textEntryInteraction responseIdentifier='RESPONSE'/></p>"
    equal = (
        "<responseProcessing><responseCondition><responseIf><equal toleranceMode='absolute' tolerance='0.1 0.1'>"
        "<variable identifier='RESPONSE'/><baseValue baseType='float'>2.5</baseValue></equal>"
        "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf>"
        "</responseCondition></responseProcessing>"
    )
    declared = response("float", "single", "2.5")
    (first, second), _ = items_of(item_of(entry, declared, equal, "a"), item_of(entry, declared, "", "b"))
    assert (first.answer, first.tolerance, second.answer, second.tolerance) == ("2.5", "0.1", "2.5", "0")


def test_what_has_no_counterpart_is_left_out_one_by_one() -> None:
    """Other interactions, several of them, adaptive items, a broken document: each is named at its place."""
    good = item_of(_CHOICE.format(most=1), response("identifier", "single", "B"), ident="good")
    bad = [
        item_of("<sliderInteraction responseIdentifier='RESPONSE'/>", ""),
        item_of(_CHOICE.format(most=1) * 2, response("identifier", "single", "B")),
        item_of(_CHOICE.format(most=1), response("identifier", "single")),
        good.replace(b"adaptive='false'", b"adaptive='true'"),
        b"<assessmentItem><itemBody>",
        item_of("<p>Nothing.</p>", ""),
    ]
    items, found = items_of(*bad, good)
    assert [note.code for note in found.notes] == ["not-imported"] * 6
    assert [note.span.path for note in found.notes] == [f"x.zip/{n}.xml" for n in range(6)]
    assert [item.id for item in items] == ["good"]


def test_a_hostile_item_is_refused_in_time() -> None:
    """Choices, gaps and depth without end end at once, each by name, and a file that is shown often is unpacked once."""
    choices = "".join(f"<simpleChoice identifier='c{n}'>x</simpleChoice>" for n in range(50_000))
    entries = "<textEntryInteraction responseIdentifier='RESPONSE'/>" * 20_000
    declared = response("string", "single", "x")
    bodies = [
        f"<choiceInteraction responseIdentifier='RESPONSE'>{choices}</choiceInteraction>",
        f"<p>a {entries}</p>",
        "<div>" * 100_000 + "</div>" * 100_000,
    ]
    started = time.process_time()
    items, found = items_of(*(item_of(body, declared) for body in bodies))
    assert (items, len(found.notes)) == ([], 3)
    shown = "<img src='a.png' alt='a'/>" * 2_000
    text = item_of(_CHOICE.format(most=1).replace("one<", f"one{shown}<", 1), response("identifier", "single", "B"))
    seen = qti21.read("x.zip", archive.zipped({"a.xml": text, "a.png": png(3000, 3000)}))
    assert list(seen.files) == ["a.png"]
    assert time.process_time() - started < 10


def test_gaps_with_lists_of_their_own_have_one_bank_of_words() -> None:
    """The words of all lists but those that are hidden."""
    gaps = [("R1", ("is", "are")), ("R2", ("an", "a"))]
    shown = "".join(
        f"<inlineChoiceInteraction responseIdentifier='{name}'>"
        + "".join(f"<inlineChoice identifier='{word}'>{word}</inlineChoice>" for word in words)
        + "</inlineChoiceInteraction>"
        for name, words in gaps
    )
    keys = [response("identifier", "single", key) for key in ("is", "a")]
    declared = "".join(key.replace("'RESPONSE'", f"'{name}'") for key, (name, _) in zip(keys, gaps, strict=True))
    ((item,), found) = items_of(item_of(f"<p>It {shown} cat.</p>", declared))
    assert ([blank.text for blank in item.blanks], item.word_bank) == (["is", "a"], ("are", "an"))
    assert [note.message for note in found.notes] == [
        "gaps with lists of their own have one for all: the words of every list"
    ]


def test_signs_that_stand_for_gaps_here_are_none_in_a_document() -> None:
    """Neither typed, nor by their numbers, nor in an attribute."""
    entry = "<textEntryInteraction responseIdentifier='RESPONSE'/>"
    body = f"<p>A &#xFDD0;0&#xFDD1; \ufdd00\ufdd1 {entry} b<img src='no.png' alt='c&#xFDD0;0&#xFDD1;'/>.</p>"
    ((item,), _) = items_of(item_of(body, response("string", "single", "cat")))
    assert item.prompt == "A 0 0 {{c1::cat}} bc0."


def test_names_are_known_in_any_namespace() -> None:
    """As that of all, behind a comment, with a prefix, in a part alone, or without one."""
    declared, ns = response("string", "single", "cat"), "http://www.imsglobal.org/xsd/imsqti_v2p1"
    plain = item_of("<p>A <textEntryInteraction responseIdentifier='RESPONSE'/> b.</p>", declared).decode()
    bare = plain.replace(f" xmlns='{ns}'", "")
    assert bare != plain
    prefixed = bare.replace("</", "<//").replace("<", "<q:").replace("<q://", "</q:")
    several = [
        plain,
        bare,
        f"<?xml version='1.0'?><!-- a -- free ' > -->{plain}".replace("-- free", "free"),
        plain.replace("title='x'", "title=' xmlns=\"y\"'"),
        prefixed.replace("<q:assessmentItem", f"<q:assessmentItem xmlns:q='{ns}'"),
        bare.replace("<p>", "<p xmlns='http://www.w3.org/1999/xhtml'>"),
    ]
    for text in several:
        ((item,), found) = items_of(text.encode())
        assert (item.prompt, found.notes) == ("A {{c1::cat}} b.", []), text
