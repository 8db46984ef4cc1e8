// When a card comes again: the rules of `builder/study/schedule.py`, which says where they are from. ts-fsrs computes
// stability and difficulty; all else is as there, so that the page and the terminal give equal states for equal reviews.
"use strict";

const MINUTE = 60_000; // milliseconds
const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];
const MOST_DAYS = 36500;
const MOST_GAP = 200_000; // days
const STEPS = [MINUTE, 10 * MINUTE]; // of a card that is learnt
const RELEARNING = [10 * MINUTE]; // of a card that was forgotten
const LEAST_SPREAD = 2.5; // days
const SPREADS = [
  [2.5, 7, 0.15],
  [7, 20, 0.1],
  [20, Infinity, 0.05],
]; // from, to, and the share of what lies between
const NEW = Object.freeze({ phase: "new", due: 0, step: 0, interval: 0, stability: 0, difficulty: 0, day: 0, lapses: 0 });

// ts-fsrs rounds the chance of recall to eight digits, which in a thousand days parts two schedules: it is told the chance.
let [model, decay, factor] = [null, 0, 0];

// Schedules by these weights of FSRS from now on; none stand for the default ones.
function weigh(weights) {
  const own = weights.length ? { w: weights } : {};
  model = new FSRS.FSRSAlgorithm(FSRS.generatorParameters({ ...own, learning_steps: [], relearning_steps: [], maximum_interval: MOST_DAYS }));
  model.param = { ...model.param }; // without the proxy, whose checks of later changes take half the time
  const taken = model.parameters.w;
  if (weights.some((weight, place) => weight !== taken[place])) throw new Error("ts-fsrs does not take these weights");
  decay = -taken[20];
  factor = Math.pow(0.9, 1 / decay) - 1;
}
weigh([]);

const isStepping = (state) => state.phase === "learning" || state.phase === "relearning";
const stateOf = (reviews) => reviews.reduce((state, review) => after(state, review.rating, review), NEW);

// The state of a card after a review; `time` in milliseconds since 1970, `day` as `dayOf` counts.
function after(state, rating, { time, day }) {
  const gap = state.phase === "new" ? 0 : Math.min(Math.max(0, day - state.day), MOST_GAP);
  const memory = memoryOf(state, rating, gap);
  const delay = delayOf(state, rating);
  const interval = delay ? memory.interval : intervalOf(state, rating, gap);
  const isKnown = state.phase === "known" || state.phase === "relearning";
  return {
    phase: delay ? (isKnown ? "relearning" : "learning") : "known",
    due: delay ? time + delay : day + interval,
    step: delay && rating !== AGAIN ? state.step + (rating === GOOD) : 0,
    interval,
    stability: Math.round(memory.stability * 1e4) / 1e4,
    difficulty: Math.round(memory.difficulty * 1e3) / 1e3,
    day,
    lapses: state.lapses + (state.phase === "known" && rating === AGAIN),
  };
}

// Milliseconds until a card comes again that is still being learnt after the review; 0 for one that is then known.
function delayOf(state, rating) {
  if (state.phase === "known") return rating === AGAIN ? RELEARNING[0] : 0;
  const steps = state.phase === "relearning" ? RELEARNING : STEPS;
  if (rating === AGAIN) return steps[0];
  if (rating === HARD && state.step) return steps[state.step];
  if (rating === HARD) return Math.floor(steps.length > 1 ? (steps[0] + steps[1]) / 2 : (steps[0] * 3) / 2);
  return rating === GOOD ? (steps[state.step + 1] ?? 0) : 0;
}

// Days until a card comes again that is known after the review: hard < good < easy, each at least a day apart.
function intervalOf(state, rating, gap) {
  let least = 1;
  for (const button of state.phase === "known" ? [HARD, GOOD, EASY] : [GOOD, EASY]) {
    const memory = memoryOf(state, button, gap);
    if (state.phase === "known" && state.interval <= latest(memory.stability)) least = Math.max(least, state.interval);
    const interval = Math.min(Math.max(memory.interval, least), MOST_DAYS);
    if (button === rating) return interval;
    least = interval + 1;
  }
  throw new Error(`no interval after ${rating}`);
}

// The longest interval, in days, that chance could make in Anki of one of `stability` days.
function latest(stability) {
  if (stability < LEAST_SPREAD) return 0;
  const shares = SPREADS.map(([start, end, share]) => share * Math.max(0, Math.min(stability, end) - start));
  return whole(stability + 1 + shares.reduce((a, b) => a + b));
}

// What FSRS makes of a review that comes `gap` days after the one before.
function memoryOf({ stability, difficulty }, rating, gap) {
  const made = stability
    ? model.next_state({ stability, difficulty }, gap, rating, Math.pow(1 + (factor * gap) / stability, decay))
    : { ...model.next_state(null, 0, rating), stability: model.parameters.w[rating - 1] }; // ts-fsrs makes it at least 0.1
  const least = Math.min(made.stability, MOST_DAYS);
  return { ...made, stability: least, interval: Math.min(Math.max(1, whole(least)), MOST_DAYS) };
}

const whole = (days) => Math.floor(Math.round(days * 1e6) / 1e6 + 0.5);
