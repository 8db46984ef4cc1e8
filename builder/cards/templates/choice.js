// Options to choose from.

// The options' numbers, shuffled; the author may fix them all, or pin some to an end.
function shuffled(list) {
  const places = items(list).map((_, place) => place);
  if (list.dataset.fixed) return places;
  const pinned = (end) => places.filter((place) => list.children[place].dataset.pin === end);
  const free = pinned(undefined);
  for (let left = free.length; left > 1; left--) free.push(free.splice(Math.floor(Math.random() * left), 1)[0]);
  return [...pinned("first"), ...free, ...pinned("last")];
}

function ask(list) {
  const isMany = list.dataset.mode === "many";
  const wanted = Number(list.dataset.choose ?? 0); // how many options are to be chosen; 0: any number
  const state = { id: idOf(face), order: shuffled(list), chosen: [] };
  const options = items(list);
  save(state); // the back keeps this order even if nothing is chosen

  const choose = (place, made) => {
    const others = state.chosen.filter((chosen) => chosen !== place);
    const isAdded = others.length === state.chosen.length;
    state.chosen = isAdded ? [...others, place] : others;
    save(state);
    if (!isMany) return reveal(state);
    made.setAttribute("aria-pressed", isAdded);
    say(face, "");
  };

  for (const place of state.order) {
    const made = button("option");
    if (isMany) made.setAttribute("aria-pressed", "false");
    made.append(wrapped(options[place]));
    made.addEventListener("click", (event) => isOwn(event) || choose(place, made));
    skip(made);
    options[place].append(made);
    list.append(options[place]);
  }
  list.classList.add("live");
  const isEnough = () => (wanted ? state.chosen.length === wanted : state.chosen.length);
  const plea = () => (wanted ? face.querySelector(".exactly").textContent : word("choose_one"));
  if (isMany) checkWith(list, () => (isEnough() ? reveal(state) : say(face, plea())));
  tellKeys(face, "choice", isMany ? word("keys_several") : word("keys_one"));
}

// After answering the verdicts leave their inert template and replace the options.
function reveal(state) {
  const list = document.importNode(face.querySelector("template").content, true).firstElementChild;
  all(face, ".check, .keys").forEach((element) => element.remove());
  face.querySelector(".options").replaceWith(list);
  mark(list, state);
  judge(face, list.parentNode);
}

function mark(list, state) {
  const options = items(list);
  for (const place of state.order) list.append(options[place]);
  for (const place of state.chosen) options[place].classList.add("chosen");
  if (state.chosen.length) {
    say(face, verdict(list));
    face.querySelector(".verdict").classList.add(list.querySelector(".wrong.chosen, .right:not(.chosen)") ? "bad" : "good");
  }
  shorten(list);
}

// On a phone the reasons against options that nobody chose wait behind a button: the style hides them there.
function shorten(list) {
  if (!list.querySelector(".wrong:not(.chosen) .why")) return;
  const more = button("more");
  more.textContent = word("why_others");
  more.addEventListener("click", () => {
    list.classList.remove("brief");
    more.remove();
  });
  skip(more);
  list.classList.add("brief");
  list.after(more);
}

function verdict(list) {
  const count = (selector) => all(list, selector).length;
  const [right, found, wrong] = [count(".right"), count(".right.chosen"), count(".wrong.chosen")];
  if (found === right && !wrong) return word("is_right");
  if (right > 1) return wrong ? word("found_and_wrong", found, right, wrong) : word("found", found, right);
  const answer = letter(items(list).findIndex((option) => option.matches(".right")));
  return found ? word("only", answer) : word("answer_is", answer);
}

all(face, ".options").forEach(ask);
all(face, ".feedback").forEach((list) => mark(list, load(idOf(face), list.children.length)));
