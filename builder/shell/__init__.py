"""HTML pages from Jinja2 templates: one shell, and whatever is put into a template is text unless it says otherwise.

A page's template stands beside the code that fills it, extends
`shell/shell.html` and fills its blocks. Templates are named by their path
below `builder/`, such as `pages/coverage.html`. Every value is escaped. What
is HTML already comes from one of three places, all of them ours: a macro
(`shell/runs.html` and `shell/blocks.html` write an author's markup), `file`, and Jinja's `tojson`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, **values: Any) -> bytes:
    """A page as UTF-8: the template of that name, filled with `values`.

    A value that a template names and that is not given raises
    `jinja2.UndefinedError`. A surrogate that stands alone (half a character,
    as a broken argument of the command line may hold) becomes a question mark.
    """
    return _environment().get_template(template).render(values).encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from jinja2.filters import do_mark_safe

    from builder.text.highlight import coloured
    from builder.text.languages import is_leftward

    made = Environment(
        loader=PackageLoader("builder", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Short, and in the order given: Jinja sorts keys unless it is told not to.
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    made.globals["file"] = lambda name: do_mark_safe((files("builder") / name).read_text("utf-8"))
    made.globals["coloured"] = coloured
    made.globals["is_leftward"] = is_leftward
    return made
