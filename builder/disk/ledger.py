"""Lines that are kept for ever, by topic: an SQLite database that processes may share, to which lines are only added.

Each call of `add` is one transaction, which is on the disk when it returns. A process that is killed loses nothing of
what it has added. A line is kept once, however often it is added.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_VERSION = 1
_PATIENCE = 30  # seconds to wait for another process that writes
_TABLE = """
create table if not exists line (
    number integer primary key,
    topic text not null,
    line text not null,
    unique (topic, line)
)
"""


class Ledger:
    """The lines in a file."""

    def __init__(self, path: Path) -> None:
        """Open the file, which is made with its folder if need be, for nobody but the user.

        Raises:
            BuilderError: it is no such file, a later her-study wrote it, or it can't be read or written.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            message = f"{path.parent}: the folder can't be made: {error.strerror or error}"
            raise BuilderError(message) from error
        with self._told():
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            with self._told():
                self._set_up()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        version = self._version()
        with suppress(sqlite3.OperationalError):  # another process is just doing it
            self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = full")
        if version < _VERSION:
            with self._transaction():
                self._base.execute(_TABLE)
                self._base.execute(f"pragma user_version = {_VERSION}")

    def _version(self) -> int:
        """The version of the file, 0 where it is new.

        Raises:
            BuilderError: a later her-study or another program wrote it. It is left as it is.
        """
        self._base.execute("begin")  # so that both belong to one state of the file
        (version,) = self._base.execute("pragma user_version").fetchone()
        there = set(self._base.execute("select type, name from sqlite_master"))
        self._base.execute("rollback")
        if version > _VERSION:
            message = f"{self._path}: a later her-study wrote it; update her-study"
            raise BuilderError(message)
        if ("table", "line") not in there if version else there:
            message = f"{self._path}: another program wrote it; move it away, or put a copy of yours back"
            raise BuilderError(message)
        return int(version)

    def add(self, topic: str, lines: Iterable[str]) -> int:
        """Keep these lines, all or none; those that are kept already are passed over. How many were new is returned.

        Raises:
            BuilderError: the file can't be written, as on a full disk.
        """
        with self._told(), self._transaction():
            before = self._base.total_changes
            self._base.executemany(
                "insert or ignore into line (topic, line) values (?, ?)", ((topic, line) for line in lines)
            )
            return self._base.total_changes - before

    def lines(self, topic: str, after: int = 0) -> list[tuple[int, str]]:
        """The lines of a topic with their numbers, which grow, from the one behind the number `after` on.

        Raises:
            BuilderError: the file can't be read.
        """
        with self._told():
            asked = "select number, line from line where topic = ? and number > ? order by number"
            return self._base.execute(asked, (topic, after)).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("begin immediate")
        try:
            yield
            self._base.execute("commit")
        except BaseException:
            with suppress(sqlite3.Error):
                self._base.execute("rollback")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            is_damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            way_out = "; put a copy of the file back, or move it away" if is_damaged else ""
            message = f"{self._path}: the progress can't be read or written: {error}{way_out}"
            raise BuilderError(message) from error
