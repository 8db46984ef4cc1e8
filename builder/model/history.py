"""Which papers a course has given: what was on them, so that the next one can leave it out."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from builder.model.fields import Date, Digest, Frozen, Slug, Text

HISTORY_FILE = "history.yaml"


class GivenPaper(Frozen):
    """One paper: its name, the day it was recorded, the seed, and the content hash of each item by id."""

    paper: Text
    date: Date
    seed: str
    blueprint: Slug | None = None
    items: Annotated[dict[Slug, Digest], Field(min_length=1)]


class History(Frozen):
    """`history.yaml`: the papers given, oldest first."""

    model_config = ConfigDict(validate_by_name=True)

    schema_: Literal["her-study/history/1"] = Field("her-study/history/1", alias="schema")
    papers: tuple[GivenPaper, ...] = ()
