// What the cards do beyond plain HTML; without it they are still whole. Anki's desktop keeps one page and swaps
// the card inside it, so nothing may outlive its card. AnkiDroid may load a page for each side, so only
// sessionStorage joins the two. Fields are read from the page.
(() => {
  "use strict";
  const SLOT = "her-study"; // one place, for the card shown last: nothing piles up or grows stale

  const all = (root, selector) => Array.from(root.querySelectorAll(selector));
  const items = (list) => Array.from(list.children);
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
  const wrapped = (entry) => {
    const text = make("span", "text");
    text.append(...entry.childNodes); // emphasis and maths stay
    return text;
  };
  const idOf = (face) => face.querySelector(".id").textContent;

  function save(state) {
    try {
      sessionStorage.setItem(SLOT, JSON.stringify(state));
    } catch {
      // Storage is off: the back then keeps its own order.
    }
  }

  function load(id, count) {
    try {
      const state = JSON.parse(sessionStorage.getItem(SLOT));
      if (state.id === id && state.order.length === count) return state;
    } catch {
      // No front was shown.
    }
    return { id, order: [...Array(count).keys()], chosen: [] };
  }

  // The options' numbers, shuffled; the author may fix them all, or pin some to an end.
  function shuffled(list) {
    const places = items(list).map((_, place) => place);
    if (list.dataset.fixed) return places;
    const pinned = (end) => places.filter((place) => list.children[place].dataset.pin === end);
    const free = pinned(undefined);
    for (let left = free.length; left > 1; left--) free.push(free.splice(Math.floor(Math.random() * left), 1)[0]);
    return [...pinned("first"), ...free, ...pinned("last")];
  }

  function ask(face, list) {
    const many = list.dataset.mode === "many";
    const state = { id: idOf(face), order: shuffled(list), chosen: [] };
    const options = items(list);
    const check = make("button", "check tappable", "Check");
    save(state); // the back keeps this order even if nothing is chosen

    const choose = (place, button) => {
      const others = state.chosen.filter((chosen) => chosen !== place);
      const added = others.length === state.chosen.length;
      state.chosen = added ? [...others, place] : others;
      save(state);
      if (!many) return reveal(face, state);
      button.setAttribute("aria-pressed", added);
      face.querySelector(".verdict").textContent = "";
    };

    for (const place of state.order) {
      const button = make("button", "option tappable"); // to phones' Anki a tap here is no gesture
      if (many) button.setAttribute("aria-pressed", "false");
      button.append(wrapped(options[place]));
      button.addEventListener("click", () => choose(place, button));
      options[place].append(button);
      list.append(options[place]);
    }
    list.classList.add("live");
    check.addEventListener("click", () => {
      if (state.chosen.length) reveal(face, state);
      else face.querySelector(".verdict").textContent = "Choose at least one.";
    });
    if (many) list.after(check);
    face.addEventListener("keydown", (event) => {
      // On AnkiWeb the key would also turn the card.
      if (/^( |Enter)$/.test(event.key) && event.target.matches("button")) event.stopPropagation();
    });
    face.append(make("p", "keys", `Keys: Alt + 1 for A, Alt + 2 for B and so on${many ? "; Alt + 0 to check" : ""}.`));
  }

  // After answering the verdicts leave their inert template and replace the options.
  function reveal(face, state) {
    const list = document.importNode(face.querySelector("template").content, true).firstElementChild;
    all(face, ".check, .keys").forEach((element) => element.remove());
    face.querySelector(".options").replaceWith(list);
    mark(face, list, state);
    if (window.MathJax && MathJax.typesetPromise) MathJax.typesetPromise([list]);
  }

  function mark(face, list, state) {
    const options = items(list);
    for (const place of state.order) list.append(options[place]);
    for (const place of state.chosen) options[place].classList.add("chosen");
    if (state.chosen.length) face.querySelector(".verdict").textContent = verdict(list);
  }

  function verdict(list) {
    const count = (selector) => all(list, selector).length;
    const [right, found, wrong] = [count(".right"), count(".right.chosen"), count(".wrong.chosen")];
    if (found === right && !wrong) return "Right.";
    if (right > 1) return `Not quite: ${found} of ${right} right options chosen${wrong ? `, and ${wrong} wrong` : ""}.`;
    const letter = String.fromCharCode(65 + items(list).findIndex((option) => option.matches(".right")));
    return found ? `Not quite: only ${letter} is right.` : `Not right: the answer is ${letter}.`;
  }

  // Anki's desktop takes a, b, d, e, 1 to 7, Space, Enter and Shift + A before the page, but leaves Alt + number;
  // elsewhere bare keys come too. `code` serves keyboards with other signs; Shift + 1, a `!`, stays Anki's.
  function press(event) {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
    const code = event.shiftKey ? "" : (event.code || "").replace(/^(Key|Digit|Numpad)/, "");
    const sign = /^[a-z\d]$/i.test(event.key) ? event.key : code;
    if (!(event.altKey || event.shiftKey ? /^\d$/ : /^[a-z\d]$/i).test(sign)) return;
    const place = /\d/.test(sign) ? sign - 1 : parseInt(sign, 36) - 10; // base 36 counts a as 10
    const button = place < 0 ? document.querySelector(".check") : all(document, ".options .option")[place];
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  // Points of a marking guide become boxes to tick, with a sum.
  function tick(list) {
    const sum = make("p", "verdict");
    const worth = (point) => Number(point.querySelector(".marks").textContent);
    const total = (points) => points.map(worth).reduce((a, b) => a + b, 0);
    const show = () => {
      const ticked = items(list).filter((point) => point.querySelector("input").checked);
      sum.textContent = `Ticked: ${total(ticked)} of ${total(items(list))} marks.`;
    };
    for (const point of items(list)) {
      const label = make("label", "tappable");
      const box = make("input");
      box.type = "checkbox";
      box.addEventListener("change", show);
      label.append(box, wrapped(point));
      point.append(label);
    }
    list.classList.add("live");
    sum.setAttribute("role", "status");
    list.after(sum);
    show();
  }

  // Anki compares with one answer only: say so where the student typed another accepted one.
  function compare(typed) {
    const plain = (text) => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
    const parts = all(typed, "#typeans > *");
    const arrow = parts.findIndex((part) => part.id === "typearrow"); // below it stands the right answer
    const line = parts.slice(0, arrow < 0 ? parts.length : arrow);
    const own = line.filter((part) => part.matches(".typeGood, .typeBad")); // other parts are dashes for gaps
    const text = plain(own.map((part) => part.textContent).join(""));
    const accepted = [".answer", ".accepted li"].flatMap((selector) => all(document, selector));
    typed.hidden = !text;
    if (text && accepted.some((other) => plain(other.textContent) === text)) {
      typed.querySelector(".verdict").textContent = "Right: an accepted answer.";
    }
  }

  const face = document.querySelector(".face");
  all(face, ".options").forEach((list) => ask(face, list));
  all(face, ".feedback").forEach((list) => mark(face, list, load(idOf(face), list.children.length)));
  all(face, ".points").forEach(tick);
  all(face, ".typed").forEach(compare);
  for (const box of all(face, ".scroll")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  if (!window.herStudyKeys) document.addEventListener("keydown", (window.herStudyKeys = press));
})();
