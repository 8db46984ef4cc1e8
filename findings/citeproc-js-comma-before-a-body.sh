#!/bin/sh
# citeproc-js 2.4.63 (npm citeproc): delimiter-precedes-last="always" is not heeded where the last of two authors is a body and the first a person.
# Seen: 'Cain, A. & Royal Society'; with two persons 'Cain, A., & Low, B.'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" citeproc@2.4.63
cat >"$here/try.js" <<'JS'
const CSL = require("citeproc");
const assert = require("assert");
const NS = 'xmlns="http://purl.org/net/xbiblio/csl" version="1.0"';
const LOCALE = `<locale ${NS} xml:lang="en-US"><style-options punctuation-in-quote="true"/><date form="text"><date-part name="year"/></date><date form="numeric"><date-part name="year"/></date><terms><term name="open-quote">“</term><term name="close-quote">”</term><term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term><term name="et-al">et al.</term><term name="and">and</term><term form="short" name="circa">ca.</term><term name="page-range-delimiter">–</term></terms></locale>`;
function engine(citation, options, bibliography, items) {
  const style = `<style ${NS} class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info><citation ${options}><layout>${citation}</layout></citation><bibliography><layout>${bibliography}</layout></bibliography></style>`;
  const byId = Object.fromEntries(items.map((item) => [item.id, item]));
  const made = new CSL.Engine({ retrieveLocale: () => LOCALE, retrieveItem: (id) => byId[id] }, style);
  made.updateItems(items.map((item) => item.id));
  return made;
}
const style = "<names variable=\"author\"><name and=\"symbol\" delimiter-precedes-last=\"always\" name-as-sort-order=\"all\"/></names>";
const made = engine("<text variable=\"title\"/>", "", style, [
  { id: "a", type: "book", title: "T", author: [{ family: "Cain", given: "A." }, { literal: "Royal Society" }] },
  { id: "b", type: "book", title: "T", author: [{ family: "Cain", given: "A." }, { family: "Low", given: "B." }] },
]).makeBibliography()[1];
console.log(made);
assert.ok(made[0].includes("Cain, A. &#38; Royal"));
assert.ok(made[1].includes("Cain, A., &#38; Low"));
JS
cd "$here" && node try.js
