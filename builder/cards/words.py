r"""The fixed words of a card, in the language of its course.

All courses of a student share the note types, so a template can't hold the
words of one language. It holds English ones, and a note of a course in another
language brings its own in the field `Words`, as the style of the card's face:
`direction:rtl;--say-check:'Prüfen'`. Three readers find them there:

- The style sheet shows some, `content: var(--say-right_mark, 'Right')`.
- Labels of a template stand in a span, `<span class="say-answer">`. It holds
  the English word, but for a note with `Words`, whose word the style puts in.
- Scripts say others, by `word("check")` (`templates/words.js`).

The numbers and texts of a phrase are %1, %2 and so on, since a brace would end
a field. What has a meaning in HTML, CSS or to Anki is written as the style
sheets' `\27 `.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from builder.wording import languages, wording, words_on_cards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.wording import Wording

_WITHDRAWN = "<!-- withdrawn -->"
_LABEL = re.compile(r"<!-- word: (\w+) -->")
_SPAN = re.compile(r'<span class="say-(\w+)">')
_SPOKEN = re.compile(r'\bword\("(\w+)"')
_SHOWN = re.compile(r"var\(--say-(\w+)")
_PLACE = re.compile(r"\{(\d?)\}")
_RISKY = re.compile(r"[\\'\"<>&{}\[\]%]")
_ENGLISH = "en"


def field(words: Wording, keys: Iterable[str]) -> str:
    """The words of these keys as a note's field: nothing in English, which the templates have."""
    if words is wording(_ENGLISH):
        return ""
    said = "".join(f"--say-{key}:'{_hidden(_phrase(words, key))}';" for key in keys)
    return f"direction:rtl;{said}" if words.is_leftward else said


def marked(template: str) -> str:
    """A template with the English word, or a place for another, in place of each `<!-- word: key -->`."""
    text = _LABEL.sub(lambda label: _span(label[1]), template)
    return text.replace(_WITHDRAWN, withdrawn()) if _WITHDRAWN in text else text


def withdrawn() -> str:
    """What a withdrawn question says in place of itself: in English, or for a note with `Words` in all other languages.

    It can't be the note's own word. A card that shows a field of its note is one to study, and this one isn't.
    """
    said = {language: escape(words_on_cards(language)["withdrawn"]) for language in languages()}
    first = said.pop(_ENGLISH)
    others = "".join(f'<p class="retired" lang="{language}" dir="auto">{text}</p>' for language, text in said.items())
    return f'{{{{^Words}}}}<p class="retired">{first}</p>{{{{/Words}}}}{{{{#Words}}}}{others}{{{{/Words}}}}'


def labels(text: str) -> set[str]:
    """The keys of the words that a template or a style sheet shows."""
    return {*_SPAN.findall(text), *_SHOWN.findall(text)}


def spoken(script: str) -> set[str]:
    """The keys of the words that a script says."""
    return set(_SPOKEN.findall(script))


def english(script: str) -> str:
    """The English words that a script says, as its constant `ENGLISH`."""
    table = {key: _phrase(wording(_ENGLISH), key) for key in sorted(spoken(script))}
    return f"const ENGLISH = {json.dumps(table, ensure_ascii=False)};\n"


def styled(sheet: str, keys: Iterable[str]) -> str:
    """A style sheet with its English words, and with a rule that shows the word of each of these labels."""
    shown = _SHOWN.sub(lambda found: f"{found[0]}, '{_phrase(wording(_ENGLISH), found[1])}'", sheet)
    return shown + "".join(f".say-{key}::before {{ content: var(--say-{key}); }}\n" for key in keys)


def _span(key: str) -> str:
    return f'<span class="say-{key}">{{{{^Words}}}}{escape(_phrase(wording(_ENGLISH), key))}{{{{/Words}}}}</span>'


def _phrase(words: Wording, key: str) -> str:
    """A phrase of cards, or a word that a paper has too; its places are %1, %2 and so on.

    "{} of {}" is "%1 of %2", and "{1} of {0}" is "%2 of %1".
    """
    text = words.cards.get(key) or words[key]
    places = iter(range(1, 10))
    return _PLACE.sub(lambda place: f"%{int(place[1]) + 1 if place[1] else next(places)}", text)


def _hidden(text: str) -> str:
    """A text for a string in an attribute: what would end one of them, and what Anki acts on, as escapes."""
    spared = re.sub(r"%(?=\d)", "\0", text)
    return _RISKY.sub(lambda sign: f"\\{ord(sign[0]):x} ", spared).replace("\0", "%")
