// Matching and ordering. A state's `order` holds the response of each term, or the step at each place, by their
// numbers in the field; `touched` says that the student did something, so that an unanswered card judges nobody.
const partsOf = (parts) => {
  const [terms, responses, steps] = [".terms", ".responses", ".steps"].map((css) => all(parts, `${css} > li`));
  return { terms, responses, steps, words: [...responses, ...steps].map(saidBy) };
};

// What an entry says, as HTML, without the buttons that Anki puts in the place of sounds.
const saidBy = (entry) => {
  const copy = entry.cloneNode(true);
  all(copy, ".sound").forEach((sound) => sound.replaceChildren());
  return copy.innerHTML;
};

function arrange(parts) {
  const { terms, responses, steps, words } = partsOf(parts);
  const state = { id: idOf(face), order: steps.map((_, place) => place), touched: false };
  let asked = "";
  const touch = (text) => {
    state.touched = true;
    save(state);
    say(face, text);
  };
  // Pairs that are missing are asked for once; then they count as left open.
  const missing = () => {
    const open = state.order.flatMap((mate, t) => (mate === null ? [t + 1] : []));
    if (!open.length || asked === open.join()) return "";
    if (open.length === terms.length) return word("match_one");
    asked = open.join();
    return open.length > 1 ? word("still_open_several", open.join(", ")) : word("still_open", open[0]);
  };
  if (terms.length) pair(parts, terms, responses, state, touch);
  else sort(parts, steps, state, touch);
  checkWith(parts, () => {
    const request = missing();
    if (request) return say(face, request);
    state.touched = true;
    save(state);
    all(face, ".check, .keys").forEach((element) => element.remove());
    const key = document.importNode(face.querySelector("template").content, true);
    const first = key.firstElementChild;
    parts.replaceWith(key);
    settle(words, state);
    judge(face, first);
  });
  save(state);
  if (terms.length) tellKeys(face, "matching", word("keys_matching"));
  else tellKeys(face, "ordering", word("keys_ordering"));
}

// A tap takes a term, the next its response; a pair is undone by the same taps.
function pair(parts, terms, responses, state, touch) {
  const [to, from] = getComputedStyle(face).direction === "rtl" ? "←→" : "→←";
  let active = 0;
  const isReused = parts.querySelector(".matching").dataset.reused; // a response may go with several terms
  state.order = terms.map(() => null);
  const show = () => {
    terms.forEach((term, t) => {
      const mate = state.order[t];
      term.firstChild.setAttribute("aria-pressed", t === active);
      term.querySelector(".mate").textContent = mate === null ? "" : `${to} ${letter(mate)}`;
    });
    responses.forEach((response, r) => {
      const mates = state.order.flatMap((mate, t) => (mate === r ? [t + 1] : []));
      response.querySelector(".mate").textContent = mates.length ? `${from} ${mates.join(", ")}` : "";
    });
  };
  const join = (r) => {
    const isUndone = state.order[active] === r;
    const others = (mate) => (mate === r && !isReused ? null : mate);
    state.order = state.order.map((mate, t) => (t === active ? (isUndone ? null : r) : others(mate)));
    touch(isUndone ? word("free", active + 1) : word("paired", active + 1, letter(r)));
    const free = state.order.indexOf(null);
    if (!isUndone && free >= 0) active = free;
  };
  const tap = (entry, run) => {
    const made = button("part");
    made.append(wrapped(entry), make("span", "mate"));
    made.addEventListener("click", (event) => isOwn(event) || (run(), show()));
    entry.append(made);
    return made;
  };
  terms.forEach((term, t) => {
    tap(term, () => (active = t)).addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      active = Math.min(Math.max(t + by, 0), terms.length - 1);
      terms[active].firstChild.focus();
      show();
    });
  });
  responses.forEach((response, r) => skip(tap(response, () => join(r))));
  parts.classList.add("live");
  show();
}

// A step moves by its arrows, by drag, or with the arrow keys. What moves is its neighbour, so that the focus and
// the finger stay on it.
function sort(parts, steps, state, touch) {
  const list = steps[0].parentNode;
  const placeOf = (step) => items(list).indexOf(step);
  const move = (step, by) => {
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (by < 0) step.after(other);
    else step.before(other);
    state.order = items(list).map((entry) => steps.indexOf(entry));
    touch(word("place", placeOf(step) + 1, steps.length));
  };
  for (const step of steps) {
    const said = step.innerText.trim();
    const text = wrapped(step);
    const handle = button("handle", word("move", said));
    const arrows = [-1, 1].map((by) => {
      const arrow = button("arrow", by < 0 ? word("move_up", said) : word("move_down", said));
      arrow.textContent = by < 0 ? "↑" : "↓";
      arrow.tabIndex = -1; // the handle has the arrow keys
      arrow.addEventListener("click", () => move(step, by));
      return arrow;
    });
    handle.textContent = "≡";
    handle.addEventListener("click", (event) => event.detail || handle.focus()); // Alt + number takes the step
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(step, by);
    });
    drag(handle, (x, y, by) => {
      const goal = placeOf(under(list, x, y));
      while ((goal - placeOf(step)) * by > 0) move(step, by);
    });
    step.append(handle, text, ...arrows);
  }
  parts.classList.add("live");
}

// The step at a point of the window; above and below the list its first and last. Only the browser knows how a zoomed
// card's sizes and a finger's place go together, so it is asked for the element.
function under(list, x, y) {
  const found = document.elementFromPoint(x, Math.min(Math.max(y, 1), innerHeight - 1));
  const step = items(list).find((entry) => entry.contains(found));
  if (step) return step;
  const { top, height } = list.getBoundingClientRect();
  return y < top + height / 2 ? list.firstElementChild : list.lastElementChild;
}

// Calls `run` with the place of the finger and its direction, -1 up and 1 down. A trembling finger has none: after a
// swap with a tall neighbour it would swap back.
function drag(handle, run) {
  let x, y;
  const follow = (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const by = Math.sign(event.clientY - y);
    if (Math.abs(event.clientY - y) < 4) return;
    y = event.clientY;
    run(x, y, by);
  };
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    [x, y] = [event.clientX, event.clientY];
  });
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("pointerup", follow); // a quick drag may have moved since
}

// The steps that stand in order among themselves, as many as can be; the others are those that were misplaced.
// Places 0, 3, 1, 2 of four steps: all but the second, 0 < 1 < 2.
function inOrder(places) {
  const longest = (runs) => runs.reduce((best, run) => (run.length > best.length ? run : best), []);
  const runs = []; // the longest that ends in each step
  places.forEach((place, i) => runs.push([...longest(runs.filter((run) => places[run[run.length - 1]] < place)), i]));
  return longest(runs);
}

// The student's arrangement beside the key: a tick, or what stood there.
function settle(words, state) {
  const rows = all(face, "table.key > tbody > tr");
  const steps = all(face, "ol.key > li");
  const own = (entry, isRight, text, tag) => {
    const mine = make(tag, `mine ${isRight ? "right" : "wrong"}`);
    const said = make("span", "text");
    if (!isRight) said.innerHTML = text; // the field's own HTML, moved
    mine.append(said);
    entry.append(mine);
    return isRight;
  };
  const pairs = rows.map((row, t) => {
    const mate = state.order[t];
    const text = mate === null ? word("nothing") : words[mate];
    return own(row, text === saidBy(row.children[1]) && mate !== null, word("yours", text), "td");
  });
  const places = steps.map((step) => state.order.findIndex((number) => words[number] === saidBy(step)));
  const right = inOrder(places);
  steps.forEach((step, i) => own(step, right.includes(i), word("yours", word("your_place", places[i] + 1)), "span"));
  // Two steps are a pair, whichever stand between them.
  const before = places.flatMap((place, i) => places.slice(i + 1).map((later) => place < later));
  const results = [...pairs, ...before];
  const found = results.filter(Boolean).length;
  const isRight = found === results.length;
  const part = rows.length ? word("pairs_right", found, results.length) : word("pairs_in_order", found, results.length);
  say(face, isRight ? word("is_right") : part);
  face.querySelector(".verdict").classList.add(isRight ? "good" : "bad");
}

for (const parts of all(face, ".parts")) {
  const { terms, steps, words } = partsOf(parts);
  const state = load(idOf(face), terms.length || steps.length);
  if (face.querySelector("template")) arrange(parts);
  else if (state.touched) (settle(words, state), parts.remove());
}
