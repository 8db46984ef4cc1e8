"""The program `her-study`, which `python -m builder` is too."""

import sys


def main() -> None:
    """Run the command line; a Ctrl-C while it is still imported ends the process as a later one does, with 130."""
    try:
        from builder.cli import main as command
    except KeyboardInterrupt:
        sys.stderr.write("stopped: nothing was written\n")
        sys.exit(130)
    command()


if __name__ == "__main__":
    main()
