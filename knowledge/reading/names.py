"""Whom the name of a file or of the folders around it names. Looks at words, not at contents."""

from pathlib import PurePath

from knowledge.reading.dates import name_date
from knowledge.reading.headings import looks_like_name, name_in
from knowledge.reading.kinds import fold_label
from knowledge.reading.tree import without_hash

_NO_PERSON = set(  # words that folders of notes are called by
    "daily weekly monthly journal journals vault obsidian notion templates template attachments assets people person "
    "team teams areas area projects project resources resource archive archives inbox reviews logs entries pages "
    "notes meetings personas equipo diarias diario archivo plantillas proyectos personen taglich vorlagen anhange "
    "archiv projekte tagesnotizen mitarbeiter one ones direct reports zip export exports part work".split()
)


def person_of_file(name: str) -> str:
    """The person in a file's name; else in a folder's, the nearest first.

    A folder named by one word counts only above a file that is named by a day.
    """
    path = PurePath(name)
    stem = without_hash(path.stem)
    day = name_date(stem)
    if day:
        stem = f"{stem[: day.start]} {stem[day.end :]}"
    if stem.strip(" -_."):
        found = name_in(stem)
        if found and looks_like_name(found) and not _is_no_person(found):
            return found
    bare = day is not None and not stem.strip(" -_.")
    for depth, folder in enumerate(path.parts[-2::-1]):
        found = name_in(without_hash(folder))
        if found and looks_like_name(found) and not _is_no_person(found) and (" " in found or (bare and not depth)):
            return found
    return ""


def _is_no_person(written: str) -> bool:
    return any(word in _NO_PERSON for word in fold_label(written).split())
