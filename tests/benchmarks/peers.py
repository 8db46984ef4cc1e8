"""What her-study is measured against: other tools and parsers, each in an environment of its own, in pinned versions.

`python -m tests.benchmarks.peers` makes all environments, in `.anki/peers/`.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.supply import environments

HOME = Path(__file__).parent.parent.parent / ".anki" / "peers"
FOLDER = "Scripts" if sys.platform == "win32" else "bin"


@dataclass(frozen=True)
class Peer:
    """An environment of its own, and what is installed there."""

    name: str
    wants: tuple[str, ...]

    def program(self, name: str = "python") -> str:
        """The path of a program of it."""
        return str(HOME / self.name / FOLDER / name)


BARE = Peer("bare", ("genanki==0.13.1", "PyYAML==6.0.4"))
ANKI_YAML_TOOL = Peer("anki-yaml-tool", ("anki-yaml-tool==0.4.0", "genanki==0.13.1", "PyYAML==6.0.4"))
ANKCOMPILER = Peer("ankcompiler", ("ankcompiler==0.6.0", "genanki==0.13.1"))

# The fast parsers that pip has for Python 3.11; which one is the fastest that reads a bank rightly is tried out.
PARSERS = Peer(
    "parsers",
    (
        "fastyaml-rs==0.7.0",
        "libfyaml==1.0.0b2",
        "py-yaml12==0.2.0",
        "PyYAML==6.0.4",
        "rapidyaml==0.15.2",
        "ryaml==0.5.1",
        "yaml-rs==0.1.6",
    ),
)
PEERS = (BARE, PARSERS, ANKI_YAML_TOOL, ANKCOMPILER)
JUDGED = (BARE, PARSERS, ANKI_YAML_TOOL)  # those that a budget names


def made(peer: Peer) -> str:
    """Make the environment, unless it is there already as it is wanted; what went wrong, or nothing.

    A package that can't be had for this Python fails the whole, but for
    parsers: the others are candidates without it.
    """
    done = HOME / peer.name / "whole"
    if done.exists() and done.read_text() == "\n".join(peer.wants):
        return ""
    python = environments.empty(HOME / peer.name)
    together = [peer.wants] if peer is not PARSERS else [(want,) for want in peer.wants]
    failed = ""
    for wanted in together:
        try:
            environments.add(python, *wanted)
        except subprocess.CalledProcessError:
            failed = f"{', '.join(wanted)} can't be installed"
    if failed and peer is not PARSERS:
        return failed
    done.write_text("\n".join(peer.wants))
    return ""


if __name__ == "__main__":
    for each in PEERS:
        print(each.name, made(each) or "ready")
