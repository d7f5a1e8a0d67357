"""One language's expressions for promises, compiled once."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.domain.person import Person, Pronouns
from assistant.engines.offline.sentences import fold
from assistant.prompting import offline_words

_SUBJECTS = {
    Pronouns.SHE: ("she", "sie", "ella"),
    Pronouns.HE: ("he", "er", "él"),
    Pronouns.THEY: ("they", "sie", "elle"),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """What sounds like a promise, and like its end, for one person in one language."""

    me: re.Pattern[str]
    them: re.Pattern[str]
    own: re.Pattern[str]
    dated: re.Pattern[str]
    again: re.Pattern[str]
    never: re.Pattern[str]
    kept: re.Pattern[str]
    dropped: re.Pattern[str]
    still_open: re.Pattern[str]
    trim: re.Pattern[str]


@cache
def phrases(language: str, person: Person) -> Phrases:
    """The expressions, with the person's names and pronouns in place of `{they}`."""
    raw = offline_words("promising", language)
    names = sorted({fold(n) for n in person.names} | set(_SUBJECTS[person.pronouns]), key=lambda n: (-len(n), n))
    they = rf"\b(?:{'|'.join(map(re.escape, names))})"

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in raw[name]).replace("{they}", they))

    return Phrases(
        any_of("me"), any_of("them"), any_of("own"), any_of("dated"), any_of("again"), any_of("never"), any_of("kept"),
        any_of("dropped"), any_of("still_open"), re.compile(raw["trim"]),
    )  # fmt: skip
