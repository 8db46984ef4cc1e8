"""`python -m tests.benchmarks.paint [PREVIEW]`: when a browser paints the page to study with 10,000 items, in milliseconds.

An empty page, `preview` of the same course and the page are opened in turn, each in a window without a past. The
least of all rounds counts: a busy machine only adds. PREVIEW is a `preview.html` of the same course that another
version wrote; `python -m tests.benchmarks.generate 10000 FOLDER` writes the course.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from builder.loading.course import load
from builder.pages import preview, study
from tests.benchmarks.generate import write
from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZE, ROUNDS, CARDS = 10_000, 6, 12  # fewer cards than are new on a day

PAINTED = """new Promise((done) => {
  const look = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) done(paint.startTime);
    else setTimeout(look, 5);
  };
  look();
})"""
# The time of the first card, and the least time from a rating to the card that is next.
STUDIED = """async (number) => {
  const shown = async (side, after) => {
    for (;;) {
      const found = performance.getEntriesByName(`shown ${side}`).find(({ startTime }) => startTime > after);
      if (found) return found.startTime;
      await new Promise((done) => setTimeout(done, 1));
    }
  };
  const first = await shown("front", 0);
  let least = Infinity;
  for (let left = number; left; left--) {
    const turned = performance.now();
    turn();
    await shown("back", turned);
    const rated = performance.now();
    rate(EASY);
    least = Math.min(least, (await shown("front", rated)) - rated);
  }
  return [first, least];
}"""


def pages(folder: Path) -> dict[str, Path]:
    """Files to open, by name: an empty page, the preview and the page to study of the generated course."""
    course = load(write(folder / "course", SIZE)).course
    assert course
    made = {"preview": preview.files(course)[preview.PAGE], "page": study.files(course)[study.PAGE]}
    made["empty"] = b"<!doctype html><title>Empty</title><p>Empty</p>"
    for name, data in made.items():
        (folder / f"{name}.html").write_bytes(data)
    return {name: folder / f"{name}.html" for name in ("empty", "preview", "page")}


def opened(browser: Browser, file: Path, *, studies: bool) -> tuple[float, float, float]:
    """Milliseconds until the first paint and the first card, and from a rating to the next card."""
    window = browser.new_context(viewport={"width": 1000, "height": 700}).new_page()
    window.goto(file.as_uri())
    paint = float(window.evaluate(PAINTED))
    card, step = window.evaluate(STUDIED, CARDS) if studies else (0.0, 0.0)
    window.context.close()
    return paint, card, step


def main() -> None:
    """Measure, and print a line for each page."""
    with tempfile.TemporaryDirectory(prefix="her-study-paint-") as folder:
        files = pages(Path(folder))
        if len(sys.argv) > 1:
            files["other preview"] = Path(sys.argv[1]).absolute()
        runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in files}
        for browser in chromium():
            for _ in range(ROUNDS):
                for name, file in files.items():
                    runs[name].append(opened(browser, file, studies=name == "page"))
    empty = min(paint for paint, _, _ in runs["empty"])
    for name, found in runs.items():
        paint, card, step = (min(column) for column in zip(*found, strict=True))
        told = f", first card {card:.0f}, from a rating to the next card {step:.0f}" if card else ""
        print(f"{name}: first paint {paint:.0f}, {paint - empty:.0f} more than an empty page{told}")


if __name__ == "__main__":
    main()
