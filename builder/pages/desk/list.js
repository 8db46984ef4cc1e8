// The list of items: the server filters it, and the page has only the rows that are seen, however many there are.
const ROW = 58; // pixels of a row, as in the style
const STEP = 50; // rows that are asked for at once

class List {
  constructor(box, rows, choose) {
    Object.assign(this, { box, rows, choose, total: 0, at: -1, query: {}, turn: 0, parts: new Map(), asked: new Set() });
    box.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(box);
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.step(step);
    });
  }

  // Takes a new query, or the same after a check; the item `id` stays chosen as long as there is one of that id.
  async take(query, id) {
    const turn = ++this.turn;
    const first = await ask("list", { ...query, id, from: 0, count: STEP });
    if (!first || turn !== this.turn) return null;
    Object.assign(this, { query, total: first.total, parts: new Map([[0, first.rows]]), asked: new Set([0]) });
    this.at = first.at >= 0 ? first.at : Math.min(this.at, first.total - 1);
    this.isThere = first.at >= 0;
    this.rows.style.height = `${this.total * ROW}px`;
    if (this.isThere) this.reveal();
    this.draw();
    return first;
  }

  row(n) {
    return this.parts.get(Math.floor(n / STEP))?.[n % STEP];
  }

  async part(k) {
    if (this.asked.has(k)) return;
    this.asked.add(k);
    const turn = this.turn;
    const found = await ask("list", { ...this.query, from: k * STEP, count: STEP });
    if (!found || turn !== this.turn) return;
    this.parts.set(k, found.rows);
    this.draw();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 5);
    const last = Math.min(this.total, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 5);
    const made = [];
    for (let n = first; n < last; n++) {
      const row = this.row(n);
      if (row) made.push(this.element(row, n));
      else this.part(Math.floor(n / STEP));
    }
    this.rows.replaceChildren(...made);
    const chosen = this.rows.querySelector('[aria-selected="true"]');
    if (chosen) this.box.setAttribute("aria-activedescendant", chosen.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  element(row, n) {
    const isChosen = this.isThere && n === this.at;
    const count = (number, name) => (number ? make("span", { className: `${name}s`, textContent: `${number} ${name}${number > 1 ? "s" : ""}` }) : "");
    const top = make("div", {}, make("b", { textContent: row.id }), make("span", { className: "kind", textContent: row.kind }));
    const said = row.old ? "can't be read just now" : row.head;
    const below = make("div", {}, count(row.errors, "error"), count(row.warnings, "warning"), make("p", { textContent: said, dir: "auto" }));
    const made = make("div", { className: "row", id: `row-${n}`, role: "option" }, top, below);
    made.setAttribute("aria-selected", String(isChosen));
    made.setAttribute("aria-setsize", String(this.total));
    made.setAttribute("aria-posinset", String(n + 1));
    made.style.top = `${n * ROW}px`;
    made.addEventListener("click", () => this.go(n));
    return made;
  }

  step(by) {
    // What no longer matches the filter has left the list: the next one has come to its place.
    const from = this.isThere || by < 0 ? this.at : this.at - 1;
    this.go(Math.max(0, Math.min(this.total - 1, from + by)));
  }

  async go(n) {
    if (n < 0 || n >= this.total) return;
    this.at = n;
    this.isThere = true;
    await this.part(Math.floor(n / STEP));
    const row = this.row(n);
    if (this.at !== n) return;
    this.reveal();
    this.draw();
    if (row) this.choose(row.id);
  }

  reveal() {
    const top = this.at * ROW;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + ROW > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + ROW - this.box.clientHeight;
  }
}

function make(tag, given = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside.filter((part) => part !== ""));
  return made;
}

// An answer of the server, or null where it has none.
async function ask(path, query = {}) {
  try {
    const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // it has ended, which the page says
  }
}
