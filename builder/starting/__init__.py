"""New courses, and new items in a bank: files to begin from, each key of which is explained in a comment."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from builder import schemas
from builder.diagnostics import BuilderError
from builder.model.items import KINDS
from builder.source import nodes
from builder.source.scalars import inline
from builder.starting import tongues
from builder.starting.tongues import file as _file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model import Course

_PLAIN = re.compile(r"[A-Za-z][\w ().,'-]*[\w).]")  # a scalar that YAML takes for the text that it looks like
_WORDS = {"true", "false", "null", "yes", "no", "on", "off"}
_PLACES = {
    "gitignore": ".gitignore",
    "check.yml": ".github/workflows/check.yml",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "settings.json": ".vscode/settings.json",
    "references.yaml": "references.yaml",
}
PICTURE = "forgetting.svg"
_SCHEMAS = ("bank", "blueprint", "course", "outline", "references", "specification", "translation", "traps")
_OTHER = "# Comments are in English, whatever the language of the items.\n"
_ITEMS = re.compile(r"^items:[ \t]*(?:#[^\r\n]*)?\r?$", re.MULTILINE)
_EMPTY = re.compile(r"^items:[ \t]*\[[ \t]*\]", re.MULTILINE)
_KEY = re.compile(r"^[^\s#-]", re.MULTILINE)
_ID = re.compile(r"- id: [^\s#]+(?: +#[^\n]*)?")
_CITES = re.compile(r"^( *)cites: \[(.*)\].*$", re.MULTILINE)
_DASH = re.compile(r"^( *)- ", re.MULTILINE)


def new_course(course: str, title: str, language: str, kinds: Iterable[str] = KINDS) -> dict[str, bytes]:
    """The files of a new course by their path in its folder: course.yaml, a bank with an item of each of these kinds, and so on."""
    kinds = list(kinds)
    said = {"course": course, "title": _scalar(title), "language": language, "items": str(len(kinds))}
    said |= {key: inline(text) for key, text in tongues.said(language).items()}
    items = "\n".join(_indented(sample(kind, language), 2) for kind in kinds)
    bank = _filled("bank.yaml", said).replace("bank:", f"{_OTHER}bank:" if tongues.has_own(language) else "bank:", 1)
    made = {
        "course.yaml": _filled("course.yaml", said),
        "banks/first.yaml": bank + items,
        "blueprints/quiz.yaml": _filled("blueprint.yaml", said),
        **{path: _file(name) for name, path in _PLACES.items()},
    }
    shown = pictures(language) if "occlusion" in kinds else {}
    return {path: text.encode() for path, text in made.items()} | shown | schemas_of_files()


def schemas_of_files() -> dict[str, bytes]:
    """The JSON Schemas of what authors write, by their paths in the folder of a course."""
    documents = schemas.documents()
    return {f".schemas/{name}.json": documents[f"{name}.json"] for name in _SCHEMAS}


def pictures(language: str = "en") -> dict[str, bytes]:
    """The pictures of the samples, by their names in the course."""
    return {PICTURE: _filled(PICTURE, tongues.said(language)).encode()}


def with_item(
    path: str,
    text: str,
    kind: str,
    taken: Iterable[str],
    item_id: str | None = None,
    course: Course | None = None,
) -> tuple[str, str]:
    """The text of the bank at `path` with an item of this kind at its end, and the item's id, which is none of `taken`.

    It cites works of the course or none, and is in the course's language if that has samples.

    Raises:
        BuilderError: `item_id` is taken, or the bank is not written so that an item can be put at its end.
    """
    taken = set(taken)
    works = course.references if course else {}
    if item_id in taken:
        message = f"the id '{item_id}' is taken; give another"
        raise BuilderError(message)
    name = item_id or next(name for n in count(1) if (name := f"{kind}-{n}") not in taken)
    text = _EMPTY.sub("items:", text)
    before = nodes.values(path, text).value
    indent = ending(path, text)
    entry = _ID.sub(f"- id: {name}", sample(kind, course.language if course else "en"), count=1)
    if any(key not in works for keys in _CITES.findall(entry) for key in re.findall(r"[\w.-]+", keys[1])):
        entry = _CITES.sub(r"\1# cites: [] # works of the references", entry)
    entry = _indented(entry, indent)
    is_first = isinstance(before, dict) and not before["items"]
    after = f"{text.rstrip()}\n{'' if is_first else chr(10)}{entry}"
    after = after.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else after
    value = nodes.values(path, after).value
    items = value["items"] if isinstance(value, dict) else None
    if not isinstance(before, dict) or not isinstance(items, list) or items[:-1] != (before["items"] or []):
        message = f"{path}: an item can't be added at its end; mend its layout first"
        raise BuilderError(message)
    return after, name


def ending(path: str, text: str) -> int:
    """How many spaces stand before the dashes of a bank's items, at whose end another can be put; a new bank has no item.

    Raises:
        BuilderError: the bank is not written so that one can.
    """
    value = nodes.values(path, text).value
    head = _ITEMS.search(text)
    is_empty = isinstance(value, dict) and value.get("items") == ""
    if not isinstance(value, dict) or not (isinstance(value.get("items"), list) or is_empty) or not head:
        message = f"{path}: no list `items:` with an item a line to add to; mend the bank first"
        raise BuilderError(message)
    if _KEY.search(text, head.end()):
        message = f"{path}: keys stand behind `items:`; move `items:` to the end of the file"
        raise BuilderError(message)
    dash = _DASH.search(text, head.end())
    return len(dash[1]) if dash else 2


def sample(kind: str, language: str = "en") -> str:
    """An item of a kind, with comments, as an entry at the left margin."""
    return tongues.item(kind, language)


def raw(name: str) -> str:
    """One of the files to begin from, with something in the place of what is filled in."""
    return re.sub(
        r"\{\{(\w+)\}\}",
        lambda found: {"items": "12", "language": "en", **tongues.said("en")}.get(found[1], found[1]),
        _file(name),
    )


def _filled(name: str, said: Mapping[str, str]) -> str:
    """A file with `{{key}}` replaced by what is said of the key."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: said[found[1]], _file(name))


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _scalar(text: str) -> str:
    """A text as YAML, in single quotes where it would not be a plain text without them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"
