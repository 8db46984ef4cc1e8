"""There and back: what an item says after an export and an import, for comparison with what it said before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.exchange._ids import identified
from builder.model import Bank, Basic, Cloze, Numeric, Reversed
from builder.paper.rules import rule_of
from builder.text import cloze, markup
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from builder.exchange._frame import Format, Read
    from builder.model import Course, Item
    from builder.text.tree import Inline

_SPACE = re.compile(r"[\s\u00a0]+")
# What a paper or a card prints alike, whether an item says it or leaves it open.
_GUIDES = {"key_points", "rubric"}
_SAID = {"marks", "scoring", "math", "multiple", "retired"}


def back(form: Format, course: Course, items: Sequence[Item] = ()) -> tuple[dict[str, Item], set[tuple[Any, ...]]]:
    """The items by id as they come back, and the keys of what the report of losses named, with the id in front."""
    written = form.write(course, items or course.items)
    ids = [item.id for item in course.items]
    lost = {(ids[int(finding.at.keys[1])], *finding.at.keys[2:]) for finding in written.losses}
    found: dict[str, Item] = {}
    for name, data in written.files.items():
        read = taken(form.read(name, data))
        # Where ids are lost, the items come back in their order.
        kept = [item_id for item_id in ids if (item_id,) not in lost and (item_id, "id") in lost]
        found |= dict(zip(kept, read, strict=True)) if kept else {item.id: item for item in read}
    return found, lost


def taken(read: Read) -> tuple[Item, ...]:
    """What was read, as items: each of them has to be sound."""
    entries = identified(read)
    return Bank.model_validate({"bank": "b", "title": "B", "items": entries}).items if entries else ()


def told(item: Item, lost: Collection[tuple[Any, ...]]) -> dict[str, Any]:
    """What the item says, without what was lost, texts as trees without needless space."""
    values: dict[str, Any] = item.model_dump(mode="python", exclude_defaults=True, exclude=_SAID)
    values |= {"points": item.points, "rule": _rule(item), "tags": tuple(dict.fromkeys(item.tags))}
    if isinstance(item, Numeric):
        values |= {"spans": sorted(span[:3] for span in item.spans)}
        values["whys"] = sorted(_text(span.why, math=item.math) for span in item.spans)
        unit = item.unit
        values["unit"] = unit and [unit.symbol, unit.accept, unit.convert, unit.ask, unit.cost]
        for key in ("answer", "tolerance", "accept"):
            values.pop(key, None)
    if isinstance(item, Basic | Reversed):
        values["accept"] = [text for text in item.accept if text != item.answer]
    if isinstance(item, Cloze):
        values["prompt"] = _cloze(item)
    texts: dict[str, Any] = _said(values, math=item.math)
    for _, *keys in lost:
        _dropped(texts, keys, is_number=isinstance(item, Numeric))
    if any(keys[-1] in _GUIDES for keys in lost):  # then the item comes back as a draft, with a key point to be written
        texts = {key: value for key, value in texts.items() if key not in {*_GUIDES, "status"}}
    return {key: value for key, value in texts.items() if value not in ({}, [])}


def _rule(item: Item) -> Any:
    rule = rule_of(item)
    usual = {"matching": "each", "cloze": "each", "ordering": "neighbours"}.get(item.kind, "all")
    return (rule.rule, rule.penalty, rule.negative) if rule else (usual, 0, False)


def _dropped(values: Any, keys: Sequence[Any], *, is_number: bool) -> None:
    """Drop what was lost; a rule and marks are told under other names."""
    *above, last = keys or ("",)
    if is_number and last == "why":  # that of a number which is left out
        values.pop("whys", None)
        return
    last = {"scoring": "rule", "marks": "points"}.get(last, last)
    if last in {"rule", "points"} or is_number:
        above, last = [], {"answer": "spans", "accept": "spans"}.get((above or [last])[0], last)
    for key in above:
        values = values.get(key, {}) if isinstance(values, dict) else values[key] if key < len(values) else {}
    if isinstance(values, dict):
        values.pop(last, None)
    elif isinstance(last, int) and last < len(values):
        values[last] = None


def _said(value: Any, *, math: bool) -> Any:
    match value:
        case str():
            return _text(value, math=math)
        case dict():
            return {key: _said(inner, math=math) for key, inner in value.items() if inner not in ("", (), [], None)}
        case list() | tuple():
            return [_said(inner, math=math) for inner in value]
        case _:
            return value


def _text(text: str, *, math: bool) -> str:
    """A text with its markup, however it is typed."""
    text_ = markup.parse(text, math=math)
    kinds = "/".join(block.kind for block in text_)
    return _squeezed(f"{kinds}: " + "|".join(map(_shown, lines(text_))))


def _cloze(item: Cloze) -> str:
    """A cloze text with its gaps, however it is typed."""
    parts = [
        part if isinstance(part, str) else f"GAP{part.number}:{part.text.strip()}" for part in cloze.pieces(item.prompt)
    ]
    return _squeezed(markup.plain("".join(parts), math=item.math))


def _shown(line: tuple[Inline, ...]) -> str:
    """A line with the styles of its parts; neighbours in one style are one."""
    made = ""
    last: Inline | None = None
    for node in line:
        if isinstance(node, Run) and isinstance(last, Run) and node._replace(text="") == last._replace(text=""):
            made += node.text
        elif isinstance(node, Run):
            styles = [name for name, value in node._replace(text="")._asdict().items() if value]
            made += f"<{' '.join(styles)}>{node.text}" if styles or made else node.text
        else:
            made += repr(node)
        last = node
    return made


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
