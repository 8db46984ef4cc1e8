from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.loading.course import load, shipped
from tests import samples
from tests.make import strategies
from tests.pictures import png

BAD = sorted((samples.HERE / "bad").glob("*.yaml"))
GOOD = sorted((samples.HERE / "good").glob("*.yaml"))


@pytest.mark.parametrize("sample", BAD, ids=lambda p: p.stem)
def test_a_broken_bank_gets_exactly_its_report(sample: Path, tmp_path: Path) -> None:
    """Every mistake of a sample is reported once, at its place, with reason and remedy, and nothing else is."""
    assert samples.report(tmp_path / "course", sample) == sample.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("sample", GOOD, ids=lambda p: p.stem)
def test_a_good_bank_loads_without_a_word(sample: Path, tmp_path: Path) -> None:
    """Good samples, with every kind and key, raise nothing."""
    loaded = load(samples.course(tmp_path / "course", sample))
    assert loaded.diagnostics == []
    assert loaded.course
    assert loaded.course.items


TYPED = """
bank: typed
title: Typed
items:
  - {id: a, kind: basic, prompt: A, answer: B, case: true}
  - {id: b, kind: basic, prompt: A, answer: B, case: true, accents: false, accept: [C]}
  - {id: c, kind: reversed, prompt: A, answer: B, reverse_prompt: C, reverse_answer: D, accents: false}
  - {id: d, kind: basic, prompt: A, answer: B, case: false, accents: true}
"""


def test_how_answers_are_compared_wants_answers_that_are_typed(tmp_path: Path) -> None:
    """`case` and `accents` without `accept` get a warning at their place, and only where they change anything."""
    bank = tmp_path / "bank.yaml"
    bank.write_text(TYPED.lstrip(), "utf-8")
    found = load(samples.course(tmp_path / "course", bank)).diagnostics
    assert [(p.code, p.span.line, p.message.split("'")[1], str(p.severity)) for p in found] == [
        ("no-effect", 4, "case", "warning"),
        ("no-effect", 6, "accents", "warning"),
    ]


def test_the_shipped_course_is_sound() -> None:
    """The course that travels with the package has no structural problem."""
    loaded = load(shipped())
    assert loaded.diagnostics == []
    assert loaded.course
    assert loaded.course.id == "her"


def test_the_order_of_study_is_that_of_course_yaml() -> None:
    """Items come in the order of `banks:`, and each knows its theme."""
    course = load(shipped()).course
    assert course
    themes = list(dict.fromkeys(item.theme for item in course.items))
    assert themes[:2] == ["film", "loneliness"]
    assert None not in themes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.one_of(st.text(), st.text(alphabet="abcdefghijklmnopqrstuvwxyz :-[]{}#&*!|>'\"?,\n", max_size=200)),
    st.sampled_from(["bank.yaml", "course.yaml", "outline.yaml", "references.yaml"]),
)
def test_no_text_in_any_file_makes_loading_raise(tmp_path: Path, text: str, name: str) -> None:
    """Whatever a file holds, the course loads or diagnostics with places inside the files come back."""
    folder = tmp_path / "course"
    if not folder.exists():
        samples.course(folder, GOOD[0])
    path = folder / name
    before = path.read_bytes()
    path.write_text(text, "utf-8", errors="replace", newline="")
    try:
        for diagnostic in load(folder).diagnostics:
            assert Path(diagnostic.span.path).parent == folder
            assert diagnostic.message
    finally:
        path.write_bytes(before)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(
    strategies.banks(),
    st.sampled_from(["prompt", "id", "kind", "answer", "options", "sequence"]),
    st.sampled_from(["", [], {}, "x", ["x"], {"a": "b"}]),
)
def test_a_value_of_any_shape_in_any_place_is_reported_not_raised(
    tmp_path: Path, bank: dict[str, object], key: str, value: object
) -> None:
    """Wrong shapes at known keys are findings, and the other items still load."""
    from builder.source import nodes

    folder = tmp_path / "course"
    if not folder.exists():
        samples.course(folder, GOOD[0])
    items = bank["items"]
    assert isinstance(items, list)
    items.append({"id": "sound-item", "kind": "basic", "prompt": "p", "answer": "a"})
    items[0][key] = value
    (folder / "bank.yaml").write_text(nodes.dump(bank), "utf-8")
    loaded = load(folder)
    assert loaded.course
    assert "sound-item" in loaded.course.by_id


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_is_no_course_is_a_wrong_call(tmp_path: Path, there: bool) -> None:  # noqa: FBT001
    """No folder, or no course.yaml in it, is one clear line and not a finding."""
    with pytest.raises(BuilderError, match=r"course\.yaml"):
        load(tmp_path if there else tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("banks: [../other/*.yaml]", "outside-course"),
        ("banks: [/etc/*.yaml]", "outside-course"),
        ("banks: ['C:\\banks\\*.yaml']", "outside-course"),
        ("banks: [none/*.yaml]", "no-such-file"),
        ("banks: [linked.yaml]", "outside-course"),
        ("banks: [bank.yaml]\nreferences: ../references.yaml", "outside-course"),
        ("banks: [bank.yaml]\noutline: absent.yaml", "no-such-file"),
        ("banks: bank.yaml", "wrong-type"),
    ],
)
def test_a_course_reads_nothing_outside_its_folder(tmp_path: Path, line: str, code: str) -> None:
    """Absolute names, `..` and links that lead out are refused where they stand."""
    (tmp_path / "secret.yaml").write_text("bank: secret")
    folder = samples.course(tmp_path / "course", GOOD[0])
    os.symlink(tmp_path / "secret.yaml", folder / "linked.yaml")
    (folder / "course.yaml").write_text(f"course: c\ntitle: t\n{line}\nanki: {{deck: d}}\n")
    found = [d for d in load(folder).diagnostics if d.code == code]
    assert found
    assert Path(found[0].span.path).name == "course.yaml"
    assert found[0].span.line >= 3


def test_one_broken_bank_hides_nothing_in_the_others(tmp_path: Path) -> None:
    """Sound banks load beside one that is not even YAML."""
    folder = samples.course(tmp_path / "course", GOOD[0])
    (folder / "broken.yaml").write_text("bank: [")
    text = (folder / "course.yaml").read_text().replace("[bank.yaml]", "[broken.yaml, bank.yaml]")
    (folder / "course.yaml").write_text(text)
    loaded = load(folder)
    assert [d.code for d in loaded.diagnostics] == ["yaml-syntax"]
    assert loaded.course
    assert loaded.course.items


def test_an_unreadable_bank_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system will not open is reported with the system's reason."""
    folder = samples.course(tmp_path / "course", GOOD[0])

    def refuse(path: str, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", refuse)
    assert {d.code for d in load(folder).diagnostics} == {"unreadable"}


def test_a_file_past_the_limit_is_never_read(tmp_path: Path) -> None:
    """33 MiB are refused by their size."""
    folder = samples.course(tmp_path / "course", GOOD[0])
    with (folder / "bank.yaml").open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert [d.code for d in load(folder).diagnostics] == ["too-large"]


@pytest.mark.parametrize(
    ("name", "data", "is_good"),
    [
        ("a.png", png(), True),
        ("a.gif", b"GIF89a\1\0\1\0", True),
        ("a.jpg", b"\xff\xd8\xff\xe0", False),
        ("a.png", b"GIF89a", False),
        ("a.svg", b"<svg onload='x'/>", False),
        ("../a.png", png(), False),
    ],
)
def test_images_are_pictures_below_the_course(tmp_path: Path, name: str, data: bytes, is_good: bool) -> None:  # noqa: FBT001
    """An image is taken by its content and place, not by its name alone."""
    folder = samples.course(tmp_path / "course", GOOD[0])
    (folder / name).write_bytes(data)
    (folder / "bank.yaml").write_text(
        f"bank: b\ntitle: t\nitems:\n  - {{id: i, kind: basic, prompt: p, answer: a, image: {{file: {name}, alt: x}}}}\n"
    )
    loaded = load(folder)
    assert loaded.course
    assert [d.code for d in loaded.diagnostics] == ([] if is_good else ["media"])
    assert loaded.course.media == ({name: data} if is_good else {})


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ("{id: a, kind: basic, prompt: Who calls, answer: x, accept: ['![y](gone.png)']}", "bank.yaml:4:"),
        (
            "{id: a, kind: basic, prompt: Who calls, answer: x, retired: {since: 2026-01-01, reason: '![y](gone.png)'}}",
            "bank.yaml:4:",
        ),
        ("{id: a, kind: cloze, prompt: 'It is {{c1::![y](gone.png)}}'}", "bank.yaml:4:"),
        ("{id: a, kind: cloze, prompt: 'It is {{c1::x::![y](gone.png)}}'}", "bank.yaml:4:"),
        ("{id: a, kind: basic, prompt: Who, answer: x}", "paper.yaml:3:"),
    ],
)
def test_a_picture_is_looked_for_wherever_a_text_is_shown(tmp_path: Path, item: str, place: str) -> None:
    """Other answers, the reason of a withdrawal, what a blank hides or hints at, and the cover of a paper."""
    course = "course: c\ntitle: C\nbanks: [bank.yaml]\nblueprints: [paper.yaml]\nanki: {deck: D}\n"
    (tmp_path / "course.yaml").write_text(course, "utf-8")
    (tmp_path / "bank.yaml").write_text(f"bank: b\ntitle: B\nitems:\n  - {item}\n", "utf-8")
    cover = "'![map](gone.png)'" if place.startswith("paper") else "Welcome"
    (tmp_path / "paper.yaml").write_text(f"blueprint: one\ntitle: One\ncover: {cover}\nitems: 1\n", "utf-8")
    (found,) = [d for d in load(tmp_path).diagnostics if d.code == "media"]
    assert f"{tmp_path}/{place}" in str(found.span)
    (tmp_path / "gone.png").write_bytes(png())
    loaded = load(tmp_path)
    assert loaded.course
    assert loaded.course.media.keys() == {"gone.png"}
    assert [d for d in loaded.diagnostics if d.code == "media"] == []


def test_only_font_files_are_taken_from_the_folder_of_fonts(tmp_path: Path) -> None:
    """A pipe would be waited for without end, and a link may lead out: neither is a font."""
    (tmp_path / "course.yaml").write_text("course: c\ntitle: C\nbanks: [b.yaml]\nfonts: f\nanki: {deck: D}\n", "utf-8")
    (tmp_path / "b.yaml").write_text("bank: b\ntitle: B\nitems:\n  - {id: a, kind: basic, prompt: p, answer: a}\n")
    (tmp_path / "f").mkdir()
    os.mkfifo(tmp_path / "f" / "pipe.ttf")
    (tmp_path / "f" / "link.otf").symlink_to("/etc/hostname")
    assert [d.code for d in load(tmp_path).diagnostics] == ["no-fonts"]
    (tmp_path / "f" / "a.ttf").write_bytes(b"\0\1\0\0")
    loaded = load(tmp_path)
    assert loaded.course
    assert loaded.course.fonts == (str(tmp_path / "f" / "a.ttf"),)
    assert str(tmp_path / "f" / "a.ttf") in loaded.trace.files
