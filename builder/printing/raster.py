"""Pictures drawn anew as PNG, by Typst."""

from __future__ import annotations

import os
from pathlib import Path

from builder.disk.temporary import TemporaryFolder


def png(data: bytes, suffix: str, dots: int) -> bytes:
    """A picture as PNG, with so many dots to the inch of what has no dots of its own; `suffix` is its kind, `.svg`.

    Raises:
        typst.TypstError: it is damaged, or of a kind that Typst doesn't know.
    """
    import typst

    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture{suffix}")'
    with TemporaryFolder() as folder:  # Typst can't take pictures from memory
        (Path(folder) / f"picture{suffix}").write_bytes(data)
        (Path(folder) / "page.typ").write_text(page, "utf-8")
        fonts = typst.Fonts(include_system_fonts=False)
        # As texts: of a `Path` Typst asks the text by a function of Python's, and a Ctrl-C in it comes out as a TypeError.
        main = os.path.join(folder, "page.typ")
        return typst.compile(main, root=os.fspath(folder), format="png", ppi=dots, font_paths=fonts, timestamp=0)
