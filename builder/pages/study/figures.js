// What the reviews add up to, and what is to come: the figures of `builder/study/figures.py`, and two pictures of them.
"use strict";

const MONTH = 30; // days
const WEEKS = 26; // of the calendar

// Reviews count whichever release asked them: no figure of what a student has done falls when an item is retired.
function figures(today) {
  const states = cards.map((card) => memory.of(card.place).state);
  const count = (fits) => states.filter(fits).length;
  const mine = memory.reviews;
  const days = new Set(mine.map(({ day }) => day));
  return [
    [cards.length, say("cards")],
    [count(({ phase }) => phase === "new"), say("new")],
    [count(isStepping), say("learning")],
    [count(({ phase, interval }) => phase === "known" && interval < MATURE), `${say("young")} (< ${daysText(MATURE)})`],
    [count(({ phase, interval }) => phase === "known" && interval >= MATURE), `${say("mature")} (≥ ${daysText(MATURE)})`],
    [mine.length, say("reviews")],
    [mine.filter(({ day }) => day === today).length, say("today")],
    [inARow(days, today), say("in_a_row")],
    [kept(today), say("remembered")],
  ];
}

function inARow(days, today) {
  const last = days.has(today) ? today : today - 1;
  let first = last;
  while (days.has(first)) first -= 1;
  return last - first;
}

// The share of reviews on a later day than the one before that were no lapses.
function kept(today) {
  let [passed, all] = [0, 0];
  for (const { reviews } of memory.cards.values()) {
    let seen = Infinity;
    for (const { day, rating } of reviews) {
      if (seen < day && day > today - MONTH) {
        all += 1;
        passed += rating > 1;
      }
      seen = day;
    }
  }
  return all ? `${Math.round((100 * passed) / all)} %` : "–";
}

function forecast(today) {
  const due = Array(MONTH).fill(0);
  for (const card of cards) {
    const { state, isSuspended } = memory.of(card.place);
    if (state.phase === "new" || isSuspended) continue;
    const day = isStepping(state) ? 0 : Math.max(0, state.due - today);
    if (day < MONTH) due[day] += 1;
  }
  return due;
}

function showFigures() {
  const today = now().day;
  $("figures").replaceChildren(...figures(today).map(([number, what]) => make("div", {}, make("dt", {}, what), make("dd", {}, shown(number)))));
  showForecast(forecast(today), today);
  showCalendar(today);
  showWeights();
}

// By which weights of FSRS the cards come: other ones than the default are always told.
function showWeights() {
  const { weights, day } = memory.weights ?? { weights: "default" };
  const isOwn = weights !== "default";
  $("weights").textContent = isOwn ? say("own_weights", isoDay(day)) : say("default_weights");
  $("default-weights").hidden = !isOwn;
}

function showForecast(due, today) {
  const most = Math.max(...due, 1);
  const bar = (number, place) => {
    const made = make("span", { title: `${isoDay(today + place)}: ${number}` });
    made.style.height = `${(100 * number) / most}%`;
    return made;
  };
  const sum = (end) => due.slice(0, end).reduce((a, b) => a + b, 0);
  $("forecast").replaceChildren(...due.map(bar));
  $("forecast").setAttribute("aria-label", say("next_days"));
  $("forecast-told").textContent = say("coming", ...[1, 7, MONTH].map((end) => shown(sum(end))));
}

function showCalendar(today) {
  const counts = new Map();
  for (const { day } of memory.reviews) counts.set(day, (counts.get(day) ?? 0) + 1);
  const monday = today - ((today + 6) % 7); // ordinal 1 was a Monday
  const first = monday - 7 * (WEEKS - 1);
  const most = Math.max(1, ...[...counts].filter(([day]) => day >= first).map(([, number]) => number));
  const days = Array.from({ length: 7 * WEEKS }, (_, place) => first + place);
  const cell = (day) => {
    const number = counts.get(day) ?? 0;
    const made = make("span", { title: `${isoDay(day)}: ${shown(number)}` });
    made.dataset.much = day > today ? "none" : Math.ceil((4 * number) / most);
    return made;
  };
  const active = days.filter((day) => counts.has(day));
  $("calendar").replaceChildren(...days.map(cell));
  const told = say("answered", shown(active.reduce((sum, day) => sum + counts.get(day), 0)), shown(active.length));
  $("calendar").setAttribute("aria-label", told);
  $("calendar-told").textContent = told;
}
