from __future__ import annotations

import time

from builder.comparing.frames import MET, Frames
from builder.text.words import normal

COUNTRIES = "France Spain Peru Chad Fiji".split()
CAPITALS = [f"Which city is the capital of {country}?" for country in COUNTRIES]


def test_a_name_tells_questions_of_one_pattern_apart() -> None:
    """Five questions that differ in a name are a pattern; four are none."""
    assert Frames(CAPITALS).tell_apart(CAPITALS[0], CAPITALS[1])
    assert not Frames(CAPITALS[:4]).tell_apart(CAPITALS[0], CAPITALS[1])


def test_what_has_no_name_of_its_own_is_not_told_apart() -> None:
    """The same question in other words, and one that says less, are as like as before."""
    again, less = "The capital of France is which city?", "Which city is the capital?"
    frames = Frames([*CAPITALS, again, less])
    assert not frames.tell_apart(CAPITALS[0], again)
    assert not frames.tell_apart(CAPITALS[0], less)


def test_code_and_short_names_tell_apart_too() -> None:
    """A symbol of two letters has no stem, and code no words; both fill the place of a name."""
    symbols = [f"Which element has the symbol {symbol}?" for symbol in "K Fe Na Ag Au".split()]
    calls = [f"What does `f({n})` give?" for n in range(5)]
    assert Frames(symbols).tell_apart(symbols[0], symbols[1])
    assert Frames(calls).tell_apart(calls[0], calls[1])
    assert len(set(map(normal, calls))) == 5


def test_a_large_deck_of_one_pattern_is_looked_at_in_part() -> None:
    """Of 3,000 questions alike each is compared with thirty, and what comes before these is still found."""
    deck = [f"Which city is the capital of land{n}?" for n in range(3000)]
    frames = Frames([*deck, "The capital of land0 is which city?"])
    found = [(3000, 1.0), *((n, 0.5) for n in range(1, 3000))]
    start = time.process_time()
    assert list(frames.unlike(0, found)) == [(3000, 1.0)]
    assert time.process_time() - start < 2
    assert list(frames.unlike(0, [*found[1 : MET + 1], (3000, 1.0)])) == []
