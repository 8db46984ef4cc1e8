"""Cloze texts: gaps to type into as embedded answers, gaps with a word bank as boxes to drag."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from builder.exchange.moodle._answers import cdata, plain, starred, words
from builder.paper.rules import rule_of
from builder.text import cloze
from builder.text.tree import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange.moodle._outof import Writer
    from builder.model import Cloze

# What would end an answer, begin another one or its feedback. A backslash before `~` would stay in the answer.
_REFERENCES = {
    "}": "&#125;",
    "{": "&#123;",
    "~": "&#126;",
    "#": "\\#",
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "\\": "&#92;",
}
_SIGNS = re.compile(r"[{}~#<>&\\]|\A%")


def embedded(writer: Writer, item: Cloze) -> str:
    """The HTML of the prompt, each gap as `{1:SHORTANSWER:=text~=another}`, its hint in brackets after it."""
    _tell(writer, item)
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.rule != "each":
        writer.losses.add(item, ("scoring",), "each gap earns its part in Moodle")
    weight, rest = divmod(item.points, len(item.blanks))
    if rest:
        writer.losses.add(item, ("marks",), "a gap is worth whole marks in Moodle: each counts 1")
    weight = 1 if rest else int(weight)
    accepted = iter(item.accepted)
    blanks = iter(item.blanks)

    def gap(node: cloze.Gap) -> str:
        others, blank = next(accepted), next(blanks)
        key = f"c{blank.number}"
        texts = [words(writer, item, ("prompt",), blank.text)]
        texts += [words(writer, item, ("accept", key), text) for text in others]
        answers = "~".join(f"={_escaped(starred(text))}" for text in texts)
        hint = f" ({writer.html.line(node.hint)})" if node.hint else ""
        return f"{{{weight}:SHORTANSWER:{answers}}}{hint}"

    return _shown(writer, item, gap)


def boxes(writer: Writer, item: Cloze) -> tuple[str, str]:
    """The HTML of the prompt with gaps `[[1]]`, and the boxes that fit into them."""
    _tell(writer, item)
    for key in item.accept:
        writer.losses.add(item, ("accept", key), "a gap into which a word is dragged has one right word")
    if rule_of(item, defaults=writer.course.scoring):
        writer.losses.add(item, ("scoring",), "each gap earns its part in Moodle")
    often = [words(writer, item, ("prompt",), blank.text) for blank in item.blanks]
    texts = list(dict.fromkeys(often))
    numbers = {text: place for place, text in enumerate(texts, 1)}

    def gap(node: cloze.Gap) -> str:
        hint = f" ({writer.html.line(node.hint)})" if node.hint else ""
        return f"\ufdd0{numbers[plain(node.blank.text, item)]}\ufdd1{hint}"

    # Brackets that an author typed must not be gaps.
    text = _shown(writer, item, gap).replace("[[", "[&#91;").replace("\ufdd0", "[[").replace("\ufdd1", "]]")
    texts += [words(writer, item, ("word_bank", place), text) for place, text in enumerate(item.word_bank or ())]
    listed = "".join(
        f"<dragbox><text>{cdata(escape(text, quote=False))}</text><group>1</group>{'<infinite/>' if often.count(text) > 1 else ''}</dragbox>"
        for text in texts
    )
    return text, f"<shuffleanswers>1</shuffleanswers>{listed}"


def _shown(writer: Writer, item: Cloze, gap: object) -> str:
    html = type(writer.html)(writer.html.address, gap)  # type: ignore[arg-type]
    text = html.text(cloze.read(item.prompt, math=item.math))
    writer.html.files += html.files
    return text


def _tell(writer: Writer, item: Cloze) -> None:
    """Note what gaps in Moodle have no place for."""
    numbers = [blank.number for blank in item.blanks]
    if numbers != list(range(1, len(numbers) + 1)):
        writer.losses.add(item, ("prompt",), "the numbers of blanks, which say what is asked on one card, are lost")
    if any(blank.hint for blank in item.blanks):
        writer.losses.add(item, ("prompt",), "a hint stands in the text, in brackets after its gap")
    if any(isinstance(node, cloze.Formula) for node in _nodes(item)):
        writer.losses.add(item, ("prompt",), "a gap in a formula stands after the formula")


def _nodes(item: Cloze) -> Iterator[cloze.Node]:
    return (node for line in lines(cloze.read(item.prompt, math=item.math)) for node in line)


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: _REFERENCES.get(sign[0], "&#37;"), text)
