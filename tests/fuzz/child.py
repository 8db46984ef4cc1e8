"""One target under libFuzzer: `python -m tests.fuzz.child TARGET [arguments of libFuzzer]`."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress

import atheris

INSTRUMENTED = ["builder", "markdown_it", "citeproc"]


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    name, arguments = sys.argv[1], sys.argv[2:]
    # Modules that are imported late are instrumented too, so the hook stays.
    with atheris.instrument_imports(include=INSTRUMENTED):
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
