#!/bin/sh
# gift-pegjs 1.0.2: isCorrect tells how an answer is marked (= or ~), not whether it earns anything. GIFT writes several right options as ~%50%,
# and an expected mistake with a reply of its own as =%0%. Expected: isCorrect true for the former, false for the latter.
# A tool that goes by isCorrect shows a question without any right option, and takes the mistake for a key.
# Seen: false for the options of 50 %, true for the answer of 0 %.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" gift-pegjs@1.0.2
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { parse } = require("gift-pegjs");
const seen = (text) => parse(text)[0].choices.map((c) => [c.text.text, c.weight, c.isCorrect]);
const several = seen("Which two? {~%50%a ~%50%b ~%-100%c}");
const mistake = seen("Capital? {=Bern =%0%Zurich#The largest, not the capital}");
console.log(several, mistake);
assert.deepStrictEqual(several, [["a", 50, false], ["b", 50, false], ["c", -100, false]]);
assert.deepStrictEqual(mistake, [["Bern", null, true], ["Zurich", 0, true]]);
JS
cd "$here" && node try.js
