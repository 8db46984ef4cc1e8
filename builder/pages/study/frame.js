// The frame that shows all cards, one after the other. What runs inside is text here: it tells what the student did, and
// the page tells it what to show. The two share nothing else.
"use strict";

const LOOK = `
  #qa:focus { outline: none; }
  .options > li:has(> .strike) { position: relative; }
  .options > li:has(> .strike) > .option { padding-inline-end: 3.4em; }
  .face .strike { position: absolute; inset-block: 0; inset-inline-end: 0; width: 3em; min-height: 44px; padding: 0; border: 0; background: none; color: var(--soft); text-align: center; text-decoration: line-through; }
  .strike::before { content: "ab"; }
  .face .strike[aria-pressed="true"] { color: var(--accent); text-decoration: none; }
  .struck > .option { border-style: dashed; --ground: var(--page); background: none; color: var(--soft); text-decoration: line-through; }
  @media print { .strike, .check, .keys { display: none !important; } }
`;

const INSIDE = String.raw`
  const qa = document.getElementById("qa");
  qa.tabIndex = -1;
  let texts = [];
  const list = (css) => [...document.querySelectorAll(css)];
  const said = (element) => element.innerText.trim();
  const slot = () => { try { return JSON.parse(kept["her-study"] || "{}"); } catch { return {}; } };

  // What was typed, or the words of what was chosen, in the order of the student.
  function answer() {
    const box = document.getElementById("typeans");
    if (box && "value" in box) return box.value.trim();
    const chosen = list(".feedback > .chosen > .text, .option[aria-pressed=true] > .text").map(said);
    if (chosen.length) return chosen.join("; ");
    const { order = [], touched, text = "" } = slot();
    if (text) return text.trim();
    return touched ? order.map((place) => (place === null ? "-" : texts[place])).join("; ") : "";
  }

  // The share of an answer that is right, from 0 to 1; null where the student has to judge.
  function share() {
    const verdict = document.querySelector(".verdict.good, .verdict.bad, .verdict.some");
    if (!verdict) return null;
    if (verdict.matches(".good")) return 1;
    const mine = list("td.mine");
    if (mine.length) return mine.filter((cell) => cell.matches(".right")).length / mine.length;
    return verdict.matches(".bad") ? 0 : null;
  }

  // A button beside each option strikes it out before one is chosen; so does Shift and the option's letter.
  function addStrikes() {
    const options = list(".options.live > li");
    if (options.length < 3) return;
    for (const [place, option] of options.entries()) {
      const made = document.createElement("button");
      made.className = "strike tappable";
      made.title = "Shift + " + String.fromCharCode(65 + place);
      made.setAttribute("aria-label", SAY.strike.replace(/\{0?\}/, () => said(option)));
      made.setAttribute("aria-pressed", "false");
      made.addEventListener("click", () => made.setAttribute("aria-pressed", option.classList.toggle("struck")));
      option.append(made);
    }
  }

  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    const line = document.querySelector("input#typeans");
    if (line) Object.assign(line, { ariaLabel: SAY.answer, autocomplete: "off", autocapitalize: "off" });
    if (data.card) {
      delete kept["her-study"];
      texts = list(".responses > li .text, .steps > li .text").map(said);
      addStrikes();
    }
    if (data.side === "front") parent.postMessage({ shown: "front" }, "*");
    if (data.side === "back") parent.postMessage({ shown: "back", share: share() }, "*");
    if (data.side && data.focus) {
      const box = matchMedia("(pointer: fine)").matches && line;
      (box || qa).focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    if (data.ask) parent.postMessage({ answer: answer() }, "*");
    if (data.press) document.body.dispatchEvent(new KeyboardEvent("keydown", { ...data.press, bubbles: true, cancelable: true }));
  });

  // What neither the card nor what has the focus takes is a key of the page.
  addEventListener("keydown", (event) => {
    const { target, key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    const isTyping = target.closest && target.closest("input:not([type=checkbox]):not([type=radio]), textarea");
    const isLine = isTyping && target.matches("input");
    if (isTyping && !(key === "Enter" && (isLine || ctrlKey || metaKey))) return;
    const acts = "button, summary, a, audio, video, input, [role=button], dialog *";
    if (!isTyping && (key === " " || key === "Enter") && target.closest && target.closest(acts)) return;
    const struck = shiftKey && !ctrlKey && !altKey && /^Key[A-Z]$/.test(code) && list(".strike")[code.charCodeAt(3) - 65];
    if (struck) return struck.click();
    if (key === " " || (ctrlKey && key === "z")) event.preventDefault();
    parent.postMessage({ key: { key, ctrlKey, metaKey, altKey, shiftKey } }, "*");
  });
`;

// Shows cards in an element: `hear` is called with what the frame tells.
class Desk {
  constructor(place, hear) {
    this.frame = make("iframe", { title: say("cards") });
    this.frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
    const words = `const SAY = ${JSON.stringify({ strike: data.said.strike, answer: data.said.your_answer })};`;
    this.frame.srcdoc = documentOf({ front: "", back: "", fields: {}, css: data.types[0].css }, false, "front", { title: say("cards"), more: words + INSIDE, look: LOOK });
    this.waiting = [];
    this.frame.addEventListener("load", () => {
      const waiting = this.waiting;
      this.waiting = null;
      waiting?.forEach((message) => this.tell(message));
    });
    addEventListener("message", (event) => {
      if (event.source !== this.frame.contentWindow) return;
      if (event.data.height > 0) this.frame.style.height = `${Math.min(event.data.height, 6000)}px`;
      hear(event.data);
    });
    addEventListener("resize", () => this.tell({ tall: innerHeight }));
    place.append(this.frame);
  }

  tell(message) {
    if (this.coming) this.coming = this.coming.then(() => this.post(message));
    else this.post(message);
  }

  post(message) {
    if (this.waiting) this.waiting.push(message);
    else this.frame.contentWindow.postMessage(message, "*");
  }

  show(card, focus) {
    this.frame.title = `${say("cards")}: ${card.item.id}`;
    if (focus) this.frame.focus({ preventScroll: true });
    const show = () => this.post({ card: sent(facesOf(card)), side: "front", focus });
    const missing = brought(card.item);
    if (missing || this.coming) this.coming = Promise.all([this.coming, missing]).then(show);
    else show();
  }

  turn(side) {
    this.frame.focus({ preventScroll: true });
    this.tell({ side, focus: true });
  }
}
