// A picture is enlarged by a click, by Enter, or by the key +, and made small again in the same ways. In an option, a
// part or an entry to tick a tap answers. This runs last: what it adds to the pictures would tell texts apart.
function enlarge(picture) {
  const { naturalWidth: width, naturalHeight: height, alt } = picture;
  // As large as the window, or as it is itself, up to the width of three windows.
  const fitting = width ? width * Math.min(innerWidth / width, innerHeight / height) : innerWidth;
  const shown = make("dialog", "large tappable");
  const close = button("", `Make small: ${alt}`);
  const copy = Object.assign(make("img"), { src: picture.src, alt });
  copy.style.width = `${Math.max(fitting, Math.min(width, 3 * innerWidth))}px`;
  close.dataset.place = all(face, "[role=button]").indexOf(picture);
  close.append(copy);
  shown.append(close);
  shown.addEventListener("click", () => shown.close());
  shown.addEventListener("close", () => shown.remove());
  face.append(shown);
  shown.showModal();
}

const small = (event) => event.target.matches("img[role=button]");

function zoom() {
  for (const picture of all(face, "img")) {
    if (!window.HTMLDialogElement || picture.closest("button, label, a, dialog")) continue;
    Object.assign(picture, { tabIndex: 0, title: "Enlarge: +" });
    picture.setAttribute("role", "button");
    picture.classList.add("tappable");
    skip(picture);
  }
}

face.addEventListener("click", (event) => small(event) && enlarge(event.target));
face.addEventListener("keydown", (event) => {
  if (!small(event) || !/^( |Enter)$/.test(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  enlarge(event.target);
});
face.addEventListener("judged", zoom);
zoom();
