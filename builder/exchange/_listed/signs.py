"""What the signs say that are drawn before the options of a question: which are right, or nothing.

Word and the people who use it draw boxes and circles both to be ticked and as bullets. So a sign that all options have
says nothing, whichever it is. Only where some options have one filled sign and the others have none, or an empty one,
those that have it are right: `☐ Paris ☒ Rome ☐ Oslo`, `○ Paris ● Rome ○ Oslo`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.exchange._frame import UnfitError

if TYPE_CHECKING:
    from collections.abc import Sequence

FILLED = "☑☒■▪●◼◾◉"
EMPTY = "☐□▫○◻◽◯"
TO_TICK = "☐☑☒"  # boxes that nobody takes for bullets of a list in a question


def bullet(signs: Sequence[str]) -> str:
    """The sign that all options have before them; empty where they have none, or differ."""
    shapes = {sign.strip() for sign in signs}
    return shapes.pop() if len(shapes) == 1 else ""


def right(signs: Sequence[str]) -> list[bool]:
    """Whether each option is right, by the signs before them, which stand behind the blanks before these.

    An option without a sign has the empty string. All are False where the signs say nothing.

    Raises:
        UnfitError: the signs differ, and what that means is open.
    """
    shapes = [sign.strip() for sign in signs]
    filled = sorted({shape for shape in shapes if shape in FILLED} - {""}, key=shapes.index)
    if not filled or bullet(signs):
        return [False] * len(signs)
    if len(filled) > 1:
        message = f"its options begin with {' and '.join(filled)}, and which of these says that one is right is open"
        raise UnfitError(message)
    depths = [{len(sign) for sign in signs if (sign.strip() in filled) is is_filled} for is_filled in (True, False)]
    if min(depths[1]) > max(depths[0]) or max(depths[1]) < min(depths[0]):
        message = f"its lines with {filled[0]} are set in otherwise than the others: they may be bullets of two levels"
        raise UnfitError(message)
    return [shape in filled for shape in shapes]
