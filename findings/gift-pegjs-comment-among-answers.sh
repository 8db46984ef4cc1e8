#!/bin/sh
# gift-pegjs 1.0.2: a line of comment between two answers becomes part of the answer before it. Expected: it is left out,
# as a comment above a question is, or refused. The author's note is shown to students and the key no longer matches.
# Seen: the right answer is 'Bern // not Geneva'.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" gift-pegjs@1.0.2
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { parse } = require("gift-pegjs");
const [one] = parse("// on top\nCapital? {\n=Bern\n// not Geneva\n~Zurich\n}");
console.log(one.stem.text, one.choices.map((c) => c.text.text));
assert.strictEqual(one.stem.text, "Capital?");
assert.deepStrictEqual(one.choices.map((c) => c.text.text), ["Bern // not Geneva", "Zurich"]);
JS
cd "$here" && node try.js
