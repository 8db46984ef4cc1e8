"""Which typefaces a PDF is set in: ours, those of two optional packages for other scripts, and a folder of the course's own.

Typst has faces for Latin, Greek, Cyrillic and Hebrew built in. The extra
`fonts-cjk` brings Noto Sans CJK, the extra `fonts-scripts` FiraGO for Arabic,
Devanagari, Georgian and Thai; both are under the SIL Open Font License. They
are loaded only where a paper has signs that want them.
"""

from __future__ import annotations

import atexit
import re
from functools import cache
from importlib.resources import as_file
from importlib.resources import files as package_files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from builder.disk.temporary import TemporaryFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typst import Fonts

# Latin, Greek, Cyrillic, signs of punctuation and the like: what our own faces are made for.
_WIDE = re.compile("[^\u0000-\u058f\u1e00-\u2bff\u2e00-\u2e7f\ua640-\ua69f\ua720-\ua7ff\ufb00-\ufb06]")
_FIRAGO = {"figo": "FiraGO-Regular.ttf", "figbo": "FiraGO-Bold.ttf"}
# Which of Noto's five ways to draw a Chinese character a language wants.
_CJK = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}
ADVICE = (
    "install more with: pip install 'her-study[fonts-cjk,fonts-scripts]', or name a folder of fonts in course.yaml"
    " (fonts: fonts)"
)


class Typefaces(NamedTuple):
    """A choice of typefaces: font files of the course's own, and whether scripts beside Latin, Greek and Cyrillic are there."""

    own: tuple[str, ...] = ()
    wide: bool = False

    def fonts(self) -> Fonts:
        """The fonts, for Typst; found once in a process."""
        return _fonts(self)


OURS = Typefaces()


def chosen(own: tuple[str, ...], texts: Iterable[str]) -> Typefaces:
    """The typefaces for these texts, with the font files `own`."""
    return Typefaces(own, any(_WIDE.search(text) for text in texts))


def families(language: str, region: str | None) -> tuple[str, ...]:
    """The families to try after our own, by the language of the course and the region beside it: `zh`, `TW`."""
    way = _CJK.get(f"{language}-{region}".lower()) or _CJK.get(language, "JP")
    return (f"Noto Sans CJK {way}",)


@cache
def _fonts(choice: Typefaces) -> Fonts:
    import typst

    with as_file(package_files("builder.printing") / "fonts") as folder:
        own = [_folder({Path(file).name: Path(file).read_bytes() for file in choice.own})] if choice.own else []
        paths = [str(folder), *own, *(_optional() if choice.wide else [])]
        return typst.Fonts(include_system_fonts=False, font_paths=paths)


def _optional() -> list[str]:
    """The folders of the optional packages that are installed."""
    found = []
    cjk = find_spec("noto_cjk_sans_otc")
    if cjk and cjk.origin:
        found.append(str(Path(cjk.origin).parent))
    if find_spec("pymupdf_fonts"):
        import pymupdf_fonts  # which has its fonts as text within Python modules

        found.append(_folder({file: pymupdf_fonts.myfont(name) for name, file in _FIRAGO.items()}))
    return found


def _folder(files: Mapping[str, bytes]) -> str:
    """A folder of these files, since Typst takes fonts from folders alone; it is gone at the end of the process."""
    folder = TemporaryFolder()
    atexit.register(folder.cleanup)
    for name, data in files.items():
        (Path(folder.name) / name).write_bytes(data)
    return folder.name
