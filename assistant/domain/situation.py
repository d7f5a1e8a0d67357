"""Everything an engine may know about one person on one day. Gathered in code, screened, one person only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.account import Account
from assistant.domain.digest import Digest
from assistant.domain.evidence import Evidence, EvidenceState, Topic
from assistant.domain.meeting import LastTime
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.profile import Profile
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.stage import Stage
from assistant.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Situation:
    """One person, one day, one manager.

    Attributes:
        evidence: All that is not rejected, oldest first, every topic; quotes never touch sensitive spans.
        recent: Readable notes since last time and of the four months before today, oldest first, closed ones included
            so that a brief can say that something was left out.
        earlier: Readable notes before those, oldest first, while both are no more than sixty: a model may be shown them
            whole. The rules read the evidence in them.
        notes_in_all: How many notes there are.
        resting: Question ids that were asked lately and must not come back yet, or that were no help.
        asked_texts: Their words, to recognise near copies.
        mentioned_by_others: Notes filed under other people that mention this one.
        left_out: The newest notes that hold something private, so that a brief can say what to leave alone.
        guidance: Coaches' decisions that hold today, newest first.
        older: What a model made of older notes, the newest period first; lines touch nothing private.
        waiting: Readable notes of debriefs that wait for the manager's yes. Nothing counts of them yet; a question may
            be answered from them, since the manager wrote them down.
        language: ISO 639-1 code of the language the manager is answered in: that of the talk, else of the newest notes.
    """

    person: Person
    manager: Account
    today: date
    since: LastTime
    stage: Stage
    profile: Profile
    evidence: tuple[Evidence, ...]
    promises: tuple[Promise, ...]
    recent: tuple[Readable, ...]
    notes_in_all: int
    first_note_on: date | None = None
    resting: frozenset[str] = frozenset()
    asked_texts: tuple[str, ...] = ()
    mentioned_by_others: tuple[Readable, ...] = ()
    left_out: tuple[Readable, ...] = ()
    guidance: tuple[Verdict, ...] = ()
    language: str = "en"
    older: tuple[Digest, ...] = ()
    earlier: tuple[Readable, ...] = ()
    waiting: tuple[Readable, ...] = ()
    requests: tuple[Promise, ...] = ()

    def about(self, topic: Topic) -> tuple[Evidence, ...]:
        """The evidence on one topic, oldest first."""
        return tuple(i for i in self.evidence if i.topic is topic and i.state is not EvidenceState.REJECTED)

    def open_promises(self, owner: Owner) -> tuple[Promise, ...]:
        """One side's open promises that are still spoken of: overdue first, then by due day, undated last."""
        mine = [p for p in self.promises if p.owner is owner and p.state is PromiseState.OPEN]
        mine = [p for p in mine if not p.is_quiet(self.today)]
        return tuple(sorted(mine, key=lambda p: (p.due is None, p.due or date.max, p.made_on, p.place)))

    @property
    def unanswered(self) -> tuple[Promise, ...]:
        """What the person asked of the manager and no later note answers, oldest first; quiet ones left out."""
        asked = [r for r in self.requests if r.state is PromiseState.OPEN and not r.is_quiet(self.today)]
        return tuple(sorted(asked, key=lambda r: (r.made_on, r.place)))

    @property
    def quiet_promises(self) -> tuple[Promise, ...]:
        """Open promises of both sides that no note has spoken of for half a year, the manager's own first."""
        quiet = [p for p in self.promises if p.is_quiet(self.today)]
        return tuple(sorted(quiet, key=lambda p: (p.owner is Owner.THEM, p.made_on, p.place)))

    @property
    def new_notes(self) -> tuple[Note, ...]:
        """Usable notes since last time, oldest first; what was written on the day of a held meeting is not new."""
        since, met = self.since.day, self.since.was_meeting
        return tuple(
            r.note for r in self.recent if not r.closed and (r.note.day > since or (r.note.day == since and not met))
        )

    @property
    def is_thin(self) -> bool:
        """Whether there are too few notes for a real brief."""
        return self.notes_in_all < 3


def newest_first(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence with the newest day first; where it stands breaks ties so that every run gives the same order."""
    return tuple(sorted(items, key=lambda i: (-i.day.toordinal(), i.place)))
