#!/bin/sh
# fsrs 6.3.2 (Python) may give Hard, Good and Easy the same day; ts-fsrs 5.4.2 (npm), like Anki, keeps each at least a day after the one before.
# Expected: the same intervals from the same memory state, and three buttons that differ. Buttons show three times "1 day".
# Seen: stability 0.3, seen a day ago: 1, 1, 1 days in Python; 1, 2, 3 in ts-fsrs.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check fsrs==6.3.2
npm install --silent --no-audit --no-fund --prefix "$here" ts-fsrs@5.4.2
cd "$here"
cat >try.py <<'PYTHON'
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler, State

now = datetime(2025, 1, 2, 12, tzinfo=timezone.utc)
for rating in (Rating.Hard, Rating.Good, Rating.Easy):
    card = Card(state=State.Review, stability=0.3, difficulty=9.9, due=now, last_review=now - timedelta(days=1))
    after, _ = Scheduler(enable_fuzzing=False).review_card(card, rating, now)
    print((after.due - now).days)
PYTHON
cat >try.js <<'JS'
const { createEmptyCard, fsrs, Rating, State } = require("ts-fsrs");
const now = new Date("2025-01-02T12:00:00Z");
const card = { ...createEmptyCard(now), state: State.Review, stability: 0.3, difficulty: 9.9, reps: 3, due: now, last_review: new Date("2025-01-01T12:00:00Z") };
for (const rating of [Rating.Hard, Rating.Good, Rating.Easy]) console.log(fsrs({ enable_fuzz: false }).next(card, now, rating).card.scheduled_days);
JS
python=$(venv/bin/python try.py | tr '\n' ' ')
js=$(node try.js | tr '\n' ' ')
echo "$python/ $js"
test "$python" = "1 1 1 "
test "$js" = "1 2 3 "
