"""Works cited, as CSL-YAML: the `references:` list that pandoc reads.

The names are the variables of the Citation Style Language 1.0.2, appendix IV
(https://docs.citationstyles.org/en/stable/specification.html); `annote`,
`keyword` and `note` are among them and carry an editor's remarks.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model, model_validator
from pydantic_core import PydanticCustomError

from builder.model import dates
from builder.model.fields import CiteKey, Frozen, MaybeText

_STANDARD = """
abstract annote archive archive_collection archive_location archive-place authority call-number categories
citation-key citation-label collection-title container-title container-title-short dimensions division DOI event
event-title event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note
original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
references reviewed-genre reviewed-title scale section shortTitle source status title title-short URL
volume-title year-suffix chapter-number citation-number collection-number edition first-reference-note-number issue
locator number number-of-pages number-of-volumes page page-first part part-number printing printing-number
supplement supplement-number version volume ISAN ISCI ISMN ISRC ISWC translated-title translated-title-short
""".split()
NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator
""".split()
DATES = "accessed available-date container event-date issued original-date submitted".split()


TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
""".split()


class Name(Frozen):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: MaybeText = None
    given: MaybeText = None
    literal: MaybeText = None
    suffix: MaybeText = None
    dropping_particle: MaybeText = Field(None, alias="dropping-particle")
    non_dropping_particle: MaybeText = Field(None, alias="non-dropping-particle")
    comma_suffix: MaybeText = Field(None, alias="comma-suffix")
    static_ordering: MaybeText = Field(None, alias="static-ordering")
    parse_names: MaybeText = Field(None, alias="parse-names")

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.family or self.given or self.literal):
            raise PydanticCustomError("no-name", "a name needs 'family:', 'given:' or 'literal:'")
        return self


_Number = Annotated[str, WithJsonSchema({"type": ["integer", "string"]})]


class CslDate(Frozen):
    """A date or a range: `date-parts: [[2025, 4, 17]]`, `year:`, `month:` and `day:`, or words as `literal:`."""

    date_parts: Annotated[
        tuple[Annotated[tuple[_Number, ...], Field(min_length=1, max_length=3)], ...], Field(max_length=2)
    ] = Field((), alias="date-parts")
    year: _Number | None = None
    month: _Number | None = None
    day: _Number | None = None
    season: MaybeText = None
    circa: MaybeText = None
    literal: MaybeText = None
    raw: MaybeText = None
    edtf: MaybeText = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.date_parts or self.literal or self.season):
            raise PydanticCustomError("no-date", "a date needs a year, or words as 'literal:'")
        return self


def listed(value: Any) -> Any:
    """People as a list of names, as pandoc reads them: one name is a list of one, plain text is a body."""
    people = value if isinstance(value, (list, tuple)) else [value]
    return [{"literal": one} if isinstance(one, str) else one for one in people]


_Date = Annotated[
    CslDate,
    BeforeValidator(dates.read, json_schema_input_type=str | int | CslDate | tuple[CslDate | str, ...]),
]
_People = Annotated[
    tuple[Name, ...],
    BeforeValidator(listed, json_schema_input_type=tuple[Name | str, ...] | Name | str),
]


def _optional(kind: Any, name: str) -> tuple[Any, Any]:
    return (kind | None, Field(None, alias=name))


_Type = Annotated[Literal[tuple(TYPES)], WithJsonSchema({"enum": TYPES})]  # type: ignore[valid-type]
_fields: dict[str, Any] = {"id": (CiteKey, ...), "type": (_Type, "document")}
_fields |= {name.replace("-", "_").lower() + "_": (MaybeText, Field(None, alias=name)) for name in _STANDARD}
_fields |= {name.replace("-", "_") + "_": _optional(_People, name) for name in NAMES}
_fields |= {name.replace("-", "_") + "_": _optional(_Date, name) for name in DATES}

Reference = create_model("Reference", __base__=Frozen, __doc__="One work; `id` is its citation key.", **_fields)


class References(BaseModel):
    """`references.yaml`, or the metadata of a pandoc document; other keys at the top are for others."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    references: Annotated[tuple[Reference, ...], Field(min_length=1)]


VARIABLES = frozenset(field.alias or name for name, field in Reference.model_fields.items())
