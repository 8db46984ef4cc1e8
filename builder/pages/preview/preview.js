// The page of all cards: which of them are shown, and how.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);

const all = data.notes.flatMap((note) =>
  note.cards.map((place) => ({ note, place, text: `${note.id} ${note.fields.join(" ").replace(/<[^>]*>/g, " ")}`.toLowerCase() })),
);
const state = Object.assign({ search: "", theme: "", kind: "", width: "360", night: "", backs: "" }, Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const STEP = 24;
let chosen = [];
let shown = 0;

function article({ note, place }) {
  const made = document.createElement("article");
  const title = document.createElement("h2");
  const about = document.createElement("span");
  const name = data.types[note.type].cloze ? `c${place + 1}` : data.types[note.type].templates[place].name;
  title.textContent = note.id;
  about.textContent = [note.kind, note.theme, note.cards.length > 1 ? name : ""].filter(Boolean).join(" · ");
  title.append(about);
  let side = state.backs ? "back" : "front";
  const frame = framed(sides(note, place), `Card ${note.id}`, state.night, side);
  const flip = document.createElement("button");
  const label = () => (flip.textContent = side === "front" ? "Show answer" : "Show question");
  flip.addEventListener("click", () => {
    side = side === "front" ? "back" : "front";
    frame.contentWindow.postMessage({ side }, "*");
    label();
  });
  label();
  made.append(title, frame, flip);
  return made;
}

function more() {
  const next = chosen.slice(shown, shown + STEP);
  shown += next.length;
  $("cards").append(...next.map(article));
}

function choose() {
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  chosen = all.filter(
    ({ note, text }) =>
      (!state.theme || note.theme === state.theme) && (!state.kind || note.kind === state.kind) && words.every((w) => text.includes(w)),
  );
  shown = 0;
  $("cards").replaceChildren();
  $("count").textContent = `${chosen.length} of ${all.length} cards`;
  if (chosen.length) more();
  else $("cards").append(Object.assign(document.createElement("p"), { className: "none", textContent: "No card is like this." }));
}

function look() {
  document.documentElement.classList.toggle("night", Boolean(state.night));
  document.documentElement.style.setProperty("--width", `${state.width}px`);
  for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.postMessage({ night: Boolean(state.night) }, "*");
}

const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
$("theme").append(...Object.entries(data.themes).map(([key, title]) => option(key, title)));
$("kind").append(...[...new Set(data.notes.map((note) => note.kind))].map((kind) => option(kind, kind)));
for (const name of Object.keys(state)) {
  const control = $(name);
  if (!control) continue;
  if (control.type === "checkbox") control.checked = Boolean(state[name]);
  else control.value = state[name];
  control.addEventListener("input", () => {
    state[name] = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
    history.replaceState(null, "", `#${new URLSearchParams(state)}`); // kept when the page is loaded anew
    if (name !== "night" && name !== "width") choose();
    look();
  });
}
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && shown < chosen.length && more(), { rootMargin: "800px" }).observe(
  document.body.appendChild(document.createElement("div")),
);
addEventListener("scroll", () => {
  if (shown < chosen.length && scrollY + innerHeight > document.body.scrollHeight - 1200) more();
});
choose();
look();
