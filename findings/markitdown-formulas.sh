#!/bin/sh
# markitdown 0.1.9: of Word's brackets with several parts the last part alone stays, and an integral, which is what Word means where it names no other sign, is gone;
# so is what is framed or has its marks before it. Expected: LaTeX of the whole formula, as roots and fractions get, or a note. Questions read on as if nothing lacked.
# Seen: P(A|B) is P(B) and the interval [0;1) is [1); of the integral of x from 0 to 1, of carbon with its 12 and 6, and of a framed 5 nothing is left.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check 'markitdown[docx]==0.1.9' python-docx==1.2.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from docx import Document
from docx.oxml import parse_xml
from markitdown import MarkItDown


def tag(name: str, *inside: str, says: str = "") -> str:
    """An element of Word's formulas, with its value where it has one."""
    return f"<m:{name}{says and f' m:val={chr(34)}{says}{chr(34)}'}>{''.join(inside)}</m:{name}>"


def text(sign: str, name: str = "e") -> str:
    """A part that is one run of text."""
    return tag(name, tag("r", tag("t", sign)))


WHOLE = {
    "part": tag("r", tag("t", "P")) + tag("d", tag("dPr", tag("sepChr", says="|")), text("A"), text("B")),
    "interval": tag("d", tag("dPr", tag("begChr", says="["), tag("sepChr", says=";"), tag("endChr", says=")")), text("0"), text("1")),
    "integral": tag("nary", tag("naryPr", tag("limLoc", says="subSup")), text("0", "sub"), text("1", "sup"), text("x")),
    "carbon": tag("sPre", tag("sPrePr"), text("6", "sub"), text("12", "sup"), text("C")),
    "framed": tag("borderBox", tag("borderBoxPr"), text("5")),
    "root": tag("rad", tag("radPr"), text("3", "deg"), text("8")),
    "half": tag("f", tag("fPr", tag("type", says="bar")), text("1", "num"), text("2", "den")),
}
seen = {}
for name, formula in WHOLE.items():
    paper = Document()
    paper.add_paragraph()._p.append(parse_xml(f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{formula}</m:oMath>'))
    paper.save("paper.docx")
    seen[name] = MarkItDown().convert("paper.docx").markdown.strip().replace("\\_", "_").strip("$")
print(seen)
assert seen == {
    "part": r"P\left(B\right)",
    "interval": r"\left[1\right)",
    "integral": "",
    "carbon": "",
    "framed": "",
    "root": r"\sqrt[3]{8}",
    "half": r"\frac{1}{2}",
}
PYTHON
