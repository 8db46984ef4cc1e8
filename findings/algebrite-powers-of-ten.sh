#!/bin/sh
# algebrite 1.4.0 (npm): 1.5e3 is 1500, but a whole number with a power of ten is a product with a name: 2e3 is twice a variable e3. And what is small
# prints as nought. Expected: one way to read both, and figures that count. A key such as 1e3 stays a letter, and sums with it go on without an error.
# Seen: "1e3+1" is '1+e3' and "float(2e3)" '2.0*e3'; "1.5e3" is '1500.0', "1.5E3" '1.5*E3'; "1.6e-19" prints as '0.000000...'.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" algebrite@1.4.0
cd "$here"
cat >try.js <<'JS'
const assert = require("assert");
const Algebrite = require("algebrite");
const seen = ["1e3+1", "float(2e3)", "1.5e3", "1.5E3", "1.6e-19"].map((sum) => Algebrite.run(sum));
console.log(seen);
assert.deepStrictEqual(seen, ["1+e3", "2.0*e3", "1500.0", "1.5*E3", "0.000000..."]);
JS
node try.js
