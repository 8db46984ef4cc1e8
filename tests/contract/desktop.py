"""The real Anki desktop on a virtual screen: keys and clicks go in through the screen, pictures come out.

It needs Xvfb, openbox and xdotool (`tests/programs.sh desktop`).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.contract import versions

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SCREEN = (1280, 900)
# Of the main window, by how it is looked at; the last is where it stays.
SIZES = {"small": (420, 640), "night": (900, 820), "day": (900, 820)}
# Before its first start: else Anki asks for a language, before any add-on is there.
FIRST_RUN = """
import sys
from pathlib import Path
import anki.lang
anki.lang.set_lang("en_US")
from aqt.profiles import ProfileManager
profiles = ProfileManager(Path(sys.argv[1]))
profiles.setupMeta()
profiles.meta |= {"defaultLang": "en_US", "check_for_updates": False, "firstRun": False}
profiles.create("Student")
profiles.load("Student")
profiles.save()
"""
HALF = 127  # of the lightness of a page: a page by night is below
PATIENCE = 60.0  # seconds until what must come has come, on a busy machine


class Picture(NamedTuple):
    """A digest of the page's pixels, and how light they are on the whole, from 0 to 255."""

    digest: str
    lightness: int


class Desktop:
    """One run of Anki with a folder of its own; pictures go to `pictures`, numbered in the order in which they are taken."""

    def __init__(self, version: str, folder: Path, pictures: Path) -> None:
        self.folder, self.pictures = folder, pictures
        self.taken = 0
        self._started: list[subprocess.Popen[str]] = []
        self._log = (folder / "anki.log").open("w")
        try:
            self._start(version)
        except BaseException:
            self.close()
            raise

    def _start(self, version: str) -> None:
        reading, writing = os.pipe()
        screen = f"{SCREEN[0]}x{SCREEN[1]}x24"
        self._run(["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"], pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as stream:
            display = f":{stream.readline().strip()}"
        addon = self.folder / "base" / "addons21" / "her_study_eyes"
        addon.mkdir(parents=True)
        shutil.copyfile(HERE / "addon.py", addon / "__init__.py")
        temporary = self.folder / "tmp"
        temporary.mkdir()
        self._socket = str(self.folder / "eyes")
        self._env = os.environ | {
            "DISPLAY": display,
            "HOME": str(self.folder),
            "TMPDIR": str(temporary),
            "XDG_RUNTIME_DIR": str(temporary),
            "ANKI_SINGLE_INSTANCE_KEY": str(temporary / "one"),
            "HER_STUDY_SOCKET": self._socket,
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "LC_ALL": "C.UTF-8",
        }
        self._run(["openbox"])
        python = str(versions.python(versions.desktop(version)))
        base = self.folder / "base"
        subprocess.run([python, "-c", FIRST_RUN, str(base)], env=self._env, check=True, stdout=self._log)
        self._run([python, "-c", "import aqt; aqt.run()", "-b", str(base), "-l", "en"])
        self.until(lambda: os.path.exists(self._socket) and self.state["screen"] == "deckBrowser", "the list of decks")

    def _run(self, command: list[str], **more: Any) -> None:
        env = getattr(self, "_env", None)
        self._started.append(
            subprocess.Popen(command, env=env, stdout=self._log, stderr=subprocess.STDOUT, text=True, **more)
        )

    def close(self) -> None:
        """End what was started, the last first."""
        for process in reversed(self._started):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._log.close()

    def ask(self, name: str, *arguments: Any, **options: Any) -> Any:
        """What the add-on answers."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(self._socket)
            with client.makefile("rw") as stream:
                stream.write(json.dumps([name, *arguments, options]) + "\n")
                stream.flush()
                answers = json.loads(stream.readline())
        assert answers, f"Anki did not answer {name}{arguments}"
        return answers[0]

    @property
    def state(self) -> dict[str, Any]:
        """Where Anki is (see the add-on)."""
        return self.ask("state")  # type: ignore[no-any-return]

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """Wait until something holds; what it came to."""
        end = time.monotonic() + PATIENCE
        while not (found := self._tried(holds)):
            if time.monotonic() > end:
                seen = self.state if os.path.exists(self._socket) else "no profile"
                if os.path.exists(self._socket):
                    self.picture("missing")
                pytest.fail(f"waited in vain for {what}; Anki shows {seen}; its log is {self._log.name}")
            time.sleep(0.05)
        return found

    @staticmethod
    def _tried(holds: Callable[[], Any]) -> Any:
        try:
            return holds()
        except (ConnectionError, FileNotFoundError):
            return None  # Anki is not there yet

    def key(self, *keys: str) -> None:
        """Press keys, named as X names them: `alt+1`, `space`."""
        self._do("key", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "15", text)

    def click(self, css: str, number: int = 0, *, where: str = "main") -> None:
        """Click the middle of an element of a page."""
        x, y = self.until(lambda: self.ask("place", where, css, number), f"{css} {number} in {where}")
        self._press(x, y)

    def push(self, text: str) -> bool:
        """Click the button that begins with this text in the window in front; whether it was ticked before."""
        x, y, ticked = self.until(lambda: self.ask("button", text), f"the button {text}")
        self._press(x, y)
        return bool(ticked)

    def dismiss(self) -> None:
        """Close a message in front, if there is one; a picture of it stays."""
        if self.state["window"] == "QMessageBox":
            self.picture("message")
            self.key("Escape")
            self.until(lambda: self.state["window"] == "AnkiQt", "the main window")

    def _press(self, x: float, y: float) -> None:
        self._do("mousemove", str(round(x)), str(round(y)), "sleep", "0.05", "click", "1")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True)  # noqa: S607 - wherever it is

    @property
    def log(self) -> str:
        """What Anki has printed."""
        return Path(self._log.name).read_text("utf-8")

    def page(self, script: str, where: str = "main") -> Any:
        """What a script finds in a page."""
        return self.ask("page", where, script)

    def text(self, css: str, where: str = "main") -> str:
        """All visible text of the elements that match."""
        script = f"[...document.querySelectorAll({json.dumps(css)})].map((e) => e.innerText).join(' | ')"
        return str(self.page(script, where) or "").strip()

    def waits_for(self, css: str, text: str, where: str = "main") -> None:
        """Wait until an element says something."""
        self.until(lambda: text in self.text(css, where), f"'{text}' in {css}")

    def look(self, size: tuple[int, int], *, night: bool = False) -> None:
        """Give the main window a size, and Anki its day or night."""
        self.ask("look", *size, night=night)
        script = "document.body.classList.contains('nightMode')"
        self.until(lambda: self.page(script) == night, "day or night")
        self.until(lambda: abs(self.page("innerWidth") - size[0]) < 30, "the window's size")
        self.until(lambda: (self._seen("").lightness < HALF) == night, "the screen")

    def picture(self, name: str) -> Picture:
        """Take a picture of the window in front when it has come to rest: the screen follows the page later.

        A text box never rests, since its caret blinks: after five looks it is as it is.
        """
        self.taken += 1
        path, last = str(self.pictures / f"{self.taken:02}-{name}.png"), None
        for _ in range(5):
            time.sleep(0.15)
            now = self._seen(path)
            if now == last:
                break
            last = now
        return now

    def _seen(self, path: str) -> Picture:
        return Picture(*self.ask("picture", path))
