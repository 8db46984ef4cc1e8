#!/bin/sh
# citation-js 0.7.21 (npm @citation-js/plugin-bibtex): "and others", by which BibTeX shortens a list of authors, is read as an author whose name is others.
# Expected: "et al.", as by BibTeX itself. References name somebody who isn't there, and what is written back has {others} in braces, so it is a name for good.
# Seen: 'Vygotsky, L., & others. (1999). T.' and '(Vygotsky & others, 1999)'.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" @citation-js/core@0.7.21 @citation-js/plugin-bibtex@0.7.21 @citation-js/plugin-csl@0.7.22
cat >"$here/try.js" <<'JS'
const assert = require("assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-csl");
const work = new Cite("@book{a, author={Vygotsky, Lev and others}, title={T}, year=1999}");
const seen = [work.format("bibliography", { template: "apa" }).trim(), work.format("citation", { template: "apa" })];
const written = /author = \{(.*)\},/.exec(work.format("bibtex"))[1];
console.log(seen, written);
assert.deepStrictEqual(seen, ["Vygotsky, L., & others. (1999). T.", "(Vygotsky & others, 1999)"]);
assert.strictEqual(written, "Vygotsky, Lev and {others}");
JS
cd "$here" && node try.js
