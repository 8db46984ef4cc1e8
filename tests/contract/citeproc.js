// What citeproc-js makes of a list of works: reads {program, style, locale, items} from stdin, prints {bib, cite}.
"use strict";
const wanted = JSON.parse(require("fs").readFileSync(0, "utf8"));
const CSL = require(wanted.program);
const items = Object.fromEntries(wanted.items.map((item) => [item.id, item]));
const engine = new CSL.Engine(
  { retrieveLocale: (name) => wanted.locales[name], retrieveItem: (id) => items[id] },
  wanted.style,
  wanted.language,
  true,
);
const ids = wanted.items.map((item) => item.id);
engine.updateItems(ids);
// Each work is cited once for its name to be told from others, then asked for anew in a citation of its own.
const cite = {};
for (const id of ids) cite[id] = engine.makeCitationCluster([{ id }]);
const [head, entries] = engine.makeBibliography();
// Works without an entry are among the ids, but not among the entries.
const bare = new Set(head.bibliography_errors.map((error) => error.itemID));
const listed = head.entry_ids.map(([id]) => id).filter((id) => !bare.has(id));
const bib = listed.map((id, i) => [id, entries[i].replace(/<\/?div[^>]*>/g, "").trim()]);
process.stdout.write(JSON.stringify({ bib, cite }));
