#!/bin/sh
# click 8.3.1: what is typed between two calls of `click.getchar` is thrown away: of a, b and c the program gets a and c.
# Expected: a terminal keeps what is typed while a program is busy, and the next call gets it, as `input` does.
# Seen: `getchar` puts the terminal into raw mode with tty.setraw, which drops what waits to be read, at each call.
# Exits 0 while that is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/try.py" <<'PYTHON'
import os
import pty
import sys
import time

ASKING = """
import time, click
print("ready", flush=True)
first = click.getchar()
time.sleep(1)
print("got", first + click.getchar(), flush=True)
"""
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "-c", ASKING])


def seen(word: bytes) -> bytes:
    """What the program has said by the time that it says this."""
    said = b""
    while word not in said or not said.endswith(b"\n"):
        said += os.read(terminal, 100)
    return said


seen(b"ready")
for sign, pause in ((b"a", 0.5), (b"b", 1.5), (b"c", 0)):  # b comes while the program sleeps
    time.sleep(0.3)
    os.write(terminal, sign)
    time.sleep(pause)
print(seen(b"got").decode().split("got ")[1].strip())
PYTHON
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check click==8.3.1 2>/dev/null
"$folder/venv/bin/python" "$folder/try.py" | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
ac
SEEN
