#!/bin/sh
# nerdamer 1.1.13 (npm): a function that it has not under that name is a letter times its bracket, ln among them, as is a function with a power behind its name, though it knows
# many others. Expected: the logarithm and the sine, or an error. Answers in the usual spelling aren't equal to the key, and a bracket of 1 vanishes.
# Seen: "ln(2)" is 2*ln and unequal to "log(2)", the natural one; "lg(100)" 100*lg; "sin^2(1)" is sin^2 and its 1 is gone; "arcsin(1)" is right. And 1e-20 is 0.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" nerdamer@1.1.13
cd "$here"
cat >try.js <<'JS'
const assert = require("assert");
const nerdamer = require("nerdamer/all");
const read = ["ln(2)", "ln(e^2)", "lg(100)", "sin^2(1)", "arcsin(1)", "log(e)", "1e-20"].map((sum) => nerdamer(sum).toString());
const equal = nerdamer("ln(2)").eq("log(2)");
console.log(read, equal);
assert.deepStrictEqual(read, ["2*ln", "e^2*ln", "100*lg", "sin^2", "asin(1)", "1", "0"]);
assert.strictEqual(equal, false);
JS
node try.js
