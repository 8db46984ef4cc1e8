// Anki compares a typed answer letter by letter, and with one answer only. Where a phone's quotes, a long dash or a
// wide letter is all that differs, or another accepted answer was typed, the card says that it is right.
// A number is judged by its value. `how` is the data of an accepted answer: whether capitals count, and whether accents don't.
function plain(text, how) {
  const usual = text.replace(/[‘’‚‛′`´]/g, "'").replace(/[“”„‟″«»]/g, '"').replace(/[‐‑‒–—―−]/g, "-");
  const folded = usual.normalize("NFKC").replace(/\s+/g, " ").replace(/ ?- ?/g, "-").trim();
  const cased = how.case ? folded : folded.toLowerCase();
  return how.accents ? cased.normalize("NFD").replace(/\p{M}/gu, "") : cased; // the attribute says that they don't count
}

function compare(typed) {
  const parts = all(typed, "#typeans > *");
  const arrow = parts.findIndex((part) => part.id === "typearrow"); // below it stands the right answer
  const line = parts.slice(0, arrow < 0 ? parts.length : arrow);
  const own = line.filter((part) => part.matches(".typeGood, .typeBad")); // other parts are dashes for gaps
  const text = own.map((part) => part.textContent).join("");
  const answers = [".answer", ".accepted li"].flatMap((selector) => all(document, selector));
  const how = (document.querySelector(".accepted li") || typed).dataset;
  typed.hidden = !text.trim();
  const numbers = all(document, ".accepted .number");
  if (numbers.length && !typed.hidden) judgeNumber(typed, text, numbers);
  if (numbers.length) return;
  const place = answers.findIndex((answer) => plain(answer.innerText, how) === plain(text, how));
  if (typed.hidden || place < 0) return;
  const shown = typed.querySelector("#typeans");
  shown.textContent = "";
  shown.append(make("span", "typeGood", text)); // no letter of it is wrong
  say(typed, place ? word("is_accepted") : word("is_right"));
  typed.querySelector(".verdict").classList.add("good");
}

all(face, ".typed").forEach(compare);
