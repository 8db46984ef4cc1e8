#!/bin/sh
# mathjs 15.2.0: in "1/2y" the fraction comes first, in "x/2y" the product does, so a formula changes its value when a number takes the place of a name
# that stands for it. Expected: one order for both. A quiz that writes its numbers into the formula has other keys than one that hands them over.
# Seen: y = 4: "1/2y" is 2, "x/2y" with x = 1 is 0.125, "(1)/2y" too.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" mathjs@15.2.0
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { evaluate } = require("mathjs");
const made = ["1/2y", "x/2y", "(1)/2y", "x*1/2y", "1/2/y"].map((formula) => evaluate(formula, { x: 1, y: 4 }));
console.log(made);
assert.deepStrictEqual(made, [2, 0.125, 0.125, 2, 0.125]);
JS
cd "$here" && node try.js
