"""A course: its files as pydantic models, and the whole as loaded, checked and frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from builder.diagnostics import At, Keys
from builder.model import fields, readings
from builder.model.blueprint import Blueprint
from builder.model.fields import Address, CiteKey, Count, Flag, Frozen, LocatorPath, Slug, Text, Title, Unapproved, Use
from builder.model.grades import Grades, GradeScale
from builder.model.group import Group, groups_of
from builder.model.history import History
from builder.model.items import Item
from builder.model.own_rule import OwnRules
from builder.model.passage import Passage, resolved, sound
from builder.model.scoring import Scoring, Scorings
from builder.model.specification import Specification
from builder.model.usage import ItemUse
from builder.wording import Wording, known, wording


class AnkiDeck(Frozen):
    """What Anki shows of the course. The deck name is a key to Anki: never rename it after a release."""

    deck: Text
    description: Text | None = None


class LintOptions(Frozen):
    """What the rules know of this course: its names, its traps, its sources' hashed text.

    `names` are what a self-contained prompt may name (people, the work);
    `audit` the bank files where known records (`-rec` keys) may be cited.
    `profile` says what a fault of craft weighs: a warning, or in a strict
    course what the rule's page says; a lenient course is not asked for
    explanations, reasons and corrections. `severity` changes what one rule weighs.
    `own` are rules that the course brings.
    """

    profile: Literal["lenient", "standard", "strict"] = "standard"
    names: tuple[Text, ...] = ()
    audit: tuple[Text, ...] = ()
    severity: dict[Annotated[str, Field(pattern=r"^[A-Z]\d\d$")], Literal["error", "warning", "off"]] = {}
    traps: Text | None = None
    shingles: Text | None = None
    own: OwnRules = ()


class Trap(Frozen):
    """A known mistake to keep out of items: text that matches `pattern`, unless it matches `caveat` too.

    Both are regular expressions as RE2 takes them, searched without regard to case; a trap without a pattern is for human eyes.
    """

    id: Slug
    trap: Text
    instead: Text
    where: tuple[LocatorPath, ...] = ()
    pattern: Text | None = None
    caveat: Text | None = None


class Traps(Frozen):
    """The file that `lint: traps:` names."""

    traps: Annotated[tuple[Trap, ...], Field(min_length=1)]


class CourseFile(Frozen):
    """`course.yaml`: what the course is, and which files make it. The order of `banks` is the order of study.

    `blueprints` are patterns too, of files of papers (`builder.model.blueprint`); `citations` is a CSL style
    in the place of APA's. `fonts` is a folder of typefaces for PDFs, with their licence beside them.
    With `math: true`, TeX is read in every item whose bank and which itself says nothing else; `use` and `status` are such defaults too.
    `wording` is a table of the fixed words of cards and papers, for a language that has none here, or other words.
    `scoring` are the rules by which questions are scored where nobody else says one.
    `grades` is the scale by which results of papers become grades (`builder.model.grades`).
    `digits` are those of a candidate number, for which sheets without a name have circles; 0: none.
    `report` is a web address or an e-mail address to which readers report a fault in an item.
    With `translates: ..` this is the translation of the course whose folder holds this one (`builder.loading.original`).
    """

    course: Slug
    title: Title
    translates: Literal[".."] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    licence: Text | None = None
    fonts: Text | None = None
    wording: Text | None = None
    report: Address | None = None
    banks: Annotated[tuple[Text, ...], Field(min_length=1)]
    references: Text | None = None
    citations: Text | None = None
    outline: Text | None = None
    specification: Text | None = None
    blueprints: tuple[Text, ...] = ()
    math: Flag = False
    scoring: Scorings | None = None
    grades: Grades | None = None
    digits: fields.Digits | None = None
    use: Use = "both"
    status: Unapproved | None = None
    themes: dict[Slug, Text] = {}
    theories: dict[Slug, Text] = {}
    lint: LintOptions = LintOptions.model_construct()
    anki: AnkiDeck


class Bank(Frozen):
    """A bank file: items of one theme or theory, with `theme`, `theory`, `math`, `scoring`, `use` and `status` as defaults of its items.

    `passages` are texts that several of the items ask about.
    """

    bank: Slug
    title: Text
    theme: Slug | None = None
    theory: Slug | None = None
    math: Flag = False
    scoring: Scorings | None = None
    use: Use | None = None
    status: Unapproved | None = None
    passages: tuple[Passage, ...] = ()
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _passages(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not raw.get("passages"):
            return raw
        return {**raw, "items": resolved(raw.get("items"), sound(raw["passages"]))}


class Paragraph(Frozen):
    """What a locator names: a paragraph, or a single fact. `weight` is the least number of items on it."""

    id: LocatorPath
    gist: Text
    cites: tuple[CiteKey, ...] = ()
    weight: Count = 0


class Section(Frozen):
    """A section of a source, in print order."""

    id: LocatorPath
    title: Text
    kind: Literal["metadata", "body", "references", "facts"] = "body"
    paragraphs: Annotated[tuple[Paragraph, ...], Field(min_length=1)]


class Source(Frozen):
    """A text or a work that items are drawn from; `ref` is its key in the references."""

    id: Slug
    title: Text
    ref: CiteKey | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @property
    def is_facts(self) -> bool:
        """Whether it lists public facts alone, which need no attribution."""
        return all(section.kind == "facts" for section in self.sections)


class Outline(Frozen):
    """`outline.yaml`: sources, their sections and paragraphs, which is all that a locator may name."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source: what a locator stands for, in the words that a reader sees."""

    source: Source
    section: Section
    paragraph: Paragraph
    number: int

    def __str__(self) -> str:
        return self.said("par.", "no.")

    def said(self, paragraph: str, entry: str) -> str:
        """The place in words, with the given words for a paragraph and for an entry of a reference list."""
        if self.section.kind == "facts":
            return f"{self.source.title}: {self.paragraph.gist}"
        if self.section.kind == "references":
            return f"{self.source.title}, {self.section.title}, {entry}\u00a0{self.number}"
        return f"{self.source.title}, “{self.section.title}”, {paragraph}\u00a0{self.number}"


@dataclass(frozen=True)
class Course:
    """Banks, items, references and outline, as loaded. Items are in the order of study and know their theme.

    `path` is that of course.yaml, `at` gives each item's place by id, `references` the CSL data by key,
    `passage_at` the place of a passage by the id of the first item in use that belongs to it,
    `style` the text of the CSL style that the course brings (empty: APA's),
    `places` what each locator stands for, `media` the bytes of images by name,
    `shingles` the hashed runs of six words of the sources (see rule P06),
    `specification` how many items of which sort there ought to be,
    `scoring` the rule that course or bank have for an item, by its id, `blueprints` the papers that
    can be drawn by name, `history` those given, `fonts` the paths of the typefaces that the course brings,
    `own_words` the fixed words that it brings, `grades` its scale of grades, `digits` how long candidate numbers are,
    `report` where a fault is reported to, and `release` the version of the last release; these two may be empty.
    """

    path: str
    id: str
    title: str
    language: str
    licence: str
    anki: AnkiDeck
    themes: Mapping[str, str]
    theories: Mapping[str, str]
    items: tuple[Item, ...]
    at: Mapping[str, At] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    style: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    passage_at: Mapping[str, At] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)
    lint: LintOptions = field(default_factory=LintOptions)
    traps: tuple[Trap, ...] = ()
    shingles: frozenset[bytes] = frozenset()
    specification: Specification | None = None
    scoring: Mapping[str, Scoring] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    blueprint_at: Mapping[str, At] = field(default_factory=dict)
    history: History = field(default_factory=History)
    usage: tuple[ItemUse, ...] = ()
    fonts: tuple[str, ...] = ()
    report: str = ""
    release: str = ""
    own_words: Wording | None = None
    grades: GradeScale | None = None
    digits: int | None = None

    @cached_property
    def words(self) -> Wording:
        """The fixed words of its cards and papers: its own, or those of its language, or else English ones."""
        return self.own_words or wording(known(self.language) or "en")

    def words_in(self, language: str) -> Wording:
        """The fixed words of a language that there is a table for: the course's own, if that is in this language."""
        return own if (own := self.own_words) and own.language == language else wording(language)

    @cached_property
    def tongue(self) -> str:
        """The language without its region: `en` for `en-GB`."""
        return self.language.split("-")[0]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by id."""
        return dict(chain.from_iterable(zip(group.ids, group.items, strict=True) for group in self.groups))

    @cached_property
    def active(self) -> tuple[Item, ...]:
        """The items in use: all but the retired ones."""
        return tuple(chain.from_iterable(group.active for group in self.groups))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The items by bank, in order; whoever has them at hand sets them."""
        return groups_of(self.items, self.at)

    @cached_property
    def in_deck(self) -> tuple[Item, ...]:
        """The items that students get, whatever is made for them: all but those kept for exams, and retired ones too."""
        return tuple(item for item in self.items if not item.is_kept)

    @cached_property
    def deck_media(self) -> Mapping[str, bytes]:
        """The pictures and recordings of the items that students get, by name."""
        named = {file for item in self.in_deck for _, file in readings.files(item)} if self.media else set()
        return {name: data for name, data in self.media.items() if name in named}

    @cached_property
    def passages(self) -> tuple[tuple[Passage, At], ...]:
        """The passages with their places, each once: a part of the course has those whose first item is in that part."""
        heads = ((self.by_id.get(name), at) for name, at in self.passage_at.items())
        return tuple((item.passage, at) for item, at in heads if item and item.passage and item.retired is None)

    @cached_property
    def texts(self) -> tuple[tuple[Item, Sequence[tuple[Keys, str]]], ...]:
        """Each item in use with its `readings.texts`, which several rules read one after the other."""
        return tuple((item, tuple(readings.texts(item))) for item in self.active)
