// The desk: the item that is chosen, with its findings, cards and paper, and what follows a save.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const FACETS = ["rule", "theme", "kind", "bank", "status"];
const state = Object.assign(
  { search: "", rule: "", theme: "", kind: "", bank: "", status: "", id: "", width: "360", light: "day", look: "web", keys: "1" },
  Object.fromEntries(new URLSearchParams(location.hash.slice(1))),
);
const query = () => Object.fromEntries(["search", ...FACETS].map((name) => [name, state[name]]));
const keep = () => history.replaceState(null, "", `#${new URLSearchParams(state)}`); // kept when the page is loaded anew
const list = new List($("list"), $("rows"), choose);
let shown = ""; // the item as it was last told, so that nothing is drawn anew that has not changed
let item = null;

function finding(d) {
  const where = data.opens
    ? make("button", { type: "button", textContent: d.place, onclick: () => open(d.path, d.line, d.column) })
    : make("code", { textContent: d.place });
  const head = make("div", {}, make("strong", { textContent: `${d.severity} ${d.code}` }), where);
  const source = d.source.slice(d.column - 1);
  const line = make("pre", {}, d.source.slice(0, d.column - 1), make("mark", { textContent: source.slice(0, 1) }), source.slice(1));
  return make("li", { className: d.severity }, head, make("p", { textContent: d.message }), d.help ? make("p", { className: "help", textContent: d.help }) : "", d.source.trim() ? line : "");
}

function figure(title, frame, height) {
  if (height) frame.style.height = height;
  return make("figure", {}, make("figcaption", { textContent: title }), frame);
}

function cards() {
  // New frames begin with the heights of the old ones, so that nothing jumps.
  const heights = [...$("cards").querySelectorAll("iframe")].map((frame) => frame.style.height);
  const lights = state.light === "both" ? ["day", "night"] : [state.light];
  data.formulas = item.formulas ?? {};
  const made = item.notes.flatMap((note) =>
    note.cards.map((place) => {
      const type = data.types[note.type];
      const name = note.cards.length > 1 ? `${type.cloze ? `c${place + 1}` : type.templates[place].name}, ` : "";
      const card = sides(note, place);
      const figures = lights.flatMap((light) =>
        ["front", "back"].map((side) => {
          const title = `${name}${side}${lights.length > 1 ? `, ${light}` : ""}`;
          return figure(title, framed(card, `Card ${item.id}: ${title}`, light === "night", side), heights.shift());
        }),
      );
      return make("div", { className: "card" }, ...figures);
    }),
  );
  $("cards").replaceChildren(...made);
}

// What stands around the questions of a paper: here there is but one.
const AROUND = "main > header, main > p, main > h2, .fields, .cover, .glance, .end { display: none; } main { margin: 0; padding: 1em; }";

// The paper runs no script, so the page measures it.
async function paper() {
  const id = state.id;
  $("printed").hidden = !state.look || !item || item.why.startsWith("This item can't");
  if ($("printed").hidden) return;
  const wanted = state.look === "pdf" ? [{ look: "pdf" }] : [{ side: "question" }, { side: "key" }];
  const texts = await Promise.all(wanted.map((asked) => fetch(`paper/${encodeURIComponent(id)}?${new URLSearchParams(asked)}`).then((a) => (a.ok ? a.text() : ""), () => "")));
  if (id !== state.id) return;
  const said = JSON.stringify([state.look, ...texts]);
  if ($("paper").said === said) return;
  $("paper").said = said;
  const heights = [...$("paper").querySelectorAll("iframe")].map((frame) => frame.style.height);
  const made = texts.map((text, n) => {
    const name = wanted[n].side ?? "all pages";
    const frame = make("iframe", { title: `On paper: ${name}`, srcdoc: text });
    frame.sandbox = "allow-same-origin";
    frame.addEventListener("load", () => {
      if (state.look === "web") frame.contentDocument.head.append(make("style", { textContent: AROUND }));
      const fit = () => (frame.style.height = `${frame.contentDocument.documentElement.getBoundingClientRect().height + 2}px`);
      new ResizeObserver(fit).observe(frame.contentDocument.body);
      fit();
    });
    return figure(name, frame, heights[n]);
  });
  $("paper").replaceChildren(...made);
}

async function show() {
  const found = state.id && (await ask(`item/${encodeURIComponent(state.id)}`));
  const said = JSON.stringify(found);
  if (!found || found.id !== state.id) return;
  item = found;
  if (said !== shown) {
    shown = said;
    $("name").textContent = item.id;
    $("about").textContent = [item.kind, item.theme, item.status, item.place].filter(Boolean).join(" · ");
    const old = item.old ? "It can't be read just now: this is how it was last read. " : "";
    $("why").textContent = old + (item.formulas === null ? "Formulas are shown as TeX; to see them typeset: pip install her-study[math]. " : "") + item.why;
    const none = item.old ? "Not checked, since it can't be read just now" : "No finding";
    $("found").textContent = item.findings.length ? `${item.findings.length} finding${item.findings.length > 1 ? "s" : ""}` : none;
    $("findings").replaceChildren(...item.findings.map(finding));
    cards();
  }
  await paper();
}

function choose(id) {
  if (state.id !== id) $("item").scrollTop = 0;
  state.id = id;
  $("said").textContent = "";
  keep();
  return show();
}

function elsewhere(found) {
  const shown = found.elsewhere;
  const errors = shown.filter((d) => d.severity === "error").length;
  $("elsewhere").hidden = !shown.length;
  if (!shown.length) return;
  const more = found.more ? `, the first of ${shown.length + found.more}` : "";
  const box = $("elsewhere").firstElementChild ?? make("details");
  const title = make("summary", { textContent: `${shown.length} finding${shown.length > 1 ? "s" : ""} outside of items${more}` });
  // It opens for errors by itself, and what was opened so closes with them.
  if (errors && !box.open) box.open = box.isOurs = true;
  else if (!errors && box.isOurs) box.open = box.isOurs = false;
  $("elsewhere").className = errors ? "error" : "";
  box.replaceChildren(title, make("ol", {}, ...shown.map(finding)));
  $("elsewhere").replaceChildren(box);
}

function offer(name, values) {
  const first = name === "rule" ? [["", "all"], ["any", "any finding"]] : [["", "all"]];
  const known = values[state[name]] || !state[name] || state[name] === "any" ? [] : [[state[name], `${state[name]} (0)`]];
  const options = [...first, ...Object.entries(values).map(([value, n]) => [value, `${value} (${n})`]), ...known];
  $(name).replaceChildren(...options.map(([value, textContent]) => make("option", { value, textContent })));
  $(name).value = state[name];
  $(name).closest("label").hidden = options.length < 2;
}

// After a check, and after a change of the query.
async function refresh() {
  const found = await ask("state");
  if (!found) return;
  $("title").textContent = found.title;
  FACETS.forEach((name) => offer(name, found.facets[name]));
  $("look").querySelector('[value="pdf"]').disabled = !found.prints;
  elsewhere(found);
  const chosen = await list.take(query(), state.id);
  if (!chosen) return;
  const count = (n, name) => (n ? `, ${n} ${name}${n > 1 ? "s" : ""}` : "");
  $("counts").textContent = `${chosen.total} of ${found.all} items${count(found.errors, "error")}${count(found.warnings, "warning")}`;
  if (state.id) await show();
  else await list.go(0);
}

async function open(path, line, column = 1) {
  const body = JSON.stringify({ path, line, column });
  const answer = await fetch("open", { method: "POST", body }).then((a) => (a.ok ? a.json() : null), () => null);
  $("said").textContent = answer?.opened ? "" : `The editor was not opened: ${answer?.why || "the place is not part of the course"}`;
}

const KEYS = {
  j: () => list.step(1),
  k: () => list.step(-1),
  "/": () => $("search").focus(),
  e: () => data.opens && item && open(item.path, item.line),
  n: () => turn("light", state.light === "night" ? "day" : "night"),
  w: () => turn("width", state.width === "360" ? "720" : "360"),
};

function turn(name, value) {
  $(name).value = value;
  $(name).dispatchEvent(new Event("input"));
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("list").focus();
  const isTyped = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (isTyped || event.ctrlKey || event.altKey || event.metaKey || !state.keys || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
// A card that was clicked has the keys, and passes them on.
addEventListener("message", (event) => {
  if (event.data.pressed && state.keys) KEYS[event.data.pressed]?.();
});

for (const name of ["search", ...FACETS, "width", "light", "look", "keys"]) {
  const control = $(name);
  if (control.type === "checkbox") control.checked = Boolean(state[name]);
  else control.value = state[name];
  control.addEventListener("input", () => {
    state[name] = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
    keep();
    if (name === "search" || FACETS.includes(name)) refresh();
    else if (name === "look") paper();
    else if (item && name === "light") cards();
    else if (name === "width") document.documentElement.style.setProperty("--width", `${state.width}px`);
  });
}
document.documentElement.style.setProperty("--width", `${state.width}px`);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
$("open").hidden = !data.opens;
$("open").addEventListener("click", () => item && open(item.path, item.line));

const events = new EventSource("events");
events.onmessage = refresh;
events.onopen = () => ($("gone").hidden = true);
events.onerror = () => ($("gone").hidden = false);
