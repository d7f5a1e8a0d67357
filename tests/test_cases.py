"""Both case sets through the real house: what must hold for every brief, plan and profile of every person."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.account import AccountId
from assistant.domain.brief import Brief
from assistant.domain.evidence import Quote
from assistant.domain.note import fold_text
from assistant.domain.plan import Plan
from ui.present import talks
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 6, 15)
PEOPLE = [
    (case, person["id"], person["manager"])
    for case in ("dev", "wharf")
    for person in json.loads((CASES / case / "people.json").read_text(encoding="utf-8"))["people"]
]


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, House]:
    """A home for each case set."""
    opened = {}
    for case in ("dev", "wharf"):
        home = tmp_path_factory.mktemp(case) / "home"
        opened[case] = open_house(Settings(home=home, database=sqlite_in(home), today=TODAY))
        opened[case].importing_desk(None, [CASES / case]).import_notes([CASES / case])
    return opened


def gold(case: str, person: str) -> dict[str, Any]:
    for line in (CASES / case / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        if entry["person_id"] == person:
            return entry
    raise AssertionError(person)


def quotes_of_brief(brief: Brief) -> Iterator[Quote]:
    for promise in (*brief.mine, *brief.theirs):
        yield from promise.quotes
    for line in (*brief.new, *brief.continuing, *brief.resolved, *brief.recognition):
        yield from line.quotes
    for question in brief.questions.questions:
        yield from question.quotes


def quotes_of_plan(plan: Plan) -> Iterator[Quote]:
    for thread in plan.threads:
        for part in (thread.passion, thread.talent, thread.customer, thread.value, *thread.steps.values()):
            yield from part.quotes


@pytest.mark.parametrize(("case", "person", "manager"), PEOPLE, ids=[p for _, p, _ in PEOPLE])
def test_nothing_invented_nothing_private_nobody_elses(
    houses: dict[str, House], case: str, person: str, manager: str
) -> None:
    desk = houses[case].desk(AccountId(manager)).person(person)
    brief, six, plan, profile = desk.brief(), desk.brief(six=True), desk.draft_plan(), desk.profile()
    own = {n.id: n.text for n in desk.notes()}
    quotes = [*quotes_of_brief(brief), *quotes_of_brief(six), *quotes_of_plan(plan)]
    quotes += [e.quote for f in (profile.passion, profile.talent, profile.customer_value) for s in f.statements
               for e in (*s.evidence, *s.against)]  # fmt: skip
    for quote in quotes:
        assert quote.note.id in own, "a note of somebody else"
        assert quote.text in own[quote.note.id], "not word for word"
    private = gold(case, person)["sensitive"]
    whole = {s["note_id"] for s in private if s["whole_note"]}
    assert not [q.note.id for q in quotes if q.note.id in whole]
    told = fold_text(talks.prep(six).model_dump_json() + talks.plan(desk.person, plan).model_dump_json())
    assert not [words for s in private for words in s["spans"] if fold_text(words) in told]


@pytest.mark.parametrize(("case", "person", "manager"), PEOPLE, ids=[p for _, p, _ in PEOPLE])
def test_a_brief_and_a_plan_have_their_shape_and_repeat_themselves(
    houses: dict[str, House], case: str, person: str, manager: str
) -> None:
    desk = houses[case].desk(AccountId(manager)).person(person)
    brief = desk.brief()
    assert brief == desk.brief()
    asked = brief.questions.questions
    assert len(asked) == 3
    assert len({q.pillar for q in asked}) == 3
    assert all(q.why and q.principle_id and q.follow_up for q in asked)
    plan = desk.draft_plan()
    for thread in plan.threads:
        assert 0 < (thread.first_step.due - plan.drafted_on).days <= 14
        links = {"passion": thread.passion, "talent": thread.talent, "customer": thread.customer, "value": thread.value}
        assert all(link.question for link in links.values() if link.is_gap), "a gap comes with its question"


def test_what_is_unknown_is_said_and_never_filled(houses: dict[str, House]) -> None:
    for case, person, manager in PEOPLE:
        status = gold(case, person)["pillar_status"]
        desk = houses[case].desk(AccountId(manager)).person(person)
        profile = desk.profile()
        if status["passion"] == "unknown":
            assert all(thread.passion.is_gap for thread in desk.draft_plan().threads), f"{person}: an invented passion"
        for key, view in (("passion", profile.passion), ("value", profile.customer_value)):
            if status[key] == "unknown":
                assert view.state != "confirmed", f"{person}: {key} is not in the notes"
