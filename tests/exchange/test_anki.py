from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import time
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import zstandard
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.cli import main
from builder.deck import apkg
from builder.diagnostics import BuilderError
from builder.exchange import anki, guessed
from builder.exchange._frame import BrokenSourceError
from builder.text import markup
from tests.exchange import anki_export
from tests.exchange.trip import taken
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

    from builder.exchange._frame import Read

_REVERSED, _AT_WILL = "Basic (and reversed card)", "Basic (optional reversed card)"
_NOTES = [
    ("Basic", ["The <b>capital</b> of&nbsp;Italy?", "Rome"], "Geo::Cities"),
    (_REVERSED, ["Hund", "<div>dog</div>"], "Default"),
    (_AT_WILL, ["Katze", "cat", ""], "Default"),
    (_AT_WILL, ["Kuh", "cow", "y"], "Default"),
    ("Basic (type in the answer)", ["2 + 2?", "4"], "Default"),
    ("Cloze", ["{{c2::Rome::a city}} is in <i>{{c1::<b>Italy</b>}}</i>, \\({{c1::x^2}}\\)", "So"], "Default"),
    ("Basic", ["[$]x_1[/$]<ul><li>a</li><li>b</li></ul>", "[latex]$$y$$[/latex]"], "Default"),
]
_SAID: list[dict[str, Any]] = [
    {"kind": "basic", "prompt": "The **capital** of Italy?", "answer": "Rome", "theme": "geo-cities"},
    {"kind": "reversed", "prompt": "Hund", "answer": "dog", "reverse_prompt": "dog", "reverse_answer": "Hund"},
    {"kind": "basic", "prompt": "Katze", "answer": "cat"},
    {"kind": "reversed", "prompt": "Kuh", "answer": "cow", "reverse_prompt": "cow", "reverse_answer": "Kuh"},
    {"kind": "basic", "prompt": "2 + 2?", "answer": "4"},
    {
        "kind": "cloze",
        "prompt": "{{c2::Rome::a city}} is in *{{c1::**Italy**}}*, ${{c1::x^2}}$",
        "explanation": "So",
        "math": True,
    },
    {"kind": "basic", "prompt": "$x_1$\n\n- a\n- b", "answer": "$$y$$", "math": True},
]


def said(read: Read) -> list[dict[str, Any]]:
    """What each item says, but for its id."""
    return [item.model_dump(mode="json", exclude_defaults=True, exclude={"id"}) for item in taken(read)]


@pytest.mark.parametrize("form", anki_export.FORMS)
def test_a_package_comes_as_its_cards_ask(form: str, tmp_path: Path) -> None:
    """All note types that Anki brings along, from what its own library exports, in each form."""
    collection = anki_export.made(tmp_path / "anki", _NOTES)
    data = anki_export.package(collection, form, tmp_path)
    collection.close()
    read = anki.read("x.apkg", data)
    assert (said(read), read.notes) == (_SAID, [])
    assert guessed("x", data) == "anki"


@pytest.mark.parametrize("named", [True, False])
def test_plain_text_comes_alike(tmp_path: Path, *, named: bool) -> None:
    """With the columns that Anki adds, and without: then nothing says which notes ask both ways, and which deck they have."""
    collection = anki_export.made(tmp_path / "anki", _NOTES)
    data = anki_export.plain(collection, tmp_path, named=named)
    collection.close()
    read = anki.read("x.txt", data)
    found = said(read)
    assert guessed("x.txt", data) == "anki"
    if named:
        assert (found, read.notes) == (_SAID, [])
    else:
        basic = [{k: v for k, v in one.items() if "reverse" not in k and k != "theme"} for one in _SAID]
        basic = [one | ({"kind": "basic"} if one["kind"] == "reversed" else {}) for one in basic]
        basic[3]["explanation"] = "y"
        assert found == basic


def test_plain_text_without_html_is_text() -> None:
    """Signs stay signs, lines stay lines, and lines at the top name what all notes have."""
    text = '#separator:Semicolon\n#html:false\n#deck:Words\n#tags:a b\n#tags column:3\n"x < y\nz";<b>;c\n'
    (one,) = said(anki.read("x.txt", text.encode()))
    assert one["prompt"] == "x < y\\\nz"
    assert one["answer"] in {"<b>", "\\<b>", "&lt;b>"}
    assert (one["tags"], one["theme"]) == (["a", "b", "c"], "words")


_TEXT = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="$\\[{"), min_size=1
)


@given(front=_TEXT, hidden=_TEXT.filter(lambda text: "::" not in text and "}" not in text))
def test_any_text_of_a_field_is_that_text(front: str, hidden: str) -> None:
    """Whatever signs it has, also in a blank: none of them becomes markup."""
    assume(front.strip() and hidden.strip())
    text = f"x {front}\n\na {hidden} b"
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows([[f"x {front}", "y"], [f"a {{{{c1::{hidden}}}}} b", "y"]])
    basic, blank = taken(anki.read("x.txt", f"#separator:tab\n#html:false\n{out.getvalue()}".encode()))
    assert blank.kind == "cloze"
    shown = markup.plain(basic.prompt), blank.blanks[0].text
    assert [" ".join(part.split()) for part in (shown[0], f"a {markup.plain(shown[1])} b")] == [
        " ".join(part.split()) for part in text.split("\n\n")
    ]


def test_pictures_and_recordings_come_into_the_course(tmp_path: Path) -> None:
    """From each form, under names without spaces; one that is missing, and one that is none, are named."""
    files = {"a b.png": png(3, 2), "dog.mp3": b"ID3" + bytes(20), "bad.png": b"MZ"}
    fields = ['<img src="a b.png" alt="a flag"> Whose?', "[sound:dog.mp3]"]
    notes = [("Basic", fields, "Default"), ("Basic", ['<img src="gone.png">x', '<img src="bad.png">y'], "Default")]
    collection = anki_export.made(tmp_path / "anki", notes, files)
    for form in ("new", "old"):
        read = anki.read("x.apkg", anki_export.package(collection, form, tmp_path))
        assert read.files == {"media/a-b.png": files["a b.png"], "media/dog.mp3": files["dog.mp3"]}
        first, second = said(read)
        assert first["prompt"] == "![a flag](media/a-b.png) Whose?"
        assert first["answer"].endswith("](media/dog.mp3)")
        assert (second["prompt"], second["answer"]) == ("x", "y")
        assert sorted(note.message[:24] for note in read.notes) == [
            "a picture or recording i",
            "the file media/bad.png i",
        ]
    collection.close()


def test_a_note_type_of_ones_own_is_read_by_its_cards(tmp_path: Path) -> None:
    """The front is as it is shown; what no card shows, and a third card, are named once, with their number."""
    collection = anki_export.made(tmp_path / "anki", [])
    models = collection.models
    model = models.new("Country")
    for name in ("Land", "Capital", "Note", "Hidden", "Skip"):
        models.add_field(model, models.new_field(name))
    for number, (front, back) in enumerate(
        [
            (
                "<style>x</style>Capital of <b>{{Land}}</b>?{{#Skip}} {{Skip}}{{/Skip}}",
                "{{FrontSide}}<hr id=answer>{{Capital}} {{Note}}",
            ),
            ("Land of {{text:Capital}}?", "{{Land}}"),
            ("{{Note}}", "{{Land}}"),
        ]
    ):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(model, template)
    models.add(model)
    for land, capital in (("Italy", "Rome"), ("France", "Paris")):
        anki_export.add(
            collection, "Country", [land, capital, f"in {land}", "x", ""], tags="leech geo::europe q::theme::lands"
        )
    read = anki.read("x.apkg", anki_export.package(collection, "new", tmp_path))
    collection.close()
    assert said(read)[0] == {
        "kind": "reversed",
        "prompt": "Capital of **Italy**?",
        "answer": "Rome",
        "reverse_prompt": "Land of Rome?",
        "reverse_answer": "Italy",
        "explanation": "in Italy",
        "tags": ["geo-europe"],
        "theme": "lands",
    }
    assert sorted(note.message for note in read.notes) == [
        "the card 'Card 2' has no place beside the first ('Country', 2 times)",
        "the field 'Hidden' is shown on no card ('Country', 2 times)",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        (
            "Image Occlusion",
            ["{{c1::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}", "<img>", "", "", ""],
            "drawn anew",
        ),
        ("Cloze", ["{{c1::a {{c2::b}} c}}", ""], "holds another one"),
        ("Basic", ["<br>", "x"], "asks nothing"),
        ("Basic", ["x", " "], "answers nothing"),
    ],
)
def test_what_is_no_item_is_left_out_and_named(kind: str, fields: list[str], reason: str, tmp_path: Path) -> None:
    """The place is what finds the note in Anki's browser; the note beside it comes."""
    collection = anki_export.made(tmp_path / "anki", [("Basic", ["q", "a"], "Default")])
    note = anki_export.add(collection, kind, fields)
    read = anki.read("x.apkg", anki_export.package(collection, "old", tmp_path))
    collection.close()
    assert [(it.span.path, reason in it.message) for it in read.notes] == [(f"x.apkg[nid:{note.id}]", True)]
    assert len(read.entries) == 1


def test_a_blank_on_several_cards_is_on_the_first() -> None:
    """And the paragraphs in a blank are one line; both are named."""
    read = anki.read("x.txt", b"#html:true\n{{c1,2::a}} {{c3::b<br><p>c</p>}}\tx\n")
    assert [one["prompt"] for one in said(read)] == ["{{c1::a}} {{c3::b c}}"]
    assert len(read.notes) == 2


def test_a_deck_of_her_study_is_no_source_of_items() -> None:
    """Its notes are named: what a course says of them is not in a deck."""
    course = course_of(EXAMPLES)
    (data,) = apkg.files(course, 1_700_000_000).values()
    read = anki.read("x.apkg", data)
    assert len(read.notes) >= len(EXAMPLES) - 1
    assert all("her-study made this note" in note.message or "image occlusion" in note.message for note in read.notes)


def test_a_second_import_knows_each_note_again(tmp_path: Path) -> None:
    """A note that was edited in Anki comes changed, one that was edited here stays, and ids are the same."""
    collection = anki_export.made(tmp_path / "anki", [])
    first = anki_export.add(collection, "Basic", ["Whales?", "sing"])
    anki_export.add(collection, "Basic", ["Cats?", "purr"])
    deck, made = tmp_path / "sea.apkg", tmp_path / "made"
    deck.write_bytes(anki_export.package(collection, "new", tmp_path))
    call = ["import", str(deck), "-o", str(made)]
    assert CliRunner().invoke(main, call).exit_code == 0
    bank = made / "banks" / "sea.yaml"
    bank.write_text(bank.read_text("utf-8").replace("purr", "purr a lot"), "utf-8")
    first["Front"] = "What do whales do?"
    collection.update_note(first)
    deck.write_bytes(anki_export.package(collection, "old", tmp_path))
    collection.close()
    result = CliRunner().invoke(main, call)
    assert [line.split(":")[0].strip() for line in result.output.splitlines()[1:3]] == [
        "1 changed in the source",
        "1 edited by you, kept",
    ]
    text = bank.read_text("utf-8")
    assert "What do whales do?" in text
    assert "purr a lot" in text
    assert CliRunner().invoke(main, ["check", str(made), "--no-lint"]).exit_code == 0


def _database(*statements: str, col: str = "", flds: str = "") -> bytes:
    """A database of these statements, in which `:col` and `:flds` stand for texts."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement, {"col": col or _TYPES, "flds": flds})
        database.commit()
        return database.serialize()


def _zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


_TYPES = json.dumps(
    {
        "1": {
            "id": 1, "name": "T", "type": 0, "flds": [{"name": "F", "ord": 0}, {"name": "B", "ord": 1}],
            "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{F}}" * 50_000, "afmt": "{{B}}"}],
        }
    }
)  # fmt: skip
_HEAD = [
    "create table cards (id, nid, did, odid, ord)",
    "create table col (models, decks)",
    "insert into col values (:col, '{}')",
]
_PLAIN = "create table notes (id, guid, mid, tags, flds)"
_FOREVER = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, i as guid, 1 as mid, '' as tags, '' as flds from n"
_HOSTILE = {
    "view": [*_HEAD, f"create view notes as {_FOREVER}"],
    "reckoned": [*_HEAD, "create table notes (id, guid, mid, tags, flds as (hex(zeroblob(9000000))))", "insert into notes values (1, 1, 1, '')"],
    "no-type": [*_HEAD, _PLAIN, "insert into notes values (1, 'a', 7, '', 'x')"],
    "no-table": ["create table cards (id, nid, did, odid, ord)"],
    "no-json": ["create table col (models, decks)", "insert into col values ('[', '{}')", *_HEAD[:1], _PLAIN],
    "deep-json": ["create table col (models, decks)", "insert into col values (replace(hex(zeroblob(50000)), '0', '['), '')", *_HEAD[:1], _PLAIN],
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        *(_zipped(collection_anki2=_database(*statements)) for statements in _HOSTILE.values()),
        _zipped(collection_anki2=b"SQLite format 3\0" + bytes(5000)),
        _zipped(collection_anki2=_database(*_HEAD, _PLAIN)[:9000]),
        _zipped(collection_anki21b=b"no frame"),
        _zipped(collection_anki21b=zstandard.compress(bytes(300_000_000))),
        _zipped(collection_anki21b=zstandard.compress(b""), media=zstandard.compress(b"\x0a\xff\xff\xff\xff\x0f")),
        _zipped(collection_anki2=_database(*_HEAD, _PLAIN), media=b"[1]"),
        _zipped(other=b""),
        b"PK\x03\x04",
    ],
    ids=[*_HOSTILE, "zeros", "cut", "frame", "zstd", "message", "media", "other", "head"],
)
def test_a_hostile_package_is_refused_in_time(data: bytes) -> None:
    """Whatever its database would do, or unpack to, it is refused within bounds."""
    start = time.process_time()
    with pytest.raises(BrokenSourceError):
        anki.read("x.apkg", data)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "field",
    [
        "{{c1::" * 50_000,
        "[latex]" * 50_000,
        "<" * 300_000,
        "<div>" * 50_000,
        "[$]" * 100_000,
        "{{c1::a}}" * 20_000,
        "x" * 500_000,
    ],
    ids=["blanks", "latex", "brackets", "divs", "dollars", "many", "long"],
)
def test_hostile_fields_are_read_or_refused_in_time(field: str) -> None:
    """Also where a template would show a field fifty thousand times."""
    old = _database(*_HEAD, _PLAIN, "insert into notes values (1, 'a', 1, '', :flds)", flds=f"{field}\x1fx")
    start = time.process_time()
    assert len(anki.read("x.apkg", _zipped(collection_anki2=old)).notes) == 1
    anki.read("x.txt", f"#html:true\n{field}\tx\n".encode())
    assert time.process_time() - start < 10


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install, or how to do without."""
    collection = anki_export.made(tmp_path / "anki", [("Basic", ["q", "a"], "Default")])
    new, old = (anki_export.package(collection, form, tmp_path) for form in ("new", "old"))
    collection.close()
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(BuilderError, match=r"pip install 'her-study\[anki\]', or export it with 'Support older"):
        anki.read("x.apkg", new)
    assert len(anki.read("x.apkg", old).entries) == 1
