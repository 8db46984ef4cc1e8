"""Pages for people who write or study a course."""
