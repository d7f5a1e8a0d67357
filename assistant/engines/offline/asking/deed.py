"""Turns "He rebuilt the pump" into "you rebuilt the pump", word for word but for the person. Refuses when in doubt."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, Pronouns
from assistant.prompting import offline_words
from assistant.wording import stems

LONGEST, SHORTEST, MEANING = 15, 3, 2
_CUT = re.compile(
    r"[;:—–(\"“”]|\s-\s|[.!?](?=\s|$)"
    r"|,|\s(?:because|although|though|while|whereas|which|who|until|unless|but|so|as|when)\b"
    r"|\sand (?=(?:we|he|she|they|it|i|you|that|this|nobody|everyone|everybody)\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|themself|i|we|our|ours|mine|my|it|this|that|those|these)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:not|never|no|nobody|nothing|hardly|barely|almost|if|would|could|should|might|wrong)\b|n't\b", re.I
)
_ME = re.compile(r"\b(?:me|us)\b", re.IGNORECASE)
_OWN = {Pronouns.HE: "his", Pronouns.SHE: "her", Pronouns.THEY: "their"}
_NOT_FROM = {NoteKind.CUSTOMER_COMPLAINT}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the person did, in the second person after "you".

    Attributes:
        text: "rebuilt the pump": the note's words, only a possessive right after the verb may be turned.
    """

    text: str
    quote: Quote


def deed_in(quote: Quote, person: Person) -> Deed | None:
    """The first clause of a quote in which this person plainly did something, or None."""
    if quote.note.kind in _NOT_FROM or (quote.note.author and person.is_named(quote.note.author.partition(",")[0])):
        return None
    for match in _heads(person).finditer(quote.text):
        rest = quote.text[match.start("verb") :]
        end = next((c.start() for c in _CUT.finditer(rest) if c.start() > 0), len(rest))
        clause = _turned(rest[:end].strip(), person) or _turned_before_and(rest[:end], person)
        if clause and quote.note.author and _ME.search(clause):
            clause = None
        if clause is not None:
            return Deed(clause, quote)
    return None


def _turned_before_and(clause: str, person: Person) -> str | None:
    """The longest part of a clause before an "and" that can be turned."""
    cuts = [m.start() for m in re.finditer(r"\sand\s", clause)]
    turned = (_turned(clause[:cut].strip(), person) for cut in reversed(cuts))
    return next((part for part in turned if part), None)


def _turned(clause: str, person: Person) -> str | None:
    words = clause.split()
    if not SHORTEST <= len(words) <= LONGEST or _DOUBT.search(clause) or len(stems(clause)) < MEANING:
        return None
    light = frozenset(offline_words("questions")["deed"]["light"])
    own, at = _OWN[person.pronouns], 1
    while at < len(words) and words[at].casefold() in light:
        at += 1
    if at < len(words) and words[at].casefold() == own:
        words[at] = "your"
    if _OTHERS.search(" ".join(words)) or any(_names_someone(w) for w in words[1:]):
        return None
    return " ".join((words[0][:1].lower() + words[0][1:], *words[1:]))


def _names_someone(word: str) -> bool:
    """A capital inside the clause may be a colleague; a question does not carry others' names."""
    bare = word.strip(".,'’")
    return bare[:1].isupper() and bare[1:].islower()


@lru_cache(maxsize=256)
def _heads(person: Person) -> re.Pattern[str]:
    """The person at the head of a clause, or nobody at the head of a sentence, followed by a past verb."""
    words = offline_words("questions")["deed"]
    past = "|".join(sorted(map(re.escape, words["past"]), key=len, reverse=True))
    never = "|".join(map(re.escape, words["not_deeds"]))
    who = "|".join(map(re.escape, (*person.names, person.pronouns.value)))
    adverb = r"(?:(?:quietly|calmly|simply|then|also|just|already|even|again|really|personally|still)\s+)?"
    verb = rf"(?!(?:{never})\b)(?P<verb>(?:{past}|[a-z]{{3,}}ed|[a-z]+-[a-z]+ed)\b)"
    named = rf"(?:^|(?<=[.!?,;:]\s)|(?<=\band\s)|(?<=\bthen\s))(?:{who})\s+{adverb}"
    telegraphic = r"(?:^|(?<=[.!?]\s))"
    return re.compile(rf"(?:{named}|{telegraphic}){verb}", re.IGNORECASE)
