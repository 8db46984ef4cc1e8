"""Author's text: its markup, its words, and authors' patterns."""
