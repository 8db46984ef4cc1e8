#!/bin/sh
# FSRS in Python (PyPI fsrs 6.3.2) and in JavaScript (npm ts-fsrs 5.4.2): the same weights and the same answer, another day. The one rounds half a day to the even number, the other up.
# Seen: a first stability of 2.5 days comes back after 2 days in Python and 3 in JavaScript, 18.5 after 18 and 19; 17.5 after 18 in both.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/env"
"$here/env/bin/python" -m pip install --quiet --disable-pip-version-check fsrs==6.3.2
npm install --silent --no-audit --no-fund --prefix "$here" ts-fsrs@5.4.2
cat >"$here/try.py" <<'PY'
from datetime import datetime, timezone

from fsrs import Card, Rating, Scheduler

now = datetime(2026, 1, 1, tzinfo=timezone.utc)
days = []
for first in (2.5, 17.5, 18.5):
    weights = list(Scheduler().parameters)
    weights[2], weights[3] = first, max(weights[3], first)
    scheduler = Scheduler(parameters=weights, learning_steps=(), enable_fuzzing=False)
    card, _ = scheduler.review_card(Card(), Rating.Good, now)
    days.append((card.due - now).days)
print("Python", days)
assert days == [2, 18, 18]
PY
cat >"$here/try.js" <<'JS'
const { createEmptyCard, default_w, fsrs, generatorParameters, Rating } = require("ts-fsrs");
const now = new Date("2026-01-01T00:00:00Z");
const days = [2.5, 17.5, 18.5].map((first) => {
  const w = [...default_w];
  [w[2], w[3]] = [first, Math.max(w[3], first)];
  const scheduler = fsrs(generatorParameters({ w, enable_short_term: false, enable_fuzz: false }));
  return scheduler.next(createEmptyCard(now), now, Rating.Good).card.scheduled_days;
});
console.log("JavaScript", days);
require("assert").deepStrictEqual(days, [3, 18, 19]);
JS
"$here/env/bin/python" "$here/try.py"
cd "$here" && node try.js
