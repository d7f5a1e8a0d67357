"""Released copies and coaches' decisions, as rows. A copy goes with the person it came from, and so do its words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, select, update

from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.released import Released
from assistant.domain.stage import Stage
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from assistant.errors import Unknown
from assistant.grounding import set_apart
from assistant.lint import own_words
from knowledge.records import scope as scoped
from knowledge.records.scope import check_storable, is_storable
from knowledge.records.tables import coach_verdict, released

Repeats = Callable[[str], bool]
_ABOUT = ("kind", "subject_id", "part", "pillar", "stage")
_COPY = tuple(released.c[name] for name in ("id", *_ABOUT, "text", "engine", "released_on", "helpful", "instead"))
_DECIDED = tuple(
    coach_verdict.c[name]
    for name in (
        "account_id", "id", "release_id", *_ABOUT, "decision", "scope", "reason", "words", "text", "decided_on",
        "rolled_back_on",
    )
)  # fmt: skip
_VERDICTS = (
    select(*_DECIDED)
    .where(coach_verdict.c.decided_on <= bindparam("today"))
    .order_by(coach_verdict.c.decided_on.desc(), coach_verdict.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class SqlReleases:
    """The released copies of the scope's account."""

    scope: scoped.Scope

    def all(self) -> Sequence[Released]:
        """Every copy this account released, newest first."""
        return self._found()

    def of(self, person_id: PersonId) -> Sequence[Released]:
        """Those that came from one person, newest first."""
        return self._found(released.c.person_id == person_id)

    def add(self, person_id: PersonId, released_copy: Released) -> None:
        """A new copy."""
        check_storable(released_copy.id, released_copy.subject.id, released_copy.text, released_copy.instead)
        row = {
            "id": released_copy.id,
            "person_id": person_id,
            **_about(released_copy.subject),
            "text": released_copy.text,
            "engine": released_copy.engine,
            "released_on": released_copy.released_on,
            "helpful": released_copy.helpful,
            "instead": released_copy.instead or None,
        }
        self.scope.insert(released, [row])

    def remove(self, release_id: str) -> None:
        """Take a copy back, and its words out of every decision.

        Raises:
            Unknown: This account has none of that id.
        """
        this = and_(self.scope.own(released), released.c.id == release_id)
        if not is_storable(release_id) or not self.scope.rows(select(released.c.id).where(this)):
            raise Unknown(f"There is no released copy {release_id}.", next="See `review list`.")
        self.scope.run(delete(released).where(this))
        unsay(self.scope, [release_id])

    def refile(self, before: PersonId, after: PersonId) -> None:
        """The copies of one entry belong to another one now."""
        theirs = and_(self.scope.own(released), released.c.person_id == before)
        self.scope.run(update(released).where(theirs).values(person_id=after))

    def verdicts(self) -> Sequence[Verdict]:
        """Every coach's decisions that hold on the day of the view, newest first."""
        return [v for v in read_verdicts(self.scope) if v.in_force]

    def _found(self, *conditions: ColumnElement[bool]) -> list[Released]:
        query = select(*_COPY).where(self.scope.own(released), released.c.released_on <= self.scope.today, *conditions)
        rows = self.scope.rows(query.order_by(released.c.released_on.desc(), released.c.id.desc()))
        return [_copy(row) for row in rows]


@dataclass(frozen=True, slots=True)
class SqlBench:
    """Fulfils `BenchShelf`: copies of every account, without whose they are; a decision is the coach's own row."""

    scope: scoped.Scope

    def released(self) -> Sequence[Released]:
        """Every released copy, oldest first."""
        query = select(*_COPY).where(released.c.released_on <= self.scope.today)
        return [_copy(row) for row in self.scope.rows(query.order_by(released.c.released_on, released.c.id))]

    def verdicts(self) -> Sequence[Verdict]:
        """Every decision, newest first, those taken back included."""
        return read_verdicts(self.scope)

    def add(self, verdict: Verdict) -> None:
        """A new decision of this coach."""
        self.scope.check_own(verdict.coach_id)
        check_storable(verdict.id, verdict.subject.id, verdict.reason, verdict.words, verdict.text)
        names = ("id", "release_id", "reason", "words", "text", "decided_on", "rolled_back_on")
        row = {name: getattr(verdict, name) for name in names}
        said = {"decision": verdict.decision.value, "scope": verdict.scope.value}
        self.scope.insert(coach_verdict, [row | said | _about(verdict.subject)])

    def roll_back(self, verdict_id: str, day: date) -> None:
        """From this day on a decision no longer holds, whichever coach made it.

        Raises:
            Unknown: There is none of that id that holds.
        """
        known = {v.id for v in self.verdicts() if v.in_force}
        if verdict_id not in known:
            raise Unknown(f"There is no decision {verdict_id} that holds.", next="See `review list --all`.")
        self.scope.run(update(coach_verdict).where(coach_verdict.c.id == verdict_id).values(rolled_back_on=day))


def read_verdicts(scope: scoped.Scope) -> list[Verdict]:
    """Every coach's decisions up to the day of the view, newest first; one taken back later still holds."""
    return [_verdict(row, scope.today) for row in scope.rows(_VERDICTS)]


def unsay(scope: scoped.Scope, release_ids: Collection[str], repeats: Repeats = lambda text: False) -> None:
    """The words of some copies leave the decisions on them.

    A decision on one question alone goes with it, unless that one ships; a wider one stays with the question's own
    words, without what these quoted. Where the coach's reason or new words repeat what must go, the decision goes too.
    """
    mine = scope.among(coach_verdict.c.release_id, release_ids)
    for row in scope.rows(select(coach_verdict).where(mine)):
        passages = set_apart(row.text)
        told = [t for t in (row.reason, row.words) if repeats(t) or any(part in t for part in passages)]
        shipped = row.subject_id[:1].isupper()
        this = and_(coach_verdict.c.account_id == row.account_id, coach_verdict.c.id == row.id)
        own = "" if shipped or row.scope == Scope.THIS.value else own_words(row.text)
        if told or not shipped and (not own or repeats(own)):  # with no words left it could decide on nothing
            scope.run(delete(coach_verdict).where(this))
        else:
            scope.run(update(coach_verdict).where(this).values(text=own))


def forget_copies(scope: scoped.Scope, person_ids: Collection[str]) -> None:
    """The copies that came from some people, and their words in decisions."""
    theirs = and_(scope.own(released), scope.among(released.c.person_id, person_ids))
    unsay(scope, [row[0] for row in scope.rows(select(released.c.id).where(theirs))])
    scope.run(delete(released).where(theirs))


def scrub_copies(scope: scoped.Scope, repeats: Callable[[str, str], bool]) -> None:
    """Copies that repeat what is about to go; `repeats` is asked with the person and the text."""
    columns = (released.c.id, released.c.person_id, released.c.text, released.c.instead)
    for key, person_id, text, instead in scope.rows(select(*columns).where(scope.own(released))):
        told = partial(repeats, person_id)
        decided = scope.rows(select(coach_verdict.c.reason, coach_verdict.c.words).where(
            coach_verdict.c.release_id == key
        ))  # fmt: skip
        if told(text) or told(instead or "") or any(told(said) for row in decided for said in row):
            unsay(scope, [key], told)
            scope.run(delete(released).where(scope.own(released), released.c.id == key))


def bar_copies(scope: scoped.Scope, barred: Callable[[str], str]) -> None:
    """A name becomes bars in copies and in the decisions on them, should a manager have left it standing."""
    for row in scope.rows(select(released.c.id, released.c.text, released.c.instead).where(scope.own(released))):
        this = and_(scope.own(released), released.c.id == row.id)
        scope.run(
            update(released).where(this).values(text=barred(row.text), instead=row.instead and barred(row.instead))
        )
        for said in scope.rows(select(coach_verdict).where(coach_verdict.c.release_id == row.id)):
            key = and_(coach_verdict.c.account_id == said.account_id, coach_verdict.c.id == said.id)
            changed = {name: barred(getattr(said, name)) for name in ("text", "reason", "words")}
            scope.run(update(coach_verdict).where(key).values(changed))


def _about(subject: Subject) -> dict[str, str]:
    return {
        "kind": subject.kind.value,
        "subject_id": subject.id,
        "part": subject.part,
        "pillar": subject.pillar.value if subject.pillar else "",
        "stage": subject.stage.value if subject.stage else "",
    }


def _subject(kind: str, subject_id: str, part: str, pillar: str, stage: str) -> Subject:
    return Subject(
        SubjectKind(kind), subject_id, part, Pillar(pillar) if pillar else None, Stage(stage) if stage else None
    )


def _copy(row: Any) -> Released:
    key, *about, text, engine, day, helpful, instead = row
    return Released(key, _subject(*about), text, engine, day, helpful, instead or "")


def _verdict(row: Any, today: date) -> Verdict:
    coach, key, release_id, *about, decision, scope, reason, words, text, day, back = row
    return Verdict(
        key, AccountId(coach), _subject(*about), Decision(decision), Scope(scope), reason, day, words, text, release_id,
        back if back is None or back <= today else None,
    )  # fmt: skip
