"""Every fixed word on a paper and its key: one table, so that another language is another table.

Keys are stable names that the Typst templates and the code ask for; values are
what a reader sees. Nothing else that is printed comes from the program.
"""

from __future__ import annotations

WORDS = {
    "paper": "Quiz",
    "key": "Key",
    "version": "Version",
    "name": "Name",
    "candidate": "Candidate no.",
    "date": "Date",
    "instructions": "Answer every question in the space given. The marks for each are shown on its right.",
    "confidential": "For markers only",
    "part": "Part",
    "questions": "Questions",
    "marks": "Marks",
    "awarded": "Awarded",
    "total": "Total",
    "page": "Page {} of {}",
    "end": "End of the paper",
    "course": "Course",
    "seed": "Seed",
    "several": "Choose all that apply.",
    "true": "True",
    "false": "False",
    "correction": "Correction",
    "responses": "Responses",
    "glance": "Answers at a glance",
    "answer": "Answer",
    "answers": "Answers",
    "right": "right",
    "accepted": "Also accept",
    "no_correction": "The statement stands as it is.",
    "left_over": "Left over",
    "boxes": "Boxes",
    "downwards": "from the top",
    "gap": "Gap",
    "term": "To match",
    "response": "Response",
    "key_points": "Key points",
    "rubric": "Rubric",
    "criterion": "Criterion",
    "level": "Level",
    "levels": "Levels, from weakest to strongest",
    "explanation": "Explanation",
    "source": "Source",
    "works": "Works",
    "item": "Item",
    "works_cited": "Works cited",
    "missing": "The fonts of this paper lack these characters, which print as a box",
}

# Heading and instruction of each section of `builder.quiz.SECTIONS`.
SECTION_WORDS = {
    "mcq": (
        "Multiple choice",
        "Mark the letter of the one best answer, or of every right one where the question says so.",
    ),
    "truefalse": ("True or false", "Tick True or False. Where the statement is false, write what is true on the line."),
    "matching": ("Matching", "Write in each box the letter of the response that belongs to it."),
    "ordering": ("Ordering", "Number the boxes in the right order; 1 comes first."),
    "cloze": ("Fill the gaps", "Write the missing words. Words in brackets after a gap are a hint."),
    "basic": ("Recall", "Answer in a few words."),
    "short": ("Short answers", "Answer in sentences, within the word limit."),
    "essay": ("Essays", "Write a connected answer. Put your name and the question's number on any extra sheet."),
}

_COUNTED = {
    "mark": ("{} mark", "{} marks"),
    "question": ("{} question", "{} questions"),
    "limit": ("At most {} word.", "At most {} words."),
    "difficulty": ("difficulty {} of 3", "difficulty {} of 3"),
}


def counted(number: int, what: str) -> str:
    """A number with its noun in the right form: `1 mark`, `2 marks`."""
    return _COUNTED[what][number != 1].format(number)
