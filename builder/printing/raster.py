"""Pictures drawn anew as PNG, by Typst."""

from __future__ import annotations

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
        return typst.compile(
            Path(folder) / "page.typ", root=Path(folder), format="png", ppi=dots, font_paths=fonts, timestamp=0
        )
