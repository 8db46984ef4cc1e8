"""Letter case, quotation marks and punctuation of text with HTML tags in it, as the CSL specification has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TAG = re.compile(r"(<[^<>]*>|&[a-z#0-9]+;)")
# Pieces in which punctuation is not changed: tags, characters by name, web addresses.
_APART = re.compile(rf"{_TAG.pattern[:-1]}|https?://[^\s<]+)")
_NO_CASE = re.compile(r'(<span class="nocase">.*?</span>)')
_WORD = re.compile(r"[^\s\u2013\u2014/-]+")
# Words that title case leaves small inside a title (CSL 1.0.2, appendix "title case"; `v.` as courts write it).
_SMALL = frozenset(
    """
    a about above across afore after against along alongside amid amidst among amongst an and anenst apropos apud around
    as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by c ca circa
    d' de despite down during et except for forenenst from given in inside into lest like modulo near next nor
    notwithstanding of off on onto or out over per plus pro qua sans since so than the through throughout thru thruout
    till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs vs. with within
    without y yet
    """.split()
)
_ENDS_SENTENCE = tuple(":?!\u2014")


def plain(text: str) -> str:
    """The text without its tags."""
    return re.sub(r"<[^<>]*>", "", text)


def cased(text: str, how: str | None, *, is_english: bool) -> str:
    """The text in a case of CSL (`how`), such as "title" or "uppercase". Tags and `nocase` spans stay as they are.

    Title case is for English only: without `is_english`, the text then stays as it is.
    """
    if how is None or (how == "title" and not is_english):
        return text
    if how == "capitalize-first":
        return _capital(text)
    if how == "sentence":
        words = plain(text)
        return _capital(_outside_tags(text, str.lower) if words.isupper() else text)
    acts: dict[str, Callable[[str], str]] = {
        "lowercase": str.lower,
        "uppercase": str.upper,
        "capitalize-all": _capitalize_all,
    }
    return _titled(text) if how == "title" else _outside_tags(text, acts[how])


def _outside_tags(text: str, act: Callable[[str], str]) -> str:
    return "".join(
        part if _NO_CASE.fullmatch(part) else "".join(p if _TAG.fullmatch(p) else act(p) for p in _TAG.split(part))
        for part in _NO_CASE.split(text)
    )


def _capitalize_all(text: str) -> str:
    return _WORD.sub(lambda word: _capital(word[0]), text)


def _capital(text: str) -> str:
    """The text with its first letter as a capital, even if signs or tags stand before that letter.

    A first word that has a capital inside stays as it is, such as iPhone.
    """
    if text.startswith('<span class="nocase">'):
        return text
    place = 0
    for part in _TAG.split(text):
        if not _TAG.fullmatch(part):
            for i, sign in enumerate(part):
                if sign.isalnum():
                    at = place + i
                    word = re.match(r"[^\s-]*", part[i:])
                    is_own = word is not None and word[0] != word[0].lower()  # mcDJ, iPhone
                    return text if is_own else text[:at] + sign.upper() + text[at + 1 :]
        place += len(part)
    return text


def _titled(text: str) -> str:
    """The text in title case: "war and peace: a novel" becomes "War and Peace: A Novel".

    Words that have a capital stay as they are. Small words stay small, unless they begin or end the title, follow the
    end of a sentence, or stand first in brackets or quotation marks.
    """
    words = [word[0] for part in _NO_CASE.split(text) for word in _WORD.finditer(" ".join(_TAG.split(part)[::2]))]
    last = len(words) - 1
    number, before = -1, ":"

    def turned(word: re.Match[str]) -> str:
        nonlocal number, before
        number += 1
        bare = word[0].strip("()[]\u201c\u201d\u2018*_,;:.?!\"'")
        is_small = (
            (len(bare) == 1 or bare in _SMALL or word[0] in _SMALL)
            and not before.endswith(_ENDS_SENTENCE)
            and number != last
        )
        is_small = is_small and not word[0].startswith(("(", "[", "\u201c", "\u2018"))
        before = word[0]
        return word[0] if is_small or word[0] != word[0].lower() else _capital(word[0])

    return _outside_tags(text, lambda part: _WORD.sub(turned, part))


def curled(text: str, quotes: tuple[str, str, str, str]) -> str:
    """The text with typographic quotation marks and apostrophes in place of straight ones.

    `quotes` has the opening and the closing outer mark, then the inner ones. In English, "good life" gets a 66 before
    it and a 99 after it, and the apostrophes of '68 and Harper's become raised commas.
    """
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    is_open = {'"': False, "'": False}
    before = " "
    for part in _TAG.split(text):
        if part.startswith("<"):
            out.append(part)
            continue
        for i, sign in enumerate(part):
            made = sign
            if sign in is_open:
                made = _quote(sign, before, part[i + 1 :], is_open, quotes)
            out.append(made)
            before = sign
    return "".join(out)


def _quote(sign: str, before: str, rest: str, is_open: dict[str, bool], quotes: tuple[str, str, str, str]) -> str:
    """The typographic mark for a straight one, by the character before it and the text after it.

    `is_open` says for each straight mark whether a quotation is open, and is kept up to date here.
    """
    opening, closing = quotes[:2] if sign == '"' else quotes[2:]
    starts = not before.isalnum() and before not in ".,;:!?)]\u2019" and rest[:1].strip() != ""
    if sign == "'":
        closes = re.search(r"\w[.,;:!?]?'(?!\w)", rest) is not None
        if starts and closes and not is_open[sign]:
            is_open[sign] = True
            return opening
        if is_open[sign] and not rest[:1].isalnum():
            is_open[sign] = False
            return closing
        return "\u2019"
    is_open[sign] = starts and not is_open[sign]
    return opening if is_open[sign] else closing


def inside(text: str, quotes: tuple[str, str, str, str]) -> str:
    """A text that will be put into quotation marks: the outer marks in it become inner ones."""
    return text.replace(quotes[0], quotes[2]).replace(quotes[1], quotes[3])


_PAGES = re.compile(r"(?<!\w)([A-Za-z]*)(\d+)\u2013([A-Za-z]*)(\d+)(?!\w)")


def paged(text: str, how: str | None) -> str:
    """The text with the last page of each range as the style abbreviates it (`page-range-format` of CSL, `how`).

    For the pages from 1342 to 51, "expanded" prints the last page as 1351, "minimal" as 51.
    """
    if how is None:
        return text

    def turned(pages: re.Match[str]) -> str:
        letters, first, behind, last = pages.groups()
        if behind not in {"", letters}:
            return pages[0]
        whole = first[: len(first) - len(last)] + last
        if len(whole) != len(first) or int(whole) < int(first):
            return pages[0]
        short = whole[_shared(first, whole, how) :]
        return f"{letters}{first}\u2013{behind if how == 'expanded' else ''}{short}"

    return _PAGES.sub(turned, text)


def _shared(first: str, last: str, how: str) -> int:
    """How many leading digits of the last page are left out, because the first page has them as well."""
    same = next((i for i, (one, two) in enumerate(zip(first, last, strict=True)) if one != two), 0)
    if how.startswith("chicago"):
        number, is_changed = int(first), len(first) - same
        if number < 100 or number % 100 == 0 or (how != "chicago-16" and len(first) == 4 and is_changed > 2):  # noqa: PLR2004 - the manual's limits
            return 0
        how = "minimal" if number % 100 < 10 else "minimal-two"  # noqa: PLR2004
    if how == "minimal-two":
        return min(same, max(len(first) - 2, 0))
    return same if how == "minimal" else 0


# Pairs of marks of which the second is not printed.
_SWALLOWED = frozenset(".. ,, ?. !. ?: !: .: :. ;. ;:".split())
_CLOSING = "\u201d\u2019\u00bb\u201c"


def punctuated(text: str, quotes: tuple[str, str, str, str], *, marks_inside: bool) -> str:
    """The text without marks that follow another mark, even if tags stand between: "sheep?</i>. D" is "sheep?</i> D".

    With `marks_inside`, a comma or full stop that follows a closing quotation mark is put before it, as in America.
    """
    out: list[str] = []
    last = ""
    for part in _APART.split(text):
        if _APART.fullmatch(part):
            out.append(part)
            last = last if part.startswith("<") else part[-1].replace(";", "x")
            continue
        for sign in part:
            if (last == " " == sign) or last + sign in _SWALLOWED:
                continue
            if sign in ".," and marks_inside and last and last in (quotes[1], quotes[3]) and _is_quote(out):
                at = _place_of_last(out)
                if _before(out, at) + sign not in _SWALLOWED and _before(out, at) != sign:
                    out.insert(at, sign)
                continue
            out.append(sign)
            last = sign
    return "".join(out)


def _is_quote(out: list[str]) -> bool:
    """Whether the last mark of `out` closes a quotation, and is not an apostrophe."""
    at = _place_of_last(out)
    mark = out[at]
    return mark != "\u2019" or "\u2018" in _text(out[:at])


def _text(signs: list[str]) -> Iterator[str]:
    return (sign for sign in signs if not sign.startswith("<"))


def _place_of_last(out: list[str]) -> int:
    return next(i for i in range(len(out) - 1, -1, -1) if not out[i].startswith("<"))


def _before(out: list[str], at: int) -> str:
    return next((out[i] for i in range(at - 1, -1, -1) if not out[i].startswith("<")), "")
