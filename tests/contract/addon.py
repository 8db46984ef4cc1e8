"""An add-on of the real Anki desktop: tells a test what the program shows, over a socket. It presses nothing itself.

`tests.contract.desktop` copies this file into Anki's folder of add-ons. A
request is one line of JSON, `[name, argument...]`, and so is its answer. Keys
and clicks come from outside, through the screen.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import threading
from typing import TYPE_CHECKING, Any

from aqt import gui_hooks, mw
from aqt.qt import QAbstractButton, QApplication, QGuiApplication, QMessageBox, Qt
from aqt.theme import Theme
from aqt.webview import AnkiWebView

if TYPE_CHECKING:
    from collections.abc import Callable

    Reply = Callable[[Any], object]

PLACE = """(() => {
  const found = [...document.querySelectorAll(%s)].filter((e) => e.getClientRects().length);
  if (found.length <= %d) return null;
  const box = found[%d].getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})()"""


class Eyes:
    """What a test may ask: each method answers with `reply`, at once or later."""

    def state(self, reply: Reply) -> None:
        """Screen of the main window, side of the card, its note's guid, its ordinal; the window in front and what it says."""
        window, card = QApplication.activeWindow(), mw.reviewer.card
        shown = card if mw.state == "review" else None
        reply(
            {
                "screen": mw.state,
                "side": mw.reviewer.state if shown else None,
                "guid": shown.note().guid if shown else None,
                "card": shown.ord if shown else None,
                "window": type(window).__name__ if window else None,
                "says": window.text() if isinstance(window, QMessageBox) else None,
            }
        )

    def page(self, reply: Reply, where: str, script: str) -> None:
        """What a script returns in a page: of the `main` window, of its `bottom`, or of the window in `front`."""
        web = self._web(where)
        web.page().runJavaScript(script, reply) if web else reply(None)

    def place(self, reply: Reply, where: str, css: str, number: int) -> None:
        """The middle of an element on the screen in pixels; None where there is none."""
        web = self._web(where)

        def told(middle: list[float] | None) -> None:
            corner = web.mapToGlobal(web.rect().topLeft())
            zoom = web.zoomFactor()
            reply(middle and [corner.x() + middle[0] * zoom, corner.y() + middle[1] * zoom])

        web.page().runJavaScript(PLACE % (json.dumps(css), number, number), told) if web else reply(None)

    def button(self, reply: Reply, text: str) -> None:
        """The middle of a button or tick box in the window in front, and whether it is ticked."""
        window = QApplication.activeWindow()
        for found in window.findChildren(QAbstractButton) if window else ():
            if found.isVisible() and found.text().replace("&", "").startswith(text):
                middle = found.mapToGlobal(found.rect().center())
                if found.isCheckable():  # the sign stands on the left
                    middle.setX(found.mapToGlobal(found.rect().topLeft()).x() + 10)
                reply([middle.x(), middle.y(), found.isChecked()])
                return
        reply(None)

    def picture(self, reply: Reply, path: str) -> None:
        """Save what the screen shows of the window in front as PNG; a digest of its page's pixels and their mean lightness."""
        screen = QGuiApplication.primaryScreen()
        window = QApplication.activeWindow() or mw
        frame, page = window.frameGeometry(), self._web("front") or mw.web
        screen.grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height()).save(path)
        corner = page.mapToGlobal(page.rect().topLeft())
        image = screen.grabWindow(0, corner.x(), corner.y(), page.width(), page.height()).toImage()
        dot = image.scaled(1, 1, transformMode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0)
        bits = image.constBits().asstring(image.sizeInBytes())
        reply([hashlib.sha256(bits).hexdigest(), dot.lightness()])

    def bars(self, reply: Reply) -> None:
        """The addresses of the bar above and the bar below, as messages about their scripts name them."""
        reply([f"legacyPageData?id={id(web)}:" for web in (mw.toolbarWeb, mw.bottomWeb)])

    def look(self, reply: Reply, width: int, height: int, *, night: bool) -> None:
        """Give the main window a size, and Anki its day or night."""
        if mw.pm.theme() != (Theme.DARK if night else Theme.LIGHT):
            mw.set_theme(Theme.DARK if night else Theme.LIGHT)
        mw.resize(width, height)
        reply(True)  # noqa: FBT003 - the answer

    def rows(self, reply: Reply, sql: str) -> None:
        """Rows of the collection; None while it is closed for an export."""
        reply(mw.col.db.all(sql) if mw.col and mw.col.db else None)

    def field(self, reply: Reply, note_type: str, name: str) -> None:
        """Add a field to a note type, as its dialog does."""
        model = mw.col.models.by_name(note_type)
        mw.col.models.add_field(model, mw.col.models.new_field(name))
        mw.col.models.update_dict(model)
        reply(True)  # noqa: FBT003 - the answer

    def write(self, reply: Reply, guid: str, field: str, text: str) -> None:
        """Type something into a field of a note."""
        note = mw.col.get_note(mw.col.db.scalar("select id from notes where guid = ?", guid))
        note[field] = text
        mw.col.update_note(note)
        reply(True)  # noqa: FBT003 - the answer

    def receive(self, reply: Reply, path: str) -> None:
        """Take in a file as on a double click."""
        mw.handleImport(path)
        reply(True)  # noqa: FBT003 - the answer

    def empty_cards(self, reply: Reply) -> None:
        """Choose Tools > Empty Cards."""
        mw.form.actionEmptyCards.trigger()
        reply(True)  # noqa: FBT003 - the answer

    def allow(self, reply: Reply, number: int) -> None:
        """Let so many new cards be studied in a day."""
        options = mw.col.decks.all_config()[0]
        options["new"]["perDay"] = number
        mw.col.decks.update_config(options)
        reply(None)

    def leave(self, reply: Reply) -> None:
        """Go to the list of decks."""
        mw.moveToState("deckBrowser")
        reply(True)  # noqa: FBT003 - the answer

    def _web(self, where: str) -> Any:
        if where == "main":
            return mw.web
        if where == "bottom":
            return mw.bottomWeb
        window = QApplication.activeWindow()
        if window is mw:
            return mw.web
        return next((w for w in window.findChildren(AnkiWebView) if w.isVisible()), None) if window else None


def _serve(server: socket.socket) -> None:
    eyes = Eyes()
    while True:
        connection, _ = server.accept()
        with connection, connection.makefile("rw") as stream:
            name, *arguments = json.loads(stream.readline())
            ready, answers = threading.Event(), list[Any]()

            def reply(answer: Any, ready: threading.Event = ready, answers: list[Any] = answers) -> None:
                answers.append(answer)
                ready.set()

            options = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
            run = getattr(eyes, name)
            mw.taskman.run_on_main(lambda run=run, a=arguments, o=options, reply=reply: run(reply, *a, **o))
            ready.wait(20)
            stream.write(json.dumps(answers) + "\n")


def _open() -> None:
    """Serve once a profile is open."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(os.environ["HER_STUDY_SOCKET"])
    server.listen()
    threading.Thread(target=_serve, args=(server,), daemon=True).start()


gui_hooks.profile_did_open.append(_open)
