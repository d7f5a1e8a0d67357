"""One measurement of one case folder: reads it, runs the real desk on it, has every part scored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.person import PersonId, fold_name
from assistant.engines.llm.judging import ModelJudge
from assistant.engines.llm.meter import Tally as Spending
from assistant.errors import FlourishError, Invalid, Unknown
from assistant.evaluation import (
    chats,
    evidence,
    form,
    gaps,
    imports,
    judging,
    misfiled,
    promises,
    retrieval,
    safety,
    support,
    touching,
)
from assistant.evaluation.case import Case, CaseNote, Query, Rendering
from assistant.evaluation.chats import Cast
from assistant.evaluation.judging import Judgement
from assistant.evaluation.output import OURS, PersonOutput, Ranked, Recovered, Reply
from assistant.evaluation.report import Scored
from assistant.ports.outside import Progress
from knowledge.reading.gold import CHATS, EXPECTED, GOLD, QUERIES, read_gold
from ui.evaluation import plain
from ui.evaluation.gather import person_output
from ui.evaluation.homes import Stage, kept_of, stage
from ui.evaluation.judge import TEXTS, Judged, Sitter, judge_all
from ui.evaluation.rehearse import rehearse
from ui.evaluation.talk import Played, play
from ui.settings import Settings
from ui.wiring_model import open_judge

PARTS = (
    imports.PART, retrieval.PART, evidence.PART, evidence.QUOTES, gaps.PART, promises.PART, touching.PART,
    safety.PART, misfiled.PART, form.PART, support.PART, chats.PART,
)  # fmt: skip
_NEEDS = {retrieval.PART: QUERIES, chats.PART: CHATS} | dict.fromkeys(
    (evidence.PART, gaps.PART, promises.PART, touching.PART, safety.PART, misfiled.PART), GOLD
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of it.

    Attributes:
        engine, finder, embedder: Names and versions of what was measured.
        judged: What the judge's readings came to, text by text.
        spent: What the model cost, job by job.
        price: What a million tokens cost, sent and received, when that was said.
        stopped: Why the judging ended early; empty where it did not.
    """

    case: Case
    engine: str
    finder: str
    embedder: str
    parts: tuple[Scored, ...]
    judged: tuple[Judgement, ...] = ()
    spent: tuple[Spending, ...] = ()
    price: tuple[float, float] | None = None
    stopped: str = ""


def evaluate(
    folder: Path,
    settings: Settings,
    *,
    only: Collection[str] = (),
    judged: bool = False,
    of: Collection[str] = (),
    with_model: bool = False,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure a case folder.

    Args:
        folder: A case folder; a part whose labels are missing is skipped and says so.
        settings: Of the caller; only the model is taken from them, no home of theirs is touched.
        only: The parts to measure; none for all.
        judged: Whether a judge rates questions and plans as well; naming its part says so too.
        of: Whose a judge rates, by id or name; everybody's when empty.
        with_model: Whether the model looks for evidence first and orders what a search found.
        progress: Called with steps done and steps in all.

    Raises:
        Invalid: The folder is no case, its labels do not fit its notes, or there is no such part.
        Refused: A model or a judge is wanted and none is named.
        ImportRefused: Its notes cannot be imported.
    """
    if wrong := [part for part in only if part not in (*PARTS, judging.PART)]:
        raise Invalid(f"There is no part {wrong[0]!r}.", next=f"Use one of: {', '.join((*PARTS, judging.PART))}.")
    judged = judged or judging.PART in only
    case = read_gold(folder)
    steps = _Steps(progress, len(case.notes))
    with stage(case, folder, settings, steps.to, with_model=with_model) as made:
        judge = open_judge(made.house.library, settings, made.house.clock) if judged else None
        run = _Run(made, folder, steps, judge, with_model)
        run.sit(of)
        wanted = [part for part in PARTS if not only or part in only]
        steps.plan(run.size(wanted) + TEXTS * len(run.sitting))
        parts = [run.part(part) for part in wanted]
        if judge is not None:
            came = run.judged
            parts.append(judging.score_judged(came.found, came.unrated, judge.name, came.stopped))
        house, priced = made.house, settings.model or settings.judge
        spent = (*(house.talk.meter.tallies() if house.talk else ()), *(judge.tallies() if judge else ()))
        return Evaluation(
            case, house.engine.name, house.finder.version, house.embedder.fingerprint, tuple(parts),
            tuple(run.judged.found.values()), spent, priced.price if priced else None, run.judged.stopped,
        )  # fmt: skip


class _Steps:
    """Counts what is done, for whoever watches; not a noun."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def to(self, done: int, total: int) -> None:
        """So many of the first steps are done."""
        self._done = done
        self._tell()

    def plan(self, more: int) -> None:
        """So many more are to come."""
        self._total += more
        self._tell()

    def one(self) -> None:
        """One more is done."""
        self._done += 1
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


@dataclass
class _Run:
    """One run over a stage: everything that several parts need is gathered once."""

    stage: Stage
    folder: Path
    steps: _Steps
    judge: ModelJudge | None = None
    with_model: bool = False
    desks: dict[tuple[AccountId, date], Desk] = field(default_factory=dict)
    made: dict[PersonId, PersonOutput] = field(default_factory=dict)
    sitting: tuple[PersonId, ...] = ()

    @property
    def case(self) -> Case:
        """The case that is measured."""
        return self.stage.case

    def size(self, parts: Collection[str]) -> int:
        """How many steps these parts take."""
        case, wanted = self.case, {*parts}
        steps = len(case.queries) if retrieval.PART in wanted else 0
        steps += len(case.renderings) if imports.PART in wanted else 0
        steps += sum(len(s.turns) for s in case.scripts) if wanted & {chats.PART, safety.PART, support.PART} else 0
        return steps + (len(case.people) if wanted - {retrieval.PART, imports.PART, chats.PART} else 0)

    def part(self, part: str) -> Scored:
        """One part, or why it is skipped."""
        needed = _NEEDS.get(part)
        if needed in self.case.lacks:
            return Scored(part, skipped=f"the folder has no {needed}")
        case, gold = self.case, self.case.gold
        match part:
            case imports.PART:
                return self._imports()
            case retrieval.PART:
                return retrieval.score_retrieval(case.queries, self._rankings())
            case evidence.PART:
                return evidence.score_evidence(case, self.outputs, plain.evidence(case, gold))
            case evidence.QUOTES:
                return evidence.score_quotes(case, self.outputs)
            case gaps.PART:
                known = {name: plain.facets(quoted) for name, quoted in plain.evidence(case, gold).items()}
                return gaps.score_gaps(gold, self.outputs, known)
            case promises.PART:
                return promises.score_promises(gold, self.outputs, plain.promises(case, gold))
            case touching.PART:
                return touching.score_touching(gold, self.outputs, {plain.NEWEST: plain.newest(case, gold)})
            case safety.PART:
                return safety.score_safety(case, self.outputs, self.played.shown)
            case misfiled.PART:
                return misfiled.score_misfiled(case, self._offered())
            case form.PART:
                return form.score_form(self.outputs, [*rehearse(self.stage, self.case.people)])
            case support.PART:
                return support.score_support(case, self.outputs, self.played.said, self.names)
            case _:
                return self._chats()

    def _offered(self) -> dict[str, PersonId]:
        """By note, whom it is offered to be moved to."""
        desks = (self.stage.desk(account.id) for account in self.stage.accounts)
        return {str(item.note.id): item.about.id for desk in desks for item in desk.misfiled()}

    @cached_property
    def outputs(self) -> dict[str, PersonOutput]:
        """Everything for everybody."""
        found = {}
        for person in self.case.people:
            found[str(person)] = self._output(person)
            self.steps.one()
        return found

    def _output(self, person: PersonId) -> PersonOutput:
        """Everything for one, made once."""
        if person not in self.made:
            self.made[person] = person_output(self.stage.person(person), self._manager(person))
        return self.made[person]

    def _manager(self, person: PersonId) -> Account:
        return next(a for a in self.stage.accounts if a.id == self.stage.owners[person])

    def sit(self, of: Collection[str]) -> None:
        """Say whose questions and plans are judged.

        Raises:
            Unknown: The case has nobody, or more than one, of such a name.
        """
        if self.judge is not None:
            self.sitting = tuple(dict.fromkeys(map(self._one, of))) or tuple(self.case.people)

    def _one(self, called: str) -> PersonId:
        said = fold_name(called)
        meant = [p for p in self.case.people if called == p or said in map(fold_name, self.names[p])]
        if len(meant) != 1:
            raise Unknown(
                f"The case has {'nobody' if not meant else 'more than one'} called {called!r}.",
                next=f"Name one by id: {', '.join(meant or self.case.people)}.",
            )
        return meant[0]

    @cached_property
    def judged(self) -> Judged:
        """Questions and plans before the judge."""
        if self.judge is None:
            return Judged()
        return judge_all(self.judge, map(self._sitter, self.sitting), TEXTS * len(self.sitting), self.steps.one)

    def _sitter(self, person: PersonId) -> Sitter:
        desk = self.stage.person(person)
        situation = self.stage.house.library.guide(desk.situation().stage).name
        return Sitter(desk, self._manager(person), self._output(person), situation)

    @property
    def names(self) -> dict[PersonId, tuple[str, ...]]:
        """Every way to write each person of the case."""
        return {
            p.id: (p.name, p.first_name, *p.aka)
            for account in self.stage.accounts
            for p in self.stage.people(account.id)
        }

    @cached_property
    def played(self) -> Played:
        """Every script played."""
        replies = {}
        for script in self.case.scripts:
            for turn, reply in play(self.stage, script):
                replies[script.id, turn.number] = reply
                self.steps.one()
        return Played(replies)

    def _rankings(self) -> dict[str, dict[tuple[str, bool], Ranked]]:
        """Each query in its scope, and a person's also among all notes of the manager; by each system."""
        embedder = self.stage.house.embedder
        found: dict[str, dict[tuple[str, bool], Ranked]] = {OURS: {}, plain.BM25: {}, plain.ENCODER: {}}
        for query in self.case.queries:
            account = self.stage.account(query.account, query.person)
            for scope in dict.fromkeys([query.person, None]):
                asked = (query.id, scope is None)
                found[OURS][asked] = self._search(query, account, scope)
                pool = self._pool(account, query, scope)
                for system, ranked in plain.rank_plainly(query, pool, embedder).items():
                    found[system][asked] = ranked
            self.steps.one()
        return found

    def _search(self, query: Query, account: AccountId, scope: PersonId | None) -> Ranked:
        desk = self.desks.setdefault((account, query.today), self.stage.desk(account, query.today))
        answer = desk.search(query.text, person=scope, limit=plain.K, with_model=self.with_model)
        return Ranked(tuple(hit.note.id for hit in answer.hits), answer.weak, answer.likely)

    def _pool(self, account: AccountId, query: Query, scope: PersonId | None) -> list[CaseNote]:
        return [
            n
            for n in self.case.notes.values()
            if self.stage.owners[n.person_id] == account and scope in (None, n.person_id) and n.day <= query.today
        ]

    def _chats(self) -> Scored:
        casts: dict[str, Cast] = {}
        simple: dict[tuple[str, int], Reply] = {}
        for script in self.case.scripts:
            account = self.stage.account(script.account)
            people = self.stage.people(account)
            casts[script.id] = Cast({p.id: (p.name, p.first_name, *p.aka) for p in people})
            own = [n for n in self.case.notes.values() if self.stage.owners[n.person_id] == account]
            simple.update(plain.chat(self.case, script, casts[script.id], own))
        return chats.score_chats(self.case, {OURS: self.played.replies, plain.BM25: simple}, casts)

    def _imports(self) -> Scored:
        back = {}
        for rendering in self.case.renderings:
            back[str(rendering.account), rendering.form] = self._recover(rendering)
            self.steps.one()
        scored = imports.score_imports(self.case, back, kept_of(self.stage, self.case.people))
        if EXPECTED not in self.case.lacks:
            return scored
        remark = f"The folder has no {EXPECTED}: only its own notes were measured."
        return Scored(scored.part, scored.figures, scored.findings, remarks=(remark,))

    def _recover(self, rendering: Rendering) -> Recovered:
        """Import one format into a home that knows the people, as a manager would; no name is explained."""
        paths = [self.folder / "import" / file for file in rendering.files]
        with self.stage.empty(self.folder, rendering.account) as desk:
            try:
                report = desk.import_notes(paths)
            except FlourishError as error:
                return Recovered((), (str(error),))
            refused = tuple(f"{f.name}: {f.refused}" for f in report.files if f.refused)
            return Recovered(tuple(_kept(desk)), refused)


def _kept(desk: Desk) -> Iterator[tuple[PersonId, date, str]]:
    for row in desk.people():
        for note in desk.person(row.person.id).notes():
            yield row.person.id, note.day, note.text
