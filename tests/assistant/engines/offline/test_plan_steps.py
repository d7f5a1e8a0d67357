"""What a plan goes around and what it builds on: days that stand in the notes, what was agreed, what was asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.plan import Plan, review_day
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Owner, Promise, Telling, TellingKind
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.planning.days import days_ahead
from assistant.engines.offline.planning.threads import customer_link
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    NOTES,
    TEACH,
    TODAY,
    ShippedLibrary,
    evidence,
    note,
    promise,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())
LATER = note("k9", "2026-04-09", "Her card: six of nine oven times are on it.", NoteKind.ONE_ON_ONE)


def told(text: str, language: str = "en", day: str = "2026-04-07") -> Readable:
    one = note("d1", day, text, NoteKind.ONE_ON_ONE)
    return Readable(one, Screening(one.id, 1, language, (), False))


def planned(more: list[Note], promises: list[Promise], found: list[Evidence] | None = None) -> Plan:
    base = situation([*NOTES, *more], [*EVIDENCE] if found is None else found, promises)
    return draft_plan(base, ENGINE, version=1)


AWAY = [
    ("en", "Maja's vacation runs from 20 April until 3 May."),
    ("en", "She is away from 20 April until 3 May."),
    ("de", "Maja hat Urlaub vom 20. April bis 3. Mai."),
    ("de", "Ab dem 20. April ist Maja in Elternzeit, bis zum 3. Mai."),
    ("es", "Maja está de vacaciones desde el 20 de abril hasta el 3 de mayo."),
    ("es", "Sus vacaciones empiezan el 20 de abril, vuelve el 3 de mayo."),
]
HERE = [
    ("en", "The school holidays start on 20 April."),
    ("en", "No vacation for her before 20 April."),
    ("en", "The oven leaves the plant on 20 April."),
    ("de", "Die Schulferien beginnen am 20. April."),
    ("de", "Statt Urlaub will sie ab dem 20. April backen."),
    ("es", "Las vacaciones escolares empiezan el 20 de abril."),
    ("es", "Estuvo de vacaciones hasta el 3 de abril."),
]


@pytest.mark.parametrize(("language", "text"), AWAY)
def test_no_step_falls_into_a_time_in_which_they_are_away(language: str, text: str) -> None:
    days = days_ahead(replace(situation(), recent=(told(text, language),)))
    assert [gone.start for gone in days.away] == [date(2026, 4, 20)]
    assert days.free(date(2026, 4, 24)) == date(2026, 4, 17), "the last working day before they leave"
    assert days.free(date(2026, 4, 15)) == date(2026, 4, 15)


@pytest.mark.parametrize(("language", "text"), HERE)
def test_holidays_of_others_keep_nobody_away(language: str, text: str) -> None:
    assert days_ahead(replace(situation(), recent=(told(text, language),))).away == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Her allergen exam is on 28 April."),
        ("de", "Die Gesellenprüfung ist am 28. April."),
        ("es", "El examen de higiene es el 28 de abril."),
    ],
)
def test_the_review_comes_after_the_exam(language: str, text: str) -> None:
    base = situation()
    days = days_ahead(replace(base, recent=(*base.recent, told(text, language))))
    assert days.review() == date(2026, 5, 1)
    plan = draft_plan(replace(base, recent=(*base.recent, told(text, language))), ENGINE, version=1)
    assert plan.review_on == date(2026, 5, 1)
    assert text in plan.threads[0].watch_out


def test_a_delivery_moves_the_review_only_of_a_plan_it_bears_on() -> None:
    said = told("The new oven for the first bake is delivered on 11 May.")
    base = replace(situation(), recent=(said,))
    assert days_ahead(base, frozenset({"oven", "bake"})).review() == date(2026, 5, 14)
    assert days_ahead(base, frozenset({"guest", "allergi"})).review() == review_day(TODAY)


def test_leave_without_an_end_puts_steps_and_review_before_it() -> None:
    plan = draft_plan(
        replace(situation(), recent=(*situation().recent, told("Her leave starts 22 April."))), ENGINE, version=1
    )
    assert plan.threads[0].first_step.due < date(2026, 4, 22)
    assert plan.review_on < date(2026, 4, 22)
    assert "Her leave starts 22 April." in plan.threads[0].watch_out


def test_what_was_moved_is_told_by_what_it_is_and_with_its_new_day() -> None:
    moved = note("k1", "2026-04-10", "Oven card is half done. Need till the 24th.", NoteKind.CHAT_MESSAGE, "Maja Lindt")
    first = promise(TEACH, "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 4, 24))
    both = replace(first, quotes=(*first.quotes, Quote.of(moved, "Need till the 24th.")))
    step = planned([moved], [both]).threads[0].first_step
    assert step.text.startswith("As agreed on 31 March: write the oven times on one card by 10 April.")
    assert "It is due 24 April." in step.text
    assert step.due == date(2026, 4, 24)


def test_the_newest_on_a_promise_is_told_with_it_and_what_came_first_is_left_out() -> None:
    said = note("k2", "2026-04-01", "She will write the oven times on one card, beginning with the rolls.")
    open_one = promise(said, said.text, Owner.THEM, date(2026, 5, 8))
    step = planned([said, LATER], [open_one]).threads[0].first_step
    assert step.text == (
        "As agreed on 1 April: write the oven times on one card. "
        "The newest on it, of 9 April: “Her card: six of nine oven times are on it.” "
        "Show what there is of it first; it is due 8 May."
    )
    assert [q.note.id for q in step.quotes] == ["k2", "k9"]


def test_what_they_wrote_themselves_is_not_called_an_agreement() -> None:
    wrote = note("k3", "2026-04-02", "First oven card for Ona by 30 April.", NoteKind.PROJECT_LOG, "Maja Lindt")
    step = planned([wrote], [promise(wrote, wrote.text, Owner.THEM, date(2026, 4, 30))]).threads[0].first_step
    assert step.text.startswith("As you put it on 2 April: “First oven card for Ona by 30 April.”")


def test_what_is_late_is_said_to_be_late() -> None:
    late = promise(TEACH, "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 4, 10))
    assert "It was due 10 April: finish it, or say" in planned([], [late]).threads[0].first_step.text


def test_without_a_promise_the_newest_request_of_a_colleague_is_the_step() -> None:
    asked = note(
        "k4", "2026-04-08", "Could we have the bake times on the door by six?", NoteKind.PEER_FEEDBACK, "Ben Roth"
    )
    wished = note("k5", "2026-04-09", "I'd like the bake list the evening before.", NoteKind.PEER_FEEDBACK, "Ben Roth")
    step = planned([asked, wished], []).threads[0].first_step
    assert step.text == (
        "Ben Roth asked on 9 April: “I'd like the bake list the evening before.” "
        "Tell Ben Roth what becomes of it, and do the first piece."
    )


@pytest.mark.parametrize(
    "wish",
    [
        "I'm finished with that, I won't put in again.",
        "Das mache ich nie wieder, keine Lust.",
        "No quiero hacerlo nunca más.",
    ],
)
def test_a_wish_to_leave_something_is_no_step(wish: str) -> None:
    said = note("k6", "2026-04-03", f'"{wish}" she said.', NoteKind.ONE_ON_ONE)
    turned = evidence(said, wish, Topic.ASPIRATION, Witness.SELF)
    others = [i for i in EVIDENCE if i.topic is not Topic.ASPIRATION]
    thread = planned([said], [], [*others, turned]).threads[0]
    assert wish not in thread.first_step.text


def test_where_nothing_leads_to_a_step_it_reaches_the_next_one_who_is_served() -> None:
    step = planned([], [], [i for i in EVIDENCE if i.topic is not Topic.ASPIRATION]).threads[0].first_step
    assert step.text.startswith("Find one more person who could use what Vera Holm got")
    assert (step.owner, step.due <= TODAY + timedelta(days=14)) == (Owner.THEM, True)


def test_a_number_of_the_customers_is_the_sign_that_is_taken_again() -> None:
    heard = note(
        "k7", "2026-04-06", "We wait 4 minutes for rolls, it was 11. My guests sit down again.",
        NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest",
    )  # fmt: skip
    value = evidence(heard, "My guests sit down again.", Topic.CUSTOMER_VALUE, Witness.CUSTOMER)
    thread = planned([heard], [], [i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE] + [value]).threads[0]
    assert "“We wait 4 minutes for rolls, it was 11. My guests sit down again.”" in thread.value.text
    assert thread.measure.startswith("The number so far, of 6 April: “We wait 4 minutes for rolls, it was 11.”")


def test_a_line_of_a_survey_about_a_bell_gets_in_no_plans_way() -> None:
    bell = note("k8", "2026-04-07", "Oven bell is broken.", NoteKind.SURVEY_COMMENT, "Maja Lindt")
    others = [i for i in EVIDENCE if i.topic is not Topic.OBSTACLE]
    thread = planned([bell], [], [*others, evidence(bell, bell.text, Topic.OBSTACLE)]).threads[0]
    assert thread.obstacle == ""


def test_a_day_that_was_asked_for_is_to_be_answered_and_is_the_day_of_the_step() -> None:
    asked = note("k8", "2026-04-09", "The card: she needs till the 17th of April.", NoteKind.ONE_ON_ONE)
    made = promise(TEACH, "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 4, 10))
    told = Telling(TellingKind.MORE_TIME, Quote.of(asked, asked.text), date(2026, 4, 17))
    step = planned([asked], [replace(made, told=(told,))]).threads[0].first_step
    assert "More time was asked for, until 17 April" in step.text
    assert step.due == date(2026, 4, 17)


def test_what_is_begun_without_a_day_is_shown_and_not_begun_once_more() -> None:
    said = note("k2", "2026-03-25", "She will draw a plan of the bread hall.")
    open_one = promise(said, said.text, Owner.THEM, None)
    later = note("k9", "2026-04-09", "The plan of the bread hall shows the two doors.", NoteKind.ONE_ON_ONE)
    assert "A first piece is enough." in planned([said], [open_one]).threads[0].first_step.text
    begun = planned([said, later], [open_one]).threads[0].first_step.text
    assert begun.endswith("“The plan of the bread hall shows the two doors.” Show what there is of it.")


def test_an_errand_that_is_not_of_the_thread_is_neither_step_nor_support() -> None:
    errand = note("k1", "2026-04-07", "She will renew the parking permit by 24 April.", NoteKind.ONE_ON_ONE)
    shoes = note("k2", "2026-04-07", "I'll order the safety shoes in size 38.", NoteKind.ONE_ON_ONE)
    hers = promise(errand, errand.text, Owner.THEM, date(2026, 4, 24))
    mine = promise(shoes, shoes.text, Owner.ME, None)
    thread = planned([errand, shoes], [hers, mine]).threads[0]
    assert "permit" not in thread.first_step.text
    assert "shoes" not in thread.support.text


def test_what_is_late_for_weeks_is_no_first_step() -> None:
    late = promise(TEACH, "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 3, 20))
    assert "It was due" not in planned([], [late]).threads[0].first_step.text


def test_the_managers_own_promise_comes_with_the_newest_word_on_it() -> None:
    promised = note("k1", "2026-03-24", "I'll ask purchasing for the flour quotation.", NoteKind.ONE_ON_ONE)
    newest = note("k2", "2026-04-08", "Flour quotation: purchasing has it, I have not chased.", NoteKind.OBSERVATION)
    mine = promise(promised, "I'll ask purchasing for the flour quotation.", Owner.ME, None)
    step = planned([promised, newest], [mine]).threads[0].support
    assert [q.note.id for q in step.quotes] == ["k1", "k2"]
    assert "The newest on it, of 8 April: “Flour quotation: purchasing has it, I have not chased.”" in step.text
    alone = planned([promised], [mine]).threads[0].support
    assert [q.note.id for q in alone.quotes] == ["k1"]


def test_a_colleague_who_names_whom_it_reached_is_not_said_to_leave_that_open() -> None:
    def gap(words: str) -> str:
        helped = note("k1", "2026-04-07", words, NoteKind.PEER_FEEDBACK, "Ilse Krahn")
        value = evidence(helped, "Because of her card I found the fault", Topic.CUSTOMER_VALUE, Witness.PEER)
        base = situation([*NOTES, helped], [value])
        return customer_link(value, base, teller_of(base)).question

    assert "gains when Ilse Krahn is better off" in gap("Because of her card I found the fault in an hour.")
    assert not gap("Because of her card I found the fault in an hour, and Mr. Holm had his bread by six.")
