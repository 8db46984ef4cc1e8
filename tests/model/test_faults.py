from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import faults
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.model import Course

WEB, MAIL = "https://example.org/new?form=2#top", "fault+her@example.org"


def course(report: str) -> Course:
    """A course that takes reports at an address."""
    return course_of(EXAMPLES, report=report)


@given(st.text(), st.text(min_size=1))
def test_a_web_address_gets_a_query(item: str, release: str) -> None:
    """What the report is about comes out of the query as it went in, beside the address's own query and fragment."""
    item, release = (text.encode("utf-8", "replace").decode() for text in (item, release))
    href = faults.link(course(WEB), item=item, release=release)
    parts = urlsplit(href)
    assert parts._replace(query="").geturl() == "https://example.org/new#top"
    found = parse_qs(parts.query, keep_blank_values=True)
    assert found == {"form": ["2"], "release": [release]} | ({"item": [item]} if item else {})


def test_a_mail_has_a_subject_and_a_first_line() -> None:
    """The subject is the item, the first line says item and release; a plus and a comma are no syntax."""
    href = faults.link(course(MAIL), item="her:a", release="1.0.0")
    parts = urlsplit(href)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", MAIL)
    found = parse_qs(parts.query)
    message = EmailMessage()
    message["Subject"] = found["subject"][0]
    assert message["Subject"] == "her:a"
    assert found["body"] == ["item her:a, release 1.0.0\r\n\r\n"]


def test_no_address_no_line() -> None:
    """A course without `report:` has neither link nor line."""
    assert faults.link(course(""), item="x") == ""
    assert faults.line(course(""), "x") == ""


@pytest.mark.parametrize("address", [WEB, MAIL])
def test_the_release_is_put_in_and_taken_out(address: str) -> None:
    """A line is dated and undated without loss, and no other text is touched."""
    made = course(address)
    line = faults.line(made, "a-release=2")
    field = f"<p>release=3.0.0 &amp; release%203.0.0</p>{line}"
    dated = faults.dated(field, "1.2.0")
    assert "1.2.0" in dated
    assert dated.count("unreleased") == 0
    assert faults.dated(dated, faults.UNRELEASED) == field
    assert dated.startswith("<p>release=3.0.0 &amp; release%203.0.0</p>")


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "https://",
        "https://me:secret@example.org/",
        'https://example.org/"onclick="x',
        "https://example.org/{{Front}}",
        "https://[::1/",
        "a b@example.org",
        "a@b@example.org",
        "a?subject=x@example.org",
        "mailto:a@example.org",
        "a@localhost",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """Nothing that a browser would run, that carries a password or that could end an attribute is an address."""
    assert faults.problem(address)


@pytest.mark.parametrize("address", [WEB, MAIL, "http://localhost:8000/x", "x.y@sub.example.co"])
def test_addresses_that_serve(address: str) -> None:
    """Web addresses with port, query and fragment, and e-mail addresses with plus and dots."""
    assert faults.problem(address) == ""
