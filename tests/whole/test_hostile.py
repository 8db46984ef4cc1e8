"""Banks that were made to do harm: each ends soon, in little memory, as a diagnostic with a place."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builder.cli import main
from builder.loading.course import load
from builder.source.nodes import MAX_ENTRIES, MAX_TEXT
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEBIBYTE = 1 << 20
SECONDS = 9  # of a processor: three alone on a quiet core, and as much again twice where other work shares its caches
HEAD = b"bank: b\ntitle: B\nitems:\n"
ITEM = b"  - {id: a, kind: basic, prompt: p, answer: a}\n"
BOMB = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(ord("b"), ord("z")))


def course_with(folder: Path, bank: bytes) -> Path:
    """A course in `folder` of one bank."""
    folder.mkdir()
    (folder / "course.yaml").write_text("course: sample\ntitle: S\nbanks: [bank.yaml]\nanki: {deck: S}\n", "utf-8")
    (folder / "bank.yaml").write_bytes(bank)
    return folder


def bounded() -> None:
    """No more than 1 GiB of data, and not endless."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (1024 * MEBIBYTE, 1024 * MEBIBYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def spent() -> float:
    """Seconds of a processor that the processes started here have taken so far, with those that they started."""
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def report(course: Path, *command: str) -> str:
    """What a command says of the course within the bounds; it must find errors, and never be lost for words."""
    call = [sys.executable, "-m", "builder", *(command or ["check"]), str(course)]
    if sys.platform != "linux":  # which alone can hold a process to bounds
        done = subprocess.run(call, check=False, capture_output=True, cwd=course.parent)
    else:
        before = spent()
        done = subprocess.run(call, check=False, capture_output=True, preexec_fn=bounded, cwd=course.parent)
        assert spent() - before < SECONDS
    said = done.stderr.decode()
    assert done.returncode == 1, said[-2000:]
    assert "Traceback" not in said
    assert done.stdout == b""
    return said


def twin(number: int) -> bytes:
    """A name as long as may be, of two letters, that is nearly any other of its sort."""
    return f"{number:080b}".replace("0", "a").replace("1", "b").encode()


def text_of(piece: str) -> bytes:
    """A bank with one item whose texts are as long as may be, all of one piece."""
    text = (piece * MAX_TEXT)[: MAX_TEXT - 1]
    return HEAD + f"  - {{id: a, kind: basic, prompt: '{text}', answer: '{text}', explanation: '{text}'}}\n".encode()


def drawn(number: int, expression: str, where: str = "a > 0") -> bytes:
    """An item with a million combinations of values that computes something."""
    texts = f"prompt: 'p {{{{{expression}}}}}', answer: a, where: '{where}'"
    return f"  - {{id: a{number}, kind: basic, values: {{a: 1..1000, b: 1..1000}}, {texts}}}\n".encode()


BANKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "an alias bomb": (lambda: BOMB, "error[alias]"),
    "a million aliases": (lambda: b"a: &a x\nb: [" + b"*a," * 1_000_000 + b"]\n", "error[too-many]"),
    "nesting without end": (lambda: b"[" * 100_000, "error[too-deep]"),
    "nesting in block style": (lambda: b"".join(b" " * i + b"-\n" for i in range(2000)), "error[too-deep]"),
    "a million keys": (
        lambda: HEAD + ITEM + b"".join(b"key%d: 1\n" % i for i in range(1_000_000)),
        "error[too-large]",
    ),
    "as many keys as may be": (
        lambda: HEAD + ITEM.replace(b"}", b"".join(b", k%d: 1" % i for i in range(MAX_ENTRIES - 9)) + b"}"),
        "error[too-many]",
    ),
    "a million times one key": (lambda: HEAD + ITEM + b"a: 1\n" * 1_000_000, "error[too-many]"),
    "as many empty items as may be": (lambda: HEAD + b"  - {}\n" * MAX_ENTRIES, "error[too-many]"),
    "one item as often as may be": (lambda: HEAD + ITEM * MAX_ENTRIES, "error[too-many]"),
    "names that lead nowhere": (
        lambda: (
            HEAD
            + b"".join(b"  - {id: a%d, kind: basic, prompt: p, answer: a, enemies: [b]}\n" % i for i in range(20_000))
        ),
        "error[too-many]",
    ),
    "names that are nearly there": (
        lambda: (
            HEAD
            + b"".join(b"  - {id: %s, kind: basic, prompt: p, answer: a}\n" % twin(i) for i in range(10_000))
            + b"".join(
                b"  - {id: b%d, kind: basic, prompt: p, answer: a, enemies: [%s], cites: [%s]}\n"
                % (i, twin(i + 20_000), twin(i + 20_000))
                for i in range(1000)
            )
        ),
        "error[too-many]",
    ),
    "contrasts without a second item": (
        lambda: (
            HEAD
            + b"".join(
                b"  - {id: a%d, kind: basic, prompt: p, answer: a, contrast: %s}\n" % (i, twin(i)) for i in range(9000)
            )
        ),
        "error[too-many]",
    ),
    "a million entries": (lambda: HEAD + b"  - [" + b"a, " * 1_000_000 + b"]\n", "error[too-large]"),
    "ampersands without end": (lambda: text_of("Ab & Cd 1999 "), "error["),
    "a line of 30 MB": (lambda: HEAD + ITEM.replace(b"p,", b"x" * 30_000_000 + b","), "error[too-long]"),
    "emphasis without end": (lambda: text_of("*a"), "error["),
    "brackets without end": (lambda: text_of("!["), "error["),
    "commas without end": (
        lambda: HEAD + ITEM.replace(b"p,", b"p, tags: [" + b"1,1 #1 [[" * 50_000 + b"],"),
        "error[",
    ),
    "numbers without end": (lambda: HEAD + ITEM.replace(b"p,", b"p, tags: [" + b"1,1," * 40_000 + b"],"), "error["),
    "comments without end": (lambda: HEAD + ITEM + b"    # a" + b" #a" * 300_000 + b"\n    wrong: key\n", "error["),
    "misread letters without end": (lambda: text_of("a\u00c3\u00a4"), "error["),
    "half a formula without end": (
        lambda: text_of("a").replace(b"kind: basic", b"kind: basic, math: true").replace(b"aa'", b"^$'"),
        "error[",
    ),
    "links without end": (lambda: text_of("[a]("), "error["),
    "code without end": (lambda: text_of("`a``"), "error["),
    "citations without end": (lambda: text_of("et al. "), "error["),
    "blanks without end": (
        lambda: HEAD + b"  - {id: a, kind: cloze, prompt: '" + (b"{{c1::" * MAX_TEXT)[: MAX_TEXT - 1] + b"'}\n",
        "error[cloze-syntax]",
    ),
    "ten thousand blanks": (
        lambda: HEAD + b"  - {id: a, kind: cloze, prompt: '" + b"{{c1::a}}" * 10_000 + b"'}\n",
        "error[cloze-syntax]",
    ),
    "a cloze number of 9,000 digits": (
        lambda: HEAD + b"  - {id: a, kind: cloze, prompt: '{{c" + b"9" * 9000 + b"::a}}'}\n",
        "error[cloze-syntax]",
    ),
    "a tower of powers": (lambda: HEAD + drawn(0, "9**9**9**9"), "error[bad-expression]"),
    "an expression that calls Python": (lambda: HEAD + drawn(0, "a.__class__.mro()"), "error[bad-expression]"),
    "an expression nested without end": (lambda: HEAD + drawn(0, "-" * 190 + "a"), "error[bad-expression]"),
    "conditions that are never met": (
        lambda: HEAD + b"".join(drawn(i, "a", "*".join("a" * 60) + " < 0") for i in range(5000)),
        "error[too-much-work]",
    ),
    "values without end": (lambda: HEAD + drawn(0, "a").replace(b"1..1000", b"1..9e999"), "error[too-many]"),
    "as many values as may be": (
        lambda: HEAD + b"".join(drawn(i, "a * b") for i in range(10_000)),
        "error[too-much-work]",
    ),
    "places without end": (lambda: HEAD + drawn(0, "1/3") + drawn(1, "a}} {{b}} {{" * 4000 + "a"), "error["),
    "marks of 9,000 digits": (lambda: HEAD + ITEM.replace(b"}", b", marks: " + b"9" * 9000 + b"}"), "error["),
    "a NUL": (lambda: HEAD + b"\0" + ITEM, "error[control-character]"),
    "an escaped NUL": (lambda: HEAD + ITEM.replace(b"p,", b'"\\0",'), "error[control-character]"),
    "a lone surrogate": (lambda: HEAD + b"\xed\xa0\x80" + ITEM, "error[encoding]"),
    "an escaped lone surrogate": (lambda: HEAD + ITEM.replace(b"p,", b'"\\ud800",'), "error["),
    "UTF-16": (lambda: (HEAD + ITEM).decode().encode("utf-16"), "error[encoding]"),
    "UTF-32": (lambda: (HEAD + ITEM).decode().encode("utf-32"), "error[encoding]"),
    "an id in Cyrillic": (lambda: HEAD + ITEM.replace(b"id: a", "id: \u0430".encode()), "error["),
    "a tag of Python": (lambda: HEAD + ITEM.replace(b"p,", b"!!python/object/apply:os.system [x],"), "error[tag]"),
    "a merge key": (lambda: HEAD + ITEM + b"<<: {a: b}\n", "error[merge-key]"),
    "a terminal's commands": (lambda: HEAD + ITEM.replace(b"id: a", b"id: '\\x1b[2J\xc2\x9b31m'"), "error["),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BANKS)
def test_a_hostile_bank_is_a_diagnostic(tmp_path: Path, name: str) -> None:
    """Within 1 GiB and three seconds of a processor the bank is refused, at its place, with exit code 1."""
    make, code = BANKS[name]
    course = course_with(tmp_path / "course", make())
    with (course / "course.yaml").open("a") as head:
        head.write("lint: {profile: strict}\n")  # or a fault of craft is a warning
    said = report(course)
    assert code in said
    assert f"bank.yaml{':' if 'encoding' not in code else ''}" in said
    assert "\x1b" not in said
    assert "\x9b" not in said


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    """One line of a gigabyte is refused by its size."""
    course = course_with(tmp_path / "course", b"")
    with (course / "bank.yaml").open("wb") as file:
        file.truncate(1024 * MEBIBYTE)
    assert "error[too-large]" in report(course)


def test_signs_that_turn_text_around_are_shown_and_flagged(tmp_path: Path) -> None:
    """A direction override is a warning at its column, and printed as an escape."""
    loaded = load(course_with(tmp_path / "course", HEAD + ITEM.replace(b"p,", "p \u202eq,".encode())))
    (problem,) = loaded.diagnostics
    assert (problem.code, problem.span.line, str(problem.severity)) == ("bidi-control", 4, "warning")
    line = (HEAD + ITEM.replace(b"p,", "p \u202eq,".encode())).decode().splitlines()[3]
    assert line[problem.span.column - 1] == "\u202e"


def test_byte_order_mark_and_windows_lines_are_harmless(tmp_path: Path) -> None:
    """Files from other systems load as they are."""
    loaded = load(course_with(tmp_path / "course", b"\xef\xbb\xbf" + (HEAD + ITEM).replace(b"\n", b"\r\n")))
    assert loaded.diagnostics == []
    assert loaded.course
    assert [item.id for item in loaded.course.items] == ["a"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vast.png", png(9000, 9000)),
        ("bomb.png", b"PK\x03\x04" + bytes(1000)),
        ("script.svg", SVG),
        ("script.png", SVG),
        ("head.png", b"\x89PNG\r\n\x1a\n"),
        ("sound.png/", png()),
        ("x" * 300 + ".png", b""),
        ("../outside.png", png()),
        ("/etc/passwd", b""),
        ("C:\\outside.png", png()),
        ("link.png", b""),
    ],
)
def test_an_image_can_do_no_harm(tmp_path: Path, name: str, data: bytes) -> None:
    """Bombs, scripts, files in disguise and paths out of the course are refused before anything opens them."""
    course = course_with(
        tmp_path / "course", HEAD + ITEM.replace(b"}", f", image: {{file: '{name}', alt: x}}}}".encode())
    )
    (tmp_path / "outside.png").write_bytes(png())
    if name == "link.png":
        os.symlink(tmp_path / "outside.png", course / name)
    elif data and not name.startswith(("..", "C:")):
        (course / name.rstrip("/")).write_bytes(data)
    assert "error[media]" in report(course, "build", "--no-lint")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("name", ["../b.yaml", "/etc/*.yaml", "b\\..\\..\\c.yaml", "C:b.yaml", "link.yaml"])
def test_banks_are_read_below_the_course_alone(tmp_path: Path, name: str) -> None:
    """A path out of the course, or a link that leads there, is an error and never read."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    (tmp_path / "b.yaml").write_bytes(HEAD + ITEM)
    os.symlink(tmp_path / "b.yaml", course / "link.yaml")
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("bank.yaml", f"'{name}'"), "utf-8")
    assert "error[outside-course]" in report(course)


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/b", "..", "con:", "a b", "\u0430"])
def test_a_course_name_is_no_path(tmp_path: Path, name: str) -> None:
    """The name becomes a file's name, so that only plain names pass."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("course: sample", f"course: '{name}'"), "utf-8")
    assert "course.yaml:1:" in report(course, "build", "--no-lint")


def test_every_message_is_safe_to_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a bank holds can't steer the terminal through the lines that the tool prints of it."""
    evil = "\u202e\u2066\x9b31m"
    bank = HEAD + f"  - {{id: a, kind: mcq, prompt: '{evil}', '{evil}': 1, options: [{{right: '{evil}'}}]}}\n".encode()
    course = course_with(tmp_path / "course", bank.replace("\x9b".encode(), b"?"))
    for form in ("text", "json", "github", "sarif"):
        with pytest.raises(SystemExit):
            main(["check", "--format", form, str(course)])
        said = "".join(capsys.readouterr())
        assert said
        assert not {"\u202e", "\u2066"} & set(said)
