"""The merged file of many papers: pages that all copies share, and over each what is one student's own.

What Typst sets for a student is a few layers, each of which lies over all pages of its kind: the line above a paper,
the two fields of a sheet, and the end of the text of its codes. The codes themselves are drawn as strokes.
"""

from __future__ import annotations

import io
import json
import zlib
from typing import TYPE_CHECKING, NamedTuple, Self

from builder.disk.journal import undisturbed
from builder.paper import sheet as layout
from builder.printing.pdf import codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pikepdf

    from builder.paper.record import Quiz
    from builder.paper.sheet.stamp import Stamp

_POINTS = 72 / 25.4  # in a millimetre


class Shown(NamedTuple):
    """A page that copies share: its form, what draws it with the layers over it, and whether a code comes on top.

    A white page has neither.
    """

    form: pikepdf.Object | None = None
    drawn: pikepdf.Object | None = None
    has_code: bool = False


class Merged:
    """A PDF of copies, each of them a node below the root of the page tree, whose pages take their resources from it.

    pikepdf's own list of pages takes a time that grows with the square of their number.
    """

    def __init__(self, paper: str) -> None:
        """Start with no page; all pages have the size of this `paper`."""
        with undisturbed():  # a signal while its compiled part is loaded would abort the process
            import pikepdf

        self._out, self.count = pikepdf.new(), 0
        width, self._height = layout.PAPERS[paper]
        self._code = layout.code(paper)
        self._names: tuple[str, ...] = ()
        box = [0, 0, round(width * _POINTS, 3), round(self._height * _POINTS, 3)]
        root = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[], Count=0, MediaBox=box)
        self._root = self._out.Root.Pages = self._out.make_indirect(root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()

    def paper(self, pdf: bytes) -> list[Shown]:
        """The shared pages of a paper, filled up to whole leaves; a copy's `Top` lies over each."""
        return self._leaves(pdf, b" q /Top Do Q", [], "Top")

    def sheet(self, pdf: bytes, shifts: bytes) -> list[Shown]:
        """The shared pages of a sheet, filled up to whole leaves; a copy's `Fields`, `Number` and code lie over each.

        `shifts` are as many numbers as there are pages, as JSON: how many points the number is moved to the right.
        """
        unit, x, y = self._code.width / codes.SIDE, self._code.x, self._height - self._code.y
        scale, left, top = unit * _POINTS, x * _POINTS, y * _POINTS
        code = f" q {scale:.6f} 0 0 {-scale:.6f} {left:.6f} {top:.6f} cm"
        moved = [f" q 1 0 0 1 {shift:.6f} 0 cm /Number Do Q{code}".encode() for shift in json.loads(shifts)]
        return self._leaves(pdf, b" q /Fields Do Q", moved, "Fields", "Number")

    def _leaves(self, pdf: bytes, layer: bytes, moved: Sequence[bytes], *names: str) -> list[Shown]:
        import pikepdf

        self._names = tuple(dict.fromkeys((*self._names, *names)))
        pages = []
        with pikepdf.open(io.BytesIO(pdf)) as source:
            for number, page in enumerate(source.pages):
                form = self._out.copy_foreign(page.as_form_xobject())
                drawn = f"q /Base{form.objgen[0]} Do Q".encode() + layer + (moved[number] if moved else b"")
                pages.append(Shown(form, self._out.make_indirect(pikepdf.Stream(self._out, drawn)), bool(moved)))
        return [*pages, *[Shown()] * (len(pages) % 2)]

    def layers(self, pdf: bytes) -> Iterator[list[pikepdf.Object]]:
        """What is the own of each copy, from a document in which each has a page for every kind of layer."""
        import pikepdf

        with pikepdf.open(io.BytesIO(pdf)) as source:
            own = (self._out.copy_foreign(page.as_form_xobject()) for page in source.pages)
            for first in own:
                yield [first, *(next(own) for _ in self._names[1:])]

    def add(self, pages: Sequence[Shown], layers: Sequence[pikepdf.Object], strokes: Sequence[bytes]) -> None:
        """A copy: the shared pages, the layers over them, and the code of each page of its sheet."""
        import pikepdf

        shown = {f"/Base{page.form.objgen[0]}": page.form for page in pages if page.form is not None}
        own = {f"/{name}": layer for name, layer in zip(self._names, layers, strict=True)}
        node = self._out.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Pages,
                Parent=self._root,
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(shown | own)),
                Count=len(pages),
            )
        )
        paths, kids = iter(strokes), []
        for page in pages:
            leaf = pikepdf.Dictionary(Type=pikepdf.Name.Page, Parent=node)
            if page.drawn is not None:
                leaf.Contents = pikepdf.Array([page.drawn, self._path(next(paths))]) if page.has_code else page.drawn
            kids.append(self._out.make_indirect(leaf))
        node.Kids = pikepdf.Array(kids)
        self._root.Kids.append(node)
        self.count += len(pages)
        self._root.Count = self.count

    def _path(self, strokes: bytes) -> pikepdf.Object:
        """A code as a stream, packed at once: thousands of them are kept until the file is written."""
        import pikepdf

        packed = zlib.compress(strokes + b" S Q")
        return self._out.make_indirect(pikepdf.Stream(self._out, packed, Filter=pikepdf.Name.FlateDecode))

    def saved(self, quiz: Quiz) -> bytes:
        """The whole file, with the title of the quiz."""
        import pikepdf

        self._out.docinfo["/Title"] = f"{quiz.title} \u2013 {quiz.heading}" if quiz.heading else quiz.title
        data = io.BytesIO()
        self._out.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return data.getvalue()


def coded(copies: Sequence[Sequence[Stamp]]) -> Iterator[list[bytes]]:
    """The codes of the pages of each copy, as strokes."""
    drawn = iter(codes.strokes([stamp.text for copy in copies for stamp in copy]))
    for copy in copies:
        yield [next(drawn) for _ in copy]
