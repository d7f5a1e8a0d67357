"""What a manager can do about one person on one day; holds no rule of its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.actions.ask_notes import Answer, answer_whole, ask_notes, look_up
from assistant.actions.build_profile import profile_of
from assistant.actions.draft_plan import plan_growing
from assistant.actions.follow_up import follow_up, is_followed
from assistant.actions.forget_person import forget_person
from assistant.actions.gather_situation import gather_situation
from assistant.actions.keep_meeting import keep_meeting, take_meeting_back
from assistant.actions.keep_notes import keep_notes, not_later
from assistant.actions.keep_promise import add_promise
from assistant.actions.mark_asked import mark_asked, question_named
from assistant.actions.prepare_brief import brief_growing, prepare_brief
from assistant.actions.rate_question import rate_question, unrate_question
from assistant.actions.recheck_plan import plan_today
from assistant.actions.refind_mentions import refind_mentions
from assistant.actions.retire_wishes import retire_wishes
from assistant.actions.tell_mentions import Mentioned, tell_mentions
from assistant.desk.plan_desk import DebriefDesk, PlanDesk
from assistant.desk.releasing import Releasing
from assistant.domain.ask_ledger import Asked
from assistant.domain.brief import Brief
from assistant.domain.event import Unit
from assistant.domain.evidence import Evidence, EvidenceState, Quote
from assistant.domain.exported import Exported, ForgetReport
from assistant.domain.lesson import Lesson
from assistant.domain.meeting import Chosen, Meeting, MeetingState
from assistant.domain.note import AiUse, Note, NoteId, NoteKind, Sharing, Span
from assistant.domain.opinion import Opinion
from assistant.domain.person import Person
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Plan
from assistant.domain.profile import Profile
from assistant.domain.promise import Owner, Promise, carry_over
from assistant.domain.question import is_worded, said_words
from assistant.domain.search import Window
from assistant.domain.situation import Situation
from assistant.policy import check_request
from assistant.streaming import ending
from assistant.wording import sentences

if TYPE_CHECKING:
    from assistant.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """What a manager can do about one person."""

    desk: "Desk"
    person: Person

    @property
    def planning(self) -> PlanDesk:
        """What can be done with this person's plan."""
        return PlanDesk(self.desk, self.person)

    @property
    def debriefing(self) -> DebriefDesk:
        """What can be told about this person after a meeting."""
        return DebriefDesk(self.desk, self.person)

    @property
    def releasing(self) -> Releasing:
        """What can be handed to the coaches, masked."""
        return Releasing(self.desk, self.person)

    def situation(self) -> Situation:
        """Everything an engine may know of this person today."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return gather_situation(shelf, self.person.id)

    def profile(self) -> Profile:
        """What is known, and what is not."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return profile_of(shelf, self.person.id)

    def for_turn(self) -> "PersonDesk":
        """The same for one turn: what it may ask of a model is counted from now on."""
        return replace(self, desk=self.desk.for_turn())

    def brief(self, *, six: bool = False) -> Brief:
        """What to read before the conversation; the same records give the same brief.

        All that is written down is what a model read of the open promises, once for the notes as they are.
        """
        self._follow_up()
        return prepare_brief(self.situation(), self.desk.engine, six=six)

    def _follow_up(self) -> bool:
        return follow_up(self.desk.records, self.desk.account, self.desk.today, self.person.id, self.desk.engine)

    def _is_followed(self) -> bool:
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return is_followed(shelf, self.person.id, self.desk.engine)

    def preparing(self, *, six: bool = False, without: Collection[str] = ()) -> Iterator[Brief]:
        """The same brief as it grows: first all that needs no model, then one question after the other.

        Args:
            six: Six questions instead of three.
            without: Ids of questions that others are wanted for, by the same rules.
        """
        if not self._is_followed():
            yield next(brief_growing(self.situation(), self.desk.engine, six=six))  # needs no model
            self._follow_up()
        situation = self.situation()
        situation = replace(situation, resting=situation.resting | set(without))
        with ending(brief_growing(situation, self.desk.engine, six=six)) as growing:
            yield from growing

    def plan(self) -> Plan | None:
        """The newest plan, if there is one, as its notes carry it today."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return plan_today(shelf, self.person.id)

    def plans(self) -> Sequence[Plan]:
        """Every version of the plan, oldest first."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.plans.versions(self.person.id)

    def draft_plan(self) -> Plan:
        """A new version of the development plan, kept as a draft."""
        return [*self.drafting()][-1]

    def drafting(self) -> Iterator[Plan]:
        """The same draft as it grows; only the last one, the whole, is kept."""
        plan: Plan | None = None
        for plan in plan_growing(
            self.situation(), self.desk.engine, version=len(self.plans()) + 1
        ):  # a model takes its time
            yield plan
        if plan is not None:
            yield self._keep_plan(plan)

    def _keep_plan(self, plan: Plan) -> Plan:
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            plan = replace(plan, version=len(shelf.plans.versions(self.person.id)) + 1)
            shelf.plans.add(plan)
        return plan

    def ask(self, question: str, language: str = "en") -> Answer:
        """What this person's notes say to a question, in checked sentences, all at once, told in a language.

        Raises:
            NotAllowed: The policy stops the question; the error points to the right human.
        """
        check_request(question, self.desk.library.topics())
        return answer_whole(self.desk.records, self.desk.account, self.desk.today, self.person, question,
                            search=self.desk.search_notes, engine=self.desk.engine, language=language)  # fmt: skip

    def asking(self, question: str, language: str = "en") -> Iterator[Unit]:
        """The same unit by unit: what was found at once, the sentences as they are checked.

        Raises:
            NotAllowed: The policy stops the question; the error points to the right human.
        """
        check_request(question, self.desk.library.topics())
        return ask_notes(self.desk.records, self.desk.account, self.desk.today, self.person, question,
                         search=self.desk.search_notes, engine=self.desk.engine, language=language)  # fmt: skip

    def other_passages(self, question: str, shown: Collection[NoteId]) -> Sequence[Quote]:
        """Passages that fit a question, out of notes that were not shown."""
        looked = look_up(self.desk.records, self.desk.account, self.desk.today, self.person, question,
                         search=self.desk.search_notes)  # fmt: skip
        return [hit.quote for hit in looked.found.hits if hit.note.id not in shown]

    def notes(self, window: Window | None = None, kind: NoteKind | None = None) -> Sequence[Note]:
        """The timeline, oldest first, whole notes; of one kind when it is named."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return [n for n in shelf.notes.of(self.person.id, window) if kind in (None, n.kind)]

    def mentions(self, window: Window | None = None) -> Sequence[Mentioned]:
        """Sentences of notes about others that name this person, oldest first."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return tell_mentions(shelf, self.person.id, window)

    def add_note(
        self,
        text: str,
        *,
        day: date | None = None,
        kind: NoteKind = NoteKind.MISC,
        author: str = "",
        ai: AiUse = AiUse.ALLOWED,
        sharing: Sharing = Sharing.PRIVATE,
    ) -> Note:
        """Keep a note; it is found and used at once."""
        desk = self.desk
        note = Note(
            desk.account, NoteId(desk.ids()), self.person.id, not_later(day or desk.today, desk.today), text, kind,
            author or desk.who().name, ai=ai, sharing=sharing,
        )  # fmt: skip
        return keep_notes(
            desk.records, desk.account, desk.today, notes=[note], search=desk.search_notes, finder=desk.finder,
            ids=desk.ids,
        )[0]  # fmt: skip

    def evidence(self, state: EvidenceState | None = None) -> Sequence[Evidence]:
        """All evidence, oldest first, rejected included; of one state when it is named."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            found = retire_wishes(shelf.evidence.of(self.person.id), self.person)
            return [i for i in found if state in (None, i.state)]

    def learnt(self) -> Sequence[Lesson]:
        """The signs that your verdicts taught to drop for this person."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.evidence.learnt(self.person.id)

    def promises(self) -> Sequence[Promise]:
        """All promises, oldest first; an open one says since which one-on-one it is carried over."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return carry_over(shelf.promises.of(self.person.id), shelf.meetings.of(self.person.id), shelf.today)

    def requests(self) -> Sequence[Promise]:
        """What this person asked of the manager, oldest first; what the notes answer says by which words."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.promises.asked_by(self.person.id)

    def add_promise(self, what: str, *, owner: Owner, due: date | None = None) -> Promise:
        """Write a promise down by hand."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return add_promise(shelf, self.person.id, what, owner=owner, due=due, ids=self.desk.ids)

    def meetings(self) -> Sequence[Meeting]:
        """All one-on-ones by day."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.meetings.of(self.person.id)

    def keep_meeting(self, day: date, state: MeetingState, questions: Sequence[str] = ()) -> Meeting:
        """Plan a one-on-one, or say that it was held or skipped; with questions chosen for it, by id or words."""
        chosen = self._questions_named(questions)
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return keep_meeting(shelf, self.person.id, day, state, ids=self.desk.ids, questions=chosen)

    def take_meeting_back(self, day: date, before: MeetingState | None) -> None:
        """Undo a word about a one-on-one: as it was before, or gone."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            take_meeting_back(shelf, self.person.id, day, before)

    def ledger(self) -> Sequence[Asked]:
        """Everything that was asked, answered or put off, by day."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.ledger.of(self.person.id)

    def _questions_named(self, named: Sequence[str]) -> Mapping[str, str]:
        if not named:
            return {}
        known = self._todays_questions(named)
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            found = [question_named(shelf, self.desk.library, self.person.id, each, known) for each in named]
        return {each.question_id: each.text for each in found}

    def _todays_questions(self, named: Collection[str]) -> Mapping[str, Chosen]:
        """By id: those of the brief now; where one of these is not among them, also as it was before any was asked."""
        six = prepare_brief(self.situation(), self.desk.engine, six=True)
        put = {q.id: Chosen(q.id, q.text, q.pillar) for q in six.questions.questions}
        today = [entry for entry in self.ledger() if entry.day == self.desk.today]
        if not today or put.keys() >= set(named):
            return put
        now, told = self.situation(), {entry.text for entry in today}
        before = replace(
            now, resting=now.resting - {entry.question_id for entry in today},
            asked_texts=tuple(text for text in now.asked_texts if text not in told),
        )  # fmt: skip
        earlier = prepare_brief(before, self.desk.engine, six=True).questions.questions
        return put | {q.id: Chosen(q.id, q.text, q.pillar) for q in earlier}

    def _known(self, named: str, words: str, pillar: Pillar | None = None) -> Mapping[str, Chosen]:
        """What a question may be named from, by id: the card it was pressed on, or today's."""
        if is_worded(named):
            return {}
        return {named: Chosen(named, said_words(words), pillar)} if words.strip() else self._todays_questions([named])

    def asked(
        self, question_id: str, *, answer: str = "", later: bool = False, words: str = "", pillar: Pillar | None = None
    ) -> Asked:
        """Mark a question as asked, by id or by its words; it rests for half a year unless it is to come back.

        `words` are those it was shown in, under its `pillar`: one that was swapped in is among today's questions no
        more.
        """
        known = self._known(question_id, words, pillar)
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return mark_asked(shelf, self.desk.library, self.person.id, question_id, known, answer=answer, later=later)

    def opinions(self) -> Sequence[Opinion]:
        """What was thought of questions to this person, by day."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.opinions.of(self.person.id)

    def rate(self, question_id: str, *, helpful: bool, instead: str = "", words: str = "") -> Opinion:
        """Say that a question was helpful, or not; one that was not is not suggested to this person again."""
        known = self._known(question_id, words)
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return rate_question(
                shelf, self.desk.library, self.person.id, question_id, known, helpful=helpful, instead=instead
            )

    def unrate(self, question_id: str) -> Opinion:
        """Take that word back."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return unrate_question(shelf, self.person.id, question_id)

    def export(self) -> Exported:
        """Everything on record about this person, whatever the day of the view."""
        with self.desk.records.reading(self.desk.account, date.max) as shelf:
            return shelf.archive.of([self.person.id])

    def forget(self, *, with_mentions: bool = False, dry_run: bool = False) -> ForgetReport:
        """Erase this person for good; with `dry_run` only say what would go."""
        desk = self.desk
        return forget_person(
            desk.records, desk.account, desk.today, self.person, eraser=desk.eraser, search=desk.search_notes,
            with_mentions=with_mentions, dry_run=dry_run,
        )  # fmt: skip

    def every_mention(self) -> Sequence[tuple[Note, str]]:
        """Sentences of notes about others that name this person, none that is private; oldest first."""
        with self.desk.records.reading(self.desk.account, date.max) as shelf:
            readable = shelf.screenings.of(shelf.notes.mentioning(self.person.id, limit=100_000))
        found: dict[tuple[NoteId, Span], tuple[Note, str]] = {}
        for r in readable:
            for span in sentences(r.note.text):
                names = (m.span for m in r.note.mentions if m.person_id == self.person.id)
                if r.allows(span) and any(span.overlaps(named) for named in names):
                    found[r.note.id, span] = (r.note, r.note.text[span.start : span.end])
        return [*found.values()]

    def edit(self, **changes: object) -> Person:
        """Changed details of the person, each checked by the noun itself."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            # As stored now: what somebody else changed since this desk was opened stays.
            before = shelf.people.all()
            changed = replace(shelf.people.get(self.person.id), **changes)  # type: ignore[arg-type]
            shelf.people.save(changed)
            refind_mentions(shelf, before)
        return changed
