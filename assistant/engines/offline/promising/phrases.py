"""One language's expressions for promises, compiled once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.domain.person import Person, Pronouns
from assistant.engines.offline.sentences import fold
from assistant.engines.offline.voice import initials_of
from assistant.prompting import offline_words

_UNNAMED = frozenset({"Me", "me"})  # the account of somebody who has not said their name yet
_NOBODY = r"(?!)"
_WORDS_OF_ONE = frozenset("aeiouyxnq")
_ARTICLES = frozenset({"a", "an", "ein", "eine", "einem", "einer", "un", "una"})
_SUBJECTS = {
    Pronouns.SHE: ("she", "sie", "ella"),
    Pronouns.HE: ("he", "er", "él"),
    Pronouns.THEY: ("they", "he", "she", "sie", "er", "elle", "él", "ella"),  # nobody has said yet which
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of act, as it is promised and as a later note tells its outcome."""

    promised: re.Pattern[str]
    told: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """What sounds like a promise, and like its end, for one person in one language."""

    me: re.Pattern[str]
    them: re.Pattern[str]
    undone: re.Pattern[str]
    undone_by_them: re.Pattern[str]
    by_day: re.Pattern[str]
    by_day_them: re.Pattern[str]
    ahead: re.Pattern[str]
    side: re.Pattern[str]
    present: re.Pattern[str]
    you: re.Pattern[str]
    own: re.Pattern[str]
    dated: re.Pattern[str]
    listed: re.Pattern[str]
    mine: re.Pattern[str]
    again: re.Pattern[str]
    repeated: re.Pattern[str]
    earlier: re.Pattern[str]
    never: re.Pattern[str]
    aside: re.Pattern[str]
    weak: re.Pattern[str]
    together: re.Pattern[str]
    joke: re.Pattern[str]
    kept: re.Pattern[str]
    result: re.Pattern[str]
    past: re.Pattern[str]
    dropped: re.Pattern[str]
    still_open: re.Pattern[str]
    planned: re.Pattern[str]
    unreal: re.Pattern[str]
    trim: re.Pattern[str]
    deeds: tuple[Deed, ...]
    number: re.Pattern[str]
    numbers: Mapping[str, str]
    it: re.Pattern[str]
    reached: re.Pattern[str]
    late: re.Pattern[str]
    moved: re.Pattern[str]


@cache
def phrases(language: str, person: Person, manager: str) -> Phrases:
    """The expressions, with the person's names and pronouns in place of `{they}`, the manager's of `{boss}`."""
    raw, tells = offline_words("promising", language), offline_words("tellings", language)
    own, they = _names(person), they_are(person)
    name = _one_of({*map(_plain, own)})
    boss = _NOBODY if manager in _UNNAMED else _one_of(
        {_plain(fold(n)) for n in (manager, manager.split()[0], manager[:1] + ".", *initials_of(manager))}
    )  # fmt: skip

    def any_of(key: str) -> re.Pattern[str]:
        joined = "|".join(f"(?:{p})" for p in raw[key])
        for slot, words in {"they": they, "name": name, "boss": boss, "lead": raw["lead"], "day": raw["day"]}.items():
            joined = joined.replace(f"{{{slot}}}", words)
        return re.compile(joined)

    deeds = tuple(Deed(re.compile(promised), re.compile(told)) for promised, told in raw["deeds"])
    numbers = {word: str(count) for word, count in raw["due"]["numbers"].items() if word not in _ARTICLES}
    return Phrases(
        any_of("me"), any_of("them"), any_of("undone"), any_of("undone_by_them"), any_of("by_day"),
        any_of("by_day_them"), re.compile(raw["ahead"]), any_of("side"), any_of("present"),
        any_of("you"), any_of("own"), any_of("dated"), any_of("listed"),
        any_of("mine"), any_of("again"), any_of("repeated"), any_of("earlier"), any_of("never"),
        re.compile(raw["aside"]), any_of("weak"), any_of("together"),
        any_of("joke"),
        any_of("kept"), any_of("result"), any_of("past"), any_of("dropped"), any_of("still_open"),
        any_of("planned"), any_of("unreal"),
        re.compile(f"(?:{raw['trim'].removeprefix('^')})+"), deeds,
        re.compile(rf"\b(?:{'|'.join(numbers)}|{raw['first']})\b"),
        numbers, re.compile(rf"\b(?:{raw['it']})\b"), re.compile(raw["reached"]),
        *(re.compile("|".join(f"(?:{p})" for p in tells[key])) for key in ("late", "moved")),
    )  # fmt: skip


def they_are(person: Person) -> str:
    """An expression for the person as the subject of a sentence: a name, an initial or a pronoun."""
    return _one_of({*map(_plain, _names(person)), *_SUBJECTS[person.pronouns]})


def _names(person: Person) -> set[str]:
    return {fold(n) for n in person.names} | _letters(person.name) | initials_of(person.name)


def _letters(name: str) -> set[str]:
    """Expressions for the first letter that stands for a name: "R." anywhere, "R" where it is no word nor a unit."""
    first = fold(name[:1])
    bare = set() if first in _WORDS_OF_ONE else {rf"(?<!['\d])(?<!\d ){re.escape(first)}(?=:? )"}
    return {rf"{re.escape(first)}\."} | bare


def _plain(name: str) -> str:
    return name if name.endswith(("\\.", "(?=:? )")) else re.escape(name)


def _one_of(names: set[str]) -> str:
    return rf"(?<!\w)(?:{'|'.join(sorted(names, key=lambda n: (-len(n), n)))})"
