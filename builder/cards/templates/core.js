// What all cards share. Without the scripts the cards are still whole. Anki's desktop keeps one page and swaps the
// card inside it, so nothing may outlive its card. AnkiDroid may load a page for each side, so only a slot in the
// browser's storage joins the two. Fields are read from the page.
const SLOT = "her-study"; // one place, for the card shown last: nothing piles up or grows stale
const DAY = 864e5;

const all = (root, selector) => Array.from(root.querySelectorAll(selector));
const items = (list) => Array.from(list.children);
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const idOf = (face) => face.querySelector(".id").textContent;
const say = (face, text) => (face.querySelector(".verdict").textContent = text);
const letter = (place) => String.fromCharCode(65 + place);

const wrapped = (entry) => {
  const text = make("span", "text");
  text.append(...entry.childNodes); // emphasis and maths stay
  return text;
};

// Anki's own screens take Space and Enter wherever no text box has the focus: Space on a box of the back would rate
// the card. So Tab passes by what these keys should press; Alt + number presses it.
function skip(element) {
  if (window.pycmd || window.bridgeCommand) element.tabIndex = -1;
}

// On a phone a tap on what is `tappable` is no gesture (AnkiMobile, AnkiDroid's new screen), and what has the focus
// keeps the keyboard from the app: so a touched button lets go of it.
function button(className, name) {
  const made = make("button", `${className} tappable`);
  if (name) made.setAttribute("aria-label", name);
  made.addEventListener("click", (event) => {
    if (event.detail && event.pointerType !== "mouse") made.blur();
  });
  return made;
}

// A link, a sound or a fold in an option does its own work: a tap there is no answer.
const isOwn = (event) => event.target.closest("a, summary, audio, video");

// A tick box or radio button with the entry's text as its label. `run` hears of a change.
function boxed(entry, type, run) {
  const label = make("label", "tappable");
  const box = Object.assign(make("input"), { type });
  let isTouched = false;
  label.addEventListener("pointerdown", (event) => (isTouched = event.pointerType !== "mouse"));
  box.addEventListener("click", () => {
    if (isTouched) box.blur();
    isTouched = false;
  });
  box.addEventListener("change", run);
  skip(box);
  label.append(box, wrapped(entry));
  entry.append(label);
  return box;
}

function checkWith(after, run) {
  const check = button("check");
  check.textContent = word("check");
  check.addEventListener("click", run);
  skip(check);
  after.after(check);
}

// Two slots, since some screens empty the first one at each side. The second may be old: see `load`.
const stores = [() => sessionStorage, () => localStorage];

function put(name, value) {
  for (const store of stores) {
    try {
      store().setItem(name, JSON.stringify(value));
    } catch {
      // Storage is off: the back then keeps its own order.
    }
  }
}

function get(name, fits) {
  for (const store of stores) {
    try {
      const value = JSON.parse(store().getItem(name));
      if (fits(value)) return value;
    } catch {
      // Nothing there, or storage is off.
    }
  }
  return null;
}

const save = (state) => put(SLOT, { ...state, time: Date.now() });

function load(id, count) {
  const fits = (state) => state.id === id && Date.now() - state.time < DAY && state.order.length === count;
  return get(SLOT, fits) || { id, order: [...Array(count).keys()], chosen: [] };
}

// Says which keys work, and folds after the first three cards of a sort.
function tellKeys(face, sort, text) {
  const counts = get(`${SLOT}-keys`, (value) => typeof value === "object") || {};
  const seen = counts[sort] || 0;
  put(`${SLOT}-keys`, { ...counts, [sort]: Math.min(seen + 1, 3) });
  const hint = make("details", "keys");
  const summary = make("summary", "tappable", word("keys"));
  skip(summary);
  hint.append(summary, make("p", "", text));
  hint.open = seen < 3;
  face.append(hint);
}

// After answering, the verdict stands above what was answered. On a small window it is scrolled to the top if the
// right answer would be out of sight.
function judge(face, answered) {
  const verdict = face.querySelector(".verdict");
  answered.before(verdict);
  face.querySelector(".prompt").classList.add("asked");
  const isSeen = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  };
  if (![verdict, ...all(face, ".feedback > .right")].every(isSeen)) scrollBy(0, verdict.getBoundingClientRect().top - 8);
  if (window.MathJax && MathJax.typesetPromise) MathJax.typesetPromise([face]);
  face.dispatchEvent(new Event("judged"));
}

// Anki's desktop takes a, b, d, e, 1 to 7, Space, Enter and Shift + A before the page, but leaves Alt + number;
// elsewhere bare keys come too. `code` serves keyboards with other signs; Shift + 1, a `!`, stays Anki's.
function press(event) {
  const field = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const isTyping = event.target.closest && event.target.closest(field);
  if (isTyping || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
  const code = event.shiftKey ? "" : (event.code || "").replace(/^(Key|Digit|Numpad)/, "");
  const sign = /^[a-z\d]$/i.test(event.key) ? event.key : code;
  if (!(event.altKey || event.shiftKey ? /^\d$/ : /^[a-z\d]$/i).test(sign)) return;
  const place = /\d/.test(sign) ? sign - 1 : parseInt(sign, 36) - 10; // base 36 counts a as 10
  const numbered = ".options .option, .responses .part, .live .handle, .points input, .now input";
  const next = all(document, ".check, .more, .small > summary").filter((element) => element.getClientRects().length);
  const target = place < 0 ? next[0] : all(document, numbered)[place];
  if (!target || !(event.altKey || target.matches("button"))) return; // bare numbers rate a card on its back
  event.preventDefault();
  target.click();
}

// Where links are kept from leaving the card, their address can still be read.
function spell(link) {
  if (!link.href.includes(link.textContent.trim())) link.append(make("span", "address", ` (${link.getAttribute("href")})`));
}

// Without a source the line for reports and the id stand open: a fold would promise what it doesn't hold. What a student
// wrote into the field counts as a source.
function unfold(fold) {
  const isBare = (node) => (node.matches ? node.matches("summary, .report, .id") : !node.data.trim());
  if (!Array.from(fold.childNodes).every(isBare)) return;
  const made = make("div", "small");
  made.append(...all(fold, ".report, .id"));
  fold.replaceWith(made);
}

// On AnkiWeb Space or Enter on a button would also turn the card; the arrows would scroll the page.
face.addEventListener("keydown", (event) => {
  if (/^( |Enter|Arrow.*)$/.test(event.key) && event.target.matches("button")) event.stopPropagation();
});
all(face, "a").forEach(spell);
all(face, "details.small").forEach(unfold);
all(face, "summary").forEach(skip);
if (!window.herStudyKeys) document.addEventListener("keydown", (window.herStudyKeys = press));
