// The page around the cards: its four parts, notices, settings, and progress as a file.
"use strict";

const MANY = 100; // answers, after which a copy is asked for
const WEEK = 7 * DAY;
let mode = "study";
const memory = new Memory();
let store = null;
let desk = null;
const settings = { limit: 20, night: "", copied: 0, toldAt: 0 };

const announce = (text) => ($("told").textContent = text);

// A notice stays until its cause is gone; `act` is [label, function].
function notice(id, text, ...acts) {
  $(`notice-${id}`)?.remove();
  if (!text) return;
  const buttons = acts.map(([label, run]) => {
    const made = make("button", { type: "button" }, label);
    made.addEventListener("click", run);
    return made;
  });
  $("notices").append(make("p", { id: `notice-${id}` }, `${text} `, ...buttons));
}

// Keeps entries before anything goes on. What can't be kept stays in the page, and is said to be at risk.
async function keep(entries) {
  const lines = memory.take(entries);
  let wanted = [...store.unkept, ...lines];
  try {
    await store.add(wanted).catch((error) => {
      if (error?.name !== "InvalidStateError") throw error;
      wanted = [...memory.lines];
      return store.renew(wanted).then(saveSettings);
    });
    wanted.forEach((line) => store.unkept.delete(line));
    if (!store.unkept.size) notice("unkept", "");
  } catch (error) {
    wanted.forEach((line) => store.unkept.add(line));
    notice("unkept", `${say("not_kept")} ${error?.message ?? ""}`, [say("save"), exportFile]);
  }
  remind();
  return lines.length;
}

// Takes up what other windows have kept, also where their messages did not come, as in a window that slept. Where the
// storage can't be read, keeping the next answer says so.
async function catchUp() {
  const lines = await store.others(memory.lines.size - store.unkept.size).catch(() => []);
  memory.take(lines.map(ownEntry), lines);
}

function remind() {
  const since = memory.lines.size - settings.copied;
  const isRisky = !store.isKept || store.isLasting === false;
  notice("copy", isRisky && since >= MANY ? say("since_copy", shown(since)) : "", [say("save"), exportFile]);
}

async function tellStorage() {
  store.isLasting = await store.lasts();
  $("storage").textContent = say(!store.isKept ? "keeps_nothing" : store.isLasting ? "keeps" : "may_clear");
  $("keep").hidden = !store.isKept || store.isLasting !== false;
  notice("storage", store.isKept ? "" : say("keeps_nothing"), [say("save"), exportFile]);
  const isTold = Date.now() - settings.toldAt < WEEK;
  const isRisky = store.isKept && store.isLasting === false && !isTold;
  notice("lasting", isRisky ? say("may_clear") : "", [say("keep"), askToKeep], [say("save"), exportFile], [say("later"), tellLater]);
  remind();
}

function tellLater() {
  settings.toldAt = Date.now();
  saveSettings();
  tellStorage();
}

async function askToKeep() {
  const isGranted = await store.keep();
  await tellStorage();
  announce(say(isGranted ? "will_keep" : "refused"));
}

function exportFile() {
  const link = make("a", { href: URL.createObjectURL(new Blob([written(memory.lines)], { type: "application/jsonl" })), download: "progress.jsonl" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  settings.copied = memory.lines.size;
  saveSettings();
  remind();
  announce(say("saved", shown(memory.lines.size)));
}

// Takes over the lines of a file: each once, whichever device it is from.
async function importFile(file) {
  try {
    if (file.size > MOST_BYTES) throw new Wrong("too_big", MOST_BYTES >> 20);
    const entries = readFile(await file.text());
    const elsewhere = entries.filter(({ item, weights }) => !weights && !byId.has(item)).length;
    if (entries.length && elsewhere === entries.length) throw new Wrong("not_ours");
    const fresh = await keep(entries);
    const here = entries.length - fresh;
    announce(say("taken", shown(fresh), shown(here), shown(elsewhere)));
  } catch (error) {
    const why = error instanceof Wrong ? say(error.key, ...error.values) : error.message; // of the browser, which could not read it
    announce(`\u2068${file.name}\u2069: ${why}`);
  }
  showFigures();
}

const saveSettings = () => store.set("settings", settings).catch(() => announce(say("not_kept")));

function dress() {
  const isDark = settings.night ? settings.night === "night" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("night", isDark);
  desk?.tell({ night: isDark });
}

// Shows a part of the page: study, practice, cards or progress, or one card to look at. With `focus` a card that is asked
// gets the keys, which would press the button of its part once more.
function go(part, focus = false) {
  const isResumed = part === "practice" && mode !== part && practice.card;
  mode = part;
  for (const section of document.querySelectorAll("main > section[data-part]")) section.hidden = section.dataset.part !== part;
  for (const button of document.querySelectorAll("nav button")) {
    if (button.dataset.go === part) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  $("desk").hidden = true;
  $("told").textContent = "";
  study.card = null;
  if (part === "study") nextCard(focus);
  if (isResumed) askQuestion();
  else if (part === "practice") {
    $("practice-start").hidden = false;
    $("practice-result").hidden = true;
    $("practice-at").textContent = "";
    practice.card = null;
  }
  if (part === "cards") search();
  if (part === "progress") showFigures();
  $("back").hidden = part !== "look";
  if (part !== "look") showBar();
}

const options = (id, entries) => $(id).append(...entries.map(([value, text]) => make("option", { value }, text)));
const on = (id, name, run) => $(id).addEventListener(name, run);

function setUp() {
  const themes = Object.entries(data.themes);
  const kinds = [...new Set(items.map(({ kind }) => kind))].map((kind) => [kind, data.kinds[kind]]);
  for (const id of ["theme", "find-theme", "paper-theme"]) options(id, themes);
  for (const id of ["kind", "find-kind"]) options(id, kinds);
  options("find-state", Object.keys(STATES).map((name) => [name, say(name)]));
  options("paper", data.papers.map(({ id, title }) => [id, title]));
  for (const button of document.querySelectorAll("nav button")) button.addEventListener("click", () => go(button.dataset.go, true));
  for (const id of ["theme", "kind"]) on(id, "input", () => ((study[id] = $(id).value), nextCard(false)));
  for (const id of ["find-theme", "find-kind", "find-state", "search"]) on(id, "input", search);
  on("more-rows", "click", moreRows);
  on("print", "click", printFound);
  on("turn", "click", turn);
  for (const rating of [1, 2, 3, 4]) on(`rate-${rating}`, "click", () => rate(rating));
  on("undo", "click", undo);
  on("flag", "click", flag);
  on("suspend", "click", suspend);
  on("back", "click", () => study.back());
  on("more-new", "click", () => ((study.limit += 10), nextCard()));
  on("practice-form", "submit", (event) => (event.preventDefault(), startPractice()));
  on("paper", "input", () => choosePaper());
  [["none", 0], ["half", 0.5], ["all", 1]].forEach(([name, share]) => on(`give-${name}`, "click", () => give(share)));
  on("take", "click", takeMarks);
  on("got", "keydown", (event) => event.key === "Enter" && takeMarks());
  on("export", "click", exportFile);
  on("import", "change", () => importFile($("import").files[0]).then(() => ($("import").value = "")));
  on("keep", "click", askToKeep);
  on("default-weights", "click", () => keep([{ ...now(), weights: "default" }]).then(showFigures));
  on("limit", "change", () => setLimit($("limit").valueAsNumber));
  on("night", "input", () => ((settings.night = $("night").value), dress(), saveSettings()));
}

function setLimit(limit) {
  settings.limit = study.limit = Number.isInteger(limit) && limit >= 0 && limit <= 9999 ? limit : 20;
  $("limit").value = settings.limit;
  saveSettings();
}

// Keys that no control takes go to the card first, which sends back what it has no use for.
function listen() {
  addEventListener("keydown", (event) => {
    const { key, code, altKey, shiftKey, ctrlKey, metaKey, target, defaultPrevented, repeat } = event;
    const isShown = !$("desk").hidden && study.card;
    if (defaultPrevented || repeat || !isShown || target.closest("input, select, textarea")) return;
    if ((key === " " || key === "Enter") && target.closest("button, summary, a")) return;
    if (key === " ") event.preventDefault();
    if (ctrlKey || metaKey) return key === "z" ? (event.preventDefault(), pressed({ key, ctrlKey, metaKey })) : undefined;
    desk.tell({ press: { key, code, altKey, shiftKey } });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  // A new day of study may have begun while the page was out of sight.
  document.addEventListener("visibilitychange", () => !document.hidden && mode === "study" && study.side !== "back" && (study.card ? showCounts(now()) : nextCard(false)));
  addEventListener("beforeunload", (event) => (store.unkept.size || (!store.isKept && memory.lines.size > settings.copied)) && event.preventDefault());
}

// On a host, a worker keeps the page for the time without a network. A file opened from disk needs none.
function install() {
  if (!/^https?:$/.test(location.protocol)) return;
  const { manifest, icon } = data.names;
  document.head.append(make("link", { rel: "manifest", href: manifest }), make("link", { rel: "apple-touch-icon", href: icon }));
  const worker = navigator.serviceWorker;
  if (!worker) return;
  const wasControlled = Boolean(worker.controller);
  worker.addEventListener("controllerchange", () => wasControlled && notice("release", say("new_release"), [say("load"), () => location.reload()]));
  worker.register(data.names.worker).catch(() => {}); // without it the page works as long as the network does
}

async function begin() {
  setUp();
  desk = new Desk($("frame"), heard);
  store = await Store.open((lines) => {
    memory.take(lines.map(ownEntry), lines);
    if (mode !== "study" || study.side === "back") return;
    if (isStillAsked()) showCounts(now()); // what is half typed on it stays
    else nextCard(false);
  });
  Object.assign(settings, await store.get("settings", {}));
  const lines = await store.lines();
  memory.take(lines.map(ownEntry), lines);
  study.limit = settings.limit;
  Object.assign(study, { keep, catchUp });
  $("limit").value = settings.limit;
  $("night").value = settings.night;
  dress();
  listen();
  go("study");
  if (!memory.lines.size) announce(say("nothing_yet"));
  await tellStorage();
  install();
  document.documentElement.dataset.ready = "1";
}

begin();
