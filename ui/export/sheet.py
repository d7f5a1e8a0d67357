"""Notes as CSV for a spreadsheet. A cell that a spreadsheet would run as a formula is made plain text.

The reader of imports takes the mark off again, so a round trip gives back every letter.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from assistant.domain.note import Note
from assistant.domain.person import Person, PersonId
from knowledge.reading.cells import as_text

HEADER = ("Date", "Person", "Type", "Author", "Text", "AI", "Sharing", "Note ID", "Person ID")


def notes_csv(notes: Iterable[Note], people: Mapping[PersonId, Person]) -> str:
    """One row a note, every cell safe to open; with a mark that tells spreadsheets it is UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADER)
    for note in notes:
        cells = (
            note.day.isoformat(), people[note.person_id].name, note.kind.value, note.author, note.text,
            note.ai.value, note.sharing.value, note.id, note.person_id,
        )  # fmt: skip
        rows.writerow([as_text(cell) for cell in cells])
    return "\ufeff" + out.getvalue()
