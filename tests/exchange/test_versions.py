"""QTI 3.0 against the same documents in QTI 2.1, whose elements are renamed in a tree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from builder.exchange import qti3, qti21
from builder.exchange._qti import versions
from tests.exchange.test_qti import package
from tests.make.items import EXAMPLES
from tests.make.strategies import banks

_V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_HTML = frozenset(
    "p div span ul ol li table thead tbody tr th td pre code em strong sub sup a img br blockquote object".split()
)
_BODIES = {"qti-rubric-block", "qti-modal-feedback"}


def dashed(name: str) -> str:
    """A name in small letters: `maxChoices` is `max-choices`."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)


def renamed(old: Any, parent: Any = None) -> Any:
    """An element of QTI 2.1 as one of QTI 3."""
    name = etree.QName(old).localname
    new = name if name in _HTML else f"qti-{dashed(name)}"
    tag = f"{{{_V3}}}{new}"
    made = etree.Element(tag, nsmap={None: _V3}) if parent is None else etree.SubElement(parent, tag)
    for key, value in old.items():
        made.set(key if name in _HTML or key[0] == "{" else dashed(key), value)
    if new == "qti-rubric-block":
        made.set("use", "scoring")
    if new == "qti-extended-text-interaction":
        (score,) = made.getroottree().getroot().iterfind(f"{{{_V3}}}qti-outcome-declaration[@identifier='SCORE']")
        score.set("external-scored", "human")
    inside = etree.SubElement(made, f"{{{_V3}}}qti-content-body") if new in _BODIES else made
    inside.text = old.text
    for child in old:
        renamed(child, inside).tail = child.tail
    return made


def as_tree(document: str | bytes) -> bytes:
    """A document of QTI 2.1 as one of QTI 3, by a tree."""
    root = etree.fromstring(document.encode() if isinstance(document, str) else document)
    made: str = etree.tostring(renamed(root), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made}\n'.encode()


def same(*made: Any) -> None:
    """Both versions of a package have the same documents."""
    two, three = package(qti21, *made), package(qti3, *made)
    assert two.keys() == three.keys()
    documents = [name for name in two if name.startswith("items/") or name == "test.xml"]
    assert documents
    for name in documents:
        assert three[name].decode() == as_tree(two[name]).decode()


def test_every_kind_is_written_as_a_tree_would_be() -> None:
    """Each document of QTI 3.0 is, byte for byte, that of QTI 2.1 with its elements renamed."""
    same(*EXAMPLES)


@given(banks(3))
def test_any_item_is_written_as_a_tree_would_be(bank: dict[str, Any]) -> None:
    """The same holds for items with any texts."""
    same(*bank["items"])


@pytest.mark.parametrize(
    "inside",
    [
        "<p>a &quot;b&quot; &#x27;c&#x27; &#123;&amp;lt; &gt; ]]&gt;</p>",
        '<p><a href="x?a=1&amp;b=&quot;&#123;&#x27;">b</a> <a href="y"></a><br /> \u00a0&#160;\u2028</p>',
        "<p></p><p><em></em>a</p><p> </p>",
        '<p><span xml:lang="de">a</span><img src="a.png" alt="two\nlines\tand" /></p>',
    ],
)
def test_references_and_empty_elements_are_as_a_tree_has_them(inside: str) -> None:
    """What a text may hold besides words is written as a serializer of XML writes it."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1">'
    document = f"{head}<itemBody>{inside}</itemBody><modalFeedback>{inside}</modalFeedback></assessmentItem>\n"
    assert versions.as_version_3(document).decode() == as_tree(document).decode()
