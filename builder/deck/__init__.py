"""Packages of Anki: written from a course, read from a student."""
