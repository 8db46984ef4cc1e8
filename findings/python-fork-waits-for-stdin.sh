#!/bin/sh
# Python 3.8 to 3.13, multiprocessing: a child that is forked while another thread waits for a line of standard input never begins its work. It closes its copy of sys.stdin first, and waits there for the lock of a thread that it has not. Servers that read requests in a thread, as language servers do, can't fork so.
# Seen: the child is alive after 5 seconds and has printed nothing; with no reading thread it has printed and ended.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cat >"$here/fork.py" <<'PY'
import multiprocessing
import os
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")  # 3.12 and later warn of a fork beside threads


def work():
    print("the child works", flush=True)


if sys.argv[1] == "reading":
    threading.Thread(target=sys.stdin.buffer.readline, daemon=True).start()
    time.sleep(0.5)
child = multiprocessing.get_context("fork").Process(target=work, daemon=True)
child.start()
child.join(5)
is_waiting = child.is_alive()
child.kill()
child.join()
print(sys.argv[1], "->", "waits for ever" if is_waiting else "ends", flush=True)
os._exit(0)  # an ordinary end would wait for the reading thread
PY
python3 --version
for how in alone reading; do
    { sleep 10 | python3 "$here/fork.py" "$how"; } >>"$here/log"
done
cat "$here/log"
test "$(cat "$here/log")" = "the child works
alone -> ends
reading -> waits for ever"
