"""A locator names no paragraph of the outline.

A place that does not exist helps nobody: a student who looks it up finds
nothing, and the instructor who reads the item against its source can't tell
whether the number was mistyped or the claim made up. Content-related evidence
needs a trace that can be followed to the end (Haladyna and Rodriguez 2013).

Every entry of `locator:` has to be the id of a paragraph, or of a fact, in the
outline; the limit is none wrong. A typing mistake like this makes the course
unsound, so it is found by the structural check, which runs even with
`--no-lint`, and neither `allow:` nor `--ignore` can silence it. An `allow:`
for it is reported, since it excuses nothing.

Bad:

    - id: loneliness-anxiety-mask
      kind: basic
      basis: paper
      prompt: Which complaint may, in the paper on *Her*, mask a crisis of connection?
      answer: Anxiety
      explanation: A worker who treats the symptom alone may overlook what the client lacks.
      locator: [paper/loneliness-digital-age/p9]  # P02
      cites: [sebastian2025]

Good:

    - id: loneliness-anxiety-mask
      kind: basic
      basis: paper
      prompt: Which complaint may, in the paper on *Her*, mask a crisis of connection?
      answer: Anxiety
      explanation: A worker who treats the symptom alone may overlook what the client lacks.
      locator: [paper/loneliness-digital-age/p4]
      cites: [sebastian2025]
"""

from __future__ import annotations

from builder.diagnostics import Severity

SEVERITY = Severity.ERROR
REMEDY = "name a paragraph that the outline has"
STRUCTURAL = True
