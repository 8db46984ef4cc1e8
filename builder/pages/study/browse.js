// The cards of the course to look through, and what prints them.
"use strict";

const STEP = 50; // rows that are shown at once
const MOST_PRINTED = 500; // cards
const MOST_SHOWN = 160; // letters of a row
const MATURE = 21; // days
const browse = { found: [], shown: 0 };

const STATES = {
  new: ({ state }) => state.phase === "new",
  learning: ({ state }) => isStepping(state),
  young: ({ state }) => state.phase === "known" && state.interval < MATURE,
  mature: ({ state }) => state.phase === "known" && state.interval >= MATURE,
  suspended: ({ isSuspended }) => isSuspended,
  flagged: ({ isFlagged }) => isFlagged,
};

function stateText(card) {
  const { state, isSuspended, isFlagged } = memory.of(card.place);
  const when = state.phase === "known" ? say("due_on", isoDay(state.due)) : say(state.phase === "new" ? "new" : "learning");
  return [when, isSuspended && say("suspended"), isFlagged && say("flagged")].filter(Boolean).join(", ");
}

// The beginning of a text, which cuts no formula in two.
function begun(text) {
  const start = text.slice(0, MOST_SHOWN);
  const last = (...signs) => Math.max(...signs.map((sign) => start.lastIndexOf(sign)));
  const open = last("\\(", "\\[");
  return start.length < text.length && open > last("\\)", "\\]") ? start.slice(0, open) : start;
}

function lookButton(card) {
  const made = make("button", { className: "look", type: "button", dir: "auto", name: card.place }, begun(textOf(card.item).asked) || card.item.id);
  made.innerHTML = typeset(made.innerHTML); // its text, escaped
  made.addEventListener("click", () => look(card));
  return made;
}

// Shows one card to look at. Back leads to where it was chosen: the same rows, or the result of a quiz, and the same button.
function look(card) {
  const [before, top, rows] = [mode, scrollY, browse.shown];
  const back = () => {
    go(before);
    if (before === "practice") $("practice-result").hidden = false;
    while (before === "cards" && browse.shown < Math.min(rows, browse.found.length)) moreRows();
    scrollTo(0, top);
    document.querySelector(`main > section:not([hidden]) .look[name="${CSS.escape(card.place)}"]`)?.focus({ preventScroll: true });
  };
  go("look");
  Object.assign(study, { card, side: "front", answer: "", back });
  $("desk").hidden = false;
  desk.show(card, true);
  showBar();
}

function search() {
  const words = folded($("search").value).split(/\s+/).filter(Boolean);
  const [theme, kind, state] = ["find-theme", "find-kind", "find-state"].map((id) => $(id).value);
  browse.found = cards.filter(
    (card) =>
      (!theme || card.item.theme === theme) &&
      (!kind || card.item.kind === kind) &&
      (!state || STATES[state](memory.of(card.place))) &&
      words.every((word) => textOf(card.item).all.includes(word)),
  );
  browse.shown = 0;
  $("rows").replaceChildren();
  $("found").textContent = say("found", shown(browse.found.length), shown(cards.length));
  moreRows();
}

function moreRows() {
  const next = browse.found.slice(browse.shown, browse.shown + STEP);
  browse.shown += next.length;
  const row = (card) => {
    const part = card.item.numbers.length > 1 ? `${card.number}` : "";
    const about = [data.kinds[card.item.kind], data.themes[card.item.theme] ?? card.item.theme, part, stateText(card)].filter(Boolean).join(" · ");
    return make("li", {}, lookButton(card), make("span", { className: "about" }, about));
  };
  $("rows").append(...next.map(row));
  $("more-rows").hidden = browse.shown >= browse.found.length;
}

// A document of the backs of the cards that were found, which prints itself. It runs nothing else, and reaches nothing.
async function printFound() {
  const some = browse.found.slice(0, MOST_PRINTED);
  for (const { item } of some) await brought(item);
  const faces = some.map((card) => sent(facesOf(card)).back.replace(/<script[^]*?<\/script>/g, "").replace(/\[\[type:\w+\]\]/g, ""));
  const title = make("div", {}, document.title).innerHTML;
  const look = "article{break-inside:avoid;padding:.6em 0;border-bottom:1px solid #bbb}.card{font-size:11pt}.verdict,.typed,#toggle{display:none}details>*{display:none}";
  const frame = make("iframe", { title: say("cards"), className: "printed" });
  frame.sandbox = "allow-scripts allow-modals";
  frame.srcdoc =
    `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title><style>${data.types[0].css}${look}</style></head><body class="card"><h1>${title}</h1>` +
    `${faces.map((html) => `<article dir="auto">${html}</article>`).join("")}${script("print(); parent.postMessage({printed: true}, '*');")}</body></html>`;
  document.querySelector(".printed")?.remove();
  document.body.append(frame);
  if (browse.found.length > MOST_PRINTED) announce(say("printed", MOST_PRINTED));
}
