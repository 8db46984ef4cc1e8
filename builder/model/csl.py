"""Works cited, as CSL-YAML: the `references:` list that pandoc reads.

The names are the variables of the Citation Style Language 1.0.2, appendix IV
(https://docs.citationstyles.org/en/stable/specification.html); `annote`,
`keyword` and `note` are among them and carry an editor's remarks.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, WithJsonSchema, create_model, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import CiteKey, Frozen, Text

_STANDARD = """
abstract annote archive archive_collection archive_location archive-place authority call-number categories
citation-key citation-label collection-title container-title container-title-short dimensions division DOI event
event-title event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note
original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
references reviewed-genre reviewed-title scale section shortTitle source status title title-short URL
volume-title year-suffix chapter-number citation-number collection-number edition first-reference-note-number issue
locator number number-of-pages number-of-volumes page page-first part printing supplement version volume
""".split()
_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator
""".split()
_DATES = "accessed available-date event-date issued original-date submitted".split()


class Name(Frozen):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None
    suffix: Text | None = None
    dropping_particle: Text | None = Field(None, alias="dropping-particle")
    non_dropping_particle: Text | None = Field(None, alias="non-dropping-particle")


# Year, month, day; years before 1 are negative.
_Part = Annotated[
    str, StringConstraints(pattern=r"^-?[0-9]{1,4}$"), WithJsonSchema({"type": ["integer", "string"], "minLength": 1})
]
_Parts = Annotated[tuple[_Part, ...], Field(min_length=1, max_length=3)]


class CslDate(Frozen):
    """A date, or a range of two: `date-parts: [[2025, 4, 17]]`, or `literal`."""

    date_parts: Annotated[tuple[_Parts, ...], Field(max_length=2)] = Field((), alias="date-parts")
    literal: Text | None = None
    season: Text | None = None
    circa: Text | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.date_parts and not self.literal:
            raise PydanticCustomError("no-date", "a date needs 'date-parts:' or 'literal:'")
        return self


def _optional(kind: Any, name: str) -> tuple[Any, Any]:
    return (kind | None, Field(None, alias=name))


_fields: dict[str, Any] = {"id": (CiteKey, ...), "type": (Text, ...)}
_fields |= {name.replace("-", "_").lower() + "_": _optional(Text, name) for name in _STANDARD}
_fields |= {name.replace("-", "_") + "_": _optional(tuple[Name, ...], name) for name in _NAMES}
_fields |= {name.replace("-", "_") + "_": _optional(CslDate, name) for name in _DATES}

Reference = create_model("Reference", __base__=Frozen, __doc__="One work; `id` is its citation key.", **_fields)


class References(Frozen):
    """`references.yaml`."""

    references: Annotated[tuple[Reference, ...], Field(min_length=1)]
