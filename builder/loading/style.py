"""The CSL style that a course brings for its citations: any that cites by author and date.

Citation Style Language 1.0.2, https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding
from builder.loading.part import Part

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

_CSL = "{http://purl.org/net/xbiblio/csl}"
_FORMATS = {"author-date", "author"}
_CODE = "citation-style"


def style(path: str, text: str) -> Part[str]:
    """The text of a style, where it is one that her-study can print."""
    told = next(_wrong(text), None)
    return Part(None, [Finding(At(path), _CODE, *told)]) if told else Part(text)


def _wrong(text: str) -> Iterator[tuple[str, str]]:
    """Why a text is no style that can be printed, and what to do."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield "the style has a document type", "delete the lines from '<!DOCTYPE' to its end: styles have none"
        return
    import xml.etree.ElementTree as ET  # most courses bring no style

    try:
        root = ET.fromstring(text.removeprefix("\ufeff").encode())  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        yield f"the style is not XML ({error})", "get the file anew, as a .csl file"
        return
    if root.tag != f"{_CSL}style":
        yield "the file is no CSL style", "get one as a .csl file, such as those of the Zotero style repository"
        return
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None:
        name = str(parent.get("href", "")).rpartition("/")[2]
        yield "the style only points to another one", f"bring the style that it points to: {name}.csl"
        return
    yield from _not_author_date(root)
    yield from _circles(root)


def _not_author_date(root: ET.Element) -> Iterator[tuple[str, str]]:
    """What is not citing by author and date."""
    remedy = "use an author-date style, such as APA, Chicago author-date or Harvard; without 'citations:' it is APA"
    if root.get("class") == "note":
        yield "the style cites in footnotes, which cards and keys don't have", remedy
    formats = [
        c.get("citation-format") for c in root.iterfind(f"{_CSL}info/{_CSL}category") if c.get("citation-format")
    ]
    if formats and formats[0] not in _FORMATS:
        yield f"the style cites by {_BY.get(str(formats[0]), formats[0])}, which her-study can't print yet", remedy
    for part in ("citation", "bibliography"):
        layout = root.find(f"{_CSL}{part}/{_CSL}layout")
        if layout is None:
            yield f"the style has no {part}", remedy
        elif any(e.get("variable") == "citation-number" for e in _reached(root, layout)):
            yield "the style cites by number, which her-study can't print yet", remedy


_BY = {"numeric": "number", "label": "label", "note": "footnote"}


def _macros(root: ET.Element) -> dict[str, ET.Element]:
    return {str(macro.get("name")): macro for macro in root.iterfind(f"{_CSL}macro")}


def _reached(root: ET.Element, start: ET.Element) -> Iterator[ET.Element]:
    """The elements below one, and those of the macros that it calls, directly or not."""
    macros, seen, waiting = _macros(root), {""}, [start]
    while waiting:
        for element in waiting.pop().iter():
            yield element
            name = str(element.get("macro", ""))
            if name not in seen and name in macros:
                seen.add(name)
                waiting.append(macros[name])


def _circles(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Macros that are missing, and macros that lead back to themselves."""
    macros = _macros(root)
    for element in root.iter():
        name = element.get("macro")
        if name is not None and name not in macros:
            yield f"the style calls the macro '{name}', which it lacks", "get the file anew"
    for name, macro in macros.items():
        if any(element.get("macro") == name for element in _reached(root, macro)):
            yield f"the macro '{name}' of the style calls itself", "get the file anew"
