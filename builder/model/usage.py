"""How items did on papers: what `analyse --record` takes down beside the course, and nothing that leads to a person."""

from typing import Annotated

from pydantic import Field

from builder.model.fields import Date, Digest, Frozen, Slug, Text

USAGE_FILE = "usage.jsonl"
LEAST_GROUP = 5  # takers: what fewer did might be told of one of them
_Takers = Annotated[int, Field(ge=LEAST_GROUP, le=10_000_000)]


class ItemUse(Frozen):
    """A line of `usage.jsonl`: how one item did in one exam.

    `digest` is the content hash of the item then: once it is edited, it starts anew. `n` takers met it. `p` is the mean
    share of its marks, `r` the correlation of its marks with those of the rest of the paper, null where all did alike.
    `options` says how many chose each option, in the order of the bank; true comes before false.
    """

    exam: Annotated[Text, Field(max_length=1000)]
    date: Date
    item: Slug
    digest: Digest
    n: _Takers
    p: Annotated[float, Field(ge=0, le=1)]
    r: Annotated[float, Field(ge=-1, le=1)] | None = None
    options: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(max_length=100)] = ()
