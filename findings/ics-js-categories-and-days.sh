#!/bin/sh
# ics 3.12.0 (npm): a comma in a category is written as it is, so one category is two for each reader, though commas in a title are escaped; and a duration
# in days ends in a T that nothing follows, which RFC 5545 doesn't have. Expected: "Maths\, oral" and P1D. Exams are filed under other headings.
# Seen: CATEGORIES:Maths, oral beside SUMMARY:Maths\, oral; DURATION:P1DT.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" ics@3.12.0
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { createEvent } = require("ics");
const { error, value } = createEvent({ title: "Maths, oral", start: [2024, 6, 3], duration: { days: 1 }, categories: ["Maths, oral"] });
assert.ifError(error);
const rows = value.split("\r\n").filter((row) => /^(SUMMARY|CATEGORIES|DURATION)/.test(row)).sort();
console.log(rows);
assert.deepStrictEqual(rows, ["CATEGORIES:Maths, oral", "DURATION:P1DT", "SUMMARY:Maths\\, oral"]);
JS
cd "$here" && node try.js
