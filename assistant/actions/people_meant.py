"""Whom a written name can mean among people, and whom a mail or a calendar entry is about when it names several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.actions.compare_names import fits_initials, is_abbreviated, is_full, name_key, words_of
from assistant.domain.account import Account
from assistant.domain.importing import NEW, Document, MeetingDraft, NoteDraft
from assistant.domain.person import Person

Draft = TypeVar("Draft", NoteDraft, MeetingDraft)


def people_meant(name: str, people: Sequence[Person]) -> list[Person]:
    """Everybody whom a name fits: by the full name, else an alias, a first or last name, or initials."""
    fits = [p for p in people if name_key(p.name) == name_key(name)]
    fits = fits or [p for p in people if name_key(name) in {name_key(n) for n in p.aka}]
    if len(words_of(name)) == 1:
        return fits + [p for p in people if name_key(name) in calls_of(p) and p not in fits]
    if not fits and is_abbreviated(name):
        return [p for p in people if fits_initials(name, p.name)]
    return fits


def calls_of(person: Person) -> set[str]:
    """First and last name, folded."""
    words = words_of(person.name)
    return {words[0], words[-1]} if words else set()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document whose mails and entries name one person each, and what of it was left out with the reason.

    What is still unsure keeps its candidates.
    """

    document: Document
    left_out: tuple[str, ...] = ()


def choose_people(
    documents: Sequence[Document], account: Account, known: Sequence[Person], answers: Mapping[str, str]
) -> list[Chosen]:
    """Settle whom drafts are about that name several people, as far as the people known settle it.

    The manager is never the one. Somebody known wins over somebody who is not; two who are known are asked about, or
    left out where the draft is optional.

    Args:
        documents: Files of one import; people in one settle mails in another.
        account: The manager.
        known: The people this account has.
        answers: Written name to whom it stands for.
    """
    chooser = _Chooser(account.name, _pool(account, documents, known), {name_key(written) for written in answers})
    return [chooser.settle(document) for document in documents]


def _pool(account: Account, documents: Sequence[Document], known: Sequence[Person]) -> list[Person]:
    """The people known, and those that other files of the import bring for sure."""
    pool = {name_key(person.name): person for person in known}
    for document in documents:
        for person in document.people:
            pool.setdefault(name_key(person.name), person)
        for draft in document.drafts:
            name = draft.person_written
            if not draft.candidates and is_full(name) and not people_meant(name, [*pool.values()]):
                pool[name_key(name)] = Person(account.id, NEW, name)
    return [*pool.values()]


@dataclass(frozen=True, slots=True)
class _Chooser:
    """Who could be meant.

    Attributes:
        manager: The manager's own name.
        answered: Folded names that an answer was given for.
    """

    manager: str
    pool: Sequence[Person]
    answered: set[str]

    def settle(self, document: Document) -> Chosen:
        """The document with one name a draft, where that can be said."""
        left_out: dict[str, str] = {}
        drafts = tuple(d for draft in document.drafts if (d := self._settled(draft, left_out)))
        meetings = tuple(m for draft in document.meetings if (m := self._settled(draft, left_out)))
        told = tuple(f"{where}: {why}" for where, why in left_out.items())
        return Chosen(replace(document, drafts=drafts, meetings=meetings), told)

    def _settled(self, draft: Draft, left_out: dict[str, str]) -> Draft | None:
        """The draft with the person it is about, or with its candidates; none when it is left out."""
        if not draft.candidates:
            return draft
        names = self._others(draft.candidates)
        if said := next((name for name in names if name_key(name) in self.answered), ""):
            return replace(draft, person_written=said, candidates=())
        fits = {name: people_meant(name, self.pool) for name in names}
        sure = {name_key(found[0].name): name for name, found in fits.items() if len(found) == 1}
        if len(sure) == 1:
            return replace(draft, person_written=next(iter(sure.values())), candidates=())
        if len(sure) > 1:
            together = " or ".join(sure.values())
            if draft.optional:
                left_out[draft.where] = f"it names several of your people ({together})"
                return None
            answered = name_key(together) in self.answered
            return replace(draft, person_written=together, candidates=() if answered else tuple(sure.values()))
        if unclear := next((name for name, found in fits.items() if found), ""):
            return replace(draft, person_written=unclear, candidates=())
        likeliest = _likeliest(names or draft.candidates)
        if draft.optional:
            left_out[draft.where] = f"nobody here is called {likeliest}; `--person '{likeliest}=new'` brings them in"
            return None
        return replace(draft, person_written=likeliest, candidates=(likeliest,))

    def _others(self, names: Sequence[str]) -> list[str]:
        """The names that are not the manager's; a first name alone may be another's when it stands alone."""
        own = name_key(self.manager)
        others = [n for n in names if name_key(n) != own and not fits_initials(n, self.manager)]
        return [n for n in others if words_of(n) != words_of(self.manager)[:1]] or others


def _likeliest(names: Sequence[str]) -> str:
    """The first full name; a single word may be no name at all."""
    return next((name for name in names if is_full(name)), names[0])
