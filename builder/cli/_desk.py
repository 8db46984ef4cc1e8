"""The author's desk while `her-study preview --watch` runs: the course is checked at every save, and the page follows."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from builder.cli._course import checked, summed
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.cli._rules import Rules
    from builder.disk.trace import Trace
    from builder.pages.desk.server import Desk, Server


def served(folder: Path | None, rules: Rules, *, editor: str | None, port: int, opens: bool) -> None:
    """Serve the desk of the course in `folder` on this machine, until Ctrl-C; its address is printed.

    A course that can't be read is served too: the page shows why.

    Raises:
        BuilderError: the port is taken, the editor can't be used, or there is no course.
    """
    from builder.checking.memory import Memory
    from builder.cli._editor import editor as command_of
    from builder.cli._editor import opener
    from builder.cli._watch import watched
    from builder.pages.desk.server import Desk
    from builder.pages.desk.view import view

    command = command_of(editor, os.environ)
    desk = Desk(opener(command) if command else None)
    server = _server(desk, port)
    memory = Memory()

    def look() -> Trace | None:
        is_first = desk.view is None
        loaded = checked(folder, rules, memory)
        desk.show(view(loaded, desk.view))
        if not is_first:
            click.echo(summed(loaded, folder), err=True)
        else:
            server.start()
            click.echo(server.address)
            _tell(hints=not command)
            if opens:
                context.enter_context(_launched(server.address))
        return None if loaded.errors else loaded.trace

    with ExitStack() as context:
        context.callback(_close, server, desk)
        watched(folder, look)


def _close(server: Server, desk: Desk) -> None:
    """End the server, which runs as soon as there is something to show."""
    if desk.view:
        server.shutdown()
    server.server_close()


def _server(desk: Desk, port: int) -> Server:
    from builder.pages.desk.server import ADDRESS, Server

    try:
        return Server(desk, port)
    except OSError as error:
        message = (
            f"--port {port}: {ADDRESS}:{port} can't be used: {error.strerror or error}; leave it out for a free one"
        )
        raise BuilderError(message) from error


def _tell(*, hints: bool) -> None:
    told = "note: the address is for you alone: who has it reads the course; Ctrl-C ends it"
    hint = "; --editor 'code -g {file}:{line}' opens items from the page" if hints else ""
    click.echo(f"{told}{hint}", err=True)


@contextmanager
def _launched(address: str) -> Iterator[None]:
    """Show the page in the browser.

    The browser is given a file that leads to the page, and that is gone in the end: the address itself would be seen in
    the list of processes.
    """
    import tempfile

    with tempfile.NamedTemporaryFile("w", prefix="her-study-desk-", suffix=".html", delete=False) as file:
        file.write(f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}">')
    try:
        click.launch(file.name)
        yield
    finally:
        os.unlink(file.name)
