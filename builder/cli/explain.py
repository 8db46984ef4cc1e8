"""`her-study explain`."""

from __future__ import annotations

import click

from builder.diagnostics import BuilderError, did_you_mean

_PAGES = ("text", "values")


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Show the page of CODE: a rule, a kind of item, a file or a format. Without CODE, the table of all rules.

    CODE is the code or name of a rule (M01, m01 or key-longest), a kind (mcq, cloze, numeric), the file course,
    bank or blueprint, a format of `export` or `import` (moodle, gift), or one of the words `text` and `values`, for
    all that may be written in a text, and for values that are drawn.
    """
    from builder import exchange
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
    from builder.starting import page as made

    if code.lower() in made.names():
        click.echo(made.page(code.lower()), nl=False)
        return
    if code.lower() in exchange.names():
        click.echo(exchange.page(code.lower()))
        return
    found = next((page for page in pages if code.lower() in {page.code.lower(), page.name}), None)
    if found is None:
        known = [name for page in pages for name in (page.code, page.name)]
        near = did_you_mean(code, [*known, *made.names(), *exchange.names(), *_PAGES])
        what = f"'{code}' is no rule, kind of item, file or format"
        message = f"{what}; {near or 'without a code, explain lists all rules'}"
        raise BuilderError(message)
    click.echo(rendered(found))


def written(page: str = "text") -> str:
    """The page that says what an author may write in a text, or as values that are drawn."""
    from importlib.resources import files

    return (files("builder.data") / f"{page}.md").read_text("utf-8").strip()
