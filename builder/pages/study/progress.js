// Progress as lines, in the form of `builder/study/progress.py`, and days of study, as `builder/study/days.py` has them.
"use strict";

const DAY = 86_400_000; // milliseconds
const ORDINAL = 719_163; // the day that begins 1970, as Python counts days
const START = 4; // o'clock: a day of study begins
const MOST_ANSWER = 2000; // characters
const MOST_LINE = 1 << 14; // bytes
const MOST_BYTES = 1 << 26; // of a file
const FORMS = {
  time: /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  of: /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  day: /^2\d{3}-\d{2}-\d{2}$/,
  item: /^[a-z0-9]+(-[a-z0-9]+)*$/,
};
const WEIGHTS = /^(?:0|[1-9]\d{0,2})\.\d{4}(?: (?:0|[1-9]\d{0,2})\.\d{4}){20}$/; // as `builder/study/weights.py` writes them
const LEAST = [0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001, 0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0.01, 0.1];
const MOST = [100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8];
const SHAPES = [["time", "day", "weights"], ...["rating", "rating,answer", "mark", "mark,of"].map((more) => ["time", "day", "item", "card", ...more.split(",")])];
const MARKS = ["suspended", "resumed", "flagged", "unflagged", "undone"];

function dayOf(time) {
  const at = new Date(time);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY + ORDINAL - (at.getHours() < START ? 1 : 0);
}

const dateOf = (day) => new Date((day - ORDINAL) * DAY); // its midnight in UTC
const isoDay = (day) => dateOf(day).toISOString().slice(0, 10);
const now = () => ({ time: Date.now(), day: dayOf(Date.now()) });

// Half of a character, which UTF-8 can't hold, is left out.
const sound = (text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");

const weightsOf = (text) => (text === "default" ? [] : text.split(" ").map(Number));

function asLine({ time, day, item, card, rating, answer, mark, of, weights }) {
  if (weights) return JSON.stringify({ time: new Date(time).toISOString(), day: isoDay(day), weights });
  const said = { time: new Date(time).toISOString(), day: isoDay(day), item, card };
  if (mark) return JSON.stringify({ ...said, mark, ...(of ? { of: new Date(of).toISOString() } : {}) });
  return JSON.stringify({ ...said, rating, ...(answer ? { answer } : {}) });
}

// What is wrong with a file: the key of a fixed sentence, and values for its places.
class Wrong extends Error {
  constructor(key, ...values) {
    super(`${key}: ${values.join(", ")}`);
    Object.assign(this, { key, values });
  }
}

const quoted = (...parts) => parts.map(([key, value]) => `${key}: ${JSON.stringify(value)?.slice(0, 60)}`).join(", ");

// The review or mark of a line. An Error quotes what is wrong in it: that is understood in any language.
function asEntry(line) {
  let raw;
  try {
    raw = JSON.parse(line);
  } catch {
    throw new Error(line.trim().slice(0, 60));
  }
  const trouble = troubleOf(raw);
  if (trouble) throw new Error(trouble);
  const { time, day, of } = inNumbers(raw);
  // A browser takes 31 February for 3 March.
  const isReal = !Number.isNaN(time + day + of) && isoDay(day) === raw.day && new Date(time).toISOString() === raw.time;
  if (!isReal || Math.abs(day - ORDINAL - Math.floor(time / DAY)) > 2) throw new Error(quoted(["time", raw.time], ["day", raw.day]));
  return { ...raw, time, day, of };
}

const inNumbers = ({ time, day, of }) => ({ time: Date.parse(time), day: Date.parse(day) / DAY + ORDINAL, of: of === undefined ? 0 : Date.parse(of) });

// The entry of a line that this page has kept, and so has looked at before.
const ownEntry = (line) => {
  const raw = JSON.parse(line);
  return Object.assign(raw, inNumbers(raw));
};

// The part of a line by which it is no progress; empty where there is none.
function troubleOf(raw) {
  const keys = raw && typeof raw === "object" && !Array.isArray(raw) ? Object.keys(raw) : [];
  const shape = SHAPES.find((known) => known.length === keys.length && known.every((key) => keys.includes(key)));
  if (!shape) return JSON.stringify(raw).slice(0, 60);
  if (raw.mark !== undefined && (!MARKS.includes(raw.mark) || (raw.mark === "undone") !== (raw.of !== undefined))) return quoted(["mark", raw.mark]);
  for (const [key, form] of Object.entries(FORMS)) {
    if (key in raw && (typeof raw[key] !== "string" || raw[key].length > 200 || !form.test(raw[key]))) return quoted([key, raw[key]]);
  }
  for (const [key, most] of [["card", 500], ["rating", 4]]) {
    if (key in raw && (!Number.isInteger(raw[key]) || raw[key] < 1 || raw[key] > most)) return quoted([key, raw[key]]);
  }
  if (raw.weights !== undefined && !areWeights(raw.weights)) return quoted(["weights", raw.weights]);
  const { answer = "" } = raw;
  const isText = typeof answer === "string" && [...answer].length <= MOST_ANSWER && sound(answer) === answer;
  return isText ? "" : quoted(["answer", answer]);
}

// Whether a text is weights in the form that progress has, within the bounds of FSRS.
function areWeights(text) {
  if (text === "default") return true;
  if (typeof text !== "string" || !WEIGHTS.test(text)) return false;
  return weightsOf(text).every((weight, place) => LEAST[place] <= weight && weight <= MOST[place]);
}

// The entries of a file. Nothing of a file with a wrong line is taken.
function readFile(text) {
  if (text.length > MOST_BYTES) throw new Wrong("too_big", MOST_BYTES >> 20);
  return text.replace(/^\ufeff/, "").split("\n").flatMap((line, place) => {
    if (!line.trim()) return [];
    try {
      if (line.length > MOST_LINE) throw new Error(line.slice(0, 60));
      return [asEntry(line)];
    } catch (error) {
      throw new Wrong("wrong_line", place + 1, `\u2068${error.message}\u2069`); // kept apart from words that run leftwards
    }
  });
}

const written = (lines) => [...new Set(lines)].sort().map((line) => `${line}\n`).join("");
