"""`her-study lsp`."""

from __future__ import annotations

import click

from builder.diagnostics import BuilderError


@click.command("lsp")
def command() -> None:
    """Serve an editor: findings while you type, completion, hover, quick fixes (Language Server Protocol).

    The editor starts this command by itself and talks to it over stdin and
    stdout. docs/editors.md says how to set it up.
    """
    import gc
    import os

    try:
        from builder.serving.features import make
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol", "cattrs", "attrs", "attr"}:
            raise
        message = "lsp needs pygls: pip install 'her-study[lsp]'"
        raise BuilderError(message) from error
    gc.enable()  # commands turn it off for a short run, and this run lasts as long as the editor
    # pygls closes its stdout as it ends; and what anybody else prints must not get between its messages.
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    make().start_io(stdout=stdout)
