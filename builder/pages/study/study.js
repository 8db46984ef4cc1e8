// Studying: the next card, its answer, four buttons. What is done is kept before the next card is shown.
"use strict";

const study = { limit: 20, theme: "", kind: "", card: null, side: "", answer: "", seen: 0, last: [], keep: async () => {}, catchUp: async () => {}, next: 0 };

// When a card was answered last, in whichever window; 0 where it is new.
const newest = (card) => memory.of(card?.place).reviews.at(-1)?.time ?? 0;
const isStillAsked = () => study.card && newest(study.card) <= study.seen && !memory.of(study.card.place).isSuspended;

const queue = () => {
  const isAsked = ({ item }) => (!study.theme || item.theme === study.theme) && (!study.kind || item.kind === study.kind);
  return new Queue(study.theme || study.kind ? cards.filter(isAsked) : cards, memory, study.limit);
};

// A time as the language of the page has it: "8d" or "8 Tg.", and in full "8 days".
const measured = (number, unit, unitDisplay) => new Intl.NumberFormat(data.language, { style: "unit", unit, unitDisplay }).format(number);
const daysText = (number) => measured(number, "day", "long");

// The time until a card comes again, as [sign before it, number, unit].
function until(state, moment) {
  if (isStepping(state)) return ["<", Math.max(1, Math.round((state.due - moment.time) / MINUTE)), "minute"];
  const days = state.due - moment.day;
  if (days < 30.4) return ["", days, "day"];
  return days < 365 ? ["", +(days / 30.4).toFixed(1), "month"] : ["", +(days / 365).toFixed(1), "year"];
}

const SHORT = { minute: "m", day: "d", month: "mo", year: "y" }; // in English as on Anki's buttons: `<10m`, `8d`, `1.5mo`
const short = (sign, number, unit) => sign + (data.language === "en" ? `${number}${SHORT[unit]}` : measured(number, unit, "short"));

function showCounts(moment) {
  const counts = queue().counts(moment);
  for (const [name, number] of Object.entries(counts)) $(`count-${name}`).textContent = shown(number);
  return counts;
}

// Shows the card that is next; `focus` takes the keyboard to it.
function nextCard(focus = true) {
  const moment = now();
  const card = queue().next(moment);
  Object.assign(study, { card, side: "front", answer: "", seen: newest(card) });
  showCounts(moment);
  $("desk").hidden = !card;
  $("done").hidden = Boolean(card);
  if (card) desk.show(card, focus);
  else showDone(moment);
  showBar();
}

// What is left when nothing is asked: the minutes of a card that is being learnt, or tomorrow.
function showDone(moment) {
  const { stepping, fresh } = queue().sorted(moment);
  const soonest = Math.min(...stepping.map(([due]) => due));
  clearTimeout(study.next);
  if (stepping.length) study.next = setTimeout(() => mode === "study" && !study.card && nextCard(false), Math.max(1000, soonest - AHEAD - moment.time));
  const tomorrow = queue().sorted({ time: moment.time + DAY, day: moment.day + 1 });
  const coming = tomorrow.due.length + tomorrow.stepping.length;
  const more = Math.min(fresh.length, study.limit);
  $("done-told").textContent = say("done", shown(coming), shown(more));
  $("more-new").hidden = !fresh.length;
}

function showBar() {
  const { card, side } = study;
  const isStudy = mode === "study";
  $("bar").hidden = !((isStudy && card) || mode === "look" || (mode === "practice" && practice.card));
  $("turn").hidden = side !== "front" && mode !== "look";
  $("turn").firstChild.textContent = say(side === "front" ? "show_answer" : "show_question");
  $("ratings").hidden = !(isStudy && side === "back");
  $("marks").hidden = !(mode === "practice" && side === "back");
  $("undo").hidden = !isStudy;
  $("undo").disabled = !study.last.length;
  $("tools").hidden = mode === "practice";
  if (!card) return;
  const { state, isFlagged, isSuspended } = memory.of(card.place);
  $("flag").setAttribute("aria-pressed", isFlagged);
  $("suspend").textContent = say(isSuspended ? "resume" : "suspend");
  const moment = now();
  for (const rating of [AGAIN, HARD, GOOD, EASY]) {
    const [sign, number, unit] = until(after(state, rating, moment), moment);
    const button = $(`rate-${rating}`);
    button.lastChild.textContent = short(sign, number, unit);
    button.title = sign + measured(number, unit, "long"); // heard after the name, which is what is seen
  }
}

function turn() {
  if (study.side !== "front" && mode !== "look") return;
  if (study.side === "front" && mode !== "look") desk.tell({ ask: true });
  study.side = study.side === "front" ? "back" : "front";
  desk.turn(study.side);
  showBar();
}

// Another window may show the same card: the answer that came first counts, and the student is told.
async function rate(rating) {
  const { card, answer, seen } = study;
  if (mode !== "study" || !card || study.side !== "back") return;
  study.side = "rated"; // a second key does not rate twice
  const moment = now();
  const text = sound([...answer].slice(0, MOST_ANSWER).join(""));
  const entry = { ...moment, item: card.item.id, card: card.number, rating, answer: text };
  await study.catchUp();
  const isFirst = newest(card) <= seen;
  if (isFirst) {
    study.last.push(entry);
    await study.keep([entry]);
  }
  announce(isFirst ? "" : say("is_answered"));
  nextCard();
}

// Takes back the last review of this visit: it stays in the file, with a line that says that it does not count.
async function undo() {
  const entry = study.last.pop();
  if (!entry || mode !== "study") return;
  await study.keep([{ ...now(), item: entry.item, card: entry.card, mark: "undone", of: entry.time }]);
  const card = cardAt.get(placeOf(entry.item, entry.card));
  Object.assign(study, { card, side: "front", answer: "", seen: newest(card) });
  $("desk").hidden = false;
  $("done").hidden = true;
  desk.show(card, true);
  showCounts(now());
  showBar();
  announce(say("is_undone"));
}

async function markCard(on, off, isOn) {
  const { card } = study;
  if (!card) return;
  const mark = isOn ? off : on;
  await study.keep([{ ...now(), item: card.item.id, card: card.number, mark }]);
  announce(isOn ? "" : say(mark));
  if (mode === "study" && mark === "suspended") nextCard();
  else showBar();
}

const flag = () => markCard("flagged", "unflagged", memory.of(study.card?.place).isFlagged);
const suspend = () => markCard("suspended", "resumed", memory.of(study.card?.place).isSuspended);

// The keys of the page, those of Anki: Space or Enter turn the card, then 1 to 4 rate it, Space is good.
function pressed({ key, ctrlKey, metaKey, altKey }) {
  if ((mode !== "study" && mode !== "look" && mode !== "practice") || !study.card) return;
  if (ctrlKey || metaKey) return key === "z" ? void undo() : key === "Enter" && study.side === "front" ? turn() : undefined;
  if (altKey) return;
  if (mode === "practice") return practiceKey(key);
  if (key === " " || key === "Enter") return study.side === "front" || mode === "look" ? turn() : void rate(GOOD);
  if (/^[1-4]$/.test(key) && study.side === "back") return void rate(Number(key));
  if (key === "u") undo();
  else if (key === "*") flag();
  else if (key === "@") suspend();
}

function heard(told) {
  if (told.answer !== undefined) study.answer = told.answer;
  if (told.key) pressed(told.key);
  if (told.shown) performance.mark(`shown ${told.shown}`);
  if (told.shown === "back" && mode === "practice") judged(told.share);
}
