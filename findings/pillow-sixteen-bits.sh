#!/bin/sh
# Pillow 13.0.0: a grey picture of 16 bits, as scanners offer, is white all over once it is converted to 8 bits or to colours: what is above 255 is cut off.
# Expected: the greys, scaled, as OpenCV gives them from the same file. Filled circles, in a scan of 16 bits, are blank.
# Seen: a dark 10000 and a light 60000 are both 255 by convert("L") and convert("RGB"); OpenCV 5.0.0 says 39 and 234.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 opencv-python-headless==5.0.0.93
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import cv2
from PIL import Image

Image.frombytes("I;16", (2, 1), b"".join(grey.to_bytes(2, "little") for grey in (10000, 60000))).save("page.png")
with Image.open("page.png") as page:
    seen = list(page.convert("L").tobytes()), list(page.convert("RGB").tobytes()), cv2.imread("page.png", cv2.IMREAD_GRAYSCALE).ravel().tolist()
print(*seen)
assert seen == ([255, 255], [255] * 6, [39, 234])
PYTHON
