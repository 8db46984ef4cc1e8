"""`python -m builder` is `her-study`."""

from builder.cli import main

main()
