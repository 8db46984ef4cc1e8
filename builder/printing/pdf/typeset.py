"""Typst sets documents from templates that never change.

Author's text reaches a template as JSON data alone, so nothing in it can act
as markup. PDFs are tagged and exported as PDF/UA-1, and the same document
gives the same bytes: no clock, no fonts of the machine, no names of temporary
files.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from functools import cache
from importlib.resources import as_file
from importlib.resources import files as package_files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typst import Fonts

# What has no glyph by nature: spaces of a typewriter become one space, controls and marks of byte order go.
_SPACE = re.compile(r"[\t\n\v\f\r\x85]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")

# PDF/UA-1 forbids text without a glyph. Typst names all of it in one error, as Rust writes strings.
_LACKING = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')
_CODES = 60  # named on the key, at most
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class Press:
    """Sets documents, several at once if need be, out of a folder of its own that is gone afterwards.

    Typst can't take pictures from memory: `media` are written there. What the
    fonts lack is found out by trying; with `learn`, for all documents to come,
    so that others need no second try. What is printed does not depend on the
    order of documents that are set at the same time.
    """

    def __init__(self, media: Mapping[str, bytes]) -> None:
        """Write templates and pictures under names of ours."""
        self._folder = tempfile.TemporaryDirectory(prefix="her-study-")
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
        shutil.rmtree(self.root)
        self._folder.cleanup()

    def pdf(self, template: str, document: dict[str, Any], *, learn: bool = False) -> bytes:
        """The PDF of a document, set by the template of that name."""
        data = json.dumps(clean(self._placed(document)))
        lacking = set(self._lacking)
        pdf = None
        while pdf is None:
            pdf = self._compiled(template, data, lacking)
        if learn:
            self._lacking |= lacking
        return pdf

    @property
    def lacking(self) -> frozenset[str]:
        """What it has learnt so far: pieces of text that no font has."""
        return frozenset(self._lacking)

    def _placed(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with its pictures called by their names here."""
        for question in (question for part in document.get("sections", ()) for question in part["questions"]):
            if question["image"]:
                question["image"] = question["image"] | {"file": self._pictures[question["image"]["file"]]}
        return document

    def _compiled(self, template: str, data: str, lacking: set[str]) -> bytes | None:
        """The PDF; or None and more in `lacking`, the pieces of text that no font has."""
        import typst

        try:
            # The stamp never shows: the templates set no date. It only keeps Typst from asking the clock.
            return typst.compile(
                self.root / template,
                root=self.root,
                font_paths=fonts(),
                sys_inputs={"doc": data, "lacking": json.dumps(_stand_ins(lacking))},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            missing = {_ESCAPE.sub(_character, text) for text in _LACKING.findall(error.diagnostic)}
            if missing - lacking:
                lacking |= missing
                return None
            if error.message.startswith("failed to decode image"):
                message = f"a picture of this quiz can't be read: {error.message}; save it anew as PNG or JPEG"
                raise BuilderError(message) from error
            raise


@cache
def fonts() -> Fonts:
    """Typst's own fonts and those of this package, none of the machine's."""
    import typst

    with as_file(package_files("builder.printing") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(escape[2], escape[2])


def _stand_ins(lacking: set[str]) -> dict[str, Any]:
    """For the template: a pattern of what the fonts lack (longest first), and its code points for the key."""
    pieces = sorted(lacking, key=lambda text: (-len(text), text))
    codes = sorted({ord(c) for text in pieces for c in text})
    return {
        "pattern": "|".join("".join(f"\\x{{{ord(c):x}}}" for c in text) for text in pieces),
        "codes": [f"U+{code:04X}" for code in codes[:_CODES]] + ["…"] * (len(codes) > _CODES),
    }


def clean(value: Any) -> Any:
    """JSON data with its texts free of control characters, as they are printed."""
    match value:
        case str():
            return value if value.isprintable() else _CONTROL.sub("", _SPACE.sub(" ", value))
        case list() | tuple():
            return [clean(entry) for entry in value]
        case dict():
            return {key: clean(entry) for key, entry in value.items()}
    return value
