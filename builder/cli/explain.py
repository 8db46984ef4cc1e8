"""`her-study explain`."""

from __future__ import annotations

import click

from builder.diagnostics import BuilderError, did_you_mean

_PAGES = ("text", "values")


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Show the page of the rule CODE, what may be written in a TEXT or as VALUES, or the table of all rules.

    CODE is a code or a name: M01, m01 or key-longest; or one of the words `text` and `values`.
    """
    from builder.rules import all_pages, rendered

    pages = all_pages()
    if code is None:
        width = max(len(page.name) for page in pages)
        for page in pages:
            click.echo(f"{page.code}  {page.severity!s:7}  {page.name:{width}}  {page.summary}")
        return
    if code.lower() in _PAGES:
        click.echo(written(code.lower()))
        return
    found = next((page for page in pages if code.lower() in {page.code.lower(), page.name}), None)
    if found is None:
        near = did_you_mean(code, [name for page in pages for name in (page.code, page.name)])
        message = f"'{code}' is no rule; {near or 'without a code, explain lists them all'}"
        raise BuilderError(message)
    click.echo(rendered(found))


def written(page: str = "text") -> str:
    """The page of all that may be written in a text, or of values that are drawn."""
    from importlib.resources import files

    return (files("builder.data") / f"{page}.md").read_text("utf-8").strip()
