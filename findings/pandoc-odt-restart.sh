#!/bin/sh
# pandoc 3.9 (PyPI pypandoc_binary 1.17): where an OpenDocument text says at a list's point that it has the number 5, as an office program writes a list that starts
# anew, the number is not heeded; where the list's style says so, it is. Expected: 5 in both. Questions get other numbers than the key and the answer sheet.
# Seen: "five" and "six" are 1 and 2, and the list that goes on after them begins with 3; by the style they are 5 and 6.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17 odfpy==1.4.1
pandoc=$(find "$here/venv" -type f -name pandoc | head -n 1)
cd "$here"
venv/bin/python -W ignore - <<'PYTHON'
from odf.opendocument import OpenDocumentText
from odf.text import List, ListItem, ListLevelStyleNumber, ListStyle, P

for name, of_style, of_point in (("style", 5, None), ("point", 1, 5)):
    paper = OpenDocumentText()
    shape = ListStyle(name="Numbers")
    shape.addElement(ListLevelStyleNumber(level=1, numformat="1", numsuffix=".", startvalue=of_style))
    paper.automaticstyles.addElement(shape)
    for words, goes_on in ((("five", "six"), {}), (("seven",), {"continuenumbering": "true"})):
        points = List(stylename=shape, **goes_on)
        for word in words:
            point = ListItem(startvalue=of_point) if of_point and word == "five" else ListItem()
            point.addElement(P(text=word))
            points.addElement(point)
        paper.text.addElement(points)
        paper.text.addElement(P(text="Between."))
    paper.save(f"{name}.odt")
PYTHON
for name in style point; do "$pandoc" -t plain "$name.odt" | grep '^[0-9]' | tr -s ' ' | tr '\n' ' ' >"$name.txt"; cat "$name.txt"; echo; done
test "$(cat point.txt)" = "1. five 2. six 3. seven "
test "$(cat style.txt)" = "5. five 6. six 7. seven "
