"""What Anki makes of histories of reviews: run by the interpreter of any version that has FSRS 6.

stdin has histories as JSON: lists of `[days since the review before, rating]`. stdout gets, for each review, the phase
that the card is in then, its delay in seconds or its interval in days, its stability and its difficulty.

Days pass by moving the collection back. Fuzz is off, as in Anki's own tests.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any

os.environ["ANKI_TEST_MODE"] = "1"

from anki.collection import Collection

DAY = 86_400
LEARNING = 1  # the queue of cards that are due after minutes


def collection(folder: str) -> Any:
    """An empty collection with FSRS on, at its default weights."""
    made: Any = Collection(os.path.join(folder, "collection.anki2"))
    made.set_config("fsrs", val=True)
    return made


def pass_days(made: Any, card_id: int, days: int) -> None:
    """Let `days` pass: the collection and the card's last review move back, and so does what is due after minutes."""
    base: Any = made.db
    base.execute("update col set crt = crt - ?", days * DAY)
    data, queue, due = base.first("select data, queue, due from cards where id = ?", card_id)
    values = json.loads(data) if data else {}
    if "lrt" in values:
        values["lrt"] -= days * DAY
    base.execute("update cards set data = ? where id = ?", json.dumps(values, separators=(",", ":")), card_id)
    if queue == LEARNING:
        base.execute("update cards set due = ? where id = ?", due - days * DAY, card_id)


def review(made: Any, card_id: int, rating: int) -> list[Any]:
    """Answer the card, and tell where it is afterwards."""
    states = made._backend.get_scheduling_states(card_id)
    card = made.get_card(card_id)
    card.start_timer()
    made.sched.answer_card(made.sched.build_answer(card=card, states=states, rating=rating - 1))
    base: Any = made.db
    interval, data = base.first("select ivl, data from cards where id = ?", card_id)
    memory = json.loads(data)
    steps = {1: states.again, 2: states.hard, 3: states.good, 4: states.easy}[rating].normal
    kind = steps.WhichOneof("kind")
    seconds = {"learning": steps.learning.scheduled_secs, "relearning": steps.relearning.learning.scheduled_secs}
    return [kind, seconds.get(kind, 0), interval if kind == "review" else 0, memory["s"], memory["d"]]


def played(made: Any, history: list[list[int]]) -> list[Any]:
    """What each review of a history made of a new card."""
    note = made.new_note(made.models.by_name("Basic"))
    note["Front"] = note["Back"] = "x"
    made.add_note(note, made.decks.id("Default"))
    (card_id,) = note.card_ids()
    begun = made.db.scalar("select crt from col")
    told = []
    for days, rating in history:
        if days:
            pass_days(made, card_id, days)
        told.append(review(made, card_id, rating))
    made.remove_notes([note.id])
    made.db.execute("update col set crt = ?", begun)
    return told


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        ready = collection(name)
        json.dump([played(ready, history) for history in json.load(sys.stdin)], sys.stdout)
        ready.close()
