"""The spaces of French before `;`, `!`, `?` and `:` and within « », which authors type as plain ones.

At a plain space a line may end, so that the next one begins with the sign. Shown texts have a narrow no-break space before
`;`, `!` and `?`, and a no-break space before `:` and within the quotation marks. For example, `Qui ?` is `Qui`,
U+202F, `?`. No space is put in where the author typed none, as in Canada. Code, formulas and links stay as they are.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale (2002), "Ponctuation".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from builder.text.late import late
from builder.text.tree import Run

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

N = TypeVar("N")
NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

_WANTED = late("[;!?:«»]")
# A space, or the end of a line as it was typed, behind a word and before signs that end there: that in `Qui ?`, and none
# in `a ?b` or `:-)`.
_SPACE = late('(?<!\\s)[ \n](?=[;!?]+(?:[\\s)\\]»”"\'’…:]|$)|:(?:[\\s)\\]»”"]|$)|»)|(?<=«)[ \n]')


def is_french(language: str) -> bool:
    """Whether that is the code of French, such as `fr` or `fr-CH`."""
    return language[:2].lower() == "fr" and language[2:3] in {"", "-", "_"}


def wants(text: str, language: str) -> bool:
    """Whether a text of a course in that language may have such spaces, in French words of another course too."""
    return bool((is_french(language) or "lang=fr" in text) and _WANTED.search(text))


def spaced(text: str, after: str = "") -> str:
    """A French text with no-break spaces, character for character; `after` is what stands behind it on its line."""
    return _SPACE.sub(_wide, text + after)[: len(text)]


def _wide(found: re.Match[str]) -> str:
    return NARROW if found.string[found.end() : found.end() + 1] in {";", "!", "?"} else WIDE


def line(nodes: Iterable[N], language: str) -> Iterator[N | Run]:
    """The nodes of a line of a course in that language, its French words with no-break spaces."""
    own = tuple(nodes)
    for place, node in enumerate(own):
        if not isinstance(node, Run) or node.code or node.math or node.href or not is_french(node.lang or language):
            yield node
            continue
        follower = own[place + 1] if place + 1 < len(own) else None
        after = follower.text[:2] if isinstance(follower, Run) and not (follower.code or follower.math) else ""
        yield node._replace(text=spaced(node.text, after))
