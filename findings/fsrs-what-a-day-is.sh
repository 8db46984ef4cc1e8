#!/bin/sh
# fsrs 6.3.2 (Python) and ts-fsrs 5.4.2 (npm) give one card two dates: a day is 24 whole hours for the former, a change of date in UTC for the latter.
# Expected: the same algorithm with the same figures plans alike. A card seen at 20:00 and again at 19:00 the next evening was seen "the same day"
# for one of them and gains nothing by it; history moved from one to the other goes wrong.
# Seen: stability stays 10 in Python and grows in ts-fsrs; two hours later, at 21:00, both make it grow.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check fsrs==6.3.2
npm install --silent --no-audit --no-fund --prefix "$here" ts-fsrs@5.4.2
cd "$here"
cat >try.py <<'PYTHON'
from datetime import datetime, timezone

from fsrs import Card, Rating, Scheduler, State

seen = datetime(2025, 1, 1, 20, tzinfo=timezone.utc)
for hour in (19, 21):
    card = Card(state=State.Review, stability=10.0, difficulty=5.0, due=seen, last_review=seen)
    after, _ = Scheduler(enable_fuzzing=False).review_card(card, Rating.Good, datetime(2025, 1, 2, hour, tzinfo=timezone.utc))
    print(after.stability > 10)
PYTHON
cat >try.js <<'JS'
const { createEmptyCard, fsrs, Rating, State } = require("ts-fsrs");
const seen = new Date("2025-01-01T20:00:00Z");
for (const hour of [19, 21]) {
  const card = { ...createEmptyCard(seen), state: State.Review, stability: 10, difficulty: 5, reps: 3, due: seen, last_review: seen };
  const after = fsrs({ enable_fuzz: false }).next(card, new Date(`2025-01-02T${hour}:00:00Z`), Rating.Good).card;
  console.log(after.stability > 10);
}
JS
python=$(venv/bin/python try.py | tr '\n' ' ')
js=$(node try.js | tr '\n' ' ')
echo "$python/ $js"
test "$python" = "False True "
test "$js" = "true true "
