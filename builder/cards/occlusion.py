"""What a picture with boxes puts into the fields of its note, which is of Anki's own image-occlusion type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cards.html import box, html_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.model import Occlusion
    from builder.wording import Wording


def fields(item: Occlusion, html: Callable[..., str], image: str, words: Wording) -> tuple[str, ...]:
    """The fields of Anki's own type: the boxes, the picture, what is asked, and the label of each box.

    A box that is 10 % to the right and 20 % down, 30 % wide and 5 % high is
    `{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.05:oi=1}}`, where `oi` hides it on the other cards too.
    """
    hides = ":oi=1" if item.mode == "hide-all" else ""
    boxes = (":".join(f"{key}={share(value)}" for key, value in it.at._asdict().items()) for it in item.boxes)
    drawn = "<br>".join(f"{{{{c{n}::image-occlusion:rect:{place}{hides}}}}}" for n, place in enumerate(boxes, 1))
    accepted = html_text(words.cards["accepted"] + words["colon"])
    labels = "".join(
        f'<li data-box="{number}">{box("text", html(it.label))}{_others(it.accept, accepted, html)}</li>'
        for number, it in enumerate(item.boxes, 1)
    )
    picture, _, sound = image.partition("[sound:")
    header = html(item.prompt) + (f"[sound:{sound}" if sound else "")
    # A retired note has no box, and so no card.
    return ("" if item.retired else drawn, picture, header, f'<ol class="labels">{labels}</ol>', "")


def _others(accept: Iterable[str], label: str, html: Callable[..., str]) -> str:
    """What else is right in a box, behind the label for it."""
    said = ", ".join(map(html, accept))
    return f" {box('also', f'{label} {said}')}" if said else ""


def share(percent: float) -> str:
    """Per cent as Anki writes a share of a picture: `.125` for 12.5."""
    return f"{percent / 100:.5f}".rstrip("0").removesuffix(".").lstrip("0") or "0"
