#!/bin/sh
# Pillow 13.0.0: a grey TIFF without compression that says that it lies on its side is read with its width for its height, where it is opened by its name.
# Expected: the picture, turned, as with any compression and from an open file. A scanner's page comes out sheared to noise, and no error tells.
# Seen: of two rows, 0 1 2 3 and 4 5 6 7, the first row turned is 4 0; opened by name it is 6 4 2 0, in a picture of another shape.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from PIL import Image, TiffImagePlugin


def rows(source):
    with Image.open(source) as page:
        page.load()
        return [list(page.tobytes()[at : at + page.width]) for at in range(0, page.width * page.height, page.width)]


page = Image.frombytes("L", (4, 2), bytes(range(8)))
tags = TiffImagePlugin.ImageFileDirectory_v2()
tags[274] = 6  # the first row is the right-hand side
page.save("plain.tif", tiffinfo=tags)
page.save("packed.tif", tiffinfo=tags, compression="tiff_lzw")
right = [[4, 0], [5, 1], [6, 2], [7, 3]]
with open("plain.tif", "rb") as opened:
    seen = rows("plain.tif"), rows(opened), rows("packed.tif")
print(*seen, sep="\n")
assert seen == ([[6, 4, 2, 0], [7, 5, 3, 1]], right, right)
PYTHON
