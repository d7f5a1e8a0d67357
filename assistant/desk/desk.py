"""All that a face may call for a manager. Bound to one account and one day; holds no rule of its own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.actions.add_person import add_person
from assistant.actions.bring_back import bring_back
from assistant.actions.build_profile import profile_of
from assistant.actions.change_note import NoteEdit, delete_note, edit_note, move_note
from assistant.actions.check_plan import stale_plans
from assistant.actions.confirm_debrief import confirm_debrief, drop_debrief, undo_debrief
from assistant.actions.erase import drop_texts
from assistant.actions.erase_talk import erase_talk
from assistant.actions.find_misfiled import MOST_CHECKED, find_misfiled
from assistant.actions.find_person import find_person
from assistant.actions.gather_agenda import gather_agenda
from assistant.actions.import_notes import import_notes
from assistant.actions.judge_evidence import judge_evidence
from assistant.actions.keep_promise import settle_promise
from assistant.actions.list_people import list_people
from assistant.actions.merge_people import merge_people
from assistant.actions.named_in import Named, named_in
from assistant.actions.rename_account import rename_account
from assistant.actions.rename_talk import rename_talk
from assistant.actions.search_notes import search_notes
from assistant.actions.stand_on import standing_on
from assistant.actions.tell_not_asked import NotAskedReport, tell_not_asked
from assistant.actions.tell_waiting import tell_waiting
from assistant.actions.undo_import import undo_import
from assistant.desk.person_desk import PersonDesk
from assistant.desk.team_desk import TeamDesk
from assistant.domain.account import Account, AccountId
from assistant.domain.agenda import Agenda, Waiting
from assistant.domain.check_in import PlanCheck
from assistant.domain.conversation import ConversationRow, KeptTurn
from assistant.domain.evidence import Evidence, EvidenceState, Topic
from assistant.domain.exported import Exported
from assistant.domain.importing import DateOrder, ImportReport
from assistant.domain.misfiled import Misfiled
from assistant.domain.note import AiUse, Note, NoteId, NoteKind, Revision, Sharing
from assistant.domain.overview import PersonRow
from assistant.domain.pending import Pending, unanswered, waiting
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.profile import Profile
from assistant.domain.promise import Promise, PromiseState
from assistant.domain.released import Reviewed
from assistant.domain.removed import Removed
from assistant.domain.search import Found, Window
from assistant.domain.standing import Standing
from assistant.engines.fallback import FallbackEngine
from assistant.errors import ImportRefused, no_model
from assistant.ports.engine import Engine, Finder
from assistant.ports.keeping import Eraser
from assistant.ports.model import Ranker
from assistant.ports.outside import Clock, Ids, Library, NoteReader, NoteSearch, Progress
from assistant.ports.records import ImportEntry, Records


@dataclass(frozen=True, slots=True)
class Desk:
    """What one manager can do on one day.

    Attributes:
        today: The day of every view: what is dated later does not exist.
        may_create_accounts: Whether an import may bring accounts (a fresh home, or an admin).
        ranker: The model that orders what a search found, when one is named.
    """

    records: Records
    library: Library
    search_notes: NoteSearch
    finder: Finder
    engine: Engine
    reader: NoteReader
    eraser: Eraser
    clock: Clock
    ids: Ids
    account: AccountId
    today: date
    may_create_accounts: bool = False
    ranker: Ranker | None = None

    def by_rules(self) -> "Desk":
        """The same desk with the rules alone: where several people are answered about, no model is asked for each."""
        rules = self.engine.rules if isinstance(self.engine, FallbackEngine) else self.engine
        return replace(self, engine=rules)

    def for_turn(self) -> "Desk":
        """The same desk for one turn of a conversation: two replies of a model at most, by one deadline."""
        return replace(self, engine=self.engine.for_turn())

    def who(self) -> Account:
        """Whose desk this is."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.account

    def call_me(self, name: str) -> Account:
        """The manager under another name."""
        return rename_account(self.records, self.account, name)

    def people(self) -> Sequence[PersonRow]:
        """Everyone with what is open, by name."""
        with self.records.reading(self.account, self.today) as shelf:
            return list_people(shelf)

    def persons(self) -> Sequence[Person]:
        """Everyone by name, without what is open: all that a name or an id needs."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.people.all()

    def agenda(self, people: Sequence[PersonRow] | None = None) -> Agenda:
        """Whom to talk to and what the manager owes, on this day; `people` where they were read just now."""
        with self.records.reading(self.account, self.today) as shelf:
            return gather_agenda(shelf, people)

    def waiting(self, person_ids: Iterable[PersonId]) -> Sequence[Waiting]:
        """What was found about these people and waits for a verdict."""
        with self.records.reading(self.account, self.today) as shelf:
            return tell_waiting(shelf, [shelf.people.get(person_id) for person_id in person_ids])

    @property
    def team(self) -> TeamDesk:
        """Everybody together."""
        return TeamDesk(self)

    def profiles(self, person_ids: Iterable[PersonId]) -> Sequence[Profile]:
        """What is known of each of these people, each from their own notes alone."""
        with self.records.reading(self.account, self.today) as shelf:
            return [profile_of(shelf, person_id) for person_id in person_ids]

    def person(self, written: str) -> PersonDesk:
        """The person an id or an unambiguous name stands for."""
        return PersonDesk(self, find_person(self.persons(), written))

    def named_in(self, text: str) -> Named:
        """Whom of this account's people a text names, the likeliest first, and the day of a mail pasted into it."""
        return replace(named_in(text, self.persons()), day=self.reader.mail_day(text))

    def add_person(self, person: Person) -> Person:
        """A new person; an empty id is replaced by a fresh one."""
        with self.records.writing(self.account, self.today) as shelf:
            return add_person(shelf, person, self.ids)

    def merge_people(self, keep: str, other: str) -> Person:
        """File everything of `other` under `keep`, and keep the other's name as an alias."""
        return merge_people(
            self.records, self.account, self.person(keep).person, self.person(other).person,
            search=self.search_notes, finder=self.finder, ids=self.ids,
        )  # fmt: skip

    def note(self, note_id: str) -> Note:
        """One note of this account."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.notes.get(NoteId(note_id))

    def readable(self, note_id: str) -> Readable:
        """One note with what of it may be used."""
        return self.readables([NoteId(note_id)])[0]

    def readables(self, note_ids: Iterable[NoteId]) -> Sequence[Readable]:
        """Some notes in order, each with what of it may be used; all in one reading."""
        with self.records.reading(self.account, self.today) as shelf:
            found = shelf.notes.known(ids := [*note_ids])
            return shelf.screenings.of(found if len(found) == len(ids) else [shelf.notes.get(i) for i in ids])

    def edit_note(
        self,
        note_id: str,
        *,
        text: str | None = None,
        ai: AiUse | None = None,
        sharing: Sharing | None = None,
        day: date | None = None,
        kind: NoteKind | None = None,
        based_on: int | None = None,
    ) -> Note:
        """Changed words, day, kind or use as the next revision; what stood on the old words is found anew.

        With `based_on`, the revision somebody was looking at, an edit that would undo another one is refused.
        """
        edit = NoteEdit(text, ai, sharing, day, kind, based_on)
        return edit_note(
            self.records, self.account, self.today, NoteId(note_id), edit,
            search=self.search_notes, finder=self.finder, ids=self.ids,
        )  # fmt: skip

    def revisions(self, note_id: str) -> Sequence[Revision]:
        """Every wording a note has had, the one it has now last."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.notes.revisions(shelf.notes.get(NoteId(note_id)).id)

    def standing_on(self, note_id: str) -> Standing:
        """What rests on a note now, nothing on one that is gone; before and after a change it tells what it took."""
        with self.records.reading(self.account, self.today) as shelf:
            return standing_on(shelf, NoteId(note_id))

    def move_note(self, note_id: str, to: str) -> Note:
        """File a note under another person."""
        return move_note(
            self.records, self.account, self.today, NoteId(note_id), self.person(to).person,
            search=self.search_notes, finder=self.finder, ids=self.ids,
        )  # fmt: skip

    def delete_note(self, note_id: str) -> Removed:
        """Remove a note and everything derived from it, for good but for what is given back (`Removals`)."""
        return delete_note(
            self.records, self.account, self.today, NoteId(note_id), finder=self.finder, eraser=self.eraser
        )  # fmt: skip

    def search(
        self,
        query: str,
        *,
        person: str | None = None,
        window: Window | None = None,
        limit: int = 10,
        with_model: bool = False,
    ) -> Found:
        """The best passages for a question, in one person's notes or all; the owner's own view, whole notes.

        With `with_model` a model puts one person's passages in order, which takes its time.

        Raises:
            Refused: A model is wanted and none is named.
        """
        if with_model and self.ranker is None:
            raise no_model()
        who = self.person(person).person if person else None
        return search_notes(
            self.records, self.account, self.today, query, search=self.search_notes, person=who, window=window,
            limit=limit, ranker=self.ranker if with_model else None,
        )  # fmt: skip

    def import_notes(
        self,
        paths: Iterable[Path],
        *,
        dry_run: bool = False,
        answers: Mapping[str, str] | None = None,
        kinds: Mapping[str, NoteKind] | None = None,
        progress: Progress | None = None,
        order: DateOrder | None = None,
    ) -> ImportReport:
        """Read files and keep their notes; with `dry_run` only say what would happen.

        Args:
            paths: Files or folders.
            dry_run: Write nothing.
            progress: Called with notes done and notes in all.
            answers: For names that are unsure: written name to person id, or "new".
            kinds: Notes that are of another kind than the file seems to say, by the mark of the draft.
            order: How days like 5/6/2025 are written in a file in which nothing tells.
        """
        paths = [*paths]
        exported = next((found for path in paths if (found := self.reader.exported(path))), None)
        if exported is not None:
            return self._bring_back(exported, alone=len(paths) == 1, dry_run=dry_run)
        documents = [each.with_kinds(kinds or {}) for each in self.reader.read(*paths, order=order)]
        report = import_notes(
            self.records, self.account, self.today, documents=documents, search=self.search_notes,
            finder=self.finder, ids=self.ids, clock=self.clock, dry_run=dry_run, answers=answers or {},
            may_create_accounts=self.may_create_accounts, progress=progress,
        )  # fmt: skip
        return report if dry_run else self._with_misfiled(report)

    def _with_misfiled(self, report: ImportReport) -> ImportReport:
        """The report, with a word about notes of it that seem to be filed under the wrong person."""
        with self.records.reading(self.account, self.today) as shelf:
            small = not shelf.notes.more_than(MOST_CHECKED)
        found = [item for item in self.misfiled() if item.note.import_id == report.id] if small else []
        if not found:
            return report
        told = "One note seems" if len(found) == 1 else f"{len(found)} notes seem"
        said = f"{told} to be filed under the wrong person. See which: flourish people check."
        return replace(report, remarks=(*report.remarks, said))

    def _bring_back(self, exported: Exported, *, alone: bool, dry_run: bool) -> ImportReport:
        if not alone:
            raise ImportRefused("An export comes back by itself.", next="Import its folder first, then the rest.")
        return bring_back(
            self.records, self.account, self.today, exported, search=self.search_notes, finder=self.finder,
            ids=self.ids, clock=self.clock, dry_run=dry_run,
        )  # fmt: skip

    def export(self) -> Exported:
        """Everything on record in this account."""
        with self.records.reading(self.account, date.max) as shelf:
            return shelf.archive.of([person.id for person in shelf.people.all()], whole=True)

    def conversations(self, words: str = "") -> Sequence[ConversationRow]:
        """Every conversation, the newest first; with words only those in which all of them were said or shown."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.turns.search(words) if words.strip() else shelf.turns.all()

    def conversation(self, conversation_id: str) -> tuple[str, Sequence[KeptTurn]]:
        """The whole id of a conversation and its turns, oldest first; a foreign id reads like an unknown one."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.turns.named(conversation_id), shelf.turns.of(conversation_id)

    def keep_turn(self, conversation_id: str, turn: KeptTurn, instead_of: Sequence[KeptTurn] = ()) -> None:
        """Keep what was said and shown, in place of turns that fall away."""
        with self.records.writing(self.account, self.today) as shelf:
            shelf.turns.keep(conversation_id, turn, [old.id for old in instead_of])

    def delete_conversation(self, conversation_id: str) -> Removed:
        """Remove a conversation for good but for what is given back, a change a turn. What it changed stays changed."""
        return erase_talk(self.records, self.account, self.today, conversation_id, eraser=self.eraser)

    def rename_conversation(self, conversation_id: str, title: str) -> str:
        """A conversation under a name of one's own, or its first words again; the name it has now."""
        return rename_talk(self.records, self.account, self.today, conversation_id, title)

    def not_asked(self, topic: str = "") -> NotAskedReport:
        """Everyone to whom no question on a topic is on record; on anything, when no topic is named."""
        with self.records.reading(self.account, self.today) as shelf:
            return tell_not_asked(shelf, topic)

    def answer_anew(self) -> None:
        """Let the next answer be given anew: replies of a model that are remembered are dropped."""
        drop_texts()

    def misfiled(self) -> Sequence[Misfiled]:
        """Notes that seem to be about somebody else than whom they are filed under, oldest first; nothing is moved."""
        with self.records.reading(self.account, self.today) as shelf:
            return find_misfiled(shelf.people.all(), shelf.notes.all())

    def released(self) -> Sequence[Reviewed]:
        """Every copy handed to the coaches with the decision on it that holds, newest first."""
        with self.records.reading(self.account, self.today) as shelf:
            decided = {v.release_id: v for v in reversed(shelf.releases.verdicts())}
            return [Reviewed(copy, decided.get(copy.id)) for copy in shelf.releases.all()]

    def take_back(self, release_id: str) -> None:
        """Take a released copy back; its words leave the coaches' decisions too."""
        with self.records.writing(self.account, self.today) as shelf:
            shelf.releases.remove(release_id)

    def imports(self) -> Sequence[ImportEntry]:
        """Every import, newest first."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.imports.all()

    def undo_import(self, import_id: str) -> int:
        """Take an import back; how many notes went."""
        return undo_import(
            self.records, self.account, self.today, import_id, finder=self.finder, eraser=self.eraser
        )  # fmt: skip

    def evidence(self, evidence_id: str) -> Evidence:
        """One piece of evidence."""
        with self.records.reading(self.account, self.today) as shelf:
            return shelf.evidence.get(evidence_id)

    def judge_evidence(self, evidence_id: str, state: EvidenceState) -> Evidence:
        """Confirm or reject evidence, or take the verdict back."""
        with self.records.writing(self.account, self.today) as shelf:
            return judge_evidence(shelf, evidence_id, state)

    def adjust_evidence(self, evidence_id: str, *, topic: Topic, words: str | None = None) -> Evidence:
        """Confirm evidence for another topic or with other words of the same note."""
        with self.records.writing(self.account, self.today) as shelf:
            return judge_evidence(shelf, evidence_id, EvidenceState.CONFIRMED, topic=topic, words=words)

    def settle_promise(self, promise_id: str, state: PromiseState) -> Promise:
        """Tick a promise off, drop it or open it again."""
        with self.records.writing(self.account, self.today) as shelf:
            return settle_promise(shelf, promise_id, state)

    def pending(self) -> Sequence[Pending]:
        """What was inferred and waits for a yes, oldest first; each for a day."""
        with self.records.reading(self.account, self.today) as shelf:
            return waiting(shelf.pending.all(), self.clock())

    def unanswered(self) -> Sequence[Pending]:
        """What waited for longer than a day without a yes or no: to be read once more; nothing of it counts."""
        with self.records.reading(self.account, self.today) as shelf:
            return unanswered(shelf.pending.all(), self.clock())

    def confirm(self, pending_id: str, *, without: Collection[int] = ()) -> Pending:
        """The one yes: everything of a proposal is kept, but for the pieces left out."""
        return confirm_debrief(
            self.records, self.account, self.today, pending_id, self.clock(), finder=self.finder, without=without
        )

    def drop(self, pending_id: str) -> Pending:
        """The one no: nothing of a proposal is kept; the note it came from stays."""
        with self.records.writing(self.account, self.today) as shelf:
            return drop_debrief(shelf, pending_id)

    def undo_debrief(self, pending_id: str) -> NoteId:
        """Take a whole debrief back: what its yes did, and the note with all that hangs on it; the note's id."""
        return undo_debrief(self.records, self.account, self.today, pending_id, finder=self.finder, eraser=self.eraser)

    def stale_plans(self) -> Sequence[PlanCheck]:
        """The plans that should be looked at again, each with why."""
        with self.records.reading(self.account, self.today) as shelf:
            return stale_plans(shelf, self.engine)
