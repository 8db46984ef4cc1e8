"""What python-docx has no words for: elements of WordprocessingML, and where the standard wants them."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# XML 1.0 holds no control characters but tab and line ends, no surrogates and no non-characters. Spaces of a
# typewriter are spaces here.
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys(range(0x7F, 0xA0)),
    **dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " "),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **dict.fromkeys((0xFFFE, 0xFFFF)),
}

# The order of properties (ECMA-376, part 1, annex A.1).
_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split(),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
        " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
        " eastAsianLayout specVanish oMath"
    ).split(),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
        " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ).split(),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols"
        " formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ).split(),
}


def clean(text: str) -> str:
    """A text with nothing in it that XML can't hold, on one line."""
    return text.translate(_CONTROLS)


def element(name: str, **attributes: object) -> Any:
    """An element, as `w:ind`, with attributes of the same namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"{name[0]}:{key}"), str(value))
    return made


def put(properties: Any, child: Any) -> None:
    """Put a property among those of a paragraph, a run, a table or a section, at its place, instead of one like it."""
    order = [qn(f"w:{name}") for name in _ORDERS[properties.tag.rpartition("}")[2]]]
    for old in properties.findall(child.tag):
        properties.remove(old)
    later = set(order[order.index(child.tag) + 1 :])
    following = next((other for other in properties if other.tag in later), None)
    if following is None:
        properties.append(child)
    else:
        following.addprevious(child)
