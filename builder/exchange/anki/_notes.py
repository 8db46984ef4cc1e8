"""Notes as entries of a bank."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _files, _tags
from builder.exchange._frame import BrokenSourceError, Entry, Read, UnfitError
from builder.exchange._ids import slug
from builder.exchange._rich import Rich, typed
from builder.exchange.anki import _cards, _fields
from builder.model.fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.exchange.anki._collection import Note

MOST_TEXT = 64 * 1024 * 1024  # characters of all notes as their cards show them
MEDIA = "media"  # the folder of the course for pictures and recordings
_OURS = "her-study "  # how the names of our own note types begin
_OF_STUDENTS = {"leech", "marked"}
_LOOKS = re.compile("[a-z]")
_WEB = re.compile(r"(?:https?|data|file):", re.IGNORECASE)


def taken(name: str, notes: Iterable[Note], file: Callable[[str], bytes | None]) -> Read:
    """What the notes come to; `file` has the content of a picture or recording by its name in notes.

    Raises:
        BrokenSourceError: the notes can't be read to their end.
    """
    taker = _Taker(name, file)
    for note in notes:
        taker.take(note)
    return taker.done()


class _Taker:
    def __init__(self, name: str, file: Callable[[str], bytes | None]) -> None:
        self.name, self.content = name, file
        self.read = Read()
        self.files: dict[str, str | None] = {}
        self.room = MOST_TEXT
        self.repeated: dict[tuple[str, str], tuple[Span, int]] = {}

    def take(self, note: Note) -> None:
        """Add a note, or say why it is left out."""
        self.room -= sum(map(len, note.fields)) + sum(len(card.front) for card in note.type.templates[:1])
        if self.room < 0:
            message = f"more than {MOST_TEXT} characters of text"
            raise BrokenSourceError(Span(self.name), message, "export it in several parts")
        try:
            value = self._value(note)
        except UnfitError as error:
            said = _fields.words(_fields.rich(note.fields[0], lambda _: None, lambda _: None))
            self.read.refused(note.span, f"'{said[:60]}' is left out: {error}")
            return
        keys, _ = _tags.read(tag for tag in note.tags if tag.lower() not in _OF_STUDENTS)
        if note.deck not in {"", "Default"} and (theme := slug(note.deck)):
            keys.setdefault("theme", theme)
            self.read.themes.setdefault(theme, note.deck.replace("::", ", "))
        made = {key: it for key, it in {**value, **keys}.items() if it not in (Rich(()), [], "")}
        self.read.entries.append(Entry(typed(made), _wish(note.guid), note.span))

    def done(self) -> Read:
        """All that was read; what is lost in the same way of many notes of a type is one note."""
        for (kind, message), (span, number) in self.repeated.items():
            of = f"'{kind}'" if number == 1 else f"'{kind}', {number} times"
            self.read.lost(span, f"{message} ({of})")
        return self.read

    def _lost(self, note: Note, message: str) -> None:
        span, number = self.repeated.get((note.type.name, message), (note.span, 0))
        self.repeated[note.type.name, message] = span, number + 1

    def _file(self, note: Note) -> Callable[[str], str | None]:
        """What finds the file of an address, and takes it in."""

        def find(address: str) -> str | None:
            if address not in self.files:
                self.files[address] = self._found(note, address)
            return self.files[address]

        return find

    def _found(self, note: Note, address: str) -> str | None:
        content = None if _WEB.match(address) else self.content(address)
        if content is None:
            self.read.lost(note.span, f"a picture or recording is not in the file: {address[:80]}")
            return None
        return _files.taken(
            self.read, f"{MEDIA}/{address}", content, lambda message: self.read.lost(note.span, message)
        )

    def _value(self, note: Note) -> dict[str, Any]:
        """The keys of an item that a note comes to.

        Raises:
            UnfitError: it comes to none.
        """
        if note.type.name.startswith(_OURS):
            message = "her-study made this note: its course has all of it, and the deck has not"
            raise UnfitError(message)
        if not note.type.templates or len(note.fields) != len(note.type.fields):
            message = "its fields are not those of its type"
            raise UnfitError(message)
        values = dict(zip(note.type.fields, note.fields, strict=True))
        return self._cloze(note, values) if note.type.is_cloze else self._cards(note, values)

    def _rich(self, note: Note, html: str) -> Rich:
        return _fields.rich(html, self._file(note), lambda message: self._lost(note, message))

    def _cloze(self, note: Note, values: dict[str, str]) -> dict[str, Any]:
        template = note.type.templates[0]
        shown = _cards.side(template.front)
        if not any("{{c" in values.get(name, "") for name in shown.clozes):
            message = "it has no blank"
            raise UnfitError(message)
        html = _cards.front(template, values)
        prompt = _fields.clozed(html, self._file(note), lambda message: self._lost(note, message))
        told = [name for name in _cards.side(template.back).fields if name in values and name not in shown.fields]
        return {"kind": "cloze", "prompt": prompt, "explanation": self._joined(note, values, told)}

    def _joined(self, note: Note, values: dict[str, str], names: Iterable[str]) -> Rich:
        """What several fields say, one after the other."""
        texts = [self._rich(note, values[name]) for name in names if values[name].strip()]
        return Rich(tuple(block for text in texts for block in text.text))

    def _cards(self, note: Note, values: dict[str, str]) -> dict[str, Any]:
        """A question and an answer, and where the note has such a card, the way back."""
        asked = _cards.asked(note.type, note.ordinals)
        cards = [card for place, card in enumerate(note.type.templates) if place in note.ordinals]
        prompt = self._rich(note, _cards.front((cards or note.type.templates)[0], values))
        answers = [(name, said) for name in asked.answers if (said := self._rich(note, values[name])).text]
        if not prompt.text or not answers:
            message = "its first card asks nothing" if not prompt.text else "its first card answers nothing"
            raise UnfitError(message)
        for card in asked.unread:
            self._lost(note, f"the card '{card[:60]}' has no place beside the first")
        for name in asked.unseen:
            if values[name].strip():
                self._lost(note, f"the field '{name[:60]}' is shown on no card")
        (first, answer), *further = answers
        explanation = Rich(tuple(block for _, said in further for block in said.text))
        made = {"kind": "basic", "prompt": prompt, "answer": answer, "explanation": explanation}
        if asked.back and first == asked.answers[0]:
            there = self._rich(note, _cards.front(asked.back, values))
            firsts = (name for name in asked.front.fields if name in values and values[name].strip())
            back = self._joined(note, values, list(firsts)[:1])
            if there.text and back.text:
                made |= {"kind": "reversed", "reverse_prompt": there, "reverse_answer": back}
        return made


def _wish(guid: str) -> str:
    """What the id of a note is made from: its guid where that is an id that tells something, else a hash of it.

    The guids of Anki differ by capitals and signs, which ids have not.
    """
    if re.match(SLUG, guid) and _LOOKS.search(guid):
        return guid
    return f"anki-{hashlib.sha256(guid.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
