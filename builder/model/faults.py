"""Where readers report a fault in an item: the address of `report:` in course.yaml, with what the report is about.

A web address gets a query, an e-mail address a subject and a first line. Both
name the item as `course:item`, and the release that its text is of.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from builder.text.late import late

if TYPE_CHECKING:
    from builder.model.course import Course

UNRELEASED = "unreleased"
MARK = 'class="report"'  # stands in every line that `line` writes
_MAIL = late(r"[^\s@<>\"'(),:;\\\[\]?&#%{}]+@[^\s@<>\"'(),:;\\\[\]?&#%{}]+\.[^\s@<>\"'(),:;\\\[\]?&#%{}.]+")
_RISKY = late(r"[\s<>\"'\\^`{|}\x00-\x1f\x7f]")
# The release in a line that `line` wrote.
_RELEASE = late(r'(<p class="report"><a href="[^"]*(?:[?&;]release=|%20release%20))[\w.]+')


def problem(address: str) -> str:
    """Why a report can't be sent to an address; empty if it can."""
    if "://" not in address:
        return "" if _MAIL.fullmatch(address) else "is neither a web address nor an e-mail address"
    if _RISKY.search(address):
        return "has signs that no web address has"
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        return "is no web address"
    if parts.scheme not in {"http", "https"}:
        return "is not an address for a browser"
    return "names a user or has no host" if user or not host else ""


def link(course: Course, **about: str) -> str:
    """What opens a report about this, such as `item="her:x", release="1.0.0"`; empty if the course takes no reports.

    `https://example.org/new?form=2` becomes `https://example.org/new?form=2&item=her%3Ax&release=1.0.0`, and
    `faults@example.org` a `mailto:` with these words.
    """
    address = course.report
    if not address:
        return ""
    about = {name: value for name, value in about.items() if value}
    if "://" in address:
        page, sign, fragment = address.partition("#")
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in about.items())
        return f"{page}{'&' if '?' in page else '?'}{query}{sign}{fragment}" if query else address
    words = ", ".join(f"{name} {value}" for name, value in about.items())
    subject = about.get("item") or f"{course.id}: {course.title}"
    return (
        f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(words, safe='')}%0D%0A%0D%0A"
    )


def line(course: Course, item_id: str) -> str:
    """The line on a card, as HTML. It says `unreleased` until `dated` writes the release of the note's text."""
    href = link(course, item=f"{course.id}:{item_id}", release=UNRELEASED)
    return f'<p class="report"><a href="{escape(href)}">{escape(course.words["report"])}</a></p>' if href else ""


def dated(html: str, release: str) -> str:
    """A field with that release in its line, if it has one; with `UNRELEASED` as the release, as it was rendered."""
    return _RELEASE.sub(lambda found: found[1] + release, html) if MARK in html else html
