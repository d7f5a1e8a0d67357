"""Who else a note names. Full names and unmistakable aliases only: a shared first name names nobody.

A name of several words is one however it is written. A single word must stand as a name: with a capital, and where it
is an ordinary word as well (Will, Young, Koch), inside of a sentence and without an article before it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.domain.note import Mention, Note, Span
from assistant.domain.person import Person, PersonId
from assistant.prompting import LANGUAGES, offline_words

_OPENS = re.compile(r"(?:^|[.!?:;…\n])[\s\"'“”„‘’»«()\[\]*•#>–—-]*$")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof|hr|fr|sr|sra|st)\.\s+$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+)\s+$")
_NEAR = 40  # characters before a name that tell how it stands


def find_mentions(note: Note, people: Sequence[Person]) -> Note:
    """The note with the passages that name other people of the account marked."""
    names = _names_of(tuple(people))
    if names.pattern is None:
        return note
    found = [match for match in names.pattern.finditer(note.text) if names.is_one(match)]
    sure = {match.group() for match in found if not names.may_be_a_word(match)}
    mentions = (
        Mention(names.owner[match.group().casefold()], Span(match.start(), match.end()))
        for match in found
        if match.group() in sure
    )
    return replace(note, mentions=tuple(m for m in mentions if m.person_id != note.person_id))


def can_hold(names: Collection[str]) -> Callable[[str], bool]:
    """Tells of a text whether one of these names may stand in it; quick, for looking through thousands of notes."""
    single = {name for name in names if " " not in name and name.casefold() not in _listed("calendar")}
    small = {name.casefold() for name in single} - _listed("words")
    several = [re.escape(name) for name in names if " " in name]
    spelt = [f"(?i:{name})" for name in several]
    spelt += [f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in single]
    spelt += [re.escape(name) for name in single if name[0].islower()]
    if not spelt:
        return lambda text: False
    written = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(spelt))})(?!\w)")
    return lambda text: bool(written.search(text)) or (text.islower() and any(name in text for name in small))


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that belong to exactly one person.

    Attributes:
        pattern: One expression for all of them; none when there are none.
        owner: Whose it is, by the folded name.
        as_kept: Aliases of one word that somebody writes with a small letter.
    """

    pattern: re.Pattern[str] | None
    owner: dict[str, PersonId]
    as_kept: frozenset[str]

    def is_one(self, match: re.Match[str]) -> bool:
        """Whether a passage can be a name at all, by its letters and the word before it."""
        written, text = match.group(), match.string
        if " " in written or written in self.as_kept:
            return True
        ordinary = written.casefold() in _listed("words")
        if written[0].islower():
            return text.islower() and not ordinary and written not in _listed("calendar")
        if written.casefold() in _listed("calendar"):
            return False
        before = _LAST_WORD.search(text, max(0, match.start() - _NEAR), match.start())
        article = before is not None and before.group(1).casefold() in _listed("before")
        return not ordinary or not (article or text.isupper())

    def may_be_a_word(self, match: re.Match[str]) -> bool:
        """Whether it may just as well be an ordinary word that begins a sentence."""
        written = match.group()
        if " " in written or written in self.as_kept or written.casefold() not in _listed("words"):
            return False
        before = (match.string, max(0, match.start() - _NEAR), match.start())
        return _OPENS.search(*before) is not None and _TITLE.search(*before) is None


@lru_cache(maxsize=128)
def _names_of(people: tuple[Person, ...]) -> _Names:
    """Every name that belongs to exactly one person."""
    spoken = Counter(name.casefold() for person in people for name in person.names)
    firsts = Counter(person.first_name.casefold() for person in people)
    owner = {
        name.casefold(): person.id
        for person in people
        for name in person.names
        if spoken[name.casefold()] == 1 and firsts[name.casefold()] <= 1 and len(name) > 2
    }
    as_kept = frozenset(name for person in people for name in person.aka if " " not in name and name[:1].islower())
    if not owner:
        return _Names(None, {}, as_kept)
    ordered = sorted(owner, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
    return _Names(pattern, owner, as_kept)


@cache
def _listed(key: str) -> frozenset[str]:
    """A list of every language together: a note may be in any of them."""
    return frozenset(word for code in LANGUAGES for word in offline_words("names", code)[key].split())
