"""What a question gives away besides its meaning: whose voice it asks for, and whether it asks about promises.

Hints lift notes a little; they never remove one. Words for everyday work only, in English, German and Spanish.
"""

import re

from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner

_CUSTOMER = re.compile(
    r"\b(?:customers?|clients?|consumers?|complain\w*|guests?|patients?|buyers?|callers?|users?|outside|the public|"
    r"(?:people|those) we serve|thank\w*|kund\w*|gäste?n?|patient\w*|beschwer\w*|reklam\w*|von außen|"
    r"clientes?|client[ae]s?|usuari\w+|pacientes?|quej\w+|reclam\w+|huésped\w*)\b",
    re.IGNORECASE,
)
_PEER = re.compile(
    r"\b(?:colleagues?|co-?workers?|peers?|team-?mates?|the others|kolleg\w*|mitarbeiter\w*|compañer\w+|colegas?)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:own words|(?:him|her|them)sel(?:f|ves)|self-?(?:review|image|assessment|view)|"
    r"eigene[nr]? worte\w*|selbst\w*|propias palabras|autoevaluaci\w+|s[íi] mism[oa]s?)\b",
    re.IGNORECASE,
)
_VOICES = (
    (_CUSTOMER, frozenset({NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT, NoteKind.SURVEY_COMMENT})),
    (_PEER, frozenset({NoteKind.PEER_FEEDBACK})),
    (_SELF, frozenset({NoteKind.SELF_REVIEW, NoteKind.GOAL})),
)
_PROMISE = re.compile(
    r"\b(?:promis\w+|owe[sd]?|commit(?:ted|ments?)?|agreed? to|deadlines?|due|overdue|outstanding|loose ends?|pending|"
    r"unfinished|undone|(?:still|left) (?:open|to do|hanging|lying)|open (?:items?|points?|tasks?|promises?)|to-?dos?|"
    r"waiting (?:for|on)|put off|late with|follow(?:ed)? (?:up|through)|sitting on|not (?:done|finished)|bottleneck|"
    r"verspr\w+|zugesagt|zusage\w*|schulde\w*|offen(?:e[nrs]?)? (?:punkt\w*|aufgabe\w*|zusage\w*)|"
    r"fällig\w*|überfällig\w*|frist\w*|noch (?:offen|ausstehend)|aufgeschoben|"
    r"prom(?:et|es)\w+|deb[oe]|compromis\w+|pendientes?|plazos?|vence\w*|quedé en)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|my|mine|myself|ich|mein\w*|yo|mi|mis|debo|quedé|prometí)\b", re.IGNORECASE)
_THEIRS = re.compile(r"\b(?:his|hers?|theirs?|he|she|they|sie|ihr\w*|er|sein\w*|él|ell[ao]s?|sus?)\b", re.IGNORECASE)
_THEY_PROMISE = re.compile(
    r"\b(?:he|she|they|er|sie|él|ella|ellos|ellas)\s+(?:\w+\s+){0,2}?(?:promis|owe|commit|agree|verspr|zugesagt|schulde|"
    r"promet)",
    re.IGNORECASE,
)


def voices(question: str) -> frozenset[NoteKind]:
    """The kinds of note in which the voice a question asks for would be heard; empty when it names none."""
    return frozenset().union(*(kinds for words, kinds in _VOICES if words.search(question)))


def promisers(question: str) -> frozenset[Owner]:
    """Whose promises a question asks about; empty when it does not speak of promises or tasks."""
    if not _PROMISE.search(question):
        return frozenset()
    if _MINE.search(question) and not _THEY_PROMISE.search(question):
        return frozenset({Owner.ME})
    return frozenset({Owner.THEM}) if _THEIRS.search(question) else frozenset(Owner)
