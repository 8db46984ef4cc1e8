// The items of the page and their cards. Each item's fields are a line of JSON, which is read when it is wanted.
"use strict";

const data = JSON.parse(document.getElementById("index").textContent);
const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...inside);
  return made;
};
const shown = (number) => number.toLocaleString(data.language);

// Fixed words of the course's language, with values in their places.
function say(key, ...values) {
  let next = 0;
  return data.said[key].replace(/\{(\d?)\}/g, (_, place) => values[place === "" ? next++ : place]);
}

const parts = document.getElementsByClassName("lines");
const linesOf = new Map(); // by part: cut when an item of the part is wanted
function lineOf(place) {
  const part = Math.floor(place / data.part);
  if (!linesOf.has(part)) linesOf.set(part, parts[part].textContent.split("\n"));
  return linesOf.get(part)[place % data.part];
}
let mediaTable = null; // by name: a picture or recording as data, or the script that brings it
const table = () => (mediaTable ??= JSON.parse(document.getElementById("media").textContent));
const mediaOf = (name) => table()[name];
const hold = (name, inline) => (table()[name] = inline);

// Brings what an item shows and the page does not hold yet; null where nothing is missing.
function brought(item) {
  const names = Object.keys(table()).filter((name) => !mediaOf(name).startsWith("data:") && lineOf(item.place).includes(name));
  const bring = (name) =>
    new Promise((resolve) => {
      const script = make("script", { src: mediaOf(name) });
      script.onload = resolve;
      script.onerror = () => (announce(say("no_file", mediaOf(name))), resolve());
      document.head.append(script);
    });
  return names.length ? Promise.all(names.map(bring)) : null;
}

const items = data.items.map(([id, kind, theme, type, numbers, points, places], place) => ({ id, kind, theme, type, numbers, points, places, place }));
const byId = new Map(items.map((item) => [item.id, item]));
const cards = items.flatMap((item) => item.numbers.map((number) => ({ item, number, place: `${item.id} ${number}` })));
const cardAt = new Map(cards.map((card) => [card.place, card]));

// The fields of an item with its pictures and recordings; a recording gets the player of the browser.
function fieldsOf(item) {
  const shown = (html) =>
    html
      .replace(/src="([^"]+)"/g, (whole, name) => (mediaOf(name) ? `src="${mediaOf(name)}"` : whole))
      .replace(/\[sound:([^\]]+)\]/g, (whole, name) => (mediaOf(name) ? `<audio controls src="${mediaOf(name)}"></audio>` : whole));
  return JSON.parse(lineOf(item.place)).map((value) => (typeof value === "number" ? data.words[value] : shown(value)));
}

const facesOf = ({ item, number }) => sides({ type: item.type, fields: fieldsOf(item) }, number - 1);

// A text as the search compares it: without case, accents and points of vowels, with plain quotes and letters.
const MARKS_ABOVE = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;
const ALIKE = { "’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"', œ: "oe", æ: "ae", ß: "ss" };
const folded = (text) => text.normalize("NFKD").replace(MARKS_ABOVE, "").toLowerCase().replace(/[’‘‛“”„œæß]/g, (sign) => ALIKE[sign]);

// The words of an item without markup, for the eye: what is asked, and all of it, for the search.
const texts = new Map();
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", nbsp: " " };
const decoded = (text) => text.replace(/&(#?\w+);/g, (whole, name) => SIGNS[name] ?? whole);
function textOf(item) {
  if (!texts.has(item)) {
    const values = JSON.parse(lineOf(item.place));
    const bare = (html) => String(html).replace(/<(?:br|p|\/p|\/li|\/div|\/t[dh]|\/pre)\b[^>]*>/g, " ").replace(/<[^>]*>/g, "");
    const parsed = (html) => new DOMParser().parseFromString(bare(html), "text/html").body.textContent.replace(/\s+/g, " ").trim();
    const names = data.types[item.type].fields;
    const asked = values[Math.max(names.indexOf("Prompt"), names.indexOf("Text"), names.indexOf("Header"))];
    const open = asked.replace(/\{\{c\d+::([^]*?)(?:::[^]*?)?\}\}/g, "$1");
    const unhidden = (text) => text.replace(/image-occlusion:[^}]*/g, "").replace(/\{\{c\d+::/g, "").replace(/::|\}\}/g, " ");
    const said = values.filter((value) => typeof value === "string").join(" ");
    texts.set(item, { get asked() { return parsed(open); }, all: folded(`${item.id} ${decoded(unhidden(bare(said)))}`) });
  }
  return texts.get(item);
}
