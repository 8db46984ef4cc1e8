// A quiz to practise on: questions by a blueprint, marks, and at the end what to read again. It changes no schedule.
"use strict";

const TRIES = 4000; // swaps, after which the best paper so far is taken
const CHOSEN = ["mcq", "truefalse", "matching", "ordering"]; // kinds that are answered by choosing
const practice = { paper: null, questions: [], at: 0, card: null };
const random = (number) => Math.floor(Math.random() * number);
const plainMarks = (marks) => +marks.toFixed(2); // as a box for numbers takes them
const saidMarks = (marks) => marks.toLocaleString(data.language, { maximumFractionDigits: 2 });

function shuffle(list) {
  for (let left = list.length - 1; left > 0; left--) {
    const other = random(left + 1);
    [list[left], list[other]] = [list[other], list[left]];
  }
  return list;
}

// A blueprint with sets for its rows; without one, so many questions of a theme.
function planned(id, theme, number) {
  const paper = data.papers.find((found) => found.id === id);
  const free = () => ({ title: say("mixed"), questions: number, points: {}, choose: {}, fixed: [], rows: [], pool: items.filter((item) => !theme || item.theme === theme).map(({ place }) => place) });
  const plan = paper ?? free();
  return { ...plan, rows: plan.rows.map((row) => ({ ...row, of: new Set(row.of) })) };
}

// Papers that are exams have other questions there, which the page does not hold: it says so.
function choosePaper() {
  const id = $("paper").value;
  $("mixed").hidden = Boolean(id);
  $("exam-about").hidden = !data.papers.find((paper) => paper.id === id)?.exam;
}

// By item, the lists of which a paper may ask one.
const rivals = new Map();
data.rivals.forEach((list, number) => list.forEach((place) => rivals.set(place, [...(rivals.get(place) ?? []), number])));

// The questions without those that stand beside a rival; the first of them stays.
function alone(chosen) {
  const met = new Set();
  return chosen.filter((place) => {
    const lists = rivals.get(place) ?? [];
    const isAlone = lists.every((number) => !met.has(number));
    if (isAlone) lists.forEach((number) => met.add(number));
    return isAlone;
  });
}

const worth = (plan, place) => plan.points[items[place].kind] ?? items[place].points;

// What a paper lacks: for each row, how many questions are too few or too many.
function lacks(plan, chosen) {
  return plan.rows.map((row) => {
    const number = chosen.filter((place) => row.of.has(place)).length;
    return Math.max(0, row.least - number) + (row.most === null ? 0 : Math.max(0, number - row.most));
  });
}

function cost(plan, chosen) {
  const sum = lacks(plan, chosen).reduce((a, b) => a + b, 0) + 2 * (chosen.length - alone(chosen).length);
  if (!plan.marks) return sum;
  const marks = counting(plan, chosen, (place) => items[place].kind, (place) => worth(plan, place));
  return sum + Math.abs(marks.reduce((all, place) => all + worth(plan, place), 0) - plan.marks) / 2;
}

// The questions that count: where candidates choose among those of a kind, so many of the best.
function counting(plan, questions, kindOf, value) {
  const left = { ...plan.choose };
  const ranked = [...questions].sort((a, b) => value(b) - value(a));
  return ranked.filter((question) => !(kindOf(question) in left) || left[kindOf(question)]-- > 0);
}

// A random paper that meets the plan as far as its items allow: single questions are swapped while that costs nothing.
function drawn(plan) {
  const others = shuffle(plan.pool.filter((place) => !plan.fixed.includes(place)));
  const mean = plan.pool.reduce((sum, place) => sum + worth(plan, place), 0) / (plan.pool.length || 1);
  const size = Math.min(plan.questions ?? Math.round(plan.marks / mean), plan.pool.length);
  const chosen = [...plan.fixed, ...others.splice(0, Math.max(0, size - plan.fixed.length))];
  const free = chosen.length - plan.fixed.length;
  let least = cost(plan, chosen);
  for (let tries = 0; least && free && others.length && tries < TRIES; tries++) {
    const [mine, other] = [plan.fixed.length + random(free), random(others.length)];
    [chosen[mine], others[other]] = [others[other], chosen[mine]];
    const found = cost(plan, chosen);
    if (found > least) [chosen[mine], others[other]] = [others[other], chosen[mine]];
    else least = found;
  }
  return shuffle(alone(chosen));
}

function startPractice() {
  const plan = planned($("paper").value, $("paper-theme").value, Math.max(1, Number($("paper-number").value) || 10));
  const chosen = drawn(plan);
  const missed = plan.rows.filter((_, place) => lacks(plan, chosen)[place]).map(({ said }) => said);
  const one = (item) => cardAt.get(placeOf(item.id, item.numbers[random(item.numbers.length)]));
  practice.paper = plan;
  practice.missed = missed;
  practice.questions = chosen.map((place) => ({ card: one(items[place]), marks: worth(plan, place), got: null }));
  practice.at = -1;
  $("practice-start").hidden = true;
  $("practice-result").hidden = true;
  nextQuestion();
}

function nextQuestion() {
  practice.at += 1;
  askQuestion();
}

// Shows the question that the quiz is at, or the result. Who comes back from another part of the page is asked it again.
function askQuestion() {
  const question = practice.questions[practice.at];
  practice.card = question?.card ?? null;
  Object.assign(study, { card: practice.card, side: "front", answer: "" });
  $("desk").hidden = !question;
  $("practice-at").textContent = question ? say("question", shown(practice.at + 1), shown(practice.questions.length)) : "";
  if (question) desk.show(question.card, true);
  else showResult();
  showBar();
}

// The back of a card has judged an answer, or left it to the student (null). Who chose nothing has nothing.
function judged(found) {
  const { card, marks } = practice.questions[practice.at];
  const share = CHOSEN.includes(card.item.kind) && !study.answer ? 0 : found;
  $("marks-of").textContent = `/ ${saidMarks(marks)}`;
  $("got").max = marks;
  $("got").value = share === null ? "" : plainMarks(marks * share);
  $("marks-told").textContent = say(share === null ? "mark_it" : "marked");
}

function give(share) {
  $("got").value = plainMarks(practice.questions[practice.at].marks * share);
}

function takeMarks() {
  const question = practice.questions[practice.at];
  const got = $("got").value === "" ? NaN : Number($("got").value);
  if (!(got >= 0 && got <= question.marks)) {
    announce(say("give", saidMarks(question.marks)));
    return $("got").focus();
  }
  question.got = got;
  nextQuestion();
}

function practiceKey(key) {
  if (study.side === "front") return key === " " || key === "Enter" ? turn() : undefined;
  if (key === " " || key === "Enter") takeMarks();
  else if (/^[1-3]$/.test(key)) give([0, 0.5, 1][key - 1]);
}

// Sums by what `key` says of a question: marks that were got, and marks that there were.
function summed(questions, key) {
  const sums = new Map();
  for (const { card, got, marks } of questions) {
    for (const name of key(card.item)) {
      const sum = sums.get(name) ?? { got: 0, of: 0, number: 0 };
      sums.set(name, { got: sum.got + got, of: sum.of + marks, number: sum.number + 1 });
    }
  }
  return sums;
}

function showResult() {
  const { questions, paper, missed } = practice;
  const counted = counting(paper, questions, ({ card }) => card.item.kind, ({ got }) => got);
  const all = summed(counted, () => ["all"]).get("all") ?? { got: 0, of: 0 };
  const percent = ({ got, of }) => (of ? `${Math.round((100 * got) / of)} %` : "–");
  const row = (cells, tag = "td") => make("tr", {}, ...cells.map((text, place) => make(place ? tag : "th", place ? {} : { scope: "row" }, text)));
  const themes = [...summed(counted, (item) => [data.themes[item.theme] ?? item.theme ?? ""])];
  const lost = questions.filter(({ got, marks }) => got < marks);
  const again = [...summed(lost, (item) => item.places.map((place) => data.places[place]))].sort(([, a], [, b]) => b.of - b.got - (a.of - a.got));
  $("result-told").textContent = `${say("result", paper.title, saidMarks(all.got), saidMarks(all.of))}, ${percent(all)}`;
  $("result-missed").textContent = missed.length ? say("not_met", missed.join("; ")) : "";
  const best = Object.entries(paper.choose).map(([kind, number]) => [number, questions.filter(({ card }) => card.item.kind === kind).length, kind]);
  $("result-best").textContent = best.filter(([number, of]) => number < of).map(([number, of, kind]) => say("best", number, of, data.kinds[kind])).join(" ");
  $("result-themes").replaceChildren(...themes.map(([name, sum]) => row([name || say("no_theme"), saidMarks(sum.got), saidMarks(sum.of), percent(sum)])));
  $("result-again").replaceChildren(...again.map(([place, { number }]) => make("li", {}, `${place} (${shown(number)})`)));
  $("result-again-none").hidden = again.length > 0;
  $("result-again-none").textContent = say(lost.length ? "no_place" : "all_right");
  $("result-lost").replaceChildren(...lost.map(({ card, got, marks }) => make("li", {}, lookButton(card), ` ${saidMarks(got)} / ${saidMarks(marks)}`)));
  $("practice-result").hidden = false;
  $("practice-start").hidden = false;
  $("result-told").focus();
}
