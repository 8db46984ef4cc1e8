// A picture is enlarged by a click, by Enter, or by the key +, and made small again in the same ways. In an option, a
// part or an entry to tick a tap answers. A script of its own, which runs last: what it adds to the pictures would tell
// texts apart.
const isSmall = (element) => element.matches("img[role=button]");

function enlarge(picture) {
  const { naturalWidth: width, naturalHeight: height, alt, src } = picture;
  // As large as the window, or as it is itself, up to the width of three windows.
  const fitting = width ? width * Math.min(innerWidth / width, innerHeight / height) : innerWidth;
  const [shown, close, copy] = ["dialog", "button", "img"].map((tag) => document.createElement(tag));
  shown.className = "large tappable";
  close.setAttribute("aria-label", word("make_small", alt));
  close.dataset.place = Array.from(document.querySelectorAll(".face [role=button]")).indexOf(picture);
  Object.assign(copy, { src, alt });
  copy.style.width = `${Math.max(fitting, Math.min(width, 3 * innerWidth))}px`;
  close.append(copy);
  shown.append(close);
  shown.addEventListener("click", () => shown.close());
  shown.addEventListener("close", () => shown.remove());
  face.append(shown);
  shown.showModal();
}

function zoom() {
  for (const picture of face.querySelectorAll("img")) {
    if (!window.HTMLDialogElement || picture.closest("button, label, a, dialog")) continue;
    picture.setAttribute("role", "button");
    picture.classList.add("tappable");
    // Anki's own screens take Space and Enter: there + does it.
    Object.assign(picture, { tabIndex: window.pycmd || window.bridgeCommand ? -1 : 0, title: word("enlarge") });
  }
}

// Shows the next picture in place of the one that is large; after the last, none. It outlives its card on Anki's
// desktop, so it asks the page.
function enlargeNext(event) {
  if (event.key !== "+" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea")) return;
  const large = document.querySelector(".large button");
  const next = document.querySelectorAll(".face [role=button]")[large ? +large.dataset.place + 1 : 0];
  if (large) large.click();
  if (next) next.click();
}

face.addEventListener("click", (event) => isSmall(event.target) && enlarge(event.target));
face.addEventListener("keydown", (event) => {
  if (!isSmall(event.target) || !/^( |Enter)$/.test(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  enlarge(event.target);
});
face.addEventListener("judged", zoom);
zoom();
if (!window.herStudyPictures) document.addEventListener("keydown", (window.herStudyPictures = enlargeNext));
