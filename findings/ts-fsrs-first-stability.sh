#!/bin/sh
# FSRS in JavaScript (npm ts-fsrs 5.4.2) lifts the first stability of a card to a tenth of a day, and the weight for learning again on one day (w19) to 0.01, without a word; FSRS in Python (PyPI fsrs 6.3.2) keeps both. Weights that suit a forgetful student give other schedules.
# Seen: with 0.01 for a first "Again", the stability is 0.01 days in Python and 0.1 in JavaScript; w19 of 0 is 0 in Python and 0.01 in JavaScript.
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

weights = list(Scheduler().parameters)
weights[0], weights[19] = 0.01, 0.0
scheduler = Scheduler(parameters=weights, enable_fuzzing=False)
card, _ = scheduler.review_card(Card(), Rating.Again, datetime(2026, 1, 1, tzinfo=timezone.utc))
print("Python", card.stability, scheduler.parameters[19])
assert (card.stability, scheduler.parameters[19]) == (0.01, 0.0)
PY
cat >"$here/try.js" <<'JS'
const { createEmptyCard, default_w, fsrs, generatorParameters, Rating } = require("ts-fsrs");
const w = [...default_w];
[w[0], w[19]] = [0.01, 0];
const parameters = generatorParameters({ w, enable_fuzz: false });
const now = new Date("2026-01-01T00:00:00Z");
const { card } = fsrs(parameters).next(createEmptyCard(now), now, Rating.Again);
console.log("JavaScript", card.stability, parameters.w[19]);
require("assert").deepStrictEqual([card.stability, parameters.w[19]], [0.1, 0.01]);
JS
"$here/env/bin/python" "$here/try.py"
cd "$here" && node try.js
