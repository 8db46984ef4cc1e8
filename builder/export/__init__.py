"""From a course or a quiz to files, as `{name: bytes}`. Exporters hold no validation: they run on clean input."""
