"""The questions of a GIFT file as entries of a bank."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _tags
from builder.exchange._choices import Graded, chosen
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._grid import share_of
from builder.exchange._guide import TO_DO
from builder.exchange._halves import Halves
from builder.exchange._ids import slug
from builder.exchange._markup import from_html
from builder.exchange._rich import Rich, gap, plain, typed
from builder.text import markup
from builder.text.numbers import is_number
from builder.text.tree import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = dict[str, Any]
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")  # noncharacters, which stand for gaps and escaped signs here
# What stands for an escaped sign while a question is cut up, and what the sign is: an escaped `n` is the end of a line.
_HIDE = {sign: chr(0xFDE0 + number) for number, sign in enumerate("\\:#={}~n")}
_SHOW = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDE.items()})
_COMMENT = re.compile(r"\[(id|tag):((?:\\\]|[^\]])*)\]")
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%")
_SOURCES = re.compile(r'<ul class="sources">.*?</ul>\s*\Z', re.DOTALL)
_STAR = re.compile(r"\\\*")
_LINE = "_____"


def _hidden(text: str) -> str:
    return _ESCAPE.sub(lambda found: _HIDE[found[1]], text)


def _shown(text: str) -> str:
    """The signs that were escaped, as themselves."""
    return text.translate(_SHOW)


class Reader:
    """Reads a file, block by block: a blank line ends each."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, _NOT_TEXT.sub("", text)
        self.read = Read()
        self.theme = ""
        self._halves = Halves()

    def done(self) -> Read:
        """What was read."""
        for line, block in self._blocks():
            self._take(line, block)
        self._halves.rest()
        return self.read

    def _blocks(self) -> Iterator[tuple[int, list[str]]]:
        block: list[str] = []
        start = 1
        for number, line in enumerate([*self.text.split("\n"), ""], 1):
            if line.strip():
                start = start if block else number
                block.append(line.strip("\r"))
            elif block:
                yield start, block
                block = []

    def _take(self, line: int, block: list[str]) -> None:
        ids: dict[str, list[str]] = {"id": [], "tag": []}
        rest = []
        for text in block:
            if text.lstrip().startswith("//"):
                for key, value in _COMMENT.findall(text):
                    ids[key].append(value.replace("\\]", "]"))
            elif text.lstrip().startswith("$CATEGORY:"):
                path = [
                    part for part in text.partition(":")[2].strip().split("/") if part not in {"$course$", "top", ""}
                ]
                self.theme = slug(path[-1]) if path else ""
                if self.theme:
                    self.read.themes[self.theme] = path[-1]
            else:
                rest.append(text)
        if not rest:
            return
        span = Span(self.name, line)
        question = Question(self.read, span, "\n".join(rest))
        wish = next(iter(ids["id"]), "") or question.title
        try:
            value = question.value()
        except UnfitError as error:
            if question.open or "}" in question.before:
                self.read.refused(span, f"'{(wish or rest[0])[:60]}' is left out: {error}")
            else:
                self.read.lost(span, f"'{(wish or rest[0])[:60]}' is no question but a text, and is left out")
            return
        self._add(question, value, wish, ids["tag"])

    def _add(self, question: Question, value: Value, wish: str, tags: list[str]) -> None:
        keys, kind = _tags.read(tags)
        theme = {} if kind or not self.theme else {"theme": self.theme}

        def entry(value: Value, wish: str) -> None:
            every = {**value, **theme, **keys}
            said = typed({k: it for k, it in every.items() if it not in (Rich(()), [])})
            self.read.entries.append(Entry(said, wish or question.words, question.span))

        if made := self._halves.joined(kind, wish, value, partial(entry, value, wish)):
            entry(*made)


class Question:
    """One question: its title, its text around the braces, and what stands in them."""

    def __init__(self, read: Read, span: Span, text: str) -> None:
        self.read, self.span = read, span
        text = _hidden(text).strip()
        title = _TITLE.match(text)
        self.title = _shown(title[1]).strip() if title else ""
        text = text[title.end() :].lstrip() if title else text
        form = _FORMAT.match(text)
        self.form = form[1] if form else "moodle"
        text = text[form.end() :] if form else text
        self.before, self.open, rest = text.partition("{")
        self.inside, self.close, self.after = rest.partition("}")
        self.words = ""

    def lost(self, message: str) -> None:
        """Note what is dropped."""
        self.read.lost(self.span, message)

    def rich(self, text: str) -> Rich:
        """A text in the format of the question, or in one of its own."""
        text = text.strip()
        form = _FORMAT.match(text)
        said = _shown(text[form.end() :] if form else text).strip()
        match form[1] if form else self.form:
            case "markdown":
                return Rich(markup.parse(said, math=True))
            case "plain":
                return plain(said)
            case _:
                return from_html(
                    said if "<" in said else escape(said, quote=False).replace("&amp;", "&").replace("\n", "<br />")
                )

    def value(self) -> Value:
        """The item."""
        if not (self.open and self.close) or "{" in self.after:
            message = "it has no answers in braces, or more than one pair of them"
            raise UnfitError(message)
        answers, _, told = self.inside.partition("####")
        made = self._answered(answers.strip())
        explanation = from_html(_SOURCES.sub("", _shown(told).strip())) if told.strip() else Rich(())
        if "prompt" not in made:
            # A word that is missing is a line, as Moodle shows it; a full stop after the answers belongs to none.
            is_gap = any(sign.isalnum() for sign in self.after)
            made["prompt"] = self.rich(f"{self.before}{_LINE}{self.after}" if is_gap else self.before)
        nodes = [node for line in lines(made["prompt"].text) for node in line]
        self.words = " ".join(getattr(node, "text", "") for node in nodes)[:80]
        return made | ({"explanation": Rich((*explanation.text, *made.get("explanation", Rich(())).text))})

    def _answered(self, answers: str) -> Value:
        """The kind that the answers say, and what is right."""
        verdict = re.fullmatch(r"(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?", answers, re.DOTALL)
        if not answers:
            self.lost("what earns marks is not in the file: write the key points")
            return {"kind": "short", "key_points": [{"point": TO_DO, "marks": "1"}], "status": "draft"}
        if answers.startswith("#"):
            return self._number(answers[1:].strip())
        if verdict:
            made: Value = {"kind": "truefalse", "answer": str(verdict[1].startswith("T")).lower()}
            return made | {"correction": self.rich(verdict[2] or ""), "explanation": self.rich(verdict[3] or "")}
        parts = [(part[0], part[1:].strip()) for part in re.findall(r"[=~][^=~]*", answers)]
        if not parts:  # one answer that is typed needs no sign
            parts = [("=", answers)]
        if any(sign == "~" for sign, _ in parts):
            return self._choice(parts)
        if all("->" in text for _, text in parts):
            return self._matching([text for _, text in parts])
        return self._short([text for _, text in parts])

    def _choice(self, parts: list[tuple[str, str]]) -> Value:
        options = []
        for sign, text in parts:
            weight = _WEIGHT.match(text) if sign == "~" else None
            said, _, why = (text[weight.end() :] if weight else text).partition("#")
            share = share_of(weight[1]) if weight else Fraction(sign == "=")
            options.append(Graded(share, self.rich(said), self.rich(why)))
        is_multiple = not any(sign == "=" for sign, _ in parts)
        return {"kind": "mcq"} | chosen(
            [option for option in options if option.text.text], self.lost, is_multiple=is_multiple
        )

    def _matching(self, parts: list[str]) -> Value:
        pairs, spare = [], []
        for part in parts:
            left, _, right = (text.strip() for text in part.partition("->"))
            if left and right:
                pairs.append([self.rich(left), plain(_shown(right))])
            elif right:
                spare.append(plain(_shown(right)))
        return {"kind": "matching", "pairs": pairs, "distractors": spare}

    def _short(self, parts: list[str]) -> Value:
        """A short answer, or a gap where text stands after the braces."""
        right = []
        for part in parts:
            weight = _WEIGHT.match(part)
            said, _, told = (part[weight.end() :] if weight else part).partition("#")
            if told.strip():
                self.lost("the feedback for a typed answer is dropped")
            if weight and share_of(weight[1]) != 1:
                self.lost(f"an answer for a part of the marks is dropped: {said[:60]}")
                continue
            right.append(" ".join(_STAR.sub("*", _shown(said)).split()))
        right = [text for text in dict.fromkeys(right) if text]
        if not right:
            message = "no answer earns all marks"
            raise UnfitError(message)
        others = [plain(text) for text in right[1:]]
        if not self.after.strip():
            return {"kind": "basic", "answer": plain(right[0]), "accept": others}
        text = self.rich(f"{self.before}{gap(0)}{self.after}")
        return {"kind": "cloze", "prompt": Rich(text.text, (right[0],))} | (
            {"accept": {"c1": others}} if others else {}
        )

    def _number(self, answers: str) -> Value:
        """A number: `3:0.1`, `1..5`, or several of them behind `=`."""
        entries = []
        right, *wrong = answers.split("~")
        if any(part.partition("#")[2].strip() for part in wrong):
            self.lost("the feedback for every wrong answer is dropped")
        for part in re.findall(r"=[^=]*", right) or [f"={right}"]:
            text = part[1:].strip()
            weight = _WEIGHT.match(text)
            said, _, why = (text[weight.end() :] if weight else text).partition("#")
            share = share_of(weight[1]) if weight else Fraction(1)
            entry = _range(said.strip())
            if entry is None:
                message = f"'{said.strip()[:40]}' is no number"
                raise UnfitError(message)
            told = self.rich(why)
            entries.append(
                entry
                | ({"share": str(max(share, Fraction(0)))} if share != 1 else {})
                | ({"why": told} if told.text else {})
            )
        first = next((entry for entry in entries if "share" not in entry), None)
        if first is None:
            message = "no number earns all marks"
            raise UnfitError(message)
        made: Value = {"kind": "numeric", "answer": first["value"], "tolerance": first["tolerance"]}
        return made | {
            "accept": [entry for entry in entries if entry is not first],
            "explanation": first.get("why", Rich(())),
        }


def _range(text: str) -> Value | None:
    """`3:0.1` and `2.9..3.1` as a value with its tolerance."""
    low, dots, high = text.partition("..")
    if dots and is_number(low.strip()) and is_number(high.strip()):
        least, most = Fraction(low.strip()), Fraction(high.strip())
        return {"value": str((least + most) / 2), "tolerance": str((most - least) / 2)}
    value, _, slack = (part.strip() for part in text.partition(":"))
    return {"value": value, "tolerance": slack or "0"} if is_number(value) and is_number(slack or "0") else None
