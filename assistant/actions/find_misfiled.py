"""Notes that seem to be filed under the wrong person, with the words that say so. It suggests; it moves nothing.

Precision first. A namesake's work, told without a last name, is the usual slip: the note must speak of what the other
one does or serves, in rare words, and hardly of anything its own person's notes know. Where names differ, the note must
open with the other one, never name its own person, and speak of the other one's work alone. Or it says itself that it
lies in the wrong place, names somebody else and never its own person; or it names nobody and speaks of a woman in a
man's file, in words that only another woman's notes hold.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import fsum

from assistant.domain.misfiled import Misfiled
from assistant.domain.note import AiUse, Note, NoteId
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems

ENOUGH, TWICE = 3.0, 2.0  # how far the other one leads, and by what factor
ENOUGH_BY_PRONOUN = 1.0  # … where the pronouns speak for the other one already
OF_THEIR_WORK = 1.5  # a word of somebody's role or customers
MOST_WORDS = 5
MOST_CHECKED = 3_000  # notes of an account up to which an import looks by itself
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_PRONOUN = re.compile(r"\b[^\W\d_]{2,4}(?:['’](?:s|d|ll))?\b")


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells people apart, as stems: words of their work, and in how many of whose notes a word stands."""

    work: Mapping[PersonId, frozenset[str]]
    noted: Mapping[PersonId, Counter[str]]

    def weight(self, word: str, who: PersonId, own: PersonId) -> float:
        """How much a word of a note points to somebody; the note itself, filed under `own`, is not counted."""
        times = {person: count[word] - (person == own) for person, count in self.noted.items() if word in count}
        knowing = sum(count > 0 for count in times.values())
        told = 1 / knowing if times.get(who, 0) > 0 else 0.0
        return told + (OF_THEIR_WORK if word in self.work[who] else 0.0)


def find_misfiled(
    people: Sequence[Person], notes: Sequence[Note], whose: PersonId | None = None
) -> tuple[Misfiled, ...]:
    """The notes that seem to be about somebody else of the same account, oldest first; of one person when named."""
    everyone = {person.id: person for person in people}
    usable = [note for note in notes if note.ai is AiUse.ALLOWED]
    looked_at = [note for note in usable if whose in (None, note.person_id)]
    open_to = [
        (note, other) for note in looked_at for other in people if _could_be(note, everyone[note.person_id], other)
    ]
    if not open_to:
        return ()
    known = _known(people, usable)
    found: dict[NoteId, Misfiled] = {}
    for note, other in sorted(open_to, key=lambda pair: (pair[0].day, pair[0].id, pair[1].id)):
        own = everyone[note.person_id]
        telling = _telling(note, own, other, known)
        if telling:
            found.setdefault(note.id, Misfiled(note, own, other, telling))
    return tuple(found.values())


def may_be_misfiled(notes: Iterable[Note], person_id: PersonId, people: Sequence[Person]) -> bool:
    """Whether the names in one person's notes leave it open that one is about another of these people.

    Cheap, and no verdict: everybody of another first name is looked for at once.
    """
    own = next((person for person in people if person.id == person_id), None)
    if own is None:
        return False
    opposite = next((p for p in people if {p.pronouns, own.pronouns} == {Pronouns.SHE, Pronouns.HE}), None)
    first = _named((own.first_name,))
    only = [_only(own, other) for other in people if other.first_name == own.first_name and other.id != own.id]
    opener = _named(tuple(name for other in people if other.first_name != own.first_name for name in other.names))
    named = _named(tuple(own.names))
    return any(
        first.search(note.text)
        and not all(names.search(note.text) for names in only)
        or not named.search(note.text)
        and (
            _says_so(note.text)
            or opener.match(_opening(note)) is not None
            or opposite
            and _fits_only(opposite, own, note.text)
        )
        for note in notes
    )


def _could_be(note: Note, own: Person, other: Person) -> bool:
    """Whether the names leave it open that the note is about the other one."""
    if other.id == own.id:
        return False
    if other.first_name == own.first_name:
        return bool(_named((own.first_name,)).search(note.text)) and not _only(own, other).search(note.text)
    if _named(tuple(own.names)).search(note.text):
        return False
    if _says_so(note.text) and _named(tuple(other.names)).search(note.text):
        return True
    return _named(tuple(other.names)).match(_opening(note)) is not None or _fits_only(other, own, note.text)


@lru_cache(maxsize=4_096)  # every turn about a person asks it of all their notes
def _says_so(text: str) -> bool:
    """Whether a note says itself that it lies in the wrong place."""
    return any(pattern.search(text) for pattern in _wrong_places())


def _fits_only(other: Person, own: Person, text: str) -> bool:
    """Whether the pronouns of a note that names nobody can mean the other one and never its own person."""
    if {own.pronouns, other.pronouns} != {Pronouns.SHE, Pronouns.HE}:
        return False
    spoken = {word.casefold().replace("’", "'") for word in _PRONOUN.findall(text)}
    return bool(spoken & _pronouns(other.pronouns)) and not spoken & _pronouns(f"of_{own.pronouns.object}")


def _opening(note: Note) -> str:
    """A note from its first word on."""
    return note.text.lstrip("\"“„«' ")


def _telling(note: Note, own: Person, other: Person, known: _Known) -> tuple[str, ...]:
    """The words that point to the other one, when they do so clearly."""
    if (said := _named(tuple(other.names)).search(note.text)) and _says_so(note.text):
        return (said[0],)
    names = stems(" ".join((*own.names, *other.names)))
    found = ((word, stem) for word in _WORD.findall(note.text) for stem in sorted(stems(word)))
    words = {word: stem for word, stem in found if _counts(word, stem, names)}
    rare = frozenset(words.values())
    of_work = (rare & known.work[other.id]) - known.work[own.id]
    theirs = {stem: known.weight(stem, other.id, own.id) for stem in rare}
    mine = fsum(known.weight(stem, own.id, own.id) for stem in rare)  # exact: the same in whatever order
    lead = fsum(theirs.values())
    if not _named(tuple(other.names)).search(note.text):
        telling = sorted((w for w in words if theirs[words[w]] > 0), key=note.text.find)
        return tuple(telling)[:MOST_WORDS] if lead - mine >= ENOUGH_BY_PRONOUN and lead >= TWICE * mine else ()
    if not of_work or lead - mine < ENOUGH or lead < TWICE * mine:
        return ()
    if other.first_name != own.first_name and (len(of_work) < 2 or rare & known.work[own.id]):
        return ()
    return tuple(sorted((w for w in words if words[w] in of_work), key=note.text.find))[:MOST_WORDS]


def _counts(word: str, stem: str, names: frozenset[str]) -> bool:
    return len(word) >= _SHORTEST and stem not in names and word.casefold() not in _small_words()


def _known(people: Sequence[Person], notes: Sequence[Note]) -> _Known:
    noted: defaultdict[PersonId, Counter[str]] = defaultdict(Counter)
    for note in notes:
        noted[note.person_id].update(stems(note.text))
    return _Known({p.id: stems(f"{p.role} {p.customers}") for p in people}, noted)


@lru_cache(maxsize=512)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted({*names} or {"\0"}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _only(own: Person, other: Person) -> re.Pattern[str]:
    """Names that only the note's own person has: with one of them nothing is open."""
    shared = {own.first_name, *other.names}
    return _named(tuple(name for name in own.names if name not in shared) or ("\0",))


@cache
def _wrong_places() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(offline_words("misfiled", code)["says_so"], re.IGNORECASE) for code in LANGUAGES)


@cache
def _pronouns(which: str) -> frozenset[str]:
    return frozenset(word for code in LANGUAGES for word in offline_words("misfiled", code)[which].split())


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for code in LANGUAGES for word in offline_words("language", code)["words"].split())
