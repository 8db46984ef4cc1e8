#!/bin/sh
# nltk 3.10.4 and snowballstemmer 3.1.1 both offer Snowball's stemmer "english", and one would swap them: they follow different editions of it.
# What one takes for the same word, the other tells apart, so which answers count as right changes with the library.
# Seen: nltk gives one stem each to organ/organization, past/paste, even/evening, intern/internal; snowballstemmer two.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check nltk==3.10.4 snowballstemmer==3.1.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import snowballstemmer
from nltk.stem import SnowballStemmer

one, other = SnowballStemmer("english").stem, snowballstemmer.stemmer("english").stemWord
for pair in (("organ", "organization"), ("past", "paste"), ("even", "evening"), ("intern", "internal")):
    made = [len({stem(word) for word in pair}) for stem in (one, other)]
    print(pair, made)
    assert made == [1, 2], made
assert one("studies") == other("studies") == "studi"
PYTHON
