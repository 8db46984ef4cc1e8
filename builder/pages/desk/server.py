"""The desk's server: HTTP for one page on this machine, to whoever knows the token in its address.

It listens on the loopback address alone. It answers no request without the
token, which is drawn anew at each start, and none with another `Host` than its
own: a page of a stranger whose name leads to 127.0.0.1 sends that name (DNS
rebinding). It answers no other page's script, and it serves no file: what it
gives is made of the last check.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore, Condition, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from builder.diagnostics import BuilderError
from builder.pages import desk
from builder.pages.desk import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.pages.desk.view import View

    Opens = Callable[[str, int, int], object]

ADDRESS = "127.0.0.1"
_PULSE = 15.0  # seconds between signs of life, by which a page that is gone is noticed
_SLOW = 30.0  # seconds that a request may take to arrive
_BODY = 4096  # bytes of a request's body
_MOST = 100  # connections at once: more would leave no files to open for the check
_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json", "svg": "image/svg+xml"}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Desk:
    """What the server shows, which a new check may replace at any time. `opens` opens a file at a line and a column."""

    opens: Opens | None = None
    view: View | None = None
    changed: Condition = field(default_factory=Condition)

    def show(self, view: View) -> None:
        """Show the outcome of a new check, and tell every open page."""
        with self.changed:
            self.view = view
            self.changed.notify_all()

    def versions(self) -> Iterator[int | None]:
        """The number of each check from now on, as it is there; None where nothing happened for a while."""
        seen = 0
        while True:
            with self.changed:
                self.changed.wait_for(partial(self._is_after, seen), _PULSE)
                version = self.view.version if self.view else 0
            yield version if version != seen else None
            seen = version

    def _is_after(self, seen: int) -> bool:
        return self.view is not None and self.view.version != seen


class Server(ThreadingHTTPServer):
    """A server of one desk, on a port of the loopback address; port 0 is any that is free.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, shown: Desk, port: int = 0) -> None:
        self.desk = shown
        self.token = secrets.token_urlsafe(32)
        self._free = BoundedSemaphore(_MOST)
        super().__init__((ADDRESS, port), _Handler)

    @property
    def address(self) -> str:
        """The address of the page, with the token."""
        return f"http://{ADDRESS}:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> set[str]:
        """What a browser may call this server."""
        return {f"{name}:{self.server_port}" for name in (ADDRESS, "localhost")}

    def start(self) -> None:
        """Serve from now on, beside whatever else this process does."""
        Thread(target=partial(self.serve_forever, 0.1), daemon=True, name="desk").start()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, or close the connection where there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for another connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that went away in the middle of an answer is no trouble; anything else is our bug."""
        import sys

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request. Which method answers is said by the first part of the path behind the token."""

    server: Server
    timeout = _SLOW
    server_version, sys_version = "her-study", ""

    def do_GET(self) -> None:
        """Answer a question of the page."""
        way = self._way("GET")
        if way is None:
            return
        match way:
            case [""]:
                self._page()
            case ["events"]:
                self._events()
            case _:
                self._said(way[0], "/".join(way[1:]))

    def do_POST(self) -> None:
        """Open a file in the author's editor."""
        way = self._way("POST")
        if way is None:
            return
        if way != ["open"]:
            self._refuse(404)
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > len(str(_BODY)) or int(length) > _BODY:
            self._refuse(413)
            return
        self._open(self.rfile.read(int(length)))

    def _way(self, method: str) -> list[str] | None:
        """The parts of the path behind the token; None where the request was refused."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        try:
            token, _, rest = urlsplit(self.path).path.removeprefix("/").partition("/")
        except ValueError:  # as `http://[`
            self._refuse(400)
            return None
        own = {f"http://{name}" for name in self.server.hosts}
        is_ours = host in self.server.hosts and secrets.compare_digest(token.encode(), self.server.token.encode())
        is_foreign = origin not in own if method == "POST" else origin not in {None, *own}
        # The page itself may be opened from anywhere, also from a file; what it asks for comes from it alone.
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        if not is_ours or is_foreign or (rest and site not in {"same-origin", "none"}):
            self._refuse(403)
            return None
        return [unquote(part) for part in rest.split("/")]

    def _refuse(self, status: int) -> None:
        said = "her-study: not for you: open the address that was printed at the start\n" if status == 403 else "\n"  # noqa: PLR2004
        self._send(said.encode(), "text/plain; charset=utf-8", status)

    def _send(self, data: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _page(self) -> None:
        view = self.server.desk.view
        if view is None:
            self._refuse(503)
        else:
            self._send(desk.page(view, opens=self.server.desk.opens is not None), _TYPES["html"])

    def _said(self, what: str, name: str) -> None:
        """What is asked of the last check: as JSON, or as a page of paper."""
        view = self.server.desk.view
        asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        found = told.answer(view, what, name, asked) if view else None
        if found is None:
            self._refuse(404)
        else:
            self._send(found[1], _TYPES[found[0]])

    def _events(self) -> None:
        """Tell of each new check, for as long as the page is there (HTML, 9.2: server-sent events)."""
        self.send_response(200)
        for name, value in {"Content-Type": "text/event-stream", **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        for version in self.server.desk.versions():
            self.wfile.write(b":\n\n" if version is None else f"data: {version}\n\n".encode())
            self.wfile.flush()

    def _open(self, body: bytes) -> None:
        """Open a file that the check has read, and no other."""
        view, opens = self.server.desk.view, self.server.desk.opens
        try:
            asked = json.loads(body)
            path, line, column = str(asked["path"]), int(asked["line"]), int(asked.get("column", 1))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
            self._refuse(400)
            return
        if view is None or opens is None or path not in view.loaded.texts or line < 1 or column < 1:
            self._refuse(404)
            return
        try:
            opens(path, line, column)
            said = {"opened": True, "why": ""}
        except BuilderError as error:
            said = {"opened": False, "why": str(error)}
        self._send(json.dumps(said).encode(), _TYPES["json"])

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for findings, and a log would hold the token."""
