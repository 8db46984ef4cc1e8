"""What each item puts into the fields of its note: HTML, made here and nowhere else."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from itertools import repeat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from builder.cards import numeric, occlusion
from builder.cards import words as fixed
from builder.cards.html import (
    as_html,
    attribute,
    box,
    cloze_html,
    folded,
    folded_passage,
    holds_blocks,
    html_text,
    writer,
)
from builder.cards.notetypes import ARRANGE, CHOICE, CLOZE, NOTE_TYPES, OCCLUSION, OPEN, RECALL, NoteType
from builder.model import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
    faults,
)
from builder.paper.shuffle import shuffled
from builder.text import cloze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.model import Course, Item
    from builder.model.course import Place
    from builder.model.passage import Passage
    from builder.text.tree import Run
    from builder.wording import Wording

Fields = tuple[str, ...]

_Other = Basic | Reversed | Cloze | Mcq | TrueFalse | Matching | Ordering | Numeric | Short | Essay

_NOTHING = repeat("")  # what a field holds that no item fills

# The options on a card are shuffled anew by its script; this order is for those who see it without.
_PLAIN_ORDER = "card"


def renderer(course: Course, works: Mapping[str, Iterable[Run]]) -> Callable[[Item], tuple[NoteType, Fields]]:
    """A function from an item to its note type and field values, in the order of the note type's fields.

    `works` are the formatted references by citation key.
    """
    references = {key: f"<li>{as_html(runs)}</li>" for key, runs in works.items()}
    names = {file: media_name(course, file) for file in course.media}
    words = course.words
    label = html_text(words.cards["transcript"])
    frame = {note_type.name: note_type.shared for note_type in NOTE_TYPES}
    said = {note_type.name: fixed.field(words, note_type.said) for note_type in NOTE_TYPES}
    writers = {math: _writers(math=math, names=names, language=course.language, label=label) for math in (False, True)}

    @cache
    def places(locator: tuple[str, ...]) -> str:
        """Where to look, which many items share."""
        return _list("sources", _cited([course.places[name] for name in locator], words))

    def render(item: Item) -> tuple[NoteType, Fields]:
        html, blanked = writers[item.math]
        image = _image(names, item)
        if isinstance(item, Occlusion):
            note_type, own = OCCLUSION, occlusion.fields(item, html, image, words)
        else:
            note_type, own = _own(item, html, blanked, words, course.language)
        if item.passage:
            own = _below_passage(item, item.passage, own, writers[item.passage.math][0], words)
        sources = places(item.locator) + _list("references", [references[key] for key in item.cites])
        shared = {
            "Image": image,
            "Explanation": _explained(item, html, words, label),
            "Sources": sources + faults.line(course, item.id) if course.report else sources,
            "Id": item.id,
            "Retired": f"{item.retired.since}: {html(item.retired.reason)}" if item.retired else "",
            "Words": said[note_type.name],
        }
        return note_type, (*own, *map(shared.get, frame[note_type.name], _NOTHING))

    return render


def _writers(**given: Any) -> tuple[Callable[..., str], Callable[..., str]]:
    """What writes a text of a course as HTML, and what writes one with blanks; `given` holds the options of both."""
    return writer(**given), partial(cloze_html, **given)


def _explained(item: Item, html: Callable[..., str], words: Wording, label: str) -> str:
    """The explanation, after what else is right in gaps, and before what is said in a recording."""
    explanation = html(item.explanation)
    if isinstance(item, Cloze) and item.accept:
        explanation = _also(item, html, words) + explanation
    return explanation + folded(html_text(item.audio.transcript), label) if item.audio else explanation


def media_name(course: Course, name: str) -> str:
    """The name of an image inside Anki: by its content, since Anki keeps the first file of a name."""
    digest = hashlib.sha256(course.media[name]).hexdigest()[:12]
    return f"{course.id}-{digest}{PurePosixPath(name).suffix.lower()}"


def _image(names: Mapping[str, str], item: Item) -> str:
    """What is seen and heard beside the question: the field `Image` has both."""
    image = f'<img src="{names[item.image.file]}" alt="{attribute(item.image.alt)}">' if item.image else ""
    return f"{image}[sound:{names[item.audio.file]}]" if item.audio else image


def _cited(places: Sequence[Place], words: Wording) -> Iterator[str]:
    """Where to look, an entry for each section: "Paper, “Introduction”, pars. 3, 4 and 8". Facts stand alone."""
    sections: dict[str, dict[int, Place]] = {}
    for place in places:
        where = place.paragraph.id if place.section.kind == "facts" else place.section.id
        sections.setdefault(where, {})[place.number] = place
    for numbered in sections.values():
        first, *others = sorted(numbered)
        if not others:
            text = numbered[first].said(words["paragraph"], words["entry"])
        else:
            several = numbered[first].said(words["paragraphs"], words["entries"])
            text = several.removesuffix(str(first)) + words.listed(sorted(numbered))
        yield f"<li>{html_text(text)}</li>"


def _list(kind: str, entries: Iterable[str]) -> str:
    inside = "".join(entries)
    return f'<ul class="{kind}">{inside}</ul>' if inside else ""


def _own(
    item: _Other, html: Callable[..., str], blanked: Callable[[str], str], words: Wording, language: str
) -> tuple[NoteType, Fields]:
    """The note type of an item and the fields of that type alone; `blanked` writes a cloze text, `html` any other."""
    match item:
        case Basic():
            return RECALL, (html(item.prompt), html(item.answer), "", "", _accepted(item, html))
        case Reversed():
            back = (html(item.reverse_prompt), html(item.reverse_answer))
            return RECALL, (html(item.prompt), html(item.answer), *back, _accepted(item, html))
        case Cloze():
            # A retired note has no blank, and so no card.
            return CLOZE, (html(cloze.filled(item.prompt)) if item.retired else blanked(item.prompt),)
        case Mcq():
            return CHOICE, (html(item.prompt), *_choice(item, html, words))
        case TrueFalse():
            return CHOICE, (html(item.prompt), *_verdict(item, html, words))
        case Matching():
            return ARRANGE, (html(item.prompt), *_matching(item, html, words))
        case Ordering():
            return ARRANGE, (html(item.prompt), *_ordering(item, html))
        case Numeric():
            prompt, answer, accepted = numeric.fields(item, html, words, language)
            return RECALL, (prompt, answer, "", "", accepted)
        case Short():
            points = "".join(f'<li>{html(p.point)} <span class="marks">{p.marks}</span></li>' for p in item.key_points)
            return OPEN, (html(item.prompt), _task(item, words), f'<ul class="points">{points}</ul>')
        case Essay():
            return OPEN, (html(item.prompt), _task(item, words), _rubric(item, html, words))


def _below_passage(item: Item, passage: Passage, own: Fields, html: Callable[..., str], words: Wording) -> Fields:
    """The fields of a note with the item's passage above each question: a reversed item has two.

    Below a picture with boxes, the question stands in the third field, `Header`.
    """
    said = words.cards["passage"]
    label = html_text(f"{said}{words['colon']} {passage.title}" if passage.title else said)
    above = folded_passage(html(passage.text), label)
    asked = {0, 2} if isinstance(item, Reversed) else {2} if isinstance(item, Occlusion) else {0}
    return tuple(above + text if place in asked else text for place, text in enumerate(own))


def _accepted(item: Basic | Reversed, html: Callable[..., str]) -> str:
    """Other answers to type, each with how it is compared: the script reads that of the first for all."""
    how = (' data-case="1"' if item.case else "") + ("" if item.accents else ' data-accents="0"')
    return "".join(f"<li{how}>{html(text)}</li>" for text in item.accept)


def _also(item: Cloze, html: Callable[..., str], words: Wording) -> str:
    """What else is right in the gaps of a cloze, behind what each hides."""
    colon = html_text(words["colon"])
    gaps = [(blank.text, others) for blank, others in zip(item.blanks, item.accepted, strict=True) if others]
    said = "".join(f"<li>{html(text)}{colon} {', '.join(map(html, others))}</li>" for text, others in gaps)
    return f'<div class="also"><p>{html_text(words.cards["accepted"])}</p><ul>{said}</ul></div>'


def _choice(item: Mcq, html: Callable[..., str], words: Wording) -> tuple[str, str]:
    order = shuffled(item, _PLAIN_ORDER)
    options, feedback = [], []
    for i in order:
        option = item.options[i]
        pin = f' data-pin="{option.pin}"' if option.pin else ""
        text = html(option.text)
        options.append(f"<li{pin}>{text}</li>")
        # The front holds the feedback too, where nobody sees it and Anki would play its sounds.
        said = html(option.text, is_mute=True) if "[sound:" in text else text
        why = html(option.why, is_mute=True) if option.why else ""
        feedback.append(_feedback(said, why, is_right=option.is_right))
    fixed = ' data-fixed="1"' if item.is_ordered else ""
    mode = "many" if item.multiple else "one"
    number = f' data-choose="{item.choose}"' if item.choose else ""
    note = f'<p class="exactly">{html_text(words.to_choose(item.choose))}</p>' if item.choose else ""
    head = f'{note}<ol class="options" data-mode="{mode}"{number}{fixed}>'
    return f"{head}{''.join(options)}</ol>", f'<ol class="feedback">{"".join(feedback)}</ol>'


def _feedback(text: str, why: str, *, is_right: bool) -> str:
    reason = f" {box('why', why)}" if why else ""
    return f'<li class="{"right" if is_right else "wrong"}">{box("text", text)}{reason}</li>'


def _verdict(item: TrueFalse, html: Callable[..., str], words: Wording) -> tuple[str, str]:
    said = {value: html_text(words[key]) for key, value in (("true", True), ("false", False))}
    entries = "".join(f"<li>{text}</li>" for text in said.values())
    options = f'<ol class="options" data-mode="one" data-fixed="1">{entries}</ol>'
    why = html(item.correction, is_mute=True)
    verdicts = [
        _feedback(text, why if value == item.answer else "", is_right=value == item.answer)
        for value, text in said.items()
    ]
    return options, f'<ol class="feedback">{"".join(verdicts)}</ol>'


def _matching(item: Matching, html: Callable[..., str], words: Wording) -> tuple[str, str]:
    terms = "".join(f"<li>{html(left)}</li>" for left, _ in item.pairs)
    responses = "".join(f"<li>{html(item.responses[i])}</li>" for i in shuffled(item, _PLAIN_ORDER))
    solved = [(html(left, is_mute=True), html(right, is_mute=True)) for left, right in item.pairs]
    rows = "".join(f'<tr><th scope="row">{left}</th><td>{right}</td></tr>' for left, right in solved)
    spare = [html(text, is_mute=True) for text in item.distractors]
    parts = f'<ol class="terms">{terms}</ol><ol class="responses" type="A">{responses}</ol>'
    note = f'<p class="exactly">{html_text(words["reused"])}</p>' if item.has_classes else ""
    reused = ' data-reused="1"' if item.has_classes else ""
    solution = f'<table class="key">{rows}</table>{_left_over(spare, words)}'
    return f'{note}<div class="matching"{reused}>{parts}</div>', solution


def _left_over(spare: list[str], words: Wording) -> str:
    """The responses that belong to no term, in a line if none of them has blocks, else as a list."""
    label = html_text(words["left_over"] + words["colon"])
    if any(map(holds_blocks, spare)):
        return f'<div class="spare">{label}<ul>{"".join(f"<li>{text}</li>" for text in spare)}</ul></div>'
    return f'<p class="spare">{label} {"; ".join(spare)}</p>' if spare else ""


def _ordering(item: Ordering, html: Callable[..., str]) -> tuple[str, str]:
    jumbled = "".join(f"<li>{html(item.sequence[i])}</li>" for i in shuffled(item, _PLAIN_ORDER))
    solved = "".join(f"<li>{html(step, is_mute=True)}</li>" for step in item.sequence)
    return f'<ul class="steps">{jumbled}</ul>', f'<ol class="steps key">{solved}</ol>'


def _task(item: Short | Essay, words: Wording) -> str:
    marks = words.counted(item.points, "mark")
    return html_text(f"{marks}{words['comma']}{words.counted(item.words, 'at_most')}" if item.words else marks)


def _rubric(item: Essay, html: Callable[..., str], words: Wording) -> str:
    width = max(len(row.levels) for row in item.rubric)
    rows = []
    for row in item.rubric:
        levels = "".join(f"<td>{html(level)}</td>" for level in row.levels) + "<td></td>" * (width - len(row.levels))
        rows.append(f'<tr><th scope="row">{html(row.criterion)}</th><td class="marks">{row.marks}</td>{levels}</tr>')
    criterion, marks, levels = map(html_text, (words["criterion"], words["marks"], words.cards["levels"]))
    head = f'<tr><th scope="col">{criterion}</th><th scope="col">{marks}</th><th scope="colgroup" colspan="{width}">{levels}</th></tr>'
    return f'<table class="rubric"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
