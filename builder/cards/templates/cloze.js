// What else is right in a gap is listed for the gap that is asked alone: the others have cards of their own, which their
// lines would give away. A line begins with what its gap hides, and a colon. A gap in a formula is no element of the page;
// where one is asked, the lines of all gaps that are elements go.
const said = (element) => element.textContent.replace(/\s+/g, " ").trim();
const [asked, others] = [".cloze", ".cloze-inactive"].map((css) => all(face, `.prompt ${css}`).map(said));
for (const line of all(face, ".also > ul > li")) {
  const text = said(line);
  const isOf = (gap) => text.startsWith(gap) && /^\s*[:：]/.test(text.slice(gap.length));
  line.hidden = !asked.some(isOf) && (asked.length > 0 || others.some(isOf));
}
for (const list of all(face, ".also")) list.hidden = all(list, "li").every((line) => line.hidden);
