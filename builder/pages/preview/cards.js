// Frames that grow to their cards. `pages/card.js` makes the documents in them.
"use strict";

const MOST = 20000; // pixels; only a card that would be endless scrolls, and shows no bar

// The frame of a card that shows its `side`, "front" or "back".
function framed(card, title, night, side) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"; // links open in a tab of their own
  frame.srcdoc = documentOf(card, night, side, { title });
  return frame;
}

addEventListener("message", (event) => {
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === event.source);
  if (frame && event.data.height > 0) frame.style.height = `${Math.min(event.data.height, MOST)}px`;
});
