"""Typst sets documents from templates that never change.

Author's text reaches a template as JSON data alone, so nothing in it can act
as markup. PDFs are tagged and exported as PDF/UA-1, and the same document
gives the same bytes: no clock, no fonts of the machine, no names of temporary
files.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import fields, is_dataclass
from importlib.resources import files as package_files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, cast

from pydantic import BaseModel

from builder.diagnostics import BuilderError
from builder.disk.journal import undisturbed
from builder.disk.temporary import TemporaryFolder
from builder.model.fields import Image
from builder.printing.direction import isolated
from builder.printing.pdf.typefaces import OURS, Typefaces, families
from builder.text.languages import is_leftward
from builder.text.late import late
from builder.text.tree import Code, Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typst import Compiler

    from builder.printing.form import Head

# What has no glyph by nature: spaces of a typewriter become one space, controls and marks of byte order go.
_SPACE = late(r"[\t\n\v\f\r\x85]")
_CONTROL = late(r"[\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")

# PDF/UA-1 forbids text without a glyph. Typst names all of it in one error, as Rust writes strings.
_LACKING = late(r'(?:the text|disallowed codepoint) `"(.+?)"`')
_TAB = 4  # signs from one stop of a program's tabs to the next
_CODES = 60  # named on the key, at most
_ESCAPE = late(r"\\(?:u\{([0-9a-f]+)\}|(.))")

_TIGHTEST = 3  # steps, as `measures.typ` has them


class Made(NamedTuple):
    """A document as PDF; how many pages it has, and whether the last one is there for very little (`is_thin`).

    `compiler` is Typst's, which still knows how the document was set.
    """

    pdf: bytes
    compiler: Compiler
    pages: int
    is_thin: bool


class Document(Protocol):
    """What a template sets: a named tuple or a frozen dataclass, of whose fields one is the head."""

    @property
    def head(self) -> Head:
        """What all files of a version have in common."""


class Press:
    """Sets documents, several at once if need be, out of a folder of its own that is gone afterwards.

    Typst can't take pictures from memory: `media` are written there. Typst
    reports missing glyphs only by failing, so the document is then set again
    with stand-ins for them. `learn` keeps the stand-ins for all documents to
    come, which then need no second try. What is printed does not depend on
    the order of documents that are set at the same time.

    A document whose last page holds little is set again: tighter, step by step,
    until it has a page less. A paper of two pages and a line becomes one of two
    pages at the first or second step; where no step helps, it stays as it was.
    """

    def __init__(self, media: Mapping[str, bytes], typefaces: Typefaces = OURS) -> None:
        """Write templates and pictures under names of ours; texts are set in `typefaces`."""
        self._typefaces = typefaces
        self._folder = TemporaryFolder()
        self.root = Path(self._folder.name)
        for source in package_files("builder.printing.pdf").iterdir():
            if source.name.endswith(".typ"):
                (self.root / source.name).write_bytes(source.read_bytes())
        self._pictures: dict[str, str] = {}
        for file, data in media.items():
            self._pictures[file] = f"picture-{len(self._pictures)}{PurePosixPath(file).suffix.lower()}"
            (self.root / self._pictures[file]).write_bytes(data)
        self._lacking: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def pdf(
        self, template: str, document: Document, knows: frozenset[str] | None = None, *, learn: bool = False
    ) -> bytes:
        """The PDF of a document, set by the template of that name; it `knows` all that was learnt, or so much."""
        return self._made(template, document, knows, learn=learn).pdf

    def said(self, template: str, document: Document, label: str) -> Any:
        """What the template says of the document under a label: the value of a `metadata` element."""
        (value,) = json.loads(self._made(template, document).compiler.query(f"<{label}>", field="value"))
        return value

    def pictures(
        self, template: str, document: Document, knows: frozenset[str] | None = None, *, learn: bool = False
    ) -> list[bytes]:
        """The pages of the document that `pdf` sets, each as SVG."""
        drawn = self._made(template, document, knows, learn=learn).compiler.compile(format="svg")
        return drawn if isinstance(drawn, list) else [cast("bytes", drawn)]

    def _made(
        self, template: str, document: Document, knows: frozenset[str] | None = None, *, learn: bool = False
    ) -> Made:
        """The document in as many pages as it needs."""
        given = as_json(document, self._pictures)
        inputs = {
            "doc": json.dumps(isolated(given) if is_leftward(document.head.language) else given),
            "faces": json.dumps(families(document.head.language, document.head.region) if self._typefaces.wide else ()),
        }
        lacking = set(self._lacking if knows is None else knows)
        made = self._set(template, inputs, lacking)
        if made.is_thin:
            tighter = (self._set(template, inputs, lacking, tight) for tight in range(1, _TIGHTEST + 1))
            made = next((it for it in tighter if it.pages < made.pages), made)
        if learn:
            self._lacking |= lacking
        return made

    def _set(self, template: str, inputs: dict[str, str], lacking: set[str], tight: int = 0) -> Made:
        """The document, set so many steps tighter than usual; `lacking` gets the pieces of text that no font has."""
        made = None
        while made is None:
            own = {"lacking": json.dumps(_stand_ins(lacking)), "tight": str(tight)}
            made = self._compiled(template, inputs | own, lacking)
        return made

    @property
    def lacking(self) -> frozenset[str]:
        """What it has learnt so far: pieces of text that no font has."""
        return frozenset(self._lacking)

    def _compiled(self, template: str, inputs: dict[str, str], lacking: set[str]) -> Made | None:
        """The document; or None and more in `lacking`."""
        import typst

        # A signal while Typst reads what it is given would come out as an error of Typst's. Of a `Path` it asks the text
        # by a function of Python's, in which a signal acts.
        main, root = os.fspath(self.root / template), os.fspath(self.root)
        with undisturbed():
            compiler = typst.Compiler(main, root=root, font_paths=self._typefaces.fonts(), sys_inputs=inputs)
        try:
            # The stamp never shows: the templates set no date. It only keeps Typst from asking the clock.
            pdf = cast("bytes", compiler.compile(pdf_standards=["ua-1"], timestamp=0))
        except typst.TypstError as error:
            missing = {_ESCAPE.sub(_character, text) for text in _LACKING.findall(error.diagnostic)}
            if missing - lacking:
                lacking |= missing
                return None
            trouble = (
                self._unreadable() if error.message.startswith("failed to decode image") else _too_wide(error.message)
            )
            if trouble:
                raise trouble from error
            raise
        # Typst remembers what it has set: to ask for the label `end` takes no time. Templates without it have no last page.
        ends = json.loads(compiler.query("<end>", field="value"))
        return Made(pdf, compiler, **ends[0]) if ends else Made(pdf, compiler, pages=1, is_thin=False)

    def _unreadable(self) -> BuilderError | None:
        """The message for the first picture that Typst can't read, which does not say which one it is."""
        import typst

        for file, name in self._pictures.items():
            try:
                typst.Compiler(
                    f'#image("{name}")'.encode(), root=os.fspath(self.root), font_paths=self._typefaces.fonts()
                ).compile()
            except (typst.TypstError, RuntimeError):
                return BuilderError(f"{file}: this picture can't be read; save it anew as PNG or JPEG")
        return None


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(escape[2], escape[2])


def _too_wide(said: str) -> BuilderError | None:
    """What Typst says of an author's formula, in words for the author; None where the fault is ours."""
    wide = re.search(r"formula too wide: (.*)", said, re.DOTALL)
    if wide:
        tex = wide[1].strip().removesuffix('"')
        return BuilderError(
            f"the formula ${tex}$ is wider than its column, and would have to be made too small to read; "
            "write it as several formulas, or print in one column or in a smaller size"
        )
    return None


def _stand_ins(lacking: set[str]) -> dict[str, Any]:
    """For the template: a pattern of what the fonts lack (longest first), and its code points for the key."""
    pieces = sorted(lacking, key=lambda text: (-len(text), text))
    codes = sorted({ord(c) for text in pieces for c in text})
    return {
        "pattern": "|".join("".join(f"\\x{{{ord(c):x}}}" for c in text) for text in pieces),
        "codes": [f"U+{code:04X}" for code in codes[:_CODES]] + ["…"] * (len(codes) > _CODES),
    }


def as_json(value: object, pictures: Mapping[str, str]) -> Any:
    """A value of a document as JSON data: an object for each dataclass and named tuple, texts as they are printed.

    A run holds its text and the styles that are on: `Run("Her", em=True)` is
    `{"text": "Her", "em": true}`. A program is a list of lines. `pictures` are
    the names of the pictures' files, by their names in the course.
    """
    match value:
        case str():
            return clean(value)
        case Image():
            return {"file": pictures[value.file], "alt": clean(value.alt)}
        case Picture():
            return {"file": pictures[value.file], "alt": clean(value.alt), "width": value.width}
        case Sound():
            return {"sound": clean(value.transcript)}
        case Code():
            return {"kind": value.kind, "lines": [_code_line(line, pictures) for line in program_lines(value.runs)]}
        case Run():
            return {key: as_json(entry, pictures) for key, entry in value._asdict().items() if entry}
        case BaseModel():
            return as_json(value.model_dump(), pictures)
        case dict():
            return {key: as_json(entry, pictures) for key, entry in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return as_json(value._asdict(), pictures)
        case tuple():
            return [as_json(entry, pictures) for entry in value]
        case _ if is_dataclass(value):
            return {field.name: as_json(getattr(value, field.name), pictures) for field in fields(value)}
        case _:
            return value


def _code_line(nodes: list[Any], pictures: Mapping[str, str]) -> dict[str, Any]:
    """A line of a program, with the number of spaces that it begins with."""
    first = nodes[0].text if nodes and isinstance(nodes[0], Run) else ""
    return {"indent": len(first) - len(first.lstrip(" ")), "runs": [as_json(node, pictures) for node in nodes]}


def program_lines(nodes: Iterable[Any]) -> list[list[Any]]:
    r"""The nodes of a program, line by line; a tab is as many spaces as lead to the next of its stops, four signs apart.

    The runs `if x:` and `\n\ty` are the lines `if x:` and `    y`.
    """
    lines: list[list[Any]] = [[]]
    column = 0
    for node in nodes:
        if not isinstance(node, Run):
            lines[-1].append(node)
            continue
        for number, piece in enumerate(node.text.split("\n")):
            if number:
                lines.append([])
                column = 0
            spread = (" " * column + piece).expandtabs(_TAB)[column:]
            column += len(spread)
            if spread:
                lines[-1].append(node._replace(text=spread))
    return lines


def clean(text: str) -> str:
    """A text free of control characters, as it is printed."""
    return text if text.isprintable() else _CONTROL.sub("", _SPACE.sub(" ", text))
