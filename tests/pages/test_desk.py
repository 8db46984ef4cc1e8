"""The author's desk in a browser, and what its server refuses."""

from __future__ import annotations

import http.client
import json
import select
import socket
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from builder.checking import check
from builder.pages.desk.server import ADDRESS, Desk, Server
from builder.pages.desk.view import view
from tests import browser as web
from tests import samples
from tests.pages.conftest import scrolling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


class Author:
    """Somebody who writes a bank, with the desk open: `save` checks, as --watch does after a save."""

    def __init__(self, course: Path) -> None:
        self.bank = course / "bank.yaml"
        self.opened: list[tuple[str, int, int]] = []
        self.desk = Desk(lambda *place: self.opened.append(place))
        self.server = Server(self.desk)
        self.save()
        self.server.start()

    def save(self, old: str = "", new: str = "") -> None:
        """Write the bank with `new` in the place of `old`, and check the course."""
        self.bank.write_text(self.bank.read_text("utf-8").replace(old, new, 1), "utf-8")
        self.desk.show(view(check(self.bank.parent), self.desk.view))

    def ask(self, path: str = "", method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """The status and the body of an answer; `path` is behind the token, or begins with a slash."""
        connection = http.client.HTTPConnection(ADDRESS, self.server.server_port, timeout=20)
        way = path if path.startswith("/") else f"/{self.server.token}/{path}"
        connection.request(method, way, body, {key.replace("_", "-"): value for key, value in headers.items()})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    """A desk on a course with an item of every kind."""
    made = Author(samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml"))
    yield made
    made.server.shutdown()
    made.server.server_close()


@contextmanager
def opened(browser: Browser, author: Author, hash_: str = "", **context: Any) -> Iterator[Page]:
    """The desk in a window; in the end it has met no error, and has asked nobody else for anything."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}, **context).new_page()
    page.set_default_timeout(30_000)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on(
        "request",
        lambda it: (
            trouble.append(it.url) if not it.url.startswith((author.server.address, "data:", "about:")) else None
        ),
    )
    page.goto(f"{author.server.address}{hash_}")
    yield page
    page.context.close()
    assert trouble == []


def test_a_save_shows_the_new_card_and_finding(browser: Browser, author: Author) -> None:
    """The page stays at its item: its card, its paper and its findings are those of the last save, whatever is wrong."""
    line = author.bank.read_text("utf-8").splitlines().index("    answer: Intimacy") + 1
    with opened(browser, author, "#id=basic-full") as page:
        front = page.frame_locator("#cards iframe").first
        expect(front.locator(".prompt")).to_contain_text("What does Her call it?")
        expect(page.locator("#found")).to_have_text("2 findings")
        author.save("What does *Her* call it?", "Anew?")
        expect(front.locator(".prompt")).to_contain_text("Anew?")
        expect(page.frame_locator("#paper iframe").first.locator("body")).to_contain_text("Anew?")
        author.save("answer: Intimacy", "anser: Intimacy")  # the item can't be read
        found = page.locator("#findings li.error")
        expect(found.first).to_contain_text("'anser' is not a key of a basic item")
        expect(page.locator("#why")).to_contain_text("how it was last read")
        expect(front.locator(".prompt")).to_contain_text("Anew?")
        found.first.get_by_role("button").click()
        page.wait_for_timeout(100)
        author.save("items:", "items: [")  # nor the bank
        expect(page.locator("#elsewhere li.error")).to_contain_text("yaml-syntax")
        expect(front.locator(".prompt")).to_contain_text("Anew?")
        author.save("items: [", "items:")
        author.save("anser: Intimacy", "answer: Intimacy")
        expect(page.locator("#found")).to_have_text("2 findings")
        assert page.locator("#name").inner_text() == "basic-full"
    assert [place[1] for place in author.opened] == [line]


def test_items_are_found_and_walked_by_keys(browser: Browser, author: Author) -> None:
    """Filters narrow the list, j and k walk it, also from within a card, / searches, e opens the editor, n is night."""
    with opened(browser, author, color_scheme="dark") as page:
        expect(page.locator("#name")).to_have_text("basic-full")
        page.get_by_label("Kind").select_option("mcq")
        expect(page.locator("#counts")).to_contain_text("3 of 21 items")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(page.locator("#name")).to_have_text("mcq-full")
        front = page.frame_locator("#cards iframe").first
        front.get_by_role("button", name="that").click()
        page.keyboard.press("j")
        expect(page.locator("#name")).to_have_text("mcq-many")
        page.keyboard.press("k")
        expect(page.locator("#name")).to_have_text("mcq-full")
        page.keyboard.press("n")
        expect(front.locator("body")).to_have_class("card nightMode night_mode")
        page.keyboard.press("e")
        page.get_by_label("Finding").first.select_option("M03")
        expect(page.locator("#counts")).to_contain_text("2 of 21 items")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("nothing like it")
        expect(page.locator("#counts")).to_contain_text("0 of 21 items")
        assert page.evaluate(web.LOW_CONTRAST) == []
    assert [(path, line) for path, line, _ in author.opened] == [(str(author.bank), 59)]


def test_nothing_scrolls_within_and_a_phone_is_wide_enough(browser: Browser, author: Author) -> None:
    """Cards and papers have their whole height on the desk, and nothing is wider than the window of a phone."""
    with opened(browser, author, "#id=matching-full") as page:
        page.set_viewport_size({"width": 360, "height": 800})
        expect(page.locator("iframe")).to_have_count(4)
        assert scrolling(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(web.LOW_CONTRAST) == []


def test_strangers_are_refused(author: Author) -> None:
    """Without the token, with another Host, from another page or another method there is nothing but a refusal."""
    host, token = f"{ADDRESS}:{author.server.server_port}", author.server.token
    assert author.ask()[0] == author.ask(Host=f"localhost:{author.server.server_port}")[0] == 200
    assert author.ask("state", Sec_Fetch_Site="same-origin", Origin=f"http://{host}")[0] == 200
    refused = [
        author.ask("/"),
        author.ask("/state"),
        author.ask(f"/{token[:-1]}/state"),
        author.ask(f"/{token}x/"),
        author.ask(Host="evil.example"),
        author.ask("state", Host=f"evil.example:{author.server.server_port}"),
        author.ask("state", Host=""),
        author.ask("state", Origin="http://evil.example"),
        author.ask("state", Sec_Fetch_Site="cross-site"),
        author.ask("open", "POST", "{}"),
        author.ask("open", "POST", "{}", Origin="null"),
        author.ask("open", "POST", "{}", Origin=f"https://{host}"),
    ]
    assert [status for status, _ in refused] == [403] * len(refused)
    assert not any(token.encode() in body or b"sample" in body for _, body in refused)
    assert author.ask(method="PUT")[0] == 501
    assert author.server.server_address[0] == ADDRESS
    assert author.opened == []


def test_requests_that_no_page_sends_are_refused(author: Author, capfd: pytest.CaptureFixture[str]) -> None:
    """Addresses, lengths and places that are none get an answer, and leave no traceback on the author's terminal."""
    own = {"Origin": f"http://{ADDRESS}:{author.server.server_port}"}
    place = '{"path": "bank.yaml", "line": 1e999}'
    assert author.ask("open", "POST", place, **own)[0] == 400
    assert author.ask("open", "POST", "", Content_Length="9" * 5000, **own)[0] == 413
    with socket.create_connection((ADDRESS, author.server.server_port), timeout=20) as junk:
        junk.sendall(b"GET http://[ HTTP/1.0\r\n\r\n")
        assert junk.makefile("rb").readline().split()[1] == b"400"
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_connections_that_are_opened_and_left_take_no_room_from_the_check(author: Author) -> None:
    """The hundred and first is closed at once; when others are gone, the page is answered again."""
    with ExitStack() as left:
        many = [
            left.enter_context(socket.create_connection((ADDRESS, author.server.server_port), timeout=20))
            for _ in range(101)
        ]
        assert many[-1].recv(1) == b""
        assert select.select(many[:-1], [], [], 0)[0] == []
    for _ in range(200):
        time.sleep(0.1)  # until the server has seen that they are gone
        with suppress(OSError):
            assert author.ask()[0] == 200
            return
    pytest.fail("no page is answered any more")


def test_only_files_of_the_course_are_opened(author: Author, tmp_path: Path) -> None:
    """A place that the check has not read is not opened, and what is no place is refused."""
    origin = {"Origin": f"http://{ADDRESS}:{author.server.server_port}"}
    (tmp_path / "other.yaml").write_text("x")
    bodies = [
        ({"path": str(author.bank), "line": 3}, 200),
        ({"path": str(tmp_path / "other.yaml"), "line": 1}, 404),
        ({"path": f"{author.bank.parent}/../course/bank.yaml", "line": 1}, 404),
        ({"path": str(author.bank), "line": -1}, 404),
        ({"path": str(author.bank)}, 400),
        ([], 400),
    ]
    for body, status in bodies:
        assert author.ask("open", "POST", json.dumps(body), **origin)[0] == status, body
    assert author.ask("open", "POST", "x" * 5000, **origin)[0] == 413
    assert author.opened == [(str(author.bank), 3, 1)]


@pytest.mark.parametrize(
    "path", ["item/", "item/no-such", "item/../../course.yaml", "paper/%2e%2e/bank", "nothing", "list/../x"]
)
def test_what_is_not_there_is_not_found(author: Author, path: str) -> None:
    """No path leads to a file, or to an item that the course has not."""
    status, body = author.ask(path)
    assert status in {200, 404}
    assert status == 404 or json.loads(body)["total"] == 21


def test_hostile_text_shows_as_typed_on_the_desk(browser: Browser, author: Author) -> None:
    """Scripts and tags in an item, its id's neighbours and its findings are text in the list, on the card and on paper."""
    text = "<img src=x onerror=alert(1)><script>document.title='mine'</script>"
    author.save("prompt: What does *Her* call it?", f'prompt: "{text}"')
    with opened(browser, author, "#id=basic-full") as page:
        expect(page.frame_locator("#cards iframe").first.locator(".prompt")).to_have_text(text)
        expect(page.frame_locator("#paper iframe").first.locator("body")).to_contain_text(text)
        expect(page.locator("#rows [aria-selected=true] p")).to_have_text(text)
        assert page.title() == "Desk of Sample course"
        author.save("answer: Intimacy", "answer: Intimacy\n    an<script>: x")
        expect(page.locator("#findings li.error").first).to_contain_text("an<script>")
