"""her-study: question banks in YAML, compiled into Anki decks and printed quizzes."""

__version__ = "0.1.0"
