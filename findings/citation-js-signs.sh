#!/bin/sh
# citation-js 0.7.21 (npm @citation-js/plugin-bibtex): a title's sign that it has no TeX for is written as BibTeX without what makes it that sign, or not at all.
# Expected: the sign itself, as BibTeX may be UTF-8, or an error. Titles say something else, and no message tells.
# Seen: "10² m" becomes '102 m', "a ≠ b" 'a = b', "x ≤ 3" 'x 3'; "α" is right.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" @citation-js/core@0.7.21 @citation-js/plugin-bibtex@0.7.21
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const written = (title) => /title = \{(.*)\},/.exec(new Cite([{ id: "a", type: "book", title }]).format("bibtex"))[1].replace(/\s+/g, " ");
const seen = ["10\u00b2 m", "a \u2260 b", "x \u2264 3", "\u03b1"].map(written);
console.log(seen);
assert.deepStrictEqual(seen, ["102 m", "a = b", "x 3", "$\\alpha$"]);
JS
cd "$here" && node try.js
