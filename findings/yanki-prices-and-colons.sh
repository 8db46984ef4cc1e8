#!/bin/sh
# yanki 2.0.9 (npm), which makes Anki notes of Markdown: two prices in a sentence are a formula, and what follows :: in a blank is its hint, though its own sign for
# a hint is another. Expected: prices as text, as pandoc has them, since a figure follows the second sign; and the whole name as the answer, or an error.
# Students see a broken formula, and learn half of a name.
# Seen: "It costs $5 and $6" is 'It costs \(5 and \)6'; the blank ~~std::vector~~ asks for std, with the hint "vector", as ~~wet _how?_~~ has the hint "how?".
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
npm install --silent --no-audit --no-fund --prefix "$here" yanki@2.0.9
cat >"$here/try.mjs" <<'JS'
import assert from "node:assert";
import { getNoteFromMarkdown } from "yanki";
const front = async (text) => {
  const note = await getNoteFromMarkdown(text, { namespace: "try", obsidianVault: "", syncMediaAssets: "off" });
  return [note.modelName, note.fields.Front.replace(/<[^>]*>/g, "").trim()];
};
const seen = [await front("It costs $5 and $6\n\n---\n\nno"), await front("Arrays that grow are ~~std::vector~~"), await front("Water is ~~wet _how?_~~")];
console.log(seen);
assert.deepStrictEqual(seen[0], ["Yanki - Basic", "It costs \\(5 and \\)6"]);
assert.deepStrictEqual(seen[1], ["Yanki - Cloze", "Arrays that grow are {{c1::std::vector}}"]);
assert.deepStrictEqual(seen[2], ["Yanki - Cloze", "Water is {{c1::wet::how?}}"]);
JS
cd "$here" && node try.mjs
