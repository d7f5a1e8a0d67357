"""What the rules put after the first step: somebody who is shown how, what was asked, a wish; or nothing at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.evidence import Evidence, Topic, Witness
from assistant.domain.note import Mention, Note, NoteKind, Span
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan, Section, Step
from assistant.domain.plan_change import Wish, WishKind
from assistant.domain.promise import Owner, Promise
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import (
    CARD,
    EVIDENCE,
    NOTES,
    ShippedLibrary,
    evidence,
    note,
    promise,
    readable,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())
NEXT = "She wants to bake the rye rolls herself next."


def naming(one: Note, who: str) -> Note:
    at = one.text.index(who)
    return replace(one, mentions=(Mention(PersonId("p2"), Span(at, at + len(who))),))


def planned(
    *more: Note, promises: Sequence[Promise] = (), found: Sequence[Evidence] = EVIDENCE, closed: str = ""
) -> Plan:
    base = situation([*NOTES, *more], found, promises)
    recent = tuple(readable(r.note, closed) if closed and closed in r.note.text else r for r in base.recent)
    return draft_plan(replace(base, recent=recent), ENGINE, version=1)


def after(plan: Plan) -> list[tuple[str, str]]:
    return [(step.text, step.who) for step in plan.threads[0].then]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("She will show Jan the ovens by 24 April.", True),
        ("She will train Jan at the ovens by 24 April.", True),
        ("She will send Jan the oven times by 24 April.", False),
        ("She will ask Jan for the oven times by 24 April.", False),
    ],
)
def test_whoever_is_shown_how_is_asked_to_do_it_alone(said: str, shown: bool) -> None:
    told = naming(note("k1", "2026-04-09", said, NoteKind.ONE_ON_ONE), "Jan")
    plan = planned(told, promises=[promise(told, said, Owner.THEM, date(2026, 4, 24))])
    assert plan.threads[0].first_step.quotes[0].note.id == "k1"
    assert [who for _, who in after(plan)] == (["Jan"] if shown else [])
    for step in plan.threads[0].then:
        assert step.text.startswith("If ")
        assert plan.threads[0].first_step.due < step.due <= plan.review_on
        assert step.due.weekday() < 5


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (NEXT, True),
        ("Maja would like to show the guests the bread table.", True),
        ("Maja would like to keep them going at the bread table.", False),  # what they are stands elsewhere
        ("Maja wants a parking place by the gate.", False),  # no matter of this thread
        ("Maja wants Jan to leave the night shift next.", False),  # and it names somebody
        ("Jan wants to bake the rye rolls next.", False),
    ],
)
def test_a_wish_of_theirs_comes_next_when_it_is_of_this_story_and_says_what_it_is(said: str, taken: bool) -> None:
    told = note("k1", "2026-04-09", said, NoteKind.ONE_ON_ONE)
    found = after(planned(naming(told, "Jan") if "Jan" in said else told, promises=PROMISED))
    assert [text for text, _ in found if "your own wish" in text] == [text for text, _ in found]
    assert bool(found) is taken


def test_a_wish_that_a_later_note_speaks_of_is_left_alone() -> None:
    told = note("k1", "2026-04-07", NEXT, NoteKind.ONE_ON_ONE)
    gone_on = note("k2", "2026-04-10", "Rye rolls baked twice now.")
    assert after(planned(told, promises=PROMISED))
    assert after(planned(told, gone_on, promises=PROMISED)) == []


def test_what_is_private_comes_nowhere() -> None:
    told = note("k1", "2026-04-07", NEXT, NoteKind.ONE_ON_ONE)
    assert after(planned(told, promises=PROMISED, closed=NEXT)) == []


def test_what_helped_the_one_who_asked_is_offered_to_the_other_who_is_served() -> None:
    asked = note(
        "k1", "2026-04-09", "I'd like the allergy list at the bread table before six.",
        NoteKind.PEER_FEEDBACK, "Ida Moll",
    )  # fmt: skip
    plan = planned(asked, found=EVIDENCE[:3])
    assert plan.threads[0].first_step.quotes[0].note.author == "Ida Moll"
    ((text, who),) = after(plan)
    assert "Ida Moll" in text
    assert who == "Vera Holm"
    assert [q.note.id for q in plan.threads[0].then[0].quotes] == [CARD.id, "k1"]


def test_where_hardly_anything_is_known_nothing_comes_after_listening() -> None:
    told = note("k1", "2026-04-09", NEXT, NoteKind.ONE_ON_ONE)
    only = [evidence(CARD, "The lady at the bread table remembered my nut allergy.", Topic.CUSTOMER_VALUE,
                     Witness.CUSTOMER)]  # fmt: skip
    assert after(planned(told, found=only)) == []


def test_its_day_is_not_in_an_absence() -> None:
    told = note("k1", "2026-04-09", NEXT, NoteKind.ONE_ON_ONE)
    gone = note("k2", "2026-04-10", "Maja is on vacation from 4 May to 5 June.")
    (step,) = planned(told, gone, promises=PROMISED).threads[0].then
    assert not date(2026, 5, 4) <= step.due <= date(2026, 6, 5)


def test_another_later_step_is_another_one_of_the_notes() -> None:
    told = note("k1", "2026-04-09", NEXT, NoteKind.ONE_ON_ONE)
    other = note("k2", "2026-04-08", "Maja would like to show the guests the bread table.", NoteKind.ONE_ON_ONE)
    plan = planned(told, other, promises=PROMISED)
    base = situation([*NOTES, told, other], EVIDENCE, PROMISED)

    def revised(section: Section, wish: Wish) -> list[Step]:
        found = ENGINE.revise(plan, 1, section, wish, base)
        return [each.part for each in found if isinstance(each.part, Step)]

    (second,) = plan.threads[0].then
    for section in (Section.SECOND_STEP, Section.THIRD_STEP):
        (step,) = revised(section, Wish(WishKind.ANOTHER, "another"))
        assert "guests" in step.text
        assert plan.threads[0].before(section).due < step.due <= plan.review_on
    assert revised(Section.SECOND_STEP, Wish(WishKind.SMALLER, "smaller")) == []
    assert "rye rolls" in second.text


PROMISED = [promise(NOTES[4], "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 4, 24))]
