// The fixed words of a card. A note of a course in another language brings its own, in the style of the face; `ENGLISH`,
// which goes before each script, has those that the script says.
const face = document.querySelector(".face");
const own = {};
for (const [, key, text] of (face.getAttribute("style") || "").matchAll(/--say-(\w+):'([^']*)'/g)) {
  own[key] = text.replace(/[\\]([\da-f]+) ?/g, (_, sign) => String.fromCodePoint(parseInt(sign, 16)));
}
const word = (key, ...values) => (own[key] || ENGLISH[key]).replace(/%(\d)/g, (_, place) => values[place - 1]);

