"""Texts of authors: their markup, words, numbers, formulas, programs and languages, and the patterns that authors write."""
