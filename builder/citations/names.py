"""Names: who is named, in which form, and with which role."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any

from citeproc import model

from builder.citations.cite import dressed
from builder.citations.wording import cased

if TYPE_CHECKING:
    from builder.citations.cite import Cite
    from builder.citations.works import Person

_ARTICLES = {
    "en": "a an the",
    "de": "der die das ein eine",
    "fr": "le la les l’ un une",
    "es": "el la los las un una",
}
_INITIALLED = ("ARABIC", "HEBREW")  # scripts without capitals whose names have initials all the same


class Names(model.Names):
    """The people of one or several roles; for a work without such people, the substitute that the style gives."""

    def render(self, cite: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The names with their roles, or the substitute where the work has no such names.

        Names that are themselves a substitute, without a form of their own, take the form of the names that they
        replace.
        """
        is_bare = cite.form is not None and self.find("cs:name", self.nsmap) is None
        form = cite.form if is_bare else self
        cite.called += 1
        texts = [text for role, people in self._roles(cite) if (text := self._with_role(form, role, people, cite))]
        if texts:
            if not form.is_count(texts):
                delimiter = self.get(
                    "delimiter", form.get("delimiter", cite.style.option(cite.area, "names-delimiter"))
                )
                return dressed(self, delimiter.join(texts))
            return str(sum(map(int, texts)) or "") or None
        return self._substituted(cite, context, **kwargs)

    def is_count(self, texts: list[str]) -> bool:
        """Whether the element asks for the number of names alone, as sort keys may do."""
        name = self.find("cs:name", self.nsmap)
        return name is not None and name.get("form") == "count" and all(text.isdecimal() for text in texts)

    def _substituted(self, cite: Cite, context: Any, **kwargs: Any) -> str | None:
        substitute = self.find("cs:substitute", self.nsmap)
        if substitute is None:
            return None
        text = substitute.render(cite, context=context, **kwargs)
        if text and cite.sorting is not None and not cite.shown:
            return _without_article(text, cite.work.language or cite.style.language)
        return dressed(self, text) if text else None

    def _roles(self, cite: Cite) -> list[tuple[str, tuple[Person, ...]]]:
        """Each role of the element with its people; people who edited and translated are listed once, for both roles."""
        roles = [(name, cite.work.people[name]) for name in self.get("variable", "").split() if _is_there(cite, name)]
        cite.printed += [role for role, _ in roles]
        if [role for role, _ in roles] == ["editor", "translator"] and roles[0][1] == roles[1][1]:
            return [("editortranslator", roles[0][1])]
        return roles

    def _with_role(self, form: Any, role: str, people: tuple[Person, ...], cite: Cite) -> str:
        name = form.find("cs:name", self.nsmap)
        text: str = (name if name is not None else cite.style.plain_name).listed(people, cite, form)
        label = form.find("cs:label", self.nsmap)
        said: str | None = label.render(cite, variable=role, plural=len(people) > 1) if label is not None else None
        if said is None:
            return text
        return said + text if name is not None and form.index(label) < form.index(name) else text + said


def _is_there(cite: Cite, name: str) -> bool:
    return name in cite.work.people and name not in cite.held


def _without_article(text: str, language: str) -> str:
    """A title in a sort key without its article: "The wire" is sorted as "wire"."""
    articles = "|".join(map(re.escape, _ARTICLES.get(language[:2].lower(), "").split()))
    return re.sub(rf"^((?:<[^<>]*>|\W)*)(?:{articles})(?: |(?<=’))", r"\1", text, flags=re.IGNORECASE)


class Name(model.Name):
    """How the people of a role are listed, and in which form each is."""

    def listed(self, people: tuple[Person, ...], cite: Cite, form: Any) -> str:
        """The people of a role: "Kapoor, A., Bloom, B., & Ruiz, C."."""
        shown, is_cut, last = self._shown(people, cite)
        if self._option("form", cite) == "count":
            return str(len(shown))
        if not cite.shown:
            cite.shown = people
            if cite.repeats and cite.area is cite.style.bibliography and cite.sorting is None:
                return str(cite.area.get("subsequent-author-substitute"))
        names = [self._one(person, i, cite) for i, person in enumerate(shown)]
        delimiter = self._option("delimiter", cite, ", ")
        if not is_cut:
            return dressed(self, self._joined(names, delimiter, cite))
        text = delimiter.join(names)
        if last:
            return f"{text}{delimiter}\u2026 {self._one(people[-1], len(people) - 1, cite)}"
        how = self._option("delimiter-precedes-et-al", cite, "contextual")
        gap = delimiter if how == "always" or (how == "contextual" and len(names) > 1) else " "
        return dressed(self, f"{text}{gap}{self._et_al(form, cite)}")

    def _shown(self, people: tuple[Person, ...], cite: Cite) -> tuple[tuple[Person, ...], bool, bool]:
        """The people to name, whether others are left out, and whether the last person is named nevertheless.

        For example, of twenty-one authors APA names the first nineteen and the last.
        """
        least, first = (int(self._option(name, cite, "0") or 0) for name in ("et-al-min", "et-al-use-first"))
        first = max(first or 1, cite.more)
        if not least or len(people) < least or first >= len(people):
            return people, False, False
        return people[:first], True, self._option("et-al-use-last", cite) == "true" and first <= len(people) - 2

    def _et_al(self, form: Any, cite: Cite) -> str:
        element = form.find("cs:et-al", self.nsmap)
        term = cite.style.term(element.get("term", "et-al") if element is not None else "et-al") or "et al."
        return str(element.format(term)) if element is not None else term

    def _joined(self, names: list[str], delimiter: str, cite: Cite) -> str:
        """All names of a list, with "and" or "&" before the last, if the style asks for it."""
        how = self._option("and", cite)
        if not how or len(names) < 2:  # noqa: PLR2004 - one name has no "and"
            return delimiter.join(names)
        word = "&" if how == "symbol" else cite.style.term("and") or "&"
        precedes = self._option("delimiter-precedes-last", cite, "contextual")
        is_inverted = self._is_inverted(len(names) - 2, cite)
        has_comma = precedes == "always" or (precedes == "contextual" and len(names) > 2)  # noqa: PLR2004
        has_comma = has_comma or (precedes == "after-inverted-name" and is_inverted)
        head = delimiter.join(names[:-1])
        gap = delimiter if has_comma else " "
        return f"{head}{gap}{escape(word, quote=False)} {names[-1]}"

    def _option(self, name: str, cite: Cite, usual: str = "") -> str:
        """An option of names: of the sort key, of this element, of the citation or bibliography, of the style."""
        if cite.sorting and name in cite.sorting:
            return cite.sorting[name]
        own = self.get(name)
        if own is not None:
            return str(own)
        return cite.style.option(cite.area, f"name-{name}" if name in {"form", "delimiter"} else name, usual)

    def _is_inverted(self, place: int, cite: Cite) -> bool:
        how = self._option("name-as-sort-order", cite)
        return how == "all" or (how == "first" and place == 0)

    def _one(self, person: Person, place: int, cite: Cite) -> str:
        """One name in the form that is asked for."""
        if person.is_body:
            return self._part("family", person.family)
        is_short = self._option("form", cite) == "short" and cite.sorting is None
        with_given = cite.given.get(person, "") if is_short else ""
        family = self._part("family", _joint(person.kept, person.family))
        if is_short and not with_given:
            return family
        given = person.given if with_given == "whole" else self._initialled(person.given, cite)
        if person.is_unspaced and not is_short:
            return f"{family}{self._part('given', person.given)}"
        if not self._is_inverted(place, cite):
            whole = _joint(person.dropping, _joint(person.kept, person.family))
            suffix = "" if is_short else person.suffix
            return " ".join(filter(None, (self._part("given", given), self._part("family", whole), suffix)))
        separator = self._option("sort-separator", cite, ", ")
        if self._option("demote-non-dropping-particle", cite, "display-and-sort") == "display-and-sort" or (
            cite.sorting is not None and self._option("demote-non-dropping-particle", cite) == "sort-only"
        ):
            family, behind = self._part("family", person.family), f"{person.dropping} {person.kept}".strip()
        else:
            behind = person.dropping
        given = _joint(self._part("given", given), behind) if given else behind
        return separator.join(filter(None, (family, given, person.suffix)))

    def _part(self, name: str, text: str) -> str:
        for part in self.findall("cs:name-part", self.nsmap):
            if part.get("name") == name and text:
                made = cased(text, part.get("text-case"), is_english=True)
                return dressed(part, made)
        return text

    def _initialled(self, given: str, cite: Cite) -> str:
        mark = self._option("initialize-with", cite, "\0")
        if mark == "\0" or self._option("initialize", cite, "true") == "false" or not given:
            return given
        return initials(given, mark, hyphen=self._option("initialize-with-hyphen", cite, "true") == "true")


def _joint(particle: str, name: str) -> str:
    """A particle before a name, with a space unless it ends in an apostrophe or hyphen: "van Breda", "d'Alembert"."""
    gap = "" if not particle or not name or particle[-1] in "'\u2019-" else " "
    return f"{particle}{gap}{name}"


def initials(given: str, mark: str, *, hyphen: bool = True) -> str:
    """Given names as initials: "Jean-Paul" becomes "J.-P.".

    A word that has no initial stays: "Md. Abdur" becomes "Md. A.", and "bell" stays "bell". In a hyphenated name, a
    part without a capital goes: "Chih-wei" becomes "C.". `mark` follows each initial. Without `hyphen`, hyphens are
    read as spaces: "J. P.".
    """
    dot, gap = mark.rstrip(), " " if mark.endswith(" ") else ""
    out = ""
    for word in re.sub(r"\.(?=[^\W\d_])", ". ", given if hyphen else given.replace("-", " ")).split():
        made = _initial(word, dot)
        between = " " if made is None or (out and not out.endswith(dot or out[-1])) else gap
        out += (between if out else "") + (word if made is None else made)
    return out


def _initial(word: str, dot: str) -> str | None:
    """The initial of one word, or several joined by hyphens; None for an abbreviation, or a word without a capital."""
    if word.endswith(".") and len(word) > 2 and "-" not in word:  # noqa: PLR2004 - "Md.", "Th."
        return None
    parts = [part for i, part in enumerate(word.split("-")) if part and (i == 0 or _has_initial(part))]
    if not parts or not _has_initial(parts[0]):
        return None
    return "-".join(part[0] + dot for part in parts)


def _has_initial(part: str) -> bool:
    return part[0].isupper() or unicodedata.name(part[0], "").startswith(_INITIALLED)
