// What the cards do beyond plain HTML; without it they are still whole. Anki's desktop keeps one page and swaps
// the card inside it, so nothing may outlive its card. AnkiDroid may load a page for each side, so only
// sessionStorage joins the two. Fields are read from the page.
(() => {
  "use strict";
  const SLOT = "her-study"; // one place, for the card shown last: nothing piles up or grows stale

  const all = (root, selector) => Array.from(root.querySelectorAll(selector));
  const items = (list) => Array.from(list.children);
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
  const button = (className, name) => Object.assign(make("button", `${className} tappable`), { ariaLabel: name });
  const wrapped = (entry) => {
    const text = make("span", "text");
    text.append(...entry.childNodes); // emphasis and maths stay
    return text;
  };
  const idOf = (face) => face.querySelector(".id").textContent;
  const say = (face, text) => (face.querySelector(".verdict").textContent = text);
  const letter = (place) => String.fromCharCode(65 + place);

  // On AnkiWeb Space or Enter on a button would also turn the card; the arrows would scroll the page.
  function guard(face) {
    face.addEventListener("keydown", (event) => {
      if (/^( |Enter|Arrow.*)$/.test(event.key) && event.target.matches("button")) event.stopPropagation();
    });
  }

  // To phones' Anki a tap on what is `tappable` is no gesture.
  function checkWith(after, run) {
    const check = make("button", "check tappable", "Check");
    check.addEventListener("click", run);
    after.after(check);
  }

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
    save(state); // the back keeps this order even if nothing is chosen

    const choose = (place, button) => {
      const others = state.chosen.filter((chosen) => chosen !== place);
      const added = others.length === state.chosen.length;
      state.chosen = added ? [...others, place] : others;
      save(state);
      if (!many) return reveal(face, state);
      button.setAttribute("aria-pressed", added);
      say(face, "");
    };

    for (const place of state.order) {
      const button = make("button", "option tappable");
      if (many) button.setAttribute("aria-pressed", "false");
      button.append(wrapped(options[place]));
      button.addEventListener("click", () => choose(place, button));
      options[place].append(button);
      list.append(options[place]);
    }
    list.classList.add("live");
    if (many) checkWith(list, () => (state.chosen.length ? reveal(face, state) : say(face, "Choose at least one.")));
    face.append(make("p", "keys", `Keys: Alt + 1 for A, Alt + 2 for B and so on${many ? "; Alt + 0 to check" : ""}.`));
  }

  // After answering the verdicts leave their inert template and replace the options.
  function reveal(face, state) {
    const list = document.importNode(face.querySelector("template").content, true).firstElementChild;
    all(face, ".check, .keys").forEach((element) => element.remove());
    face.querySelector(".options").replaceWith(list);
    mark(face, list, state);
    typeset(list);
  }

  function typeset(element) {
    if (window.MathJax && MathJax.typesetPromise) MathJax.typesetPromise([element]);
  }

  function mark(face, list, state) {
    const options = items(list);
    for (const place of state.order) list.append(options[place]);
    for (const place of state.chosen) options[place].classList.add("chosen");
    if (state.chosen.length) say(face, verdict(list));
  }

  function verdict(list) {
    const count = (selector) => all(list, selector).length;
    const [right, found, wrong] = [count(".right"), count(".right.chosen"), count(".wrong.chosen")];
    if (found === right && !wrong) return "Right.";
    if (right > 1) return `Not quite: ${found} of ${right} right options chosen${wrong ? `, and ${wrong} wrong` : ""}.`;
    const right1 = letter(items(list).findIndex((option) => option.matches(".right")));
    return found ? `Not quite: only ${right1} is right.` : `Not right: the answer is ${right1}.`;
  }

  // Arranging. A state's `order` holds the response of each term, or the step at each place, by their numbers in
  // the field; `touched` says that the student did something, so that an unanswered card judges nobody.
  const partsOf = (parts) => {
    const [terms, responses, steps] = [".terms", ".responses", ".steps"].map((css) => all(parts, `${css} > li`));
    return { terms, responses, steps, words: [...responses, ...steps].map((entry) => entry.innerHTML) };
  };

  function arrange(face, parts) {
    const { terms, responses, steps, words } = partsOf(parts);
    const state = { id: idOf(face), order: steps.map((_, place) => place), touched: false };
    const touch = (text) => {
      state.touched = true;
      save(state);
      say(face, text);
    };
    if (terms.length) pair(parts, terms, responses, state, touch);
    else sort(parts, steps, state, touch);
    checkWith(parts, () => {
      if (!state.touched && terms.length) return say(face, "Match at least one pair.");
      state.touched = true;
      save(state);
      face.querySelector(".check").remove();
      parts.replaceWith(document.importNode(face.querySelector("template").content, true));
      settle(face, words, state);
      typeset(face);
    });
    save(state);
  }

  // A tap takes a term, the next its response; a pair is undone by the same taps.
  function pair(parts, terms, responses, state, touch) {
    let active = 0;
    state.order = terms.map(() => null);
    const show = () => {
      terms.forEach((term, t) => {
        const mate = state.order[t];
        term.firstChild.setAttribute("aria-pressed", t === active);
        term.querySelector(".mate").textContent = mate === null ? "" : `→ ${letter(mate)}`;
      });
      responses.forEach((response, r) => {
        const mate = state.order.indexOf(r);
        response.querySelector(".mate").textContent = mate < 0 ? "" : `← ${mate + 1}`;
      });
    };
    const tap = (entry, run) => {
      const made = button("part");
      made.append(wrapped(entry), make("span", "mate"));
      made.addEventListener("click", () => (run(), show()));
      entry.append(made);
    };
    terms.forEach((term, t) => tap(term, () => (active = t)));
    responses.forEach((response, r) =>
      tap(response, () => {
        const undone = state.order[active] === r;
        state.order = state.order.map((mate, t) => (t === active ? (undone ? null : r) : mate === r ? null : mate));
        touch(undone ? `${active + 1} is free again.` : `${active + 1} goes with ${letter(r)}.`);
        const free = state.order.indexOf(null);
        if (!undone && free >= 0) active = free;
      }),
    );
    parts.classList.add("live");
    show();
  }

  // A step moves by its arrows, by drag, or with the arrow keys. What moves is its neighbour, so that the focus and
  // the finger stay on it.
  function sort(parts, steps, state, touch) {
    const list = steps[0].parentNode;
    const move = (step, by) => {
      const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
      if (!other) return false;
      if (by < 0) step.after(other);
      else step.before(other);
      state.order = items(list).map((entry) => steps.indexOf(entry));
      touch(`Place ${items(list).indexOf(step) + 1} of ${steps.length}.`);
      return true;
    };
    const middle = (entry) => entry && entry.getBoundingClientRect().top + entry.offsetHeight / 2;
    const drag = (step, y) => {
      if (y < middle(step.previousElementSibling)) move(step, -1);
      else if (y > middle(step.nextElementSibling)) move(step, 1);
    };
    for (const step of steps) {
      const text = wrapped(step);
      const handle = button("handle", `Move with the arrow keys: ${text.textContent}`);
      const arrows = [-1, 1].map((by) => {
        const arrow = button("arrow", `Move ${by < 0 ? "up" : "down"}: ${text.textContent}`);
        arrow.textContent = by < 0 ? "↑" : "↓";
        arrow.tabIndex = -1; // the handle has the arrow keys
        arrow.addEventListener("click", () => move(step, by));
        return arrow;
      });
      handle.textContent = "≡";
      handle.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        move(step, by);
      });
      handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
      handle.addEventListener("pointermove", (event) => {
        if (handle.hasPointerCapture(event.pointerId)) drag(step, event.clientY);
      });
      step.append(handle, text, ...arrows);
    }
    parts.classList.add("live");
  }

  // The student's arrangement beside the key: a tick, or what stood there.
  function settle(face, words, state) {
    const rows = all(face, "table.key tr");
    const places = all(face, "ol.key > li");
    const own = (entry, isRight, text, tag) => {
      const mine = make(tag, `mine ${isRight ? "right" : "wrong"}`);
      const said = make("span", "text");
      if (!isRight) said.innerHTML = text; // the field's own HTML, moved
      mine.append(said);
      entry.append(mine);
      return isRight;
    };
    const right = [
      ...rows.map((row, t) => {
        const mate = state.order[t];
        const text = mate === null ? "nothing" : words[mate];
        return own(row, text === row.querySelector("td").innerHTML && mate !== null, `You: ${text}`, "td");
      }),
      ...places.map((step, place) => {
        const at = state.order.findIndex((number) => words[number] === step.innerHTML);
        return own(step, at === place, `You: place ${at + 1}`, "span");
      }),
    ];
    const found = right.filter(Boolean).length;
    say(face, found === right.length ? "Right." : `${found} of ${right.length} right.`);
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

  // Levels of a rubric become choices, from none to all of the criterion's marks in even steps.
  function grade(table) {
    const sum = make("p", "verdict");
    const rows = all(table, "tbody tr").map((row, number) => {
      const marks = Number(row.querySelector(".marks").textContent);
      const levels = all(row, "td:not(.marks)").filter((level) => level.hasChildNodes());
      levels.forEach((level, place) => {
        const label = make("label", "tappable");
        const box = Object.assign(make("input"), { type: "radio", name: `row-${number}` });
        box.value = (marks * place) / (levels.length - 1);
        box.addEventListener("change", show);
        label.append(box, wrapped(level));
        level.append(label);
      });
      return { row, marks };
    });
    function show() {
      const given = rows.map(({ row }) => Number((row.querySelector(":checked") || { value: 0 }).value));
      const total = (numbers) => numbers.reduce((a, b) => a + b, 0);
      sum.textContent = `Chosen: ${+total(given).toFixed(1)} of ${total(rows.map(({ marks }) => marks))} marks.`;
    }
    sum.setAttribute("role", "status");
    table.parentNode.after(sum);
    show();
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
  guard(face);
  all(face, ".options").forEach((list) => ask(face, list));
  all(face, ".feedback").forEach((list) => mark(face, list, load(idOf(face), list.children.length)));
  for (const parts of all(face, ".parts")) {
    const { terms, steps, words } = partsOf(parts);
    const state = load(idOf(face), terms.length || steps.length);
    if (face.querySelector("template")) arrange(face, parts);
    else if (state.touched) (settle(face, words, state), parts.remove());
  }
  all(face, ".points").forEach(tick);
  all(face, ".rubric").forEach(grade);
  all(face, ".typed").forEach(compare);
  for (const box of all(face, ".scroll")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  if (!window.herStudyKeys) document.addEventListener("keydown", (window.herStudyKeys = press));
})();
