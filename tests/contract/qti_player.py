"""Citolab's QTI components, a player of QTI 3, in a page of Chromium; npm installs the version that is named here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.contract import npm

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

    from tests.exchange.qti_engine import Engine

PACKAGE, VERSION = "@citolab/qti-components", "7.27.4"
_SITE = "http://qti.test/"


def _script() -> str:
    """The components as one module."""
    return npm.script("qti", PACKAGE, VERSION, "cdn/index.js")


class Player:
    """A page that scores items; nothing in it reaches a network."""

    def __init__(self, browser: Browser) -> None:
        script = _script()
        self.page = browser.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

        def answer(route: Route) -> None:
            if route.request.url == _SITE:
                route.fulfill(body="<!doctype html><body></body>", content_type="text/html")
            elif route.request.url == f"{_SITE}player.js":
                route.fulfill(body=script, content_type="text/javascript")
            else:
                route.abort()

        self.page.route("**/*", answer)
        self.page.goto(_SITE)
        self.page.add_script_tag(url=f"{_SITE}player.js", type="module")
        self.page.wait_for_function("customElements.get('qti-assessment-item') !== undefined")
        self.score = Path(__file__).with_suffix(".js").read_text("utf-8")

    def outcomes(self, data: bytes, engine: Engine, given: list[dict[str, list[Any]]]) -> list[tuple[float, list[str]]]:
        """The score and the names of the feedback that is shown, for each response; values as `engine` has them."""
        responses = [{name: _plain(engine, name, value) for name, value in it.items()} for it in given]
        found: list[tuple[float, list[str]]] = self.page.evaluate(self.score, [data.decode(), responses])
        return found


def _plain(engine: Engine, name: str, value: list[Any]) -> Any:
    """A value as the player keeps it: texts, and a list where several may be given."""
    texts = [f"{it:g}" if isinstance(it, float) else str(it) for it in value]
    is_single = engine.responses[name].get("cardinality") == "single"
    return (texts[0] if texts else None) if is_single else texts
