"""Targets under libFuzzer: `python -m tests.fuzz.child` runs those that it is asked for, each in a process of its own.

To instrument all modules takes longer than most targets have: it is done once, and each run begins as a copy. Asked for
is a line of JSON for each run: the target, the file for what libFuzzer prints, a folder for leavings, and libFuzzer's
arguments. The answer is the seconds of a processor. `python -m tests.fuzz.child TARGET [arguments]` is one run alone.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTRUMENTED = ["builder", "markdown_it", "citeproc"]


def main() -> None:
    """Fuzz until libFuzzer ends the process; or answer until nothing more is asked for."""
    # Modules that are imported late are instrumented too, so the hook stays.
    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.fuzz import targets

        assert targets.TARGETS
        if len(sys.argv) > 1:
            fuzz(sys.argv[1], sys.argv[2:])
        print("ready", flush=True)  # noqa: T201 - to the process that asks
        for line in sys.stdin:
            print(json.dumps(asked(*json.loads(line))), flush=True)  # noqa: T201 - likewise


def asked(name: str, said: str, scratch: str, arguments: Sequence[str]) -> float:
    """One run in a copy of this process; its seconds of a processor."""
    pid = os.fork()
    if pid == 0:
        nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(said, os.O_WRONLY | os.O_APPEND)
        for handle, place in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(handle, place)
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        fuzz(name, arguments)
        sys.exit(1)  # a copy answers nothing
    _, _, used = os.wait4(pid, 0)  # others run beside it: what all children used together says nothing
    return used.ru_utime + used.ru_stime


def fuzz(name: str, arguments: Sequence[str]) -> None:
    """Fuzz a target until libFuzzer ends the process."""
    from tests.fuzz import CORPUS
    from tests.fuzz.mutate import mutated
    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        tree = mutated(data, size, seed) if seed % 2 else None
        return tree or bytes(atheris.Mutate(data, size))

    options = {"custom_mutator": mutate} if target.is_yaml else {}
    # To merge, libFuzzer starts itself anew through the shell, by its first argument.
    again = f"{shlex.quote(sys.executable)} -m tests.fuzz.child {name}"
    atheris.Setup([again, *arguments], target.check, **options)
    for path in sorted((CORPUS / name).iterdir())[:5]:
        with suppress(Exception):  # what is imported late is imported now; what breaks, libFuzzer is to see
            target.check(path.read_bytes())
    atheris.Fuzz()


if __name__ == "__main__":
    main()
