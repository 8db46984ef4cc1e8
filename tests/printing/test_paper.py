from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.diagnostics import BuilderError
from builder.drawing import Drawing, draw
from builder.loading.course import load, shipped
from builder.paper.record import SECTIONS, Quiz
from builder.printing import papers
from builder.text import cloze, markup
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import catalog, printed, quiz_of, reader, said, squeezed

if TYPE_CHECKING:
    from builder.model import Item


def test_every_prompt_of_the_shipped_course_is_on_its_paper() -> None:
    """The paper of the shipped course asks every drawn item, and its key names every place in the sources."""
    made = load(shipped()).course
    assert made
    quiz = draw(made, Drawing(made.blueprints["practice"], "2026"))
    files = papers.files(made, quiz)
    on_paper, in_key = said(reader(files["paper-A.pdf"])), said(reader(files["key-A.pdf"]))
    for entry in quiz.items:
        item = made.by_id[entry.id]
        for part in cloze.pieces(item.prompt) if item.kind == "cloze" else [item.prompt]:
            if isinstance(part, str):
                assert squeezed(markup.plain(part)) in on_paper
        assert all(squeezed(str(made.places[name])) in in_key for name in item.locator)
    assert "Workscited[1]" in in_key


def test_paper_asks_every_kind_and_tells_no_answer() -> None:
    """Nothing of the key reaches the paper: no reason, correction, explanation, key point, rubric or hidden text."""
    _, sheet, key = printed(EXAMPLES)
    text = said(sheet)
    assert all(squeezed(markup.plain(item.prompt)) in text for item in EXAMPLES if item.kind != "cloze")
    assert "From(1)to(2)[ahint]itgoes." in text
    assert "SECRET" not in text
    assert all(f"Part{number}:" in text for number in range(1, len(SECTIONS) + 1))
    secrets = {word for item in EXAMPLES for word in re.findall(r"SECRET\w+", item.model_dump_json())} - {"SECRETback"}
    assert all(secret in said(key) for secret in secrets)


def test_key_has_answers_and_marks_of_every_kind() -> None:
    """The key says what is right in the letters and places of this paper, and what it is worth."""
    quiz, _, key = printed(EXAMPLES)
    text = said(key)
    by_id = {entry.id: entry for entry in quiz.items}
    for name in ("one", "many", "steps"):
        assert "".join(by_id[name].key) in text
    assert f"(1)France{by_id['pairs'].key[0]}Paris(2)Spain{by_id['pairs'].key[1]}Madrid" in text
    assert "Answer:FalseCorrection:SECRETrock" in text
    assert "Answer:TrueCorrection:Thestatementstandsasitis." in text
    assert "1.Wake2.Rise3.Wash" in text
    assert "Gap1:SECRETgapGap2:SECREThole" in text
    assert "SECRETpoint[3marks]SECRETmore[1mark]" in text
    assert "Alsoaccept:SECRETalso" in text
    assert "SECRETcriterion6SECRETnoneSECRETsomeSECRETall" in text
    assert f"{len(EXAMPLES)}questions{quiz.points}marks" in text


def test_letters_of_the_key_point_at_the_options_as_printed() -> None:
    """The letter that the record calls right stands before the right option, on the paper and in the key."""
    items = [EXAMPLES[0].model_copy(update={"id": f"item-{n}"}) for n in range(6)]
    quiz, sheet, key = printed(items)
    assert len({entry.key for entry in quiz.items}) > 1
    on_paper, in_key = said(sheet), said(key)
    for entry in quiz.items:
        asked = on_paper[on_paper.index(f"{entry.number}Whichsingle") :]
        assert f"{entry.key[0]}Thefirstthing" in asked[: asked.index("Noneofthese")]
        solved = in_key[in_key.index(f"{entry.number}Whichsingle") :]
        assert solved.startswith(f"{entry.number}Whichsingleoptionisright?[1mark]Answer:{entry.key[0]}A")
        assert f"{entry.key[0]}Thefirstthing(right)" in solved[: solved.index("Noneofthese")]


def test_several_right_options_are_announced() -> None:
    """A candidate is told where several options may be right, and only there."""
    _, sheet, _ = printed(EXAMPLES)
    assert said(sheet).count("Chooseallthatapply.") == 1


def test_pinned_option_is_printed_last() -> None:
    """`None of these` keeps its place below the others."""
    _, sheet, _ = printed(EXAMPLES[:1])
    assert "CNoneofthese" in said(sheet)


def test_same_quiz_gives_the_same_bytes() -> None:
    """No clock, folder or fonts of the machine gets into a file."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, versions=2)
    files = papers.files(made, quiz)
    assert files == papers.files(made, quiz)
    each = ["guide", "key", "paper", "sheet"]
    assert sorted(files) == sorted([f"{name}-{v}.pdf" for name in each for v in "AB"] + ["versions.pdf", "quiz.json"])


def test_record_reads_back_as_the_quiz() -> None:
    """`quiz.json` is the whole record."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, versions=3, minutes=50, choose={"essay": 1}, size=18)
    assert Quiz.model_validate_json(papers.files(made, quiz)["quiz.json"]) == quiz


def test_files_are_accessible_pdf() -> None:
    """Every file says that it is tagged PDF/UA-1, and gives its title and language."""
    made = course_of(EXAMPLES)
    files = papers.files(made, quiz_of(made, versions=2, heading="Test one"))
    titles = {
        "paper-B": "Test one, Version B",
        "key-A": "Test one, Key, Version A",
        "guide-A": "Test one, Marking guide, Version A",
        "sheet-B": "Test one, Answer sheet, Version B",
        "versions": "Test one, Versions",
    }
    for name, title in titles.items():
        pdf = reader(files[f"{name}.pdf"])
        root = catalog(pdf)
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert pdf.metadata
        assert pdf.metadata.title == f"A test \u2013 {title}"
        assert pdf.metadata.creation_date is None


def test_every_page_has_number_and_version() -> None:
    """A loose sheet can be put back: page x of y and the version stand on each."""
    _, sheet, key = printed(EXAMPLES)
    for pdf in (sheet, key):
        for number, page in enumerate(pdf.pages, 1):
            text = squeezed(page.extract_text())
            assert f"Page{number}of{len(pdf.pages)}" in text
            assert "VersionA" in text


@pytest.mark.parametrize("count", [1, 30])
def test_questions_stay_with_their_options_and_headings(count: int) -> None:
    """On a paper of any length the options are on the page of their question, which follows its heading."""
    items = [
        EXAMPLES[0].model_copy(update={"id": f"item-{n}", "prompt": f"Question {n}: which?"}) for n in range(count)
    ]
    _, sheet, _ = printed([*items, EXAMPLES[2]])
    pages = [squeezed(page.extract_text()) for page in sheet.pages]
    for number in range(count):
        (page,) = (page for page in pages if f"Question{number}:which?" in page)
        asked = page[page.index(f"Question{number}:which?") :]
        assert "CNoneofthese" in asked
    (page,) = (page for page in pages if "Part2:" in page)
    assert "Themoonisacheese." in page
    assert (len(pages) > 1) == (count > 1)


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ((EXAMPLES[0].model_copy(update={"prompt": "Which now?"}), *EXAMPLES[1:]), "one: changed since"),
        (EXAMPLES[1:], "one: not in the course"),
    ],
)
def test_record_of_another_course_is_refused(items: tuple[Item, ...], why: str) -> None:
    """A paper is never printed anew from items that have gone or changed: candidates had other ones."""
    quiz = quiz_of(course_of(EXAMPLES))
    with pytest.raises(BuilderError, match=why):
        papers.files(course_of(items), quiz)


@pytest.mark.parametrize(("words", "lines"), [(8, 1), (80, 10), (160, 20), (100_000, 75), (None, 8)])
def test_room_for_an_answer_grows_with_its_word_limit(words: int | None, lines: int) -> None:
    """Eight words to the line, up to three pages; without a limit, two lines a mark."""
    made = course_of([EXAMPLES[-2].model_copy(update={"words": words})])
    (entry,) = quiz_of(made).items
    assert entry.lines == lines


def test_limits_of_words_are_printed() -> None:
    """A candidate reads how long an answer may be."""
    text = said(printed(EXAMPLES)[1])
    assert "Atmost60words." in text
    assert "Atmost700words." in text
