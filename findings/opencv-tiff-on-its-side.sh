#!/bin/sh
# OpenCV 5.0.0 (PyPI opencv-python-headless 5.0.0.93): a TIFF that says that it lies on its side is read as None. Expected: turned, as a JPEG with the same tag
# is, and a TIFF that says that it stands on its head; or as it is stored. Of a scanner's pages some are missing, though any viewer shows them.
# Seen: None for TIFF with 6 or 8, whatever flag; a JPEG with 6 is turned, a TIFF with 3 too.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 pillow==13.0.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import cv2
from PIL import Image, TiffImagePlugin

page = Image.new("L", (200, 100), 255)
page.paste(0, (0, 0, 40, 40))


def read(turn, ending, flag=cv2.IMREAD_GRAYSCALE):
    if ending == "tif":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[274] = turn
        page.save("page.tif", tiffinfo=tags)
    else:
        tags = Image.Exif()
        tags[274] = turn
        page.save("page.jpg", exif=tags)
    dots = cv2.imread("page." + ending, flag)
    return None if dots is None else (dots.shape[:2], bool(dots[5, 5] < 99), bool(dots[-5, -5] < 99))


tiff = [read(turn, "tif", flag) for turn in (6, 8) for flag in (cv2.IMREAD_GRAYSCALE, cv2.IMREAD_COLOR, cv2.IMREAD_UNCHANGED)]
others = read(6, "jpg"), read(3, "tif")
print(tiff, others)
assert tiff == [None] * 6
assert others == (((200, 100), False, False), ((100, 200), False, True))
PYTHON
