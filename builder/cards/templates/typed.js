// Anki compares a typed answer letter by letter, and with one answer only. Where a phone's quotes, a long dash or a
// wide letter is all that differs, or another accepted answer was typed, the card says that it is right.
function plain(text) {
  const usual = text.replace(/[‘’‚‛′`´]/g, "'").replace(/[“”„‟″«»]/g, '"').replace(/[‐‑‒–—―−]/g, "-");
  return usual.normalize("NFKC").replace(/\s+/g, " ").replace(/ ?- ?/g, "-").trim().toLowerCase();
}

function compare(typed) {
  const parts = all(typed, "#typeans > *");
  const arrow = parts.findIndex((part) => part.id === "typearrow"); // below it stands the right answer
  const line = parts.slice(0, arrow < 0 ? parts.length : arrow);
  const own = line.filter((part) => part.matches(".typeGood, .typeBad")); // other parts are dashes for gaps
  const text = own.map((part) => part.textContent).join("");
  const answers = [".answer", ".accepted li"].flatMap((selector) => all(document, selector));
  typed.hidden = !text.trim();
  const place = answers.findIndex((answer) => plain(answer.textContent) === plain(text));
  if (typed.hidden || place < 0) return;
  typed.querySelector("#typeans").replaceChildren(make("span", "typeGood", text)); // no letter of it is wrong
  typed.querySelector(".verdict").textContent = place ? "Right: an accepted answer." : "Right.";
}

all(face, ".typed").forEach(compare);
