"""YAML as typed: values, the places of values, and edits of the text."""
