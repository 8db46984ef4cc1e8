#!/bin/sh
# gift-pegjs 1.0.2: of the two feedbacks of a true/false question GIFT gives the first to those who are wrong, the second to those who are right.
# Expected: falseFeedback holds the first where the key is true. The parser files the first under trueFeedback whatever the key is,
# so who answers a true statement rightly is told that it was wrong.
# Seen: {T#Sorry#Right} has trueFeedback "Sorry".
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" gift-pegjs@1.0.2
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { parse } = require("gift-pegjs");
const [one] = parse("Water boils at 100 degrees.{T#Sorry#Right}");
console.log(one.isTrue, one.trueFeedback.text, one.falseFeedback.text);
assert.strictEqual(one.isTrue, true);
assert.strictEqual(one.trueFeedback.text, "Sorry");
assert.strictEqual(one.falseFeedback.text, "Right");
JS
cd "$here" && node try.js
