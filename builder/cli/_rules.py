"""The options that say which rules run, the same on every command that runs any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from builder.loading.loaded import Loaded

_ASKED = "builder.rules"  # in a context's `meta`: the values of the options, by name


class Rules(NamedTuple):
    """Which rules run: none without `lint`; with `select`, only those; and none of `ignore`. Both have codes."""

    lint: bool = True
    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None

    def __str__(self) -> str:
        return repr((self.select and sorted(self.select), self.ignore and sorted(self.ignore)))

    def refuse_strange(self, result: Loaded) -> None:
        """Refuse a code that a course may have for a rule of its own, where this one has none of it; L alone is any.

        Raises:
            BuilderError: there is such a code.
        """
        from builder.model.own_rule import OWN_CODES

        own = {rule.code for rule in result.course.lint.own} if result.course else OWN_CODES
        for codes in filter(None, (self.select, self.ignore)):
            strange = sorted(codes & OWN_CODES - own)
            if strange and not codes >= OWN_CODES:
                message = f"'{strange[0]}' is no rule of this course: its own are {', '.join(sorted(own)) or 'none'}"
                raise BuilderError(message)


NONE = Rules(lint=False)


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta.setdefault(_ASKED, {})[param.name] = value


def _codes(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep the codes of rules in a list such as `M01,X`; a single letter stands for all rules that begin with it.

    L00 to L99 are those of a course, which says later which of them there are.
    """
    if value is None:
        return
    from builder.diagnostics import did_you_mean
    from builder.model.own_rule import OWN_CODES
    from builder.rules import all_pages

    known = [*(page.code for page in all_pages()), *sorted(OWN_CODES)]
    out: set[str] = set()
    for name in filter(None, (part.strip().upper() for part in value.split(","))):
        matching = [code for code in known if code == name or (len(name) == 1 and code.startswith(name))]
        if not matching:
            message = f"'{name}' is no rule; {did_you_mean(name, known) or '`her-study explain` lists them'}"
            raise click.BadParameter(message)
        out.update(matching)
    _keep(ctx, param, frozenset(out))


_OPTIONS = (
    click.option(
        "--lint/--no-lint",
        default=True,
        expose_value=False,
        callback=_keep,
        help="--no-lint checks the structure alone, not the rules.",
    ),
    click.option(
        "--select",
        callback=_codes,
        expose_value=False,
        metavar="CODES",
        help="Run only these rules, such as M01,X (a letter: all of its rules).",
    ),
    click.option("--ignore", callback=_codes, expose_value=False, metavar="CODES", help="Leave these rules out."),
)


def rule_options(command: Any) -> Any:
    """Give a command the options `--lint`, `--select` and `--ignore`, which `asked` reads."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked() -> Rules:
    """The rules that the options of this call ask for."""
    return Rules(**click.get_current_context().meta.get(_ASKED, {}))
