"""The layout that her-study writes: a row an item, with all that it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange._frame import Entry, Read, UnfitError
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.model.fields import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model import Item

Row = dict[str, str]
_FIRST = ("id", "kind", "theme", "prompt", "answer")
_LAST = ("explanation", "marks", "tags", "more")
_PLAIN = ("theme", "explanation", "marks")


def columns(rows: Iterable[Row]) -> list[str]:
    """The columns that these rows need, in their order."""
    used = {column for row in rows for column in row}
    lettered = [column for letter in LETTERS for column in (letter, f"with {letter}") if column in used]
    return [*_FIRST, *lettered, *_LAST]


def row(item: Item) -> Row:
    """The cells of an item, by column."""
    rest = texts(item.model_dump(mode="json", exclude_defaults=True))
    made = {key: rest.pop(key, "") for key in ("id", "kind", "prompt", *_PLAIN)}
    tags = rest.pop("tags", [])
    made |= _cells(item, rest) | {"tags": ", ".join(tags)}
    return made | {"more": json.dumps(rest, ensure_ascii=False) if rest else ""}


def texts(value: Any) -> Any:
    """A value with every scalar in it as a bank has it: typed text."""
    match value:
        case dict():
            return {key: texts(inner) for key, inner in value.items()}
        case list() | tuple():
            return [texts(inner) for inner in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _cells(item: Item, rest: dict[str, Any]) -> Row:
    """The cells of what an item of its kind has; what stands in them is taken out of `rest`."""
    match item:
        case Basic():
            return {"answer": rest.pop("answer")} | _listed(rest, "accept")
        case Reversed():
            back = {"A": rest.pop("reverse_prompt"), "B": rest.pop("reverse_answer")}
            return {"answer": rest.pop("answer")} | back
        case Mcq():
            return _options(item, rest)
        case TrueFalse():
            return {"answer": rest.pop("answer"), "A": rest.pop("correction", "")}
        case Matching():
            pairs = [*rest.pop("pairs"), *(["", right] for right in rest.pop("distractors", []))]
            return _pairs(rest, "pairs", pairs)
        case Ordering():
            return _listed(rest, "sequence")
        case Numeric():
            return {"answer": rest.pop("answer")}
        case Short():
            points = [[point["point"], point.get("marks", "1")] for point in rest.pop("key_points")]
            return _pairs(rest, "key_points", points)
        case Essay():
            rubric = rest.pop("rubric")
            rest["levels"] = [criterion["levels"] for criterion in rubric]
            return _pairs(rest, "rubric", [[criterion["criterion"], criterion["marks"]] for criterion in rubric])
        case Cloze() | Occlusion():
            return {}


def _listed(rest: dict[str, Any], key: str) -> Row:
    """A list of texts below letters; one that is longer than the alphabet stays where it is."""
    if len(rest.get(key, ())) > len(LETTERS):
        return {}
    return dict(zip(LETTERS, rest.pop(key, []), strict=False))


def _pairs(rest: dict[str, Any], key: str, pairs: Sequence[Sequence[str]]) -> Row:
    """Pairs below letters and `with` letters; more than there are letters stay together."""
    if len(pairs) > len(LETTERS):
        rest[key] = list(pairs)
        return {}
    made: Row = {}
    for letter, (left, right) in zip(LETTERS, pairs, strict=False):
        made |= {letter: left, f"with {letter}": right}
    return made


def _options(item: Mcq, rest: dict[str, Any]) -> Row:
    rest.pop("options")
    pins = {LETTERS[place]: option.pin for place, option in enumerate(item.options) if option.pin}
    rest |= {"pins": pins} if pins else {}
    right = [LETTERS[place] for place, option in enumerate(item.options) if option.is_right]
    return {"answer": ", ".join(right)} | _pairs(
        rest, "options", [(option.text, option.why) for option in item.options]
    )


def take(name: str, rows: Sequence[tuple[int, list[str]]]) -> Read:
    """The items of a table in this layout."""
    read = Read()
    head = [cell.strip() for cell in rows[0][1]]
    for line, cells in rows[1:]:
        span = Span(name, line)
        found = {column: cell.strip() for column, cell in zip(head, cells, strict=False)}
        try:
            value = _value(found)
        except UnfitError as error:
            read.refused(span, f"'{(found.get('id') or found.get('prompt', ''))[:60]}' is left out: {error}")
            continue
        read.entries.append(Entry(value, found.get("id") or found.get("prompt", "")[:80], span))
        if theme := value.get("theme"):
            read.themes.setdefault(theme, theme)
    return read


def _value(cells: Row) -> dict[str, Any]:
    """The values of an item, as a bank has them."""
    try:
        more = json.loads(cells.get("more") or "{}")
    except ValueError as error:
        message = f"its column 'more' is no JSON: {error}"
        raise UnfitError(message) from error
    if not isinstance(more, dict):
        message = "its column 'more' holds no keys"
        raise UnfitError(message)
    more = {str(key): texts(inner) for key, inner in more.items()}
    made: dict[str, Any] = {"kind": cells.get("kind", ""), "prompt": cells.get("prompt", "")}
    made |= {key: cells[key] for key in _PLAIN if cells.get(key)}
    if cells.get("tags"):
        made["tags"] = [tag.strip() for tag in cells["tags"].split(",") if tag.strip()]
    pairs = [(cells.get(letter, ""), cells.get(f"with {letter}", "")) for letter in LETTERS]
    made |= _by_kind(cells, [pair for pair in pairs if any(pair)], more)
    return made | more


def _by_kind(cells: Row, pairs: list[tuple[str, str]], more: dict[str, Any]) -> dict[str, Any]:
    """What the letters hold, by the kind of the row; what is used of `more` is taken out of it."""
    answer = cells.get("answer", "")
    firsts = [left for left, _ in pairs]
    match cells.get("kind"):
        case "basic":
            return {"answer": answer} | ({"accept": firsts} if firsts else {})
        case "reversed":
            first, second = [*firsts, "", ""][:2]
            return {"answer": answer, "reverse_prompt": first, "reverse_answer": second}
        case "mcq":
            return _choice(answer, cells, more)
        case "truefalse":
            return {"answer": answer.lower()} | ({"correction": firsts[0]} if firsts else {})
        case "matching":
            spare = [right for left, right in pairs if not left]
            matched = more.pop("pairs", None) or [[left, right] for left, right in pairs if left]
            return {"pairs": matched} | ({"distractors": spare} if spare else {})
        case "ordering":
            return {"sequence": firsts} if firsts else {}
        case "numeric":
            return {"answer": answer}
        case "short":
            return {"key_points": [{"point": p, "marks": m or "1"} for p, m in more.pop("key_points", None) or pairs]}
        case "essay":
            levels = more.pop("levels", [])
            rows = more.pop("rubric", None) or pairs
            return {
                "rubric": [{"criterion": c, "marks": m, "levels": lv} for (c, m), lv in zip(rows, levels, strict=False)]
            }
        case _:
            return {}


def _choice(answer: str, cells: Row, more: dict[str, Any]) -> dict[str, Any]:
    letters = {letter.strip() for letter in answer.split(",")}
    pins = more.pop("pins", {})
    options = []
    for letter in LETTERS:
        if cells.get(letter):
            option = {"right" if letter in letters else "wrong": cells[letter]}
            option |= {"why": cells[f"with {letter}"]} if cells.get(f"with {letter}") else {}
            options.append(option | ({"pin": pins[letter]} if letter in pins else {}))
    return {"options": options} | ({"multiple": "true"} if len(letters) > 1 else {})
