"""Messages of protocol buffers, as far as a package of Anki needs them: texts, numbers and messages by field number.

An example: `0a 02 68 69 10 05` has the text `hi` in field 1 and the number 5 in field 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_EIGHT = 1  # the type on the wire of eight bytes
_MOST_BITS = 70


def several(message: bytes, field: int) -> Iterator[bytes]:
    """Each value of a field that holds texts or messages, as bytes.

    Raises:
        ValueError: it is no message.
    """
    return (value for number, value in _values(message) if number == field and isinstance(value, bytes))


def text(message: bytes, field: int) -> str:
    """The last value of a field that holds a text; empty where it has none.

    Raises:
        ValueError: it is no message.
    """
    return b"".join([b"", *several(message, field)][-1:]).decode("utf-8")


def number(message: bytes, field: int, default: int) -> int:
    """The last value of a field that holds a number.

    Raises:
        ValueError: it is no message.
    """
    found = default
    for key, value in _values(message):
        if key == field and isinstance(value, int):
            found = value
    return found


def _values(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        match key & 7:
            case 0:
                value, place = _varint(message, place)
                yield key >> 3, value
            case 1 | 5 as kind:
                place += 8 if kind == _EIGHT else 4
            case 2:
                size, place = _varint(message, place)
                if place + size > len(message):
                    message_ = "a message ends in the middle"
                    raise ValueError(message_)
                yield key >> 3, message[place : place + size]
                place += size
            case _:
                message_ = "a message has a field of no type that is known"
                raise ValueError(message_)


def _varint(message: bytes, place: int) -> tuple[int, int]:
    """The number that begins at a place, seven bits a byte and the least first, and the place behind it."""
    made = 0
    for shift in range(0, _MOST_BITS, 7):
        if place >= len(message):
            break
        byte = message[place]
        place += 1
        made |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that more follows
            return made, place
    message_ = "a message has a number without end"
    raise ValueError(message_)
