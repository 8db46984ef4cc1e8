"""A bank of a translation: the texts of items in another language, and nothing else of them."""

from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from builder.model.fields import SLUG, Frozen, Text

# What a translation says of an item. Everything else is the original's.
TEXTS = (
    *("prompt", "answer", "reverse_prompt", "reverse_answer", "accept", "word_bank", "options", "correction"),
    *("pairs", "distractors", "sequence", "boxes", "key_points", "rubric", "explanation", "image", "audio"),
)
_ENTRY = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": SLUG, "description": "of the item in the original"},
        "of": {"type": ["string", "integer"], "description": "digest of the texts that were translated"},
        **{key: {"description": "as in the original, in the language of the translation"} for key in TEXTS},
    },
    "additionalProperties": False,
}


class Translation(Frozen):
    """A bank of a translation. `translates` is the file of the original bank, as course.yaml of the original names it.

    Each entry has the `id` of an item of that bank, its texts in the shape that they have there, and perhaps `of`.
    So has each of `passages` the `id` of one of that bank, its `text` and its `title`.
    """

    translates: Text
    title: Text | None = None
    passages: Annotated[
        tuple[Any, ...], WithJsonSchema({"type": "array", "items": {"type": "object", "required": ["id", "text"]}})
    ] = ()
    items: Annotated[
        tuple[Any, ...], Field(min_length=1), WithJsonSchema({"type": "array", "minItems": 1, "items": _ENTRY})
    ]
