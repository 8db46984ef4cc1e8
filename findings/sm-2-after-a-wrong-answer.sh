#!/bin/sh
# SM-2, the schedule behind many flashcard programs, in three packages: supermemo 2.0.23 (npm), supermemo2 3.0.1 and sm-2 0.3.0 (PyPI). Its author begins anew
# after a wrong answer "without changing the E-Factor". Expected: the same days from all. Two of them lower it, so cards that were missed once come back sooner.
# Seen: three right answers, a wrong one and three right ones: 1, 6, 15, 1, 1, 6 days, then 12 by two of them and 15 by sm-2
# (which says 0 for the day of the wrong answer).
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check supermemo2==3.0.1 sm-2==0.3.0
npm install --silent --no-audit --no-fund --prefix "$here" supermemo@2.0.23
cd "$here"
venv/bin/python - <<'PYTHON'
from sm_2 import Card, Scheduler
from supermemo2 import first_review, review

ANSWERS = (4, 4, 4, 1, 4, 4, 4)
first = [first_review(ANSWERS[0])]
for answer in ANSWERS[1:]:
    first.append(review(answer, first[-1]["easiness"], first[-1]["interval"], first[-1]["repetitions"]))
card, second = Card(), []
for answer in ANSWERS:
    card, _ = Scheduler.review_card(card, answer, card.due)
    second.append((card.I, card.EF))
seen = [state["interval"] for state in first], [round(state["easiness"], 2) for state in first], [state[0] for state in second], [state[1] for state in second]
print(*seen, sep="\n")
assert seen == ([1, 6, 15, 1, 1, 6, 12], [2.5] * 3 + [1.96] * 4, [1, 6, 15, 0, 1, 6, 15], [2.5] * 7)
PYTHON
cat >try.js <<'JS'
const assert = require("assert");
const { supermemo } = require("supermemo");
let card = { interval: 0, repetition: 0, efactor: 2.5 };
const states = [4, 4, 4, 1, 4, 4, 4].map((answer) => (card = supermemo(card, answer)));
const seen = [states.map((state) => state.interval), states.map((state) => state.efactor)];
console.log(seen);
assert.deepStrictEqual(seen, [[1, 6, 15, 1, 1, 6, 12], [2.5, 2.5, 2.5, 1.96, 1.96, 1.96, 1.96]]);
JS
node try.js
