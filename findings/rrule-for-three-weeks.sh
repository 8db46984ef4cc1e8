#!/bin/sh
# rrule 2.8.1 (npm): "for 3 weeks" in words is read as three times, and words that it doesn't know are no error but make a rule for each year.
# Expected: six lessons, or a refusal. A course of two lessons a week ends in its second week, and a daily reminder comes once a year.
# Seen: "every week on tuesday and thursday for 3 weeks" is COUNT=3, ending after ten days; "daily" and "each day" are yearly, "every day" is daily.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" rrule@2.8.1
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { RRule } = require("rrule");
const course = RRule.parseText("every week on tuesday and thursday for 3 weeks");
const days = new RRule({ ...course, dtstart: new Date("2024-01-02T10:00:00Z") }).all().map((day) => day.toISOString().slice(0, 10));
const often = ["every day", "daily", "each day"].map((words) => RRule.fromText(words).toText());
console.log(days, often);
assert.deepStrictEqual(days, ["2024-01-02", "2024-01-04", "2024-01-09"]);
assert.deepStrictEqual(often, ["every day", "every year", "every year"]);
JS
cd "$here" && node try.js
