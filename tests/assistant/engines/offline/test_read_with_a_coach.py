"""What made a coach wince when the briefs were read sentence by sentence: other trades, so that the cause is mended."""

from datetime import date

from assistant.actions.tell_changes import standing_obstacles
from assistant.actions.weigh_passage import has_fault
from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.note import Note, NoteKind, Span
from assistant.domain.profile import Shape
from assistant.domain.promise import Owner
from assistant.due import due_date
from assistant.engines.offline.asking.aloud import few_words
from assistant.engines.offline.asking.matters import live_matters
from assistant.engines.offline.asking.threads import open_threads
from assistant.engines.offline.planning.links import find_links
from assistant.engines.offline.planning.story import tells_change
from tests.assistant.engines.offline.situations import MAJA, evidence, note, promise, situation
from tests.assistant.engines.offline.test_finder import found_in
from tests.assistant.engines.offline.test_promises import promises

TALK, ASIDE = NoteKind.ONE_ON_ONE, NoteKind.MISC
HELD = note("h1", "2026-04-01", "We went through the week.", TALK)


def left_open(words: str, kind: NoteKind = TALK) -> list[str]:
    return [t.kind for t in open_threads(situation([HELD, note("n", "2026-04-07", words, kind)], [], []))]


def wholly(one: Note) -> Quote:
    return Quote(one, Span(0, len(one.text)))


def test_what_happens_every_week_from_a_month_on_has_no_single_day() -> None:
    monday = date(2026, 2, 2)
    assert due_date("bread list to the wards by thursday noon, from may on", monday, "en") is None
    assert due_date("brotliste an die station bis donnerstag, ab mai", monday, "de") is None
    assert due_date("bread list to the wards by thursday noon", monday, "en") == date(2026, 2, 5)
    assert due_date("brotliste an die station bis donnerstag", monday, "de") == date(2026, 2, 5)


def test_a_promise_of_one_bare_verb_is_shown_with_what_it_is_about() -> None:
    bare = "Welding course: no entry test, 300 euros, starts in May. I approve, she is to enroll."
    found = promises(("2026-02-02", "one_on_one", bare))
    assert [(p.what, p.quotes[0].text) for p in found] == [(bare, "she is to enroll.")]
    full = "The kiln is cold. She is to order the new shelves."
    assert [p.what for p in promises(("2026-02-02", "one_on_one", full))] == ["She is to order the new shelves"]


def test_a_wish_named_in_three_words_is_quoted_with_the_sentence_that_explains_it() -> None:
    told = "Next wish: a herbarium. All seventy plants of the ward garden in one case that a new nurse can open."
    assert told in {e.quote.text for e in found_in(told, TALK) if e.topic is Topic.ASPIRATION}
    goal = "Goal 3: learn one storm. Don't laugh."
    assert all("laugh" not in e.quote.text for e in found_in(goal, NoteKind.GOAL, author="Ana Ruiz"))


def test_free_time_and_things_to_sit_on_are_no_matter_for_a_question() -> None:
    assert left_open("Cricket: she keeps averages for the whole Sunday league, decimals and all.") == []
    assert left_open("She keeps averages for the whole bread order, decimals and all.") == ["news"]
    assert left_open("She wants the old truck back, it had a cup holder.") == []
    assert left_open("Maja wants the old oven mitts back for the early shift.", ASIDE) == []
    assert left_open("Maja wants the old oven mitts back for the early shift.") == ["wish"]


def test_what_was_asked_without_saying_by_whom_is_no_wish_of_theirs() -> None:
    assert left_open("Asked what went wrong with the night order.") == []
    assert left_open("She asked for a second proofing cabinet.") == ["wish"]


def test_a_count_on_which_nobody_failed_is_a_change_and_nothing_undone() -> None:
    assert left_open("Trial: 22 of 40 trays out, nobody has missed one.") == ["change"]
    assert left_open("Trays for the school: 8 of 10 are labelled.") == ["pending"]


def test_a_wish_that_was_answered_with_a_promise_is_asked_about_as_the_promise() -> None:
    words = "She asked for a card of the oven times in both languages. I'm to ask the office about the wording."
    one = note("n", "2026-04-07", words, TALK)
    asked = promise(one, "I'm to ask the office about the wording.", Owner.ME, None)

    def wishes(*made: object) -> list[str]:
        held = situation([HELD, one], [], [asked] if made else [])
        return [m.kind for m in live_matters(held, open_threads(held)) if m.kind == "thread_wish"]

    assert wishes() == ["thread_wish"]
    assert wishes(asked) == []


def test_two_things_side_by_side_are_no_few_words_for_a_matter() -> None:
    slot = wholly(note("n", "2026-04-07", "Yes, he promised eleven people a Saturday slot that isn't there.", TALK))
    part = few_words(slot, MAJA)
    assert part is None or "people a Saturday" not in part.text


def test_an_obstacle_that_later_notes_call_better_weeks_running_no_longer_stands() -> None:
    gripe = note(
        "g", "2026-03-02", "The bread van comes at six and the crew at eight.", NoteKind.SURVEY_COMMENT, "Maja"
    )
    item = evidence(gripe, gripe.text, Topic.OBSTACLE, Witness.SELF)
    better = note("b", "2026-04-07", "The bread van came at eight two weeks running.", TALK)
    assert [*standing_obstacles(situation([gripe, HELD], [item], []))] == [item]
    assert [*standing_obstacles(situation([gripe, HELD, better], [item], []))] == []


def test_to_find_what_is_wrong_is_no_fault() -> None:
    assert not has_fault(wholly(note("n", "2026-04-07", "Your baker calls me the day before with what's wrong.")))
    assert has_fault(wholly(note("n", "2026-04-07", "Your baker called me with the wrong order.")))


def test_a_sentence_that_only_sounds_tired_gives_a_profile_no_shape() -> None:
    talk = note("d", "2026-04-07", "Says lists on paper scare people and drawings don't.", TALK)
    heard = note("v", "2026-04-06", "Since her card I never wait at the counter.", NoteKind.CUSTOMER_QUOTE, "Vera Holm")
    calm = note("c", "2026-04-02", '"I love it when the buffet looks calm at seven."', TALK)
    calm2 = note("c2", "2026-04-03", '"I like it best when the buffet looks calm."', TALK)
    deed = note("t", "2026-04-05", "She drew the oven times on one card.", NoteKind.SELF_REVIEW, "Maja Lindt")
    again = note("t2", "2026-04-06", "She re-timed the ovens before the first bake.")
    known = [
        evidence(calm, "I love it when the buffet looks calm at seven.", Topic.PASSION, Witness.SELF),
        evidence(calm2, "I like it best when the buffet looks calm.", Topic.PASSION, Witness.SELF),
        evidence(heard, heard.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER),
        evidence(deed, deed.text, Topic.TALENT, Witness.SELF),
        evidence(again, again.text, Topic.TALENT),
    ]

    def shape(cue: str) -> Shape | None:
        drain = Evidence(wholly(talk), Topic.ENERGY_DRAIN, Witness.MANAGER, known[0].strength, cue, "test@1")
        notes = (talk, heard, calm, calm2, deed, again)
        return situation(notes, [*known, drain], []).profile.shape

    assert shape("ENE-read") is Shape.PROTECT_AND_WIDEN
    assert shape("ENE01") is Shape.USEFUL_BUT_DRAINED


def test_a_customer_who_is_rung_back_comes_before_a_colleague_and_a_choice_of_us_is_a_gain() -> None:
    seen = note("t", "2026-03-20", "She phoned the two guests whose bread had been late.", author="")
    guest = note(
        "v", "2025-11-04", "She phoned me back in the evening. Nobody ever rings when the bread is good.",
        NoteKind.CUSTOMER_QUOTE, "Lyle Ost, guest",
    )  # fmt: skip
    mate = note("p", "2026-04-02", "She took my stall and I never had to ask.", NoteKind.PEER_FEEDBACK, "Ben Roth")
    found = [
        evidence(seen, seen.text, Topic.TALENT),
        evidence(guest, guest.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER),
        evidence(mate, mate.text, Topic.CUSTOMER_VALUE, Witness.PEER),
    ]
    value = find_links(situation([seen, guest, mate], found, []), 1)[0].value
    assert value is not None
    assert value.note.author == "Lyle Ost, guest"
    assert tells_change(wholly(note("x", "2026-04-02", "That call is worth more than the lift.")))
    chosen = "We book your mill ahead of two that are closer and cheaper."
    topics = {e.topic for e in found_in(chosen, NoteKind.EMAIL, author="Deb Os, site manager") if not e.is_guess}
    assert Topic.CUSTOMER_VALUE in topics
