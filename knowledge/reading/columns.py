"""Which column of a table holds what, read from its header in English, German or Spanish. Words as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.reading.cells import as_written
from knowledge.reading.kinds import fold_label

MAX_HEADER = 200  # characters that a column's name is read to


class Role(StrEnum):
    """What a column can hold for us."""

    PERSON = "person"
    FIRST = "first name"
    LAST = "last name"
    DATE = "date"
    TEXT = "text"
    KIND = "type"
    AUTHOR = "author"
    PERSON_ID = "person id"
    NOTE_ID = "note id"
    AI = "ai"
    SHARING = "sharing"


_WHOLE = {  # the whole header, folded
    Role.PERSON: "name; full name; names; about; for; who; nombre; nombre completo; nombre y apellidos; vor und "
    "nachname; "
    "vorname nachname; name vorname; wer; quien; reports; report; team member; direct report",
    Role.FIRST: "first name; firstname; given name; forename; vorname; rufname; nombre de pila; nombres; primer nombre",
    Role.LAST: "last name; lastname; surname; family name; nachname; familienname; zuname; apellido; apellidos",
    Role.DATE: "date; day; when; datum; tag; am; wann; fecha; dia; cuando; date of note",
    Role.TEXT: "text; note; notes; free text; comment; comments; feedback; content; body; message; entry; remarks; "
    "what happened; freitext; notiz; notizen; bemerkung; bemerkungen; kommentar; inhalt; eintrag; rueckmeldung; texto; "
    "nota; notas; comentario; comentarios; contenido; texto libre; what; was; que paso",
    Role.KIND: "type; kind; category; note type; art; typ; kategorie; notizart; tipo; clase; categoria; source "
    "type; channel; "
    "kanal; canal; occasion; anlass",
    Role.AUTHOR: "author; by; from; entered by; written by; recorded by; created by; given by; said by; "
    "reported by; source; "
    "autor; autorin; von; verfasser; verfasserin; erfasst von; erstellt von; quelle; autora; de; de parte de; "
    "escrito por; registrado por; introducido por; anotado por; manager; supervisor; reviewer; observer; vorgesetzter",
    Role.PERSON_ID: "person id; employee id; employee no; employee number; staff id; personnel number; personalnummer; "
    "personalnr; pers nr; mitarbeiter id; mitarbeiternummer; id empleado; id de empleado; numero de empleado",
    Role.NOTE_ID: "note id; notiz id; id nota; id de nota; entry id",
    Role.AI: "ai; ai use",
    Role.SHARING: "sharing",
}  # fmt: skip
_PARTS = {  # a word anywhere in the header; the parts of compound words count too
    Role.PERSON: "person employee staff colleague teammate associate mitarbeiter mitarbeiterin mitarbeitende "
    "mitarbeitender beschaeftigte beschaeftigter teammitglied empleado empleada trabajador trabajadora colaborador "
    "colaboradora persona",
    Role.DATE: "date datum fecha day tag",
    Role.TEXT: "text note notes comment comments feedback content description details observation message notiz "
    "notizen bemerkung bemerkungen kommentar beschreibung beobachtung rueckmeldung texto nota notas "
    "comentario comentarios observacion observaciones descripcion detalle detalles anotacion",
    Role.KIND: "type kind category typ art kategorie tipo categoria",
    Role.AUTHOR: "author autor autora verfasser by von por source quelle",
}
_OTHER_DAYS = set(
    "due follow start hire hired birth next modified updated changed end review reminder deadline faellig "
    "geburt eintritt "
    "geaendert naechste frist erledigt vencimiento nacimiento ingreso modificado proxima".split()
)
_CREATED = {
    "created",
    "created at",
    "created on",
    "timestamp",
    "erstellt am",
    "angelegt am",
    "creado el",
}  # a second choice
_SPANISH = {"de", "del", "la", "el"}
_FOREIGN = set("datum tag am wann erstellt fecha dia cuando creado el".split())


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each role stands in a row, and the header as written."""

    at: dict[Role, int]
    header: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether notes can be read: a day, a text, and a person."""
        return {Role.DATE, Role.TEXT} <= self.at.keys() and bool(
            {Role.PERSON, Role.LAST, Role.FIRST, Role.PERSON_ID} & self.at.keys()
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles that no column has."""
        wanted = [Role.DATE, Role.TEXT]
        if not {Role.PERSON, Role.LAST, Role.FIRST, Role.PERSON_ID} & self.at.keys():
            wanted.insert(0, Role.PERSON)
        return tuple(role.value for role in wanted if role not in self.at)

    @property
    def speaks_day_first(self) -> bool:
        """Whether the date column is headed in a language whose numeric days start with the day."""
        return Role.DATE in self.at and bool(_FOREIGN & set(_fold(self.header[self.at[Role.DATE]]).split()))

    def cell(self, row: Sequence[str], role: Role) -> str:
        """What a row holds for a role, as it was written; empty when the column or the cell is missing."""
        index = self.at.get(role)
        return as_written(row[index].strip()) if index is not None and index < len(row) else ""


def find_columns(header: Sequence[str]) -> Columns:
    """Give every role the column whose header fits it best, the leftmost of equals."""
    scores = [
        (score, -index, role)
        for index, cell in enumerate(header)
        for role in Role
        if (score := _fit(_fold(cell), role))
    ]
    at: dict[Role, int] = {}
    taken: set[int] = set()
    for _, negative, role in sorted(scores, key=lambda s: (-s[0], -s[1], list(Role).index(s[2]))):
        if role not in at and -negative not in taken:
            at[role] = -negative
            taken.add(-negative)
    return Columns(at, tuple(cell.strip() for cell in header))


def _fit(label: str, role: Role) -> int:
    """How well a folded header fits a role: 0 is not at all."""
    words = label.split()
    if not words or (role is Role.DATE and _OTHER_DAYS & _stems(words)):
        return 0
    if label in _WHOLE_SETS[role]:
        return 10
    parts = _PART_SETS.get(role, frozenset())
    if role is Role.PERSON and _PART_SETS[Role.AUTHOR] & set(words):
        return 0
    if words[0 if _SPANISH & set(words) else -1] in parts:  # "note date" is a date, "fecha de la nota" is one too
        return 6
    if parts & set(words):
        return 3
    if role is Role.DATE and label in _CREATED:
        return 2
    return 2 if any(len(part) > 4 and (words[-1].endswith(part) or words[0].startswith(part)) for part in parts) else 0


def _fold(cell: str) -> str:
    """A header without its parentheses; umlauts are spelt out, so that folding keeps them apart."""
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell[:MAX_HEADER].casefold())
    for umlaut, spelt in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(umlaut, spelt)
    return fold_label(plain)


def _stems(words: Sequence[str]) -> set[str]:
    """The words and the listed openings of compounds ("geburtsdatum")."""
    return {*words, *(other for word in words for other in _OTHER_DAYS if len(other) > 5 and word.startswith(other))}


_WHOLE_SETS = {role: frozenset(label.strip() for label in labels.split(";")) for role, labels in _WHOLE.items()}
_PART_SETS = {role: frozenset(words.split()) for role, words in _PARTS.items()}
