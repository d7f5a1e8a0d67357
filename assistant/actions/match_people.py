"""Whom the names in imported files mean. Two people are never merged by a guess: what is unsure is asked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.actions.compare_names import (
    core_of,
    fits_initials,
    is_abbreviated,
    is_close,
    is_full,
    is_part_of,
    is_short_for,
    name_key,
    words_of,
)
from assistant.actions.people_meant import calls_of, people_meant
from assistant.domain.account import AccountId
from assistant.domain.importing import NEW, Document, MatchState, MeetingDraft, NoteDraft, PersonMatch
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.errors import Choice, Unknown
from assistant.ports.outside import Ids

OWN_WORDS = {NoteKind.SELF_REVIEW, NoteKind.GOAL, NoteKind.SURVEY_COMMENT}
Key = tuple[str, str]  # folded name and the source's own person id, if it has one


@dataclass(frozen=True, slots=True)
class Matching:
    """Every written name with the person it stands for.

    Attributes:
        by_key: The match of a draft's or a described person's key.
        changed: Known people with details or an alias that the files add.
    """

    by_key: Mapping[Key, PersonMatch]
    changed: tuple[Person, ...]

    @property
    def matches(self) -> tuple[PersonMatch, ...]:
        """For the report: unsure names first, then new ones, then known ones, each by name."""
        order = [MatchState.UNSURE, MatchState.NEW, MatchState.KNOWN]
        told: dict[tuple[str, str], PersonMatch] = {}
        for match in self.by_key.values():
            key = (name_key(match.written), match.person.id if match.person else "")
            told[key] = replace(match, notes=match.notes + (told[key].notes if key in told else 0))
        return tuple(sorted(told.values(), key=lambda m: (order.index(m.state), m.written.casefold())))


def match_people(
    account: AccountId,
    known: Sequence[Person],
    documents: Sequence[Document],
    answers: Mapping[str, str],
    ids: Ids,
) -> Matching:
    """Match every name written in the documents to the people of one account, or to new ones.

    Args:
        account: Whose people they are.
        known: The people this account has.
        documents: Files of one import; what one says about a person helps to understand the others.
        answers: Written name to a person's id or name, or "new".
        ids: For new people whom the files give no id.

    Raises:
        Unknown: An answer names nobody.
    """
    matcher = _Matcher(account, known, documents, answers, ids)
    for document in documents:
        for person in document.people:
            matcher.describe(person)
    for written in matcher.in_order():
        matcher.meet(written)
    return Matching(dict(matcher.found), matcher.changes())


def key_of(item: NoteDraft | MeetingDraft | Person) -> Key:
    """The key of a draft or of a person a file describes; a source's id keeps namesakes apart."""
    if isinstance(item, Person):
        return name_key(item.name), "" if item.id == NEW else item.id
    return name_key(item.person_written), item.person_id


@dataclass(frozen=True, slots=True)
class _Written:
    """One name as the files write it, and everybody who signs a note of their own under it."""

    key: Key
    name: str
    notes: int
    authors: tuple[str, ...]
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class _Matcher:
    """People known so far, this import's new ones included."""

    account: AccountId
    known: Sequence[Person]
    documents: Sequence[Document]
    answers: Mapping[str, str]
    ids: Ids
    pool: dict[PersonId, Person] = field(default_factory=dict)
    found: dict[Key, PersonMatch] = field(default_factory=dict)
    counts: Counter[Key] = field(default_factory=Counter)
    described: set[PersonId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pool = {person.id: person for person in self.known}
        self.answers = {name_key(written): answer for written, answer in self.answers.items()}
        self.counts = Counter(key_of(draft) for document in self.documents for draft in document.drafts)

    # What the files describe

    def describe(self, person: Person) -> None:
        """Meet a person whom a file describes with a name and perhaps an id, a role, a start."""
        key = key_of(person)
        if key in self.found:
            self._enrich(self.found[key].person, person)
            return
        same = self.pool.get(person.id)
        if same is not None and person.id != NEW and _agree(same, person.name):
            self._is(key, person.name, same, person)
            return
        taken = (
            {m.person.id for k, m in self.found.items() if m.person and k[1] and k[1] != key[1]} if key[1] else set()
        )
        match = self._mean(person.name, [p for p in self.pool.values() if p.id not in taken], described=person)
        if match.state is MatchState.NEW:
            self._make(key, person.name, replace(person, account_id=self.account))
        elif match.person:
            self._is(key, person.name, match.person, person)
        else:
            self.found[key] = replace(match, notes=self.counts[key])
        if made := self.found[key].person:
            self.described.add(made.id)

    # What the notes write

    def in_order(self) -> list[_Written]:
        """Names that are not met yet: full ones first, since shorter ones lean on them."""
        names: dict[Key, str] = {}
        authors: dict[Key, set[str]] = {}
        guesses: dict[Key, tuple[str, ...]] = {}
        drafts: list[NoteDraft | MeetingDraft] = [d for document in self.documents for d in document.drafts]
        for draft in [*drafts, *(m for document in self.documents for m in document.meetings)]:
            key = key_of(draft)
            names.setdefault(key, draft.person_written)
            if draft.candidates:
                guesses.setdefault(key, draft.candidates)
            if isinstance(draft, NoteDraft) and (signed := _signed(draft)):
                authors.setdefault(key, set()).add(signed)
        written = [
            _Written(key, name, self.counts[key], tuple(sorted(authors.get(key, ()))), guesses.get(key, ()))
            for key, name in names.items()
            if key not in self.found
        ]
        return sorted(
            written, key=lambda w: (not is_full(w.name), not w.authors, not is_abbreviated(w.name), -w.notes, w.name)
        )

    def meet(self, written: _Written) -> None:
        """Find out whom a name means that no file describes."""
        key, name = written.key, written.name
        by_id = self._by_source_id(key[1])
        if by_id is not None and (not name or name == key[1] or _agree(by_id, name)):
            self._is(key, name or by_id.name, by_id)
            return
        if written.candidates and name_key(name) not in self.answers:
            some = [p for p in self.pool.values() if any(p in people_meant(c, [p]) for c in written.candidates)]
            why = "The file does not say who it is about" if some else "Nobody of that name is known here yet"
            self.found[key] = replace(self._unsure(name, some, why), notes=written.notes)
            return
        if key[1] and name == key[1] and name_key(name) not in self.answers:
            why = f"Nobody has the id {name}; import the people along with the notes."
            self.found[key] = PersonMatch(name, MatchState.UNSURE, written.notes, None, (), why)
            return
        signed = {name_key(author): author for author in written.authors}
        full = next(iter(signed.values())) if len(signed) == 1 and name_key(name) not in self.answers else ""
        match = self._mean(full or name, [*self.pool.values()])
        if len(signed) > 1 and name_key(name) not in self.answers:
            both = [p for p in self.pool.values() if name_key(p.name) in signed]
            self.found[key] = replace(self._unsure(name, both, "Several people sign with it"), notes=written.notes)
        elif match.state is MatchState.NEW:
            aka = self._free((name,)) if full else ()
            self._make(
                key, name, Person(self.account, PersonId(key[1]) if key[1] else NEW, _as_name(full or name), aka)
            )
        elif match.person:
            by_answer = bool(full) or name_key(name) in self.answers
            self._is(key, name, match.person, replace(match.person, aka=(name,)) if by_answer else None)
        else:
            self.found[key] = replace(match, written=name, notes=written.notes)

    def changes(self) -> tuple[Person, ...]:
        """Known people to whom the files added something."""
        before = {person.id: person for person in self.known}
        return tuple(p for p in self.pool.values() if p.id in before and p != before[p.id])

    # The judgement

    def _mean(self, name: str, others: list[Person], *, described: Person | None = None) -> PersonMatch:
        """Whom a name means among people: exactly one, several or nobody."""
        if name_key(name) in self.answers:
            return self._answered(name, self.answers[name_key(name)])
        exact = [p for p in others if name_key(p.name) == name_key(name)]
        start = described.start if described else None
        if len(exact) == 1 and start and exact[0].start and start != exact[0].start:
            return self._unsure(name, exact, "The day they started differs")
        fits = people_meant(name, others)
        if len(fits) == 1:
            return PersonMatch(name, MatchState.KNOWN, 0, fits[0])
        if fits:
            return self._unsure(name, fits, f"{len(fits)} people fit")
        near = self._near(name, [*self.known] if described else others)
        if near:
            return self._unsure(
                name, near, f"{near[0].name} is written much alike" if len(near) == 1 else "Several are near"
            )
        return PersonMatch(name, MatchState.NEW, 0)

    def _near(self, name: str, others: Iterable[Person]) -> list[Person]:
        """People whom a name could mean by a slip, a short form, a word more, or a description."""
        core = core_of(name)
        described = core and core != name.strip() and "," not in name and not is_full(name)
        own = self.counts[name_key(name), ""]
        return [
            p
            for p in others
            if (is_close(name, p.name) and self._is_slip(p, own))
            or any(is_close(name, n) for n in (*p.aka, p.first_name) if " " not in name and " " not in n)
            or is_short_for(name, p.name)
            or (is_full(name) and (is_part_of(name, p.name) or _is_short_entry(p, name)))
            or (described and (name_key(core) in calls_of(p) or fits_initials(core, p.name)))
        ]

    def _is_slip(self, person: Person, own: int) -> bool:
        """Whether a close spelling may be a slip: of somebody known, or of a far more frequent name in these files."""
        told = person.id in self.described or any(p.id == person.id for p in self.known)
        return told or own * 3 <= max(self.counts[key] for key in self._keys(person))

    def _keys(self, person: Person) -> list[Key]:
        return [k for k, m in self.found.items() if m.person and m.person.id == person.id] or [
            (name_key(person.name), "")
        ]

    def _answered(self, name: str, answer: str) -> PersonMatch:
        """The person an answer names."""
        if answer.strip().casefold() == NEW:
            again = [p for p in self.pool.values() if name_key(p.name) == name_key(name) and not is_full(name)]
            made = next((p for p in self.known if p.id == self._id_by_notes(name)), None)
            if made or len(again) == 1:  # the answer of the first time, given again
                return PersonMatch(name, MatchState.KNOWN, 0, made or again[0])
            return PersonMatch(name, MatchState.NEW, 0)
        said = [p for p in self.pool.values() if p.id == answer.strip()]
        said = said or [p for p in self.pool.values() if name_key(p.name) == name_key(answer)]
        if len(said) != 1:
            raise Unknown(
                f"The answer for {name!r} names nobody: {answer!r}.",
                next="Give a person's id, the full name, or 'new'.",
                choices=[self._choice(p) for p in [*self.pool.values()][:20]],
            )
        return PersonMatch(name, MatchState.KNOWN, 0, said[0])

    def _unsure(self, name: str, people: Sequence[Person], why: str) -> PersonMatch:
        choices = (*(self._choice(p) for p in people), Choice(NEW, f"{_as_name(name)}, somebody new"))
        return PersonMatch(name, MatchState.UNSURE, 0, None, choices, f"{why}.")

    def _choice(self, person: Person) -> Choice:
        """A person to choose; one that only this import makes has no lasting id yet, so the name stands for it."""
        lasting = any(p.id == person.id for p in self.known) or any(key[1] == person.id for key in self.found)
        return Choice(person.id if lasting else person.name, person.name, person.role)

    # What follows from it

    def _is(self, key: Key, written: str, person: Person, more: Person | None = None) -> None:
        state = MatchState.KNOWN if any(p.id == person.id for p in self.known) else MatchState.NEW
        self.found[key] = PersonMatch(written, state, self.counts[key], person)
        if more is not None:
            self._enrich(person, more)

    def _make(self, key: Key, written: str, person: Person) -> None:
        """Put a new person into the pool, with the source's id where it is free."""
        if person.id == NEW or person.id in self.pool:
            new = self.answers.get(name_key(written), "").strip().casefold() == NEW
            lasting = self._id_by_notes(written)
            person = replace(person, id=lasting if new and lasting not in self.pool else PersonId(self.ids()))
        self.pool[person.id] = person
        lone = len(person.name.split()) == 1
        why = f"{person.name} is new, with one name only; give the full name when you know it." if lone else ""
        self.found[key] = PersonMatch(written, MatchState.NEW, self.counts[key], person, (), why)

    def _id_by_notes(self, name: str) -> PersonId:
        """An id for somebody who is said to be new: the same for the same notes, so that asking twice makes one."""
        told = (
            d for document in self.documents for d in document.drafts if name_key(d.person_written) == name_key(name)
        )
        words = "\n".join(sorted(f"{draft.day} {draft.text}" for draft in told))
        return PersonId("n" + hashlib.sha256(f"{name_key(name)}\n{words}".encode()).hexdigest()[:16])

    def _enrich(self, person: Person | None, more: Person) -> None:
        """Fill in what is not known of a person; what is known stays."""
        if person is None:
            return
        old = self.pool[person.id]
        full = replace(
            old,
            role=old.role or more.role,
            start=old.start or more.start,
            customers=old.customers or more.customers,
            cadence_days=old.cadence_days or more.cadence_days,
            pronouns=old.pronouns if old.pronouns is not Pronouns.THEY else more.pronouns,
            aka=tuple(dict.fromkeys((*old.aka, *self._free(more.aka, of=old)))),
        )
        self.pool[person.id] = full
        for key, match in self.found.items():
            if match.person and match.person.id == full.id:
                self.found[key] = replace(match, person=full)

    def _free(self, aliases: Iterable[str], of: Person | None = None) -> tuple[str, ...]:
        """Aliases that say nothing about anybody else; a shared first name is no alias."""
        rest = [p for p in self.pool.values() if of is None or p.id != of.id]
        taken = {call for p in rest for call in (*calls_of(p), *map(name_key, p.aka))}
        own = {name_key(of.name), *calls_of(of)} if of else set[str]()
        return tuple(a for a in aliases if name_key(a) not in taken | own)

    def _by_source_id(self, source: str) -> Person | None:
        """The person a source's id stands for: as a file of this import says, else as the account has it."""
        told = [m.person for key, m in self.found.items() if source and key[1] == source and m.person]
        return told[0] if told else self.pool.get(PersonId(source))


def _signed(draft: NoteDraft) -> str:
    """The full name behind a short one, when the person signed words of their own with it."""
    author = draft.author.split(",")[0].split("(")[0].strip()
    if is_full(draft.person_written) or not is_full(author):
        return ""
    both = fits_initials(draft.person_written, author)
    first = words_of(draft.person_written)[:1] == words_of(author)[:1] and len(words_of(draft.person_written)) == 1
    if draft.kind in OWN_WORDS and (both or first or is_short_for(draft.person_written, author)):
        return author
    return author if draft.kind is NoteKind.PROJECT_LOG and both else ""


def _agree(person: Person, written: str) -> bool:
    """Whether a name and a person of the same id can be one: the id alone may be somebody else's number 7."""
    names = {name_key(n) for n in (person.name, *person.aka, person.first_name)}
    return name_key(written) in names or fits_initials(written, person.name) or is_part_of(written, person.name)


def _is_short_entry(person: Person, full: str) -> bool:
    """Whether a known entry is no more than a short form of this full name: "Tom B.", "Ana"."""
    if is_full(person.name):
        return False
    return (
        fits_initials(person.name, full)
        or is_short_for(person.name, full)
        or words_of(person.name) == words_of(full)[:1]
    )


def _as_name(written: str) -> str:
    """A name as it is kept: "Last, First" turned round."""
    last, comma, first = written.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else written.strip()
