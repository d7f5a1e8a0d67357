"""What a file says about a person beside the notes: front matter, a role table, "Serves: …". Words as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.account import AccountId
from assistant.domain.importing import NEW
from assistant.domain.person import Person, PersonId, Pronouns
from knowledge.reading.dates import cell_date, find_date
from knowledge.reading.kinds import fold_label

_KEYS = {
    "name": "name; full name; person; employee; mitarbeiter; mitarbeiterin; nombre; empleado; empleada; persona",
    "id": "id; person id; employee id",
    "role": "role; position; job; job title; title; function; rolle; funktion; stelle; puesto; cargo; rol; funcion",
    "since": "since; start; start date; started; hired; joined; seit; eintritt; beginn; desde; inicio; ingreso",
    "customers": "customers; customer; serves; clients; kunden; kundschaft; bedient; clientes; atiende",
    "aka": "aka; alias; aliases; nickname; nicknames; goes by; called; rufname; spitzname; apodo",
    "pronouns": "pronouns; pronoun; pronomen; pronombres; pronombre",
    "date": "date; day; datum; tag; fecha; dia",
    "kind": "type; kind; art; typ; tipo; category",
    "author": "author; by; from; autor; autora; von; source",
}
_FIELD = {key.strip(): field for field, keys in _KEYS.items() for key in keys.split(";")}
NOT_A_PERSON = AccountId("-")  # a reader knows no accounts; the import fills in whose the person is


@dataclass(frozen=True, slots=True)
class Details:
    """Fields a file gives, by our names for them, as written."""

    fields: Mapping[str, str]

    def get(self, field: str) -> str:
        """One field; empty when it is not given."""
        return self.fields.get(field, "")

    def person(self, name: str) -> Person:
        """The person these details describe; what cannot be understood is left out."""
        since = cell_date(self.get("since"))
        return Person(
            NOT_A_PERSON,
            PersonId(self.get("id")[:64]) if self.get("id") else NEW,
            " ".join(name.split())[:120],
            aka=tuple(part.strip() for part in re.split(r"[,;]", self.get("aka").strip("[]")) if part.strip()),
            pronouns=pronouns_of(self.get("pronouns")),
            role=self.get("role"),
            start=since.day() if since else None,
            customers=self.get("customers"),
        )


def pronouns_of(written: str) -> Pronouns:
    """The pronouns that words like "she/her" or "er" stand for; they, when nothing is known."""
    first = re.split(r"\W+", written.strip().casefold())[0]
    return {"she": Pronouns.SHE, "sie": Pronouns.SHE, "ella": Pronouns.SHE, "he": Pronouns.HE, "er": Pronouns.HE,
            "el": Pronouns.HE, "él": Pronouns.HE}.get(first, Pronouns.THEY)  # fmt: skip


def field_of(key: str) -> str:
    """Our name for a written key; empty when it is none of ours."""
    return _FIELD.get(fold_label(key), "")


def details_of(pairs: Mapping[str, str]) -> Details:
    """The pairs we know, empty values aside; the first of two spellings wins."""
    fields: dict[str, str] = {}
    for key, value in pairs.items():
        if (field := field_of(key)) and value.strip():
            fields.setdefault(field, value.strip().strip("\"'"))
    return Details(fields)


def detail_line(line: str) -> tuple[str, str] | None:
    """Field and value of a line like "Serves: …" or "**Role**: …"; dated lines and other sentences are none."""
    match = re.match(r"^\W{0,4}([\w .-]{2,20}?)\W{0,2}:\W{0,3}\s*(\S.*)$", line)
    if not match or find_date(match.group(1)):
        return None
    field = field_of(match.group(1))
    return (field, match.group(2)) if field in {"role", "since", "customers", "aka", "pronouns"} else None
