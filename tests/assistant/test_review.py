"""A coach's decisions reach what both engines suggest next, are cited, and can be taken back. Real parts, one home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.actions.follow_guidance import advice, line_id
from assistant.actions.judge_suggestion import Asked
from assistant.actions.prepare_brief import prepare_brief
from assistant.bench import Bench
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.plan import Plan
from assistant.domain.question import Question, QuestionSet
from assistant.domain.situation import Situation
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import Invalid, NotAllowed, Refused, Unknown
from assistant.office import Office
from tests.assistant.engines.offline.situations import TODAY as DAY
from tests.assistant.engines.offline.situations import ShippedLibrary, situation
from tests.house import ANNA, TODAY, Bakery, open_bakery

COACH = AccountId("coach")


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    made = open_bakery(tmp_path)
    made.house.records.accounts.add(Account(COACH, "Carla", frozenset({Role.COACH})))
    made.house.records.accounts.add(Account(AccountId("root"), "Root", frozenset({Role.ADMIN})))
    return made


@pytest.fixture
def bench(bakery: Bakery) -> Bench:
    return bakery.house.bench(COACH)


def questions(bakery: Bakery, *, six: bool = False) -> tuple[Question, ...]:
    return bakery.desk.person("nadia").brief(six=six).questions.questions


def decide(bench: Bench, named: str, decision: Decision, **more: object) -> Verdict:
    return bench.decide(Asked(named, decision, **{"reason": "Too close to the bone.", **more}))  # type: ignore[arg-type]


def quoting(bakery: Bakery) -> Question:
    """A question that sets a passage of a note apart."""
    return next(q for q in questions(bakery, six=True) if "“" in q.text)


def test_what_a_manager_releases_waits_on_the_bench_in_the_words_they_saw(bakery: Bakery, bench: Bench) -> None:
    asked, who = quoting(bakery), bakery.desk.person("nadia")
    seen = who.releasing.masked(asked.id)
    assert bench.queue() == []
    copy = who.releasing.release(asked.id, seen.text)
    assert [c.released for c in bench.queue()] == [copy]
    assert copy.text == seen.text
    assert "Nadia" not in copy.text
    assert copy.subject.pillar is asked.pillar
    assert who.releasing.release(asked.id) == copy, "the same copy is kept once"
    assert (bench.counts().waiting, bench.counts().in_force) == (1, 0)


def test_another_account_cannot_release_see_or_take_back(bakery: Bakery, bench: Bench) -> None:
    copy = bakery.desk.person("nadia").releasing.release(quoting(bakery).id)
    assert bakery.foreign.released() == []
    with pytest.raises(Unknown):
        bakery.foreign.take_back(copy.id)
    with pytest.raises(Unknown):
        bakery.foreign.person("nadia")
    bakery.desk.take_back(copy.id)
    assert bench.copies() == []


@pytest.mark.parametrize("who", [ANNA, AccountId("root")])
def test_a_manager_and_an_admin_have_no_bench(bakery: Bakery, who: AccountId) -> None:
    for call in (lambda b: b.queue(), lambda b: b.verdicts(), lambda b: decide(b, "PAS-REG-1", Decision.RETIRE)):
        with pytest.raises(NotAllowed):
            call(bakery.house.bench(who))


def test_neither_bench_nor_office_has_a_way_to_notes_people_or_plans(bakery: Bakery, bench: Bench) -> None:
    reachable = {name for face in (Bench, Office) for name in vars(face) if not name.startswith("_")}
    assert not {"person", "people", "note", "notes", "search", "plan", "plans", "export"} & reachable
    assert bakery.house.desk(COACH).people() == []


def test_a_retired_question_is_not_chosen_and_comes_back_when_that_is_taken_back(bakery: Bakery, bench: Bench) -> None:
    before = questions(bakery)
    copy = bakery.desk.person("nadia").releasing.release(before[0].id)
    made = decide(bench, copy.id, Decision.RETIRE)
    after = questions(bakery)
    assert before[0].id not in {q.id for q in after}
    assert len(after) == len(before)
    assert bench.copies()[0].verdict == made
    assert bakery.desk.released()[0].verdict == made
    bench.roll_back(made.id)
    assert questions(bakery) == before


def test_a_reworded_question_is_shown_in_the_new_words_with_the_reason(bakery: Bakery, bench: Bench) -> None:
    asked = quoting(bakery)
    copy = bakery.desk.person("nadia").releasing.release(asked.id)
    decide(bench, copy.id, Decision.REWORD, words="You said: [quote] What would you want more of?", reason="Shorter.")
    shown = next(q for q in questions(bakery, six=True) if q.id == asked.id)
    assert shown.text.startswith("You said: “")
    assert shown.text.split("“")[1].split("”")[0] in bakery.desk.note(shown.quotes[0].note.id).text
    assert shown.why == f"{asked.why} In a coach's words: Shorter."


def test_an_approved_bank_question_comes_first_in_its_pillar_and_is_cited(bakery: Bakery, bench: Bench) -> None:
    bank = next(q for q in questions(bakery, six=True) if q.id[:1].isupper())
    other = next(
        q.id for q in ShippedLibrary().questions()
        if q.pillar is bank.pillar and q.stage.value == bank.id.split("-")[1] and q.id != bank.id and q.trust < 3
    )  # fmt: skip
    decide(bench, other, Decision.APPROVE, reason="People answer it.")
    found = next(q for q in questions(bakery, six=True) if q.pillar is bank.pillar and q.id[:1].isupper())
    assert found.id == other
    assert found.why.endswith("A coach approved this: People answer it.")


def test_a_decision_reaches_as_far_as_its_scope(bench: Bench, bakery: Bakery) -> None:
    asked = quoting(bakery)
    copy = bakery.desk.person("nadia").releasing.release(asked.id)
    stage = bakery.desk.person("nadia").situation().stage
    other_stage = next(s for s in type(stage) if s is not stage)
    for scope, here, elsewhere in (
        (Scope.THIS, True, True), (Scope.PILLAR, True, True), (Scope.STAGE, True, False), (Scope.EVERYWHERE, True, True)
    ):  # fmt: skip
        made = decide(bench, copy.id, Decision.RETIRE, scope=scope)
        gone = bakery.desk.person("nadia").situation()
        assert (asked.id not in {q.id for q in chosen(gone)}) is here
        assert (asked.id not in {q.id for q in chosen(replace(gone, stage=other_stage))}) is elsewhere or not elsewhere
        bench.roll_back(made.id)


def chosen(about: Situation) -> tuple[Question, ...]:
    return prepare_brief(about, OfflineEngine(ShippedLibrary()), six=True).questions.questions


def test_a_wide_decision_holds_for_the_same_words_around_another_passage() -> None:
    base = situation()
    asked = next(q for q in chosen(base) if "“" in q.text)
    about = Subject(SubjectKind.QUESTION, "q0", "", asked.pillar, base.stage)
    around = asked.text.split("“")[0] + "“something else entirely”" + asked.text.split("”")[-1]
    for scope, stays in ((Scope.THIS, True), (Scope.EVERYWHERE, False)):
        retired = Verdict("v", COACH, about, Decision.RETIRE, scope, "No.", DAY, "", around, "r1")
        assert (asked.text in {q.text for q in chosen(replace(base, guidance=(retired,)))}) is stays


class Scripted:
    """A model's part: it writes whatever a test wants, as the port allows."""

    name = "llm"

    def __init__(self, *written: Question) -> None:
        self.written = written

    def questions(self, about: Situation, count: int) -> Iterator[Question]:
        yield from self.written[:count]

    def brief(self, about: Situation, count: int) -> Iterator[Question]:
        yield from self.written[:count]


def test_what_a_model_writes_is_held_to_the_same_decisions() -> None:
    base = situation()
    mine = next(iter(chosen(base)))
    again = replace(
        mine, id="q1", text="What in the ovens' timing told you first that something was off?", why="", quotes=()
    )
    about = Subject(SubjectKind.QUESTION, "q2", "", again.pillar, base.stage)
    words = "What told you first that the timing of the ovens was off?"
    retired = Verdict("v", COACH, about, Decision.RETIRE, Scope.THIS, "No.", DAY, "", words, "r1")

    def found(given: Situation) -> QuestionSet:
        return prepare_brief(given, Scripted(again)).questions  # type: ignore[arg-type]

    assert [q.id for q in found(base).questions] == ["q1"]
    assert found(replace(base, guidance=(retired,))).questions == ()


def test_new_words_that_no_note_carries_are_not_shown(bakery: Bakery, bench: Bench) -> None:
    asked = quoting(bakery)
    copy = bakery.desk.person("nadia").releasing.release(asked.id)
    decide(bench, copy.id, Decision.REWORD, words="What did Zuleika see in it?")
    assert next(q for q in questions(bakery, six=True) if q.id == asked.id).text == asked.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Is it good?", "not yet a question"),
        ("What is it? And why?", "not yet a question"),
        ("What did [customer 9] say?", "not in the copy"),
    ],
)
def test_new_words_that_are_no_good_question_are_refused(bench: Bench, words: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        decide(bench, "PAS-REG-1", Decision.REWORD, words=words)
    assert bench.verdicts() == []


def test_a_decision_needs_a_reason_and_something_it_is_about(bench: Bench) -> None:
    with pytest.raises(Invalid, match="reason"):
        decide(bench, "PAS-REG-1", Decision.RETIRE, reason=" ")
    with pytest.raises(Unknown):
        decide(bench, "r-none", Decision.RETIRE)
    with pytest.raises(Unknown, match="no such line"):
        decide(bench, "llm/ask_questions", Decision.RETIRE, line="These words are not in it.")


def test_a_decision_on_a_prompt_is_kept_as_advice_for_the_model(bakery: Bakery, bench: Bench) -> None:
    name = next(n for n in bench.prompts() if n.startswith("llm/ask_questions@"))
    line = "It leads nowhere."
    decide(bench, "llm/ask_questions", Decision.APPROVE, line=line, reason="Keep this rule.", scope=Scope.EVERYWHERE)
    assert bench.verdicts()[0].subject.id == name
    told = advice(bakery.desk.person("nadia").situation())
    assert told == ("On the instructions “llm/ask_questions”, “It leads nowhere.”: Keep this rule.",)


def plan_under(guidance: tuple[Verdict, ...]) -> Plan:
    return draft_plan(replace(situation(), guidance=guidance), OfflineEngine(ShippedLibrary()), version=1)


@pytest.mark.parametrize("part", ["first_step", "support", "measure"])
def test_a_plan_line_is_retired_or_put_in_a_coachs_words_and_the_plan_says_so(part: str) -> None:
    def text(plan: Plan) -> str:
        line = getattr(plan.threads[0], part)
        return line if isinstance(line, str) else str(line.text)

    before = plan_under(())
    about = Subject(SubjectKind.PLAN_LINE, line_id(text(before)), part)
    made = Verdict("v", COACH, about, Decision.RETIRE, Scope.EVERYWHERE, "Vague.", DAY, "", "", "r1")
    retired = plan_under((made,))
    assert text(retired) != text(before)
    assert text(retired)
    said = "Say in one sentence what will be different."
    reworded = plan_under((replace(made, decision=Decision.REWORD, words=said),))
    assert text(reworded) == said
    assert "coach's guidance" in reworded.origin.says
    assert "coach" not in before.origin.says


def test_a_private_matter_is_not_shown_to_a_coach(bakery: Bakery) -> None:
    releasing = bakery.desk.person("nadia").releasing
    with pytest.raises(Refused, match="private matter"):
        releasing.release(quoting(bakery).id, "[person] has a migraine. What helps?")
    with pytest.raises(Refused, match="would tell a coach"):
        releasing.release(quoting(bakery).id, "Nadia was asked. What helps?")
    assert releasing.released() == []


def test_a_question_in_the_managers_own_words_and_a_plan_line_can_be_released(bakery: Bakery, bench: Bench) -> None:
    who = bakery.desk.person("nadia")
    who.draft_plan()
    line = who.releasing.release("plan:1.measure")
    own = who.releasing.release("What would you teach Jan Novak first?")
    assert (line.subject.part, line.subject.kind) == ("measure", SubjectKind.PLAN_LINE)
    assert own.text == "What would you teach [name] first?"
    assert len(bench.queue()) == 2
    with pytest.raises(Unknown) as error:
        who.releasing.release("q-none")
    assert error.value.choices


def test_merging_two_entries_takes_the_released_copies_along(bakery: Bakery) -> None:
    copy = bakery.desk.person("jan2").releasing.release("What would you teach first?")
    bakery.desk.merge_people("jan1", "jan2")
    assert bakery.desk.person("jan1").releasing.released() == [copy]
    assert TODAY == date(2026, 6, 15)
