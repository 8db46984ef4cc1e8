"""axe-core, which reads pages as its rules of accessibility do; npm installs the version that is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contract import npm

if TYPE_CHECKING:
    from playwright.sync_api import Page

VERSION = "4.14.1"
# Those of WCAG 2.0 to 2.2 at levels A and AA, and what axe-core itself holds for good practice.
_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def script() -> str:
    """The rules as one script."""
    return npm.script("axe", "axe-core", VERSION, "axe.min.js")


def violations(page: Page, rules: str) -> list[str]:
    """What breaks a rule in the page and in the frames that are seen: the rule, the element, and what would mend it.

    A frame of another origin can't be reached from the page. So each is read by itself, and the parts are joined.
    """
    for frame in page.frames:
        if frame.evaluate("typeof axe === 'undefined'"):
            frame.evaluate(rules)
    seen = page.evaluate("axe.utils.getFrameContexts(document)")
    parts: list[Any] = [page.evaluate("(options) => axe.runPartial(document, options)", _OPTIONS)]
    for context, frame in zip(seen, page.main_frame.child_frames, strict=bool(seen)):
        call = [context["frameContext"], _OPTIONS]
        parts.append(frame.evaluate("([context, options]) => axe.runPartial(context, options)", call))
    found = page.evaluate("([parts, options]) => axe.finishRun(parts, options)", [parts, _OPTIONS])
    return [
        f"{broken['id']}: {node['html'][:200]} {node['failureSummary']}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]
