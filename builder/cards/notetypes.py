"""The six note types of every deck: names, fields, templates, and their ids for ever.

Anki matches a note type by id, a field and a template by id too, and takes an
update without trouble only while their number and order stay the same. So the
shapes below are frozen by the first release: four spare fields each, a
`Retired` field that empties every card, and a spare template behind an empty
field where Anki allows one. The sixth begins with the fields of Anki's own type
"Image Occlusion", so that Anki's editor shows its boxes. Texts and styles may change at any time.

Fields hold HTML that `builder.cards.fields` makes. The files in `templates/`
show it; they read it from the page and never splice it into a script. The field
`Words` has the fixed words of the course's language (`builder.cards.words`).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from builder.cards import words

# Comments are for who reads the files here, not for a student's phone.
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_STYLE_COMMENT = re.compile(r" ?/\*.*?\*/\n?", re.DOTALL)
_MARKER = re.compile(r"<!-- scripts: ([\w ]+) -->")
_SHARED = ("Image", "Explanation", "Sources", "Id", "Retired", "Spare1", "Words", "Spare3", "Spare4")
SIDES = ("qfmt", "afmt", "bqfmt", "bafmt")  # Anki's names of a template's texts: on the card, then in the browser
SPARES = 4  # the last fields of every note type


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note: `file` names its HTML in `templates/`, `gate` the field without which there is no card.

    `question` and `answer` are what Anki's browser shows of the card in its
    columns: fields, since the page itself would show hidden text too.
    """

    name: str
    file: str
    gate: str
    question: str = ""
    answer: str = ""


@dataclass(frozen=True)
class NoteType:
    """A note type; the ids of fields and templates count up from `base`, in the frozen order."""

    name: str
    id: int
    own: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    stock: int = 0  # Anki's number for the type of its own that this one is
    sort: str = ""  # the field that Anki's browser sorts by, if it is not the first

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all fields: its own, then those that all types share and it doesn't have among its own."""
        return (*self.own, *self.shared)

    @property
    def shared(self) -> tuple[str, ...]:
        """The names of the fields after its own."""
        return tuple(name for name in _SHARED if name not in self.own)

    @property
    def field_ids(self) -> dict[str, int]:
        """The id of each field by its name, in the frozen order."""
        return {name: self.id * 1000 + place for place, name in enumerate(self.fields, 1)}

    @property
    def template_ids(self) -> dict[str, int]:
        """The id of each template by its name, in the frozen order."""
        return {template.name: self.id * 1000 + 500 + place for place, template in enumerate(self.templates)}

    @property
    def spares_in_use(self) -> tuple[str, ...]:
        """The fields that were spare in the first release and have a name and a use of their own now."""
        return tuple(name for name in self.fields[-SPARES:] if not name.startswith("Spare"))

    @cached_property
    def digest(self) -> str:
        """Hash of all that an import brings of it, as 16 hexadecimal digits; times do not count."""
        return hashlib.sha256(json.dumps(self.model(0), ensure_ascii=False).encode()).hexdigest()[:16]

    @property
    def texts(self) -> tuple[str, ...]:
        """The style and the sides of every template, which a student may have rewritten."""
        model = self.model(0)
        return (model["css"], *(template[side] for template in model["tmpls"] for side in SIDES))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The keys of the fixed words that its cards show."""
        sides = "".join(self.texts[1:])
        return tuple(sorted({*words.labels(sides), *words.spoken(sides), *words.labels(_file("style.css"))}))

    def model(self, changed: int) -> dict[str, Any]:
        """The note type as Anki's JSON; `changed` is its time of last change, in seconds."""
        return {
            "css": style(),
            "did": None,
            "flds": [self._field(i, name) for i, name in enumerate(self.fields)],
            "id": str(self.id),
            "latexPost": "\\end{document}",
            "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
            "latexsvg": False,
            "mod": changed,
            "name": self.name,
            "req": [[i, "any", [self.fields.index(t.gate)]] for i, t in enumerate(self.templates)],
            "sortf": self.fields.index(self.sort) if self.sort else 0,
            "tags": [],
            "tmpls": [self._template(i, template) for i, template in enumerate(self.templates)],
            "type": int(self.is_cloze),
            "usn": -1,
            "vers": [],
        } | ({"originalStockKind": self.stock} if self.stock else {})

    def _field(self, place: int, name: str) -> dict[str, Any]:
        return {
            "name": name,
            "ord": place,
            "id": self.field_ids[name],
            "font": "Arial",
            "size": 20,
            "rtl": False,
            "sticky": False,
            "media": [],
            "collapsed": name not in self.own,
            "description": "",
            "plainText": False,
            "excludeFromSearch": name in {"Sources", "Id", "Retired", "Words"},
        } | (
            {"tag": place} if self.stock and name in self.own else {}
        )  # by which Anki finds the fields of its own type

    def _template(self, place: int, template: Template) -> dict[str, Any]:
        front = _file(f"{template.file}.front.html")
        # A cloze card comes from its number, whatever the gates say: Anki wants the filter in the open.
        gated = front if self.is_cloze else f"{{{{#{template.gate}}}}}{front}{{{{/{template.gate}}}}}"
        return {
            "name": template.name,
            "ord": place,
            "id": self.template_ids[template.name],
            # Static text alone leaves a card empty to Anki, so that it is told apart and offered for deletion.
            "qfmt": f"{{{{^Retired}}}}{gated}{{{{/Retired}}}}{_file('retired.html')}",
            "afmt": _file(f"{template.file}.back.html"),
            "bqfmt": template.question,
            "bafmt": template.answer,
            "bfont": "",
            "bsize": 0,
            "did": None,
        }


@cache
def _file(name: str) -> str:
    """A file of `templates/`, with a script in place of its marker: `<!-- scripts: core choice -->` names two files."""
    text = (files("builder.cards") / "templates" / name).read_text("utf-8")
    return _MARKER.sub(lambda marker: _script(marker[1].split()), words.marked(text))


@cache
def style() -> str:
    """The style of every card, with the English words that it shows."""
    labels = {key for file in sorted(_templates()) for key in words.labels(_file(file))}
    return words.styled(_STYLE_COMMENT.sub("", _file("style.css")), sorted(labels))


def _templates() -> list[str]:
    """The HTML files of `templates/`."""
    return [file.name for file in (files("builder.cards") / "templates").iterdir() if file.name.endswith(".html")]


def _script(names: list[str]) -> str:
    """The script of one template. Its functions are local, since Anki's desktop runs it again on the same page."""
    inside = "\n".join(_file(f"{name}.js") for name in ("words", *names))
    inside = _COMMENT.sub("", inside)
    return f'<script>\n(() => {{\n"use strict";\n{words.english(inside)}{inside}}})();\n</script>'


_SPARE = Template("Spare", "spare", "Spare4")

RECALL = NoteType(
    "her-study Recall",
    1_763_800_000_101,
    ("Prompt", "Answer", "ReversePrompt", "ReverseAnswer", "Accept"),
    (
        Template("Recall", "recall", "Prompt", "{{Prompt}}", "{{Answer}}"),
        Template("Reverse", "reverse", "ReversePrompt", "{{ReversePrompt}}", "{{ReverseAnswer}}"),
        _SPARE,
    ),
)
CLOZE = NoteType(
    "her-study Cloze",
    1_763_800_000_102,
    ("Text",),
    (Template("Cloze", "cloze", "Text", "{{cloze:Text}}", "{{cloze:Text}}"),),
    is_cloze=True,
)
CHOICE = NoteType(
    "her-study Choice",
    1_763_800_000_103,
    ("Prompt", "Options", "Feedback"),
    (Template("Choice", "choice", "Prompt", "{{Prompt}}", "{{Feedback}}"), _SPARE),
)
ARRANGE = NoteType(
    "her-study Arrange",
    1_763_800_000_104,
    ("Prompt", "Parts", "Key"),
    (Template("Arrange", "arrange", "Prompt", "{{Prompt}}", "{{Key}}"), _SPARE),
)
OPEN = NoteType(
    "her-study Open",
    1_763_800_000_105,
    ("Prompt", "Task", "Guide"),
    (Template("Open", "open", "Prompt", "{{Prompt}}", "{{Guide}}"), _SPARE),
)
OCCLUSION = NoteType(
    "her-study Occlusion",
    1_763_800_000_106,
    ("Occlusion", "Image", "Header", "Back Extra", "Comments"),
    (Template("Occlusion", "occlusion", "Occlusion", "{{Header}}", "{{Back Extra}}"),),
    is_cloze=True,
    stock=6,
    sort="Header",
)
NOTE_TYPES = (RECALL, CLOZE, CHOICE, ARRANGE, OPEN, OCCLUSION)
