#!/bin/sh
# fast-xml-parser 5.12.1 (npm): a sign that is given by its number, as any XML file may do and files of QTI and Moodle do, is left as it stands, whereas &lt; is read, and
# what is written again has its ampersand escaped. Only htmlEntities, which by its name is for HTML, changes that. Expected: the sign, as XML itself has it.
# "5 °C" is another answer than the key, and after a round trip students see the markup.
# Seen: "5 &#176;C &lt; x" is read as '5 &#176;C < x' and written as '5 &amp;#176;C &lt; x'; Python's ElementTree reads '5 °C < x', and so does htmlEntities.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" fast-xml-parser@5.12.1
cd "$here"
cat >try.js <<'JS'
const assert = require("assert");
const { XMLBuilder, XMLParser } = require("fast-xml-parser");
const item = "<item>5 &#176;C &lt; x &#x2212; 3</item>";
const read = new XMLParser().parse(item);
const written = new XMLBuilder().build(read);
console.log(read, written);
assert.strictEqual(new XMLParser({ htmlEntities: true }).parse(item).item, "5 \u00b0C < x \u2212 3");
assert.strictEqual(read.item, "5 &#176;C < x &#x2212; 3");
assert.strictEqual(written, "<item>5 &amp;#176;C &lt; x &amp;#x2212; 3</item>");
JS
node try.js
python3 -c 'from xml.etree.ElementTree import fromstring
read = fromstring("<item>5 &#176;C &lt; x &#x2212; 3</item>").text
assert read == "5 \u00b0C < x \u2212 3", read'
