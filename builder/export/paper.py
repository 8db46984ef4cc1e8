"""The printed quiz: the paper, its key, and the record of both.

Typst sets both from templates that never change; author's text reaches them
as JSON data alone, so nothing in it can act as markup. Both PDFs are tagged
and exported as PDF/UA-1, and the same quiz gives the same bytes: no clock, no
fonts of the machine, no names of temporary files.
"""

from __future__ import annotations

import json
import re
import tempfile
from importlib.resources import files as package_files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.export import answers, questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course
    from builder.quiz import Quiz

# What has no glyph by nature: spaces of a typewriter become one space, controls and marks of byte order go.
_SPACE = re.compile(r"[\t\n\v\f\r\x85]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")

# PDF/UA-1 forbids text without a glyph. Typst names all of it in one error, as Rust writes strings.
_LACKING = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')
_CODES = 60  # named on the key, at most
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def files(course: Course, quiz: Quiz) -> dict[str, bytes]:
    """The paper, its key and the record of a drawn quiz: `paper-A.pdf`, `key-A.pdf`, `quiz.json`.

    Raises:
        BuilderError: the course no longer holds an item as it was drawn, a formula
            or a picture can't be drawn, or the extra for formulas is not installed.
    """
    sheet = questions.head(course, quiz) | {"sections": questions.sections(course, quiz, questions.question)}
    lacking: set[str] = set()
    paper = _typeset("paper.typ", sheet, course.media, lacking)
    key = _typeset("key.typ", answers.document(course, quiz), course.media, lacking)
    record = quiz.model_dump_json(by_alias=True, indent=2) + "\n"
    return {
        f"paper-{quiz.version}.pdf": paper,
        f"key-{quiz.version}.pdf": key,
        "quiz.json": record.encode(),
    }


def _typeset(template: str, document: questions.Data, media: Mapping[str, bytes], lacking: set[str]) -> bytes:
    """The PDF of a document; what the fonts lack joins `lacking` and prints as a box.

    A folder of its own, gone afterwards, holds what Typst may read: it can't
    take pictures from memory.
    """
    with tempfile.TemporaryDirectory(prefix="her-study-") as name:
        folder = Path(name)
        for source in ("common.typ", template):
            (folder / source).write_bytes((package_files("builder.export") / source).read_bytes())
        named = _placed(document, media, folder)
        pdf = None
        while pdf is None:
            (folder / "doc.json").write_text(json.dumps(_clean(named | _stand_ins(lacking))), "utf-8")
            pdf = _compiled(folder / template, lacking)
        return pdf


def _compiled(main: Path, lacking: set[str]) -> bytes | None:
    """The PDF; or None and more in `lacking`, the pieces of text that no font has."""
    import typst

    try:
        # The stamp never shows: the templates set no date. It only keeps Typst from asking the clock.
        return typst.compile(main, root=main.parent, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError as error:
        missing = {_ESCAPE.sub(_character, text) for text in _LACKING.findall(error.diagnostic)}
        if missing - lacking:
            lacking |= missing
            return None
        if error.message.startswith("failed to decode image"):
            message = f"a picture of this quiz can't be read: {error.message}; save it anew as PNG or JPEG"
            raise BuilderError(message) from error
        raise


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(escape[2], escape[2])


def _stand_ins(lacking: set[str]) -> questions.Data:
    """For the template: a pattern of what the fonts lack (longest first), and its code points for the key."""
    pieces = sorted(lacking, key=lambda text: (-len(text), text))
    codes = sorted({ord(c) for text in pieces for c in text})
    return {
        "lacking": "|".join("".join(f"\\x{{{ord(c):x}}}" for c in text) for text in pieces),
        "lacking_codes": [f"U+{code:04X}" for code in codes[:_CODES]] + ["…"] * (len(codes) > _CODES),
    }


def _placed(document: questions.Data, media: Mapping[str, bytes], folder: Path) -> questions.Data:
    """The document with its pictures written to `folder` under names of ours, and called by them."""
    names: dict[str, str] = {}
    for question in (question for part in document["sections"] for question in part["questions"]):
        if question["image"]:
            file = question["image"]["file"]
            if file not in names:
                names[file] = f"picture-{len(names)}{PurePosixPath(file).suffix.lower()}"
                (folder / names[file]).write_bytes(media[file])
            question["image"] = question["image"] | {"file": names[file]}
    return document


def _clean(value: Any) -> Any:
    """JSON data with its texts free of control characters."""
    match value:
        case str():
            return _CONTROL.sub("", _SPACE.sub(" ", value))
        case list():
            return [_clean(entry) for entry in value]
        case dict():
            return {key: _clean(entry) for key, entry in value.items()}
    return value
