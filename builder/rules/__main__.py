"""Print the manual of all rules as Markdown: `python -m builder.rules`."""

import sys

from builder.rules import manual

sys.stdout.write(manual())
