#!/bin/sh
# ts-fsrs 5.4.2: there are two ways to have no steps of minutes: no learning_steps, or enable_short_term: false. Expected: the same days.
# The latter gives other intervals for new cards than the former, which other implementations share (2, 11, 46, 163), so cards drift from theirs.
# Seen: four times Good, each on the day due: 2, 11, 46, 163 days; with enable_short_term: false 3, 14, 57, 196.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" ts-fsrs@5.4.2
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { createEmptyCard, fsrs, Rating } = require("ts-fsrs");
function days(options) {
  const scheduler = fsrs({ enable_fuzz: false, ...options });
  let card = createEmptyCard(new Date("2025-01-01T12:00:00Z"));
  return [1, 2, 3, 4].map(() => (card = scheduler.next(card, card.due, Rating.Good).card).scheduled_days);
}
const made = [days({ learning_steps: [] }), days({ enable_short_term: false })];
console.log(made);
assert.deepStrictEqual(made, [[2, 11, 46, 163], [3, 14, 57, 196]]);
JS
cd "$here" && node try.js
