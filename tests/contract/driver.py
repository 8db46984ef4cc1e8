"""A student, played inside one version of Anki: needs `anki` and nothing else.

Reads steps as JSON from stdin, `[[name, argument...], ...]`, does them on the
collection of the first argument, and prints the list of what each returned.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from anki.buildinfo import version
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest


class Student:
    """A collection and what its owner does."""

    def __init__(self, path: str) -> None:
        self.col: Any = Collection(path)

    def version(self) -> str:
        """The version that really runs."""
        return version

    def bring(self, path: str) -> dict[str, Any]:
        """Import a package as Anki's dialog does when nothing in it is touched."""
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path)).log
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}

    def note(self, guid: str) -> Any:
        """The note of a guid."""
        return self.col.get_note(self.col.db.scalar("select id from notes where guid = ?", guid))

    def study(self, deck: str, cards: int) -> int:
        """Answer so many cards of a deck with Easy; how many there were."""
        self.col.decks.select(self.col.decks.id(deck))
        done = 0
        while done < cards and (card := self.col.sched.getCard()):
            card.start_timer()
            self.col.sched.answerCard(card, 4)
            done += 1
        return done

    def edit(self, guid: str, field: str, text: str) -> None:
        """Type something into a field."""
        note = self.note(guid)
        note[field] = text
        self.col.update_note(note)

    def tag(self, guid: str, tag: str) -> None:
        """Add a tag."""
        note = self.note(guid)
        note.add_tag(tag)
        self.col.update_note(note)

    def rename(self, old: str, new: str) -> None:
        """Give a tag another name."""
        self.col.tags.rename(old, new)

    def remove(self, guid: str) -> None:
        """Delete a note."""
        self.col.remove_notes([self.note(guid).id])

    def field(self, note_type: str, name: str) -> None:
        """Add a field to a note type."""
        model = self.col.models.by_name(note_type)
        self.col.models.add_field(model, self.col.models.new_field(name))
        self.col.models.update_dict(model)

    def template(self, note_type: str, front: str) -> None:
        """Add a card template to a note type."""
        model = self.col.models.by_name(note_type)
        template = self.col.models.new_template("Own card")
        template["qfmt"], template["afmt"] = front, "{{FrontSide}}"
        self.col.models.add_template(model, template)
        self.col.models.update_dict(model)

    def gather(self, search: str) -> int:
        """Move cards into a filtered deck; how many it holds."""
        deck = self.col.sched.get_or_create_filtered_deck(0)
        deck.config.search_terms[0].search = search
        made = self.col.sched.add_or_update_filtered_deck(deck)
        return int(self.col.db.scalar("select count() from cards where did = ? and odid != 0", made.id))

    def export(self, path: str) -> None:
        """Export all decks with scheduling."""
        options = ExportAnkiPackageOptions(with_scheduling=True)
        self.col.export_anki_package(out_path=path, options=options, limit=None)

    def flag(self, guid: str) -> None:
        """Flag the first card red, and suspend the others."""
        first, *others = self.note(guid).card_ids()
        self.col.set_user_flag_for_cards(1, [first])
        if others:
            self.col.sched.suspend_cards(others)

    def wait(self, since: int, until: int) -> None:
        """Let the notes that were changed after `since` have been changed at `until`: the student waited."""
        self.col.db.execute("update notes set mod = ? where mod > ?", until, since)

    def state(self) -> dict[str, Any]:
        """Everything that an import may change, and what it may not."""
        database = self.col.db
        notes = database.all("select guid, mid, mod, tags, flds from notes order by guid")
        return {
            "cards": database.all("select * from cards order by id"),
            "revlog": database.all("select * from revlog order by id"),
            "scm": database.scalar("select scm from col"),
            "notes": {
                guid: {"mod": mod, "tags": tags.split(), "fields": flds.split("\x1f")}
                for guid, _, mod, tags, flds in notes
            },
            "cards_of": dict(
                database.all(
                    "select n.guid, count(c.id) from notes n left join cards c on c.nid = n.id group by n.guid"
                )
            ),
            "types": sorted(m.name for m in self.col.models.all_names_and_ids() if m.name.startswith("her-study")),
            "fields": {
                m["name"]: [f["name"] for f in m["flds"]]
                for m in self.col.models.all()
                if m["name"].startswith("her-study")
            },
            "decks": sorted(d.name for d in self.col.decks.all_names_and_ids()),
        }

    def empty(self) -> dict[str, Any]:
        """What Tools > Empty Cards offers: for each guid, how many cards, and whether the note goes with them."""
        found = self.col.get_empty_cards().notes
        guids = {n.note_id: self.col.db.scalar("select guid from notes where id = ?", n.note_id) for n in found}
        return {guids[n.note_id]: [len(n.card_ids), n.will_delete_note] for n in found}

    def sweep(self) -> None:
        """Do what Empty Cards offers."""
        ids = [c for n in self.col.get_empty_cards().notes for c in n.card_ids]
        self.col.remove_cards_and_orphaned_notes(ids)

    def sides(self, guid: str, place: int = 0) -> list[str]:
        """Front and back of a card of a note, as HTML."""
        card = self.note(guid).cards()[place]
        return [card.question(), card.answer()]

    def check(self) -> str:
        """What Check Database has to say."""
        return str(self.col.fix_integrity()[0])


def main() -> None:
    """Do all steps."""
    # On a busy machine Anki prints that it is slow; stdout is for the results.
    with contextlib.redirect_stdout(sys.stderr):
        student = Student(sys.argv[1])
        results = [getattr(student, name)(*arguments) for name, *arguments in json.load(sys.stdin)]
        student.col.close()
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
