"""Temporary folders that no stopped process leaves behind."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from builder.disk.journal import undisturbed


class TemporaryFolder(TemporaryDirectory[str]):
    """A temporary folder whose name begins with `her-study-`; it is deleted with the object.

    Ctrl-C and SIGTERM wait while it is made and while it is deleted. Else a signal between the making of the folder
    and the note that it is to be deleted would leave it behind, as it would leave the file by which Python tries out
    the folder for temporary files.
    """

    def __init__(self) -> None:
        """Make the folder."""
        with undisturbed():
            super().__init__(prefix="her-study-")

    def cleanup(self) -> None:
        """Delete the folder."""
        with undisturbed():
            super().cleanup()
