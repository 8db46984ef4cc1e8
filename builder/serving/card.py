"""An item as its card shows it, in Markdown: the question, and below a line the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.choices import Mcq, TrueFalse
from builder.model.items import Basic, Cloze, Essay, Matching, Numeric, Ordering, Reversed, Short
from builder.model.occlusion import Occlusion
from builder.model.readings import solution
from builder.text import cloze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Item


def card(item: Item) -> str:
    """The item with what it is about, its question, its answer and its explanation."""
    about = [item.kind, item.theme, item.bloom, item.difficulty and f"difficulty {item.difficulty}"]
    said = [f"**{item.id}** ({', '.join(str(it) for it in about if it)})"]
    if item.retired:
        said.append(f"*retired since {item.retired.since}: {item.retired.reason}*")
    if item.passage:
        said.append(f"*on the passage {item.passage.title or item.passage.id}*")
    if item.image:
        said.append(f"*picture: {item.image.alt}*")
    return "\n\n".join(
        [*said, _question(item), "---", _answer(item), *([item.explanation] if item.explanation else [])]
    )


def _question(item: Item) -> str:
    """The prompt; of a cloze with a line in place of what is hidden, and with its hint."""
    if not isinstance(item, Cloze):
        return item.prompt
    parts = (it if isinstance(it, str) else f"`[{it.hint or '…'}]`" for it in cloze.pieces(item.prompt))
    return "".join(parts)


def _answer(item: Item) -> str:
    """The options with the right ones ticked, what the blanks hide, or the answer of another kind."""
    match item:
        case Mcq():
            return _listed(f"{'☑' if it.is_right else '☐'} {it.text}" for it in item.options)
        case TrueFalse():
            return ": ".join(filter(None, [str(item.answer).lower(), item.correction]))
        case Matching():
            spare = [f"{text} (spare)" for text in item.distractors]
            return _listed([*(f"{term} → {response}" for term, response in item.pairs), *spare])
        case Reversed():
            return f"{item.answer}\n\n*back:* {item.reverse_prompt} *{item.reverse_answer}*"
        case Cloze():
            return _listed(it.text for it in item.blanks)
        case Ordering() | Occlusion():
            return "\n".join(f"{number}. {text}" for number, text in enumerate(solution(item), 1))
        case Short() | Essay():
            return _listed(solution(item))
        case Basic() | Numeric():
            return "\n".join(solution(item))


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)
