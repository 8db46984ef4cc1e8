"""Note types, fields and templates: an item as cards of Anki."""
