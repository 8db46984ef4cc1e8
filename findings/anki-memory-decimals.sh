#!/bin/sh
# anki 26.9.3: the memory of a card that FSRS reckons is not the one that the collection keeps: four decimals of the stability stay, three of the difficulty.
# Expected: what was reckoned, as the next review starts from it. A scheduler that follows Anki has to round after each review, or a few intervals that lie
# halfway between two days come a day apart.
# Seen: a stability of 129.0759735 days and a difficulty of 4.0106087 are kept as 129.076 and 4.011.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check anki==26.9.3
cd "$here"
ANKI_TEST_MODE=1 "$here/venv/bin/python" -W ignore - <<'PYTHON'
import json

from anki.collection import Collection

col = Collection("collection.anki2")
col.set_config("fsrs", True)
note = col.new_note(col.models.by_name("Basic"))
note["Front"] = "a"
col.add_note(note, col.decks.id("Default"))
(card_id,) = note.card_ids()


def wait(days):
    kept = json.loads(col.db.scalar("select data from cards where id = ?", card_id))
    kept["lrt"] -= days * 86400
    col.db.execute("update cards set data = ? where id = ?", json.dumps(kept), card_id)
    col.db.execute("update col set crt = crt - ?", days * 86400)


EASY, GOOD, HARD = 3, 2, 1
for rating, days in ((EASY, 0), (GOOD, 16), (HARD, 40)):
    if days:
        wait(days)
    states = col._backend.get_scheduling_states(card_id)
    card = col.get_card(card_id)
    card.start_timer()
    col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=rating))
reckoned = states.hard.normal.review.memory_state
kept = json.loads(col.db.scalar("select data from cards where id = ?", card_id))
print("reckoned", reckoned.stability, reckoned.difficulty, "kept", kept["s"], kept["d"])
assert abs(reckoned.stability - 129.0759735) < 1e-5
assert abs(reckoned.difficulty - 4.0106087) < 1e-6
assert (kept["s"], kept["d"]) == (129.076, 4.011)
PYTHON
