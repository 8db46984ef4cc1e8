"""From scans of answer sheets to marks: `scans` loads pages, `place` finds the sheet on them, `filling` the filled circles.

`sorting` puts every page into one list (read, queue or refused) and joins the
pages of a candidate; `scoring` gives marks by the record alone; `tables` and
`queue` are what is written. A mark that may be read in two ways is never
decided here: a person decides, and `decisions` keeps what they said.
"""
