// What is asked next, in the order of `builder/study/queue.py`: cards whose minutes are over, due ones, new ones up to
// the daily limit, and last those whose minutes are over within 20 minutes.
"use strict";

const AHEAD = 20 * MINUTE;
const placeOf = (item, card) => `${item} ${card}`;
const byTime = (a, b) => a.time - b.time || a.day - b.day || (a.rating ?? 0) - (b.rating ?? 0) || ((a.mark ?? "") < (b.mark ?? "") ? -1 : 1);

// All that is known of a student: the entries by card, and what follows from them.
class Memory {
  constructor() {
    this.lines = new Set();
    this.cards = new Map(); // by place: `entries`, and what `settle` makes of them
    this.begun = new Map(); // by day, the cards that were new on it
    this.weights = null; // the last line that says by which weights the cards come
  }

  // Takes up entries in any order, and returns the lines that were not there before. `lines` are theirs, if they are known.
  take(entries, lines = entries.map(asLine)) {
    const touched = new Set();
    const fresh = [];
    let isWeighed = false;
    for (const [number, entry] of entries.entries()) {
      const line = lines[number];
      if (this.lines.has(line)) continue;
      this.lines.add(line);
      fresh.push(line);
      if (entry.weights) {
        const is = this.weights;
        if (!is || (entry.time - is.time || entry.day - is.day || (entry.weights > is.weights ? 1 : -1)) > 0) [this.weights, isWeighed] = [entry, true];
        continue;
      }
      const place = placeOf(entry.item, entry.card);
      if (!this.cards.has(place)) this.cards.set(place, { entries: [], reviews: [], state: NEW, isSuspended: false, isFlagged: false });
      const card = this.cards.get(place);
      card.entries.push(entry);
      touched.add(card);
    }
    if (isWeighed) weigh(weightsOf(this.weights.weights));
    for (const card of isWeighed ? this.cards.values() : touched) this.settle(card);
    return fresh;
  }

  // What follows from the entries of a card: undone reviews don't count, and of marks the last one does.
  settle(card) {
    const count = (by) => {
      const day = card.reviews[0]?.day;
      if (day !== undefined) this.begun.set(day, (this.begun.get(day) ?? 0) + by);
    };
    count(-1);
    const marks = card.entries.filter((entry) => entry.mark).sort(byTime);
    const undone = new Set(marks.filter(({ mark }) => mark === "undone").map(({ of }) => of));
    const last = (...names) => marks.filter(({ mark }) => names.includes(mark)).at(-1)?.mark === names[0];
    card.reviews = card.entries.filter((entry) => entry.rating && !undone.has(entry.time)).sort(byTime);
    card.state = stateOf(card.reviews);
    card.isSuspended = last("suspended", "resumed");
    card.isFlagged = last("flagged", "unflagged");
    count(1);
  }

  of(place) {
    return this.cards.get(place) ?? BLANK;
  }

  get reviews() {
    return [...this.cards.values()].flatMap((card) => card.reviews);
  }
}

const BLANK = Object.freeze({ entries: [], reviews: [], state: NEW, isSuspended: false, isFlagged: false });

// The cards that are asked, `{place, ...}` in the order of the course, by what the memory holds of them.
class Queue {
  constructor(cards, memory, limit) {
    Object.assign(this, { cards, memory, limit });
  }

  sorted(moment) {
    const found = { fresh: [], stepping: [], due: [] };
    for (const card of this.cards) {
      const { state, isSuspended } = this.memory.of(card.place);
      if (isSuspended) continue;
      if (state.phase === "new") found.fresh.push(card);
      else if (isStepping(state)) found.stepping.push([state.due, card]);
      else if (state.due <= moment.day) found.due.push([state.due, card]);
    }
    return found;
  }

  next(moment) {
    const { fresh, stepping, due } = this.sorted(moment);
    const first = (some) => some.reduce((best, one) => (best && best[0] <= one[0] ? best : one), null);
    const soonest = stepping.reduce((best, one) => (best && (best[0] - one[0] || (best[1].place < one[1].place ? -1 : 1)) < 0 ? best : one), null);
    if (soonest && soonest[0] <= moment.time) return soonest[1];
    if (due.length) return first(due)[1];
    if (this.left(fresh, moment)) return fresh[0];
    return soonest && soonest[0] <= moment.time + AHEAD ? soonest[1] : null;
  }

  counts(moment) {
    const { fresh, stepping, due } = this.sorted(moment);
    return { new: this.left(fresh, moment), learning: stepping.length, due: due.length };
  }

  left(fresh, moment) {
    return Math.min(fresh.length, Math.max(0, this.limit - (this.memory.begun.get(moment.day) ?? 0)));
  }
}
