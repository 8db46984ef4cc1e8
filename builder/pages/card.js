// Fills in the templates as Anki does (rslib/src/template.rs and cloze.rs describe the language), and shows a card in a
// frame. `preview`, the author's desk and the page to study share this file; `data` has what they hold: `types` and `formulas`.
"use strict";

// Anki calls a field empty that holds nothing but space, breaks and empty blocks.
const isEmpty = (html) => /^(?:\s|<\/?(?:br|div)\s*\/?>)*$/i.test(html);

function clozed(html, number, isFront) {
  return html.replace(/\{\{c(\d+)::([^]*?)(?:::([^]*?))?\}\}/g, (_, n, text, hint) => {
    if (text.startsWith("image-occlusion:")) return boxed(text, n, Number(n) === number, isFront);
    if (Number(n) !== number) return `<span class="cloze-inactive" data-ordinal="${n}">${text}</span>`;
    if (!isFront) return `<span class="cloze" data-ordinal="${n}">${text}</span>`;
    return `<span class="cloze" data-ordinal="${n}">[${hint || "..."}]</span>`;
  });
}

// A box on a picture: `image-occlusion:rect:left=.1:top=.2` and so on.
function boxed(text, n, isAsked, isFront) {
  const [, shape, ...rest] = text.split(":");
  const said = rest.map((part) => part.split("=")).map(([key, value]) => ` data-${key === "oi" ? "occludeInactive" : key}="${value}"`);
  const name = !isAsked ? "cloze-inactive" : isFront ? "cloze" : "cloze-highlight";
  return `<div class="${name}" data-ordinal="${n}" data-shape="${shape}"${said.join("")} ></div>`;
}

// One side of a card: sections by whether their field is empty, then fields with their filters.
function filled(template, fields, number, isFront) {
  let out = template;
  for (let before = ""; before !== out; ) {
    before = out;
    // Innermost sections first: a section that holds none.
    out = out.replace(/\{\{([#^])([\w ]+)\}\}((?:(?!\{\{[#^])[^])*?)\{\{\/\2\}\}/g, (_, sign, name, inside) =>
      (sign === "^") === isEmpty(fields[name] ?? "") ? inside : "",
    );
  }
  return out.replace(/\{\{(?:(cloze|type):)?([\w ]+)\}\}/g, (_, filter, name) => {
    const value = fields[name] ?? "";
    if (filter === "cloze") return clozed(value, number, isFront);
    return filter === "type" ? `[[type:${name}]]` : value;
  });
}

function sides(note, place) {
  const type = data.types[note.type];
  const template = type.templates[type.cloze ? 0 : place];
  const fields = Object.fromEntries(type.fields.map((name, i) => [name, note.fields[i]]));
  const side = (text, isFront) => filled(text, fields, place + 1, isFront);
  return { front: side(template.front, true), back: side(template.back, false), fields, css: type.css };
}

// Formulas were typeset when the page was made, since MathJax is Anki's. What can't be typeset shows its TeX. A formula
// that is wider than its card scrolls in an element of its own, as Anki's does.
function typeset(html) {
  const key = (inside, isDisplayed) => {
    const shown = new DOMParser().parseFromString(inside, "text/html").body.textContent;
    return `${isDisplayed ? 1 : 0}${shown.trim()}`;
  };
  const formulas = (part) =>
    part.replace(/\\\(([^]*?)\\\)|\\\[([^]*?)\\\]/g, (whole, inline, displayed) => {
      const made = data.formulas[key(inline ?? displayed, inline === undefined)];
      return made ? `<span class="formula${inline === undefined ? "" : " within"}">${made}</span>` : whole;
    });
  return html
    .split(/(<script[^]*?<\/script>)/)
    .map((part) => (part.startsWith("<script") ? part : formulas(part)))
    .join("");
}

// What Anki's desktop puts in place of a typed answer. It compares letter by letter; here the whole must be the same.
const TYPED = String.raw`
  const plain = (html) => { const e = document.createElement("div"); e.innerHTML = html; return e.textContent; };
  const box = '<center><input type="text" id="typeans"></center>';
  const compared = (typed, right) => {
    const span = (name, text) => { const s = document.createElement("span"); s.className = name; s.textContent = text; return s.outerHTML; };
    if (!typed) return '<div><code id="typeans">' + span("", right) + "</code></div>";
    if (typed === right) return '<div><code id="typeans">' + span("typeGood", typed) + "</code></div>";
    return '<div><code id="typeans">' + span("typeBad", typed) + '<br><span id="typearrow">↓</span><br>' + span("typeMissed", right) + "</code></div>";
  };`;

// What Anki's reviewer gives a card with boxes on a picture: it draws them on a canvas over the picture.
const BOXES = String.raw`
  const draw = () => {
    const canvas = document.getElementById("image-occlusion-canvas");
    const picture = document.querySelector("#image-occlusion-container img");
    if (!canvas || !picture) return;
    Object.assign(canvas, { width: picture.clientWidth * 2, height: picture.clientHeight * 2 });
    Object.assign(canvas.style, { width: picture.clientWidth + "px", height: picture.clientHeight + "px" });
    const pen = canvas.getContext("2d");
    const look = getComputedStyle(canvas);
    for (const box of document.querySelectorAll("[data-shape=rect]")) {
      const sort = { cloze: "active", "cloze-highlight": "highlight" }[box.className] || "inactive";
      if (sort === "inactive" && !box.dataset.occludeinactive) continue;
      const [width, colour] = look.getPropertyValue("--" + sort + "-shape-border").trim().split(" ");
      const { left, top, width: wide, height: high } = box.dataset;
      const place = [left * canvas.width, top * canvas.height, wide * canvas.width, high * canvas.height];
      pen.fillStyle = look.getPropertyValue("--" + sort + "-shape-color");
      Object.assign(pen, { strokeStyle: colour, lineWidth: 2 * parseFloat(width) });
      pen.fillRect(...place);
      pen.strokeRect(...place);
    }
    const toggle = document.getElementById("toggle");
    if (!toggle) return;
    toggle.hidden = !document.querySelector("[data-occludeinactive]");
    toggle.onclick = () => (canvas.hidden = !canvas.hidden);
  };
  const setup = () => {
    const picture = document.querySelector("#image-occlusion-container img");
    if (picture.complete) requestAnimationFrame(draw);
    else picture.addEventListener("load", draw);
  };
  addEventListener("resize", draw);
  window.anki = { imageOcclusion: { setup } };`;

// Runs in the frame, which may keep nothing: the state of a card lives as long as its frame. As Anki's reviewer does,
// it swaps a side into #qa and makes its scripts anew, so that they run.
const FRAME = String.raw`
  "use strict";
  const kept = {};
  Object.defineProperty(window, "sessionStorage", { value: { setItem: (k, v) => { kept[k] = v; }, getItem: (k) => kept[k] ?? null } });
  ${TYPED}
  ${BOXES}
  let typed = "";
  function show(side) {
    const qa = document.getElementById("qa");
    const answer = document.getElementById("typeans");
    if (answer && "value" in answer) typed = answer.value;
    qa.innerHTML = card[side].replace(/\[\[type:(\w+)\]\]/g, (_, name) => side === "front" ? box : compared(typed, plain(card.fields[name])));
    for (const old of qa.querySelectorAll("script")) {
      const script = document.createElement("script");
      script.append(old.textContent);
      old.replaceWith(script);
    }
  }
  // Asked for, and not only observed: a browser lays out no frame that is outside its window until somebody asks.
  const tell = () => {
    const bottom = document.getElementById("qa").getBoundingClientRect().bottom + scrollY;
    parent.postMessage({ height: Math.ceil(bottom + 24) }, "*");
  };
  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    if (event.data.night !== undefined) document.body.className = "card" + (event.data.night ? " nightMode night_mode" : "");
    if (event.data.card) card = event.data.card;
    if (event.data.tall) document.documentElement.style.setProperty("--tall", event.data.tall + "px");
    if (event.data.side) show(event.data.side);
    tell();
  });
  // Of pictures too. What draws on a picture hears of it after this, and on a busy machine lays it out later still: the
  // height is told again after both.
  addEventListener("load", () => { tell(); setTimeout(tell); setTimeout(tell, 500); }, true);
  addEventListener("resize", tell);
  addEventListener("keydown", (event) => {
    const isTyped = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.altKey || event.metaKey;
    if (!isTyped) parent.postMessage({ pressed: event.key }, "*");
  });
  new ResizeObserver(tell).observe(document.getElementById("qa"));
`;

const LAID = "html { scrollbar-width: none; } #image-occlusion-container { position: relative; width: fit-content; } #image-occlusion-canvas { position: absolute; inset: 0; max-width: 100%; max-height: 100%; }";
const script = (text) => `<script>${text.replace(/<\/(?=script)/gi, "<\\/")}<\/script>`;

// A frame grows to its card. A height that a style takes from the window (`60vh` of a picture) would follow from the
// frame's own then, and the picture be the smaller the less text is around it: it is of the window around the frame.
const framedStyle = (css) => css.replace(/\b(\d+)vh\b/g, "calc(var(--tall) * $1 / 100)");

// What a frame gets of a card.
const sent = (card) => ({ front: typeset(card.front), back: typeset(card.back), fields: card.fields });

// The document of a card, as Anki shows it. `title` is what it is called by those who hear it, `more` a script that runs
// before its side is shown, and `look` a style beside the card's.
function documentOf(card, night, side, { title = "Card", more = "", look = "" } = {}) {
  const json = JSON.stringify(sent(card)).replace(/</g, "\\u003c");
  const classes = "card" + (night ? " nightMode night_mode" : "");
  const name = title.replace(/[&<"]/g, "");
  return (
    `<!doctype html><html lang="${document.documentElement.lang}"><head><title>${name}</title><meta charset="utf-8"><meta name="viewport" content="width=device-width"><base target="_blank"><style>:root { --tall: ${innerHeight}px; } ${LAID}${framedStyle(card.css)}${look}</style></head>` +
    `<body class="${classes}"><main id="qa" aria-label="${name}" dir="auto"></main>${script(`let card = ${json};${FRAME}${more} show("${side}"); tell();`)}</body></html>`
  );
}
