// Written answers and the guides by which a student marks them.
const counted = (text) => word("written", text.split(/\s+/).filter(Boolean).length);

// The front has a box to write in. A side may be drawn anew while someone writes: the text is kept until the back.
function write(place) {
  const id = idOf(face);
  const old = get(SLOT, (state) => state.id === id && !state.isOver && Date.now() - state.time < DAY);
  const label = make("label", "", `${word("write")} `);
  const count = make("span", "count");
  const box = Object.assign(make("textarea", "tappable"), { rows: 3, value: (old && old.text) || "" });
  const keep = () => {
    count.textContent = box.value.trim() && `(${counted(box.value)})`;
    save({ id, text: box.value });
  };
  box.addEventListener("input", keep);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.blur();
  });
  label.append(count, box);
  place.append(label);
  keep();
  tellKeys(face, "writing", word("keys_writing"));
}

// The back shows what was written beside the guide.
function showOwn(place) {
  const id = idOf(face);
  const state = get(SLOT, (value) => value.id === id && Date.now() - value.time < DAY);
  if (!state || !(state.text || "").trim()) return;
  save({ ...state, isOver: true });
  place.append(make("p", "label", `${word("your_answer")} (${counted(state.text)})`), make("p", "text", state.text));
  if (!face.querySelector(".rubric")) place.parentNode.classList.add("beside"); // a rubric wants the whole width
}

const sumOf = (numbers) => numbers.reduce((a, b) => a + b, 0);

function sumBelow(element) {
  const sum = make("p", "verdict");
  sum.setAttribute("role", "status");
  element.after(sum);
  return sum;
}

// Points of a marking guide become boxes to tick, with a sum.
function tick(list) {
  const sum = sumBelow(list);
  const worth = (point) => Number(point.querySelector(".marks").textContent);
  const total = (points) => sumOf(points.map(worth));
  const show = () => {
    const ticked = items(list).filter((point) => point.querySelector("input").checked);
    sum.textContent = word("ticked", total(ticked), total(items(list)));
  };
  for (const point of items(list)) boxed(point, "checkbox", show);
  list.classList.add("live");
  show();
  tellKeys(face, "points", word("keys_points"));
}

// Levels of a rubric become choices, from none to all of the criterion's marks in even steps. One row is marked: it
// is the row that Alt + number chooses in.
function grade(table) {
  const sum = sumBelow(table);
  face.classList.add("wide");
  const rows = items(table.tBodies[0]).map((row, number) => {
    const marks = Number(row.querySelector(".marks").textContent);
    const levels = items(row).filter((cell) => cell.matches("td:not(.marks)") && cell.hasChildNodes());
    levels.forEach((level, place) => {
      const box = boxed(level, "radio", () => (show(), go(number)));
      box.name = `row-${number}`;
      box.value = (marks * place) / (levels.length - 1);
    });
    const head = row.querySelector("th");
    if (window.pycmd || window.bridgeCommand) head.tabIndex = 0; // boxes are skipped there
    head.addEventListener("focus", () => at(number));
    return { row, marks };
  });
  const chosen = (row) => row.querySelector(":checked");
  const at = (number) => rows.forEach(({ row }, place) => row.classList.toggle("now", place === number));
  function go(from) {
    const next = rows.findIndex(({ row }, place) => place > from && !chosen(row));
    at(next < 0 ? from : next);
  }
  function show() {
    const given = sumOf(rows.map(({ row }) => Number((chosen(row) || { value: 0 }).value)));
    sum.textContent = word("levels_chosen", +given.toFixed(1), sumOf(rows.map(({ marks }) => marks)));
  }
  show();
  at(0);
  tellKeys(face, "rubric", word("keys_rubric"));
}

all(face, ".writing").forEach(write);
all(face, ".own").forEach(showOwn);
all(face, ".points").forEach(tick);
all(face, ".rubric").forEach(grade);
