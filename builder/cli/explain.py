"""`her-study explain`."""

from __future__ import annotations

import click

from builder.diagnostics import BuilderError, did_you_mean


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Show the page of the rule CODE, or the table of all rules.

    CODE is a code or a name: M01, m01 or key-longest.
    """
    from builder.rules import all_rules, rendered

    rules = all_rules()
    if code is None:
        width = max(len(rule.name) for rule in rules)
        for rule in rules:
            click.echo(f"{rule.code}  {rule.severity!s:7}  {rule.name:{width}}  {rule.summary}")
        return
    found = next((rule for rule in rules if code.lower() in {rule.code.lower(), rule.name}), None)
    if found is None:
        near = did_you_mean(code, [name for rule in rules for name in (rule.code, rule.name)])
        message = f"'{code}' is no rule; {near or 'without a code, explain lists them all'}"
        raise BuilderError(message)
    click.echo(rendered(found))
