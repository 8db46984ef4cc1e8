// Anki draws the boxes, from 23.10 on. An older program would show the picture with all its labels: there it is hidden.
const picture = document.getElementById("image-occlusion-container");
try {
  anki.imageOcclusion.setup();
} catch {
  picture.hidden = true;
  document.getElementById("err").hidden = false;
}

// On the back stands the label of the box that was asked for; those of the others would answer other cards.
const labels = face.querySelector(".labels");
const asked = face.querySelector(".cloze-highlight, .cloze");
const current = labels && asked && labels.querySelector(`[data-box="${asked.dataset.ordinal}"]`);
if (current) {
  labels.classList.add("live");
  current.classList.add("now");
}
