"""Promises, one-on-ones and the ask-ledger, as they stood on any day."""

from dataclasses import replace

import pytest

from assistant.domain.ask_ledger import Asked
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Chosen, MeetingState
from assistant.domain.note import Span
from assistant.domain.promise import Owner, Promise, PromiseKind, PromiseState, Telling, TellingKind
from assistant.errors import Invalid, Unknown
from assistant.ports.records import Records
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    OTHER,
    TEXT,
    day,
    fill,
    meeting,
    note,
    promise,
    screening,
    seen,
    written,
)

SAID = "I promised to ask about the night rota."
NOTED, LATER = note(id="n1"), note("Asked about the rota, all sorted.", "2026-05-01", id="n2")
OPEN, DONE = PromiseState.OPEN, PromiseState.DONE


def found() -> Promise:
    return promise("pr-found", Quote.of(NOTED, SAID), Quote.of(NOTED, "night rota"))


def closed() -> Promise:
    return replace(found(), state=DONE, closed_by=Quote.of(LATER, "all sorted"))


def test_a_promise_comes_back_with_its_quotes_and_what_closed_it(records: Records) -> None:
    fill(records, NOTED, LATER)
    by_hand = promise("pr-hand", hand=True, made_on="2026-01-01")
    with written(records) as shelf:
        shelf.promises.save([closed(), by_hand])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [by_hand, closed()]
        assert shelf.promises.of(BO) == []
        assert shelf.promises.get("pr-found") == shelf.promises.get("pr-f") == closed()


@pytest.mark.parametrize("wrong", ["pr-", "pr-0", "nope", "", "p\x00", "pr-hand-and-more"])
def test_a_promise_that_is_not_meant_by_exactly_one_id_is_unknown(records: Records, wrong: str) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.promises.save([promise("pr-01", hand=True), promise("pr-02", hand=True), promise("pr-hand", hand=True)])
    with seen(records) as shelf, pytest.raises(Unknown):
        shelf.promises.get(wrong)


def test_what_a_later_note_closed_is_open_on_an_earlier_day(records: Records) -> None:
    fill(records, NOTED, LATER)
    with written(records) as shelf:
        shelf.promises.save([closed()])
    with seen(records, "2026-04-30") as shelf:
        assert shelf.promises.of(DANA) == [found()]
        assert shelf.promises.get("pr-found") == found()
    with seen(records, "2026-05-01") as shelf:
        assert shelf.promises.of(DANA) == [closed()]


def told() -> Promise:
    moved = Telling(TellingKind.MOVED, Quote.of(NOTED, "night rota"), until=day("2026-03-20"))
    part = Telling(TellingKind.PARTLY, Quote.of(LATER, "Asked about the rota"), done=8, whole=10)
    return replace(found(), told=(moved, part))


def test_what_notes_tell_of_a_promise_comes_back_and_not_before_their_day(records: Records) -> None:
    fill(records, NOTED, LATER)
    with written(records) as shelf:
        shelf.promises.replace_found(DANA, [told()])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [told()]
        assert [t.left for t in shelf.promises.get("pr-found").standing] == [2, None]
    with seen(records, "2026-04-30") as shelf:
        assert shelf.promises.of(DANA) == [replace(told(), told=told().told[:1])]


def test_what_takes_the_place_of_a_promise_comes_back_by_its_id(records: Records) -> None:
    fill(records, NOTED, LATER)
    gone = replace(closed(), state=PromiseState.DROPPED,
                   told=(Telling(TellingKind.REPLACED, Quote.of(LATER, "all sorted"), by="pr-new"),))  # fmt: skip
    with written(records) as shelf:
        shelf.promises.replace_found(DANA, [gone])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [gone]
    with seen(records, "2026-04-30") as shelf:
        assert shelf.promises.of(DANA) == [found()]


def test_what_was_asked_is_no_promise(records: Records) -> None:
    fill(records, NOTED, LATER)
    asked = replace(found(), kind=PromiseKind.REQUEST)
    with written(records) as shelf:
        shelf.promises.replace_found(DANA, [asked])
    with seen(records) as shelf:
        assert (shelf.promises.of(DANA), shelf.promises.asked_by(DANA)) == ([], [asked])
        assert shelf.promises.open_counts() == {}


def test_what_was_settled_by_hand_is_open_on_the_day_before(records: Records) -> None:
    fill(records, NOTED)
    settled = promise(hand=True, state=DONE)
    with written(records, "2026-05-10") as shelf:
        shelf.promises.save([settled])
    with written(records, "2026-05-20") as shelf:
        shelf.promises.save([replace(settled, what="ask about the rota")])
    with seen(records, "2026-05-09") as shelf:
        assert shelf.promises.of(DANA)[0].state is OPEN
    with seen(records, "2026-05-10") as shelf:
        assert shelf.promises.of(DANA)[0].state is DONE


def test_open_ones_are_counted_as_a_reader_of_each_would_count_them_on_any_day(records: Records) -> None:
    fill(records, NOTED, LATER)
    quiet = replace(promise("pr-quiet", hand=True, made_on="2025-06-01"), owner=Owner.THEM)
    kept = [
        closed(),
        promise("pr-hand", hand=True),
        replace(promise("pr-due", hand=True), due=day("2026-12-01")),
        quiet,
    ]
    with written(records) as shelf:
        shelf.promises.save(kept)
    with written(records, "2026-05-20") as shelf:
        shelf.promises.save([replace(kept[1], state=DONE)])
    told = set()
    for today in ("2025-07-01", "2026-04-20", "2026-04-30", "2026-05-01", "2026-05-20", "2026-10-31", "2027-06-02"):
        with seen(records, today) as shelf:
            still = [p for p in shelf.promises.of(DANA) if p.state is OPEN and not p.is_quiet(shelf.today)]
            counts = {(DANA, owner): sum(p.owner is owner for p in still) for owner in Owner}
            assert shelf.promises.open_counts() == {key: count for key, count in counts.items() if count}
            told.add(tuple(counts.values()))
    assert len(told) > 3


def test_a_promise_made_later_does_not_exist_yet(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.promises.save([promise("pr-late", hand=True, made_on="2026-06-01")])
    with seen(records, "2026-05-31") as shelf:
        assert shelf.promises.of(DANA) == []
        with pytest.raises(Unknown):
            shelf.promises.get("pr-late")


def test_a_finder_replaces_what_it_found_and_leaves_what_a_hand_set(records: Records) -> None:
    fill(records, NOTED)
    elsewhere = (Quote.of(NOTED, "Loves teaching"),)
    settled = replace(found(), id="pr-settled", state=DONE, by_hand=True, quotes=elsewhere)
    with written(records) as shelf:
        shelf.promises.save([promise("pr-gone", Quote.of(NOTED, SAID)), settled])
        shelf.promises.replace_found(DANA, [found(), replace(settled, state=OPEN, by_hand=False)])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [found(), settled]


def test_a_passage_that_a_hand_settled_is_not_found_again_under_another_id(records: Records) -> None:
    fill(records, NOTED)
    settled = replace(found(), id="pr-settled", state=DONE, by_hand=True)
    with written(records) as shelf:
        shelf.promises.save([settled])
        shelf.promises.replace_found(DANA, [found()])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [settled]


def test_a_finder_on_an_earlier_day_loses_nothing_that_came_later(records: Records) -> None:
    fill(records, NOTED, LATER)
    late = promise("pr-late", Quote.of(LATER, "all sorted"), made_on="2026-05-01")
    with written(records) as shelf:
        shelf.promises.save([closed(), late])
    with written(records, "2026-04-01") as shelf:
        shelf.promises.replace_found(DANA, [found()])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [closed(), late]


def test_quotes_follow_their_words_when_a_note_is_edited(records: Records) -> None:
    fill(records, NOTED)
    edited = replace(NOTED, text=f"Again. {TEXT}", revision=2)
    with written(records) as shelf:
        shelf.promises.save([found()])
        shelf.notes.save(edited)
    with seen(records) as shelf:
        assert [q.text for q in shelf.promises.of(DANA)[0].quotes] == [SAID, "night rota"]
        assert shelf.promises.of(DANA)[0].quotes[0].note == edited


def test_a_found_promise_goes_with_its_last_quote_settled_or_not_and_one_typed_by_hand_stays(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.promises.save([found(), replace(found(), id="pr-settled", by_hand=True, state=DONE), promise(hand=True)])
        shelf.notes.save(replace(NOTED, text="Loves teaching. About the night rota: nothing.", revision=2))
        quoted = sorted([q.text for q in p.quotes] for p in shelf.promises.of(DANA))
        assert quoted == [[], ["night rota"], ["night rota"]]
        shelf.notes.save(replace(NOTED, text="Loves teaching.", revision=3))
    with seen(records) as shelf:
        assert [(p.id, p.quotes) for p in shelf.promises.of(DANA)] == [("pr-0001", ())]


def test_with_a_removed_note_go_the_promises_only_it_told_of(records: Records) -> None:
    fill(records, NOTED, LATER)
    both = promise("pr-both", Quote.of(NOTED, SAID), Quote.of(LATER, "all sorted"))
    with written(records) as shelf:
        shelf.promises.save([found(), replace(found(), id="pr-settled", by_hand=True), both, promise(hand=True)])
        shelf.notes.remove([NOTED.id])
    with seen(records) as shelf:
        assert {p.id: [q.text for q in p.quotes] for p in shelf.promises.of(DANA)} == {
            "pr-0001": [],
            "pr-both": ["all sorted"],
        }


def test_a_found_promise_is_open_again_when_the_note_that_closed_it_goes(records: Records) -> None:
    fill(records, NOTED, LATER)
    with written(records) as shelf:
        shelf.promises.save([closed()])
        shelf.notes.remove([LATER.id])
    with seen(records) as shelf:
        assert shelf.promises.of(DANA) == [found()]


def test_a_settled_promise_moves_along_with_its_note(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.promises.save([replace(found(), by_hand=True)])
        shelf.notes.save(replace(NOTED, person_id=BO, revision=2))
    with seen(records) as shelf:
        assert ([p.id for p in shelf.promises.of(DANA)], [p.id for p in shelf.promises.of(BO)]) == ([], ["pr-found"])


def test_a_quote_that_turns_out_to_be_private_is_dropped(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.promises.save([found()])
        start = TEXT.index("night rota")
        shelf.screenings.put([screening(NOTED, Span(start, start + 5))])
    with seen(records) as shelf:
        assert all(not p.quotes for p in shelf.promises.of(DANA))


def test_meetings_come_back_by_day_with_their_notes_in_order(records: Records) -> None:
    one, two = note(id="z"), note(id="a")
    fill(records, one, two)
    held = meeting("m1", "2026-03-01", MeetingState.HELD, one, two)
    skipped = meeting("m0", "2026-02-01", MeetingState.SKIPPED)
    other = meeting("m2", "2026-02-15", about=BO)
    with written(records) as shelf:
        shelf.meetings.save([held, skipped, other])
    with seen(records) as shelf:
        assert shelf.meetings.of(DANA) == [skipped, held]
        assert shelf.meetings.all() == [skipped, other, held]


def test_what_a_meeting_was_about_comes_back_in_order_and_survives_its_next_state(records: Records) -> None:
    fill(records)
    chosen = (Chosen("q2", "Which part?"), Chosen("q1", "Who gains?"))
    planned = replace(meeting("m1", "2026-06-20", MeetingState.PLANNED), questions=chosen, promises=("p9", "p1"))
    with written(records) as shelf:
        shelf.meetings.save([planned, meeting("m2", about=BO)])
        assert shelf.meetings.of(DANA) == [planned]
        shelf.meetings.save(
            [replace(planned, state=MeetingState.SKIPPED).with_question("q3", "What next?").with_promise("p1")]
        )
    with seen(records) as shelf:
        assert [(m.questions, m.promises) for m in shelf.meetings.all()] == [
            ((), ()), ((*chosen, Chosen("q3", "What next?")), ("p9", "p1")),
        ]  # fmt: skip


def test_there_is_one_meeting_a_person_and_day(records: Records) -> None:
    fill(records)
    with written(records) as shelf:
        shelf.meetings.save([meeting("m1"), meeting("m2", "2026-03-02")])
        shelf.meetings.save([meeting("m3", state=MeetingState.SKIPPED), meeting("m2", "2026-03-03")])
    with seen(records) as shelf:
        assert [(m.id, m.day.day, m.state) for m in shelf.meetings.of(DANA)] == [
            ("m3", 1, MeetingState.SKIPPED),
            ("m2", 3, MeetingState.HELD),
        ]


def test_a_meeting_is_taken_out_by_its_id_in_its_own_account_alone(records: Records) -> None:
    fill(records)
    kept = meeting("m2", "2026-03-02")
    with written(records) as shelf:
        shelf.meetings.save([meeting("m1").with_question("q1", "What next?"), kept])
    with written(records, owner=OTHER) as shelf:
        shelf.meetings.remove("m1")
    with seen(records) as shelf:
        assert len(shelf.meetings.of(DANA)) == 2
    with written(records) as shelf:
        shelf.meetings.remove("m1")
        shelf.meetings.remove("m1")
    with seen(records) as shelf:
        assert shelf.meetings.of(DANA) == [kept]


def test_held_meetings_wait_for_their_day_and_planned_ones_are_seen_ahead(records: Records) -> None:
    fill(records)
    ahead = meeting("m2", "2026-09-01", MeetingState.PLANNED)
    with written(records) as shelf:
        shelf.meetings.save([meeting("m1", "2026-06-14"), ahead])
    with seen(records, "2026-06-13") as shelf:
        assert shelf.meetings.of(DANA) == [ahead]
        assert shelf.meetings.all() == [ahead]


def test_a_meeting_only_notes_tell_of_goes_with_the_last_of_them(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two, note(id="n3", on="2026-04-01"))
    with written(records) as shelf:
        shelf.meetings.save([meeting("m1", "2026-03-01", MeetingState.HELD, one, two)])
        shelf.meetings.save([meeting("m2", "2026-04-01", MeetingState.PLANNED)])
        shelf.meetings.save([meeting("m2", "2026-04-01", MeetingState.HELD, note(id="n3"))])
        shelf.notes.remove([one.id])
        assert [m.note_ids for m in shelf.meetings.of(DANA)] == [("n2",), ("n3",)]
        shelf.notes.save(replace(two, person_id=BO, revision=2))
        shelf.notes.remove([note(id="n3").id])
    with seen(records) as shelf:
        assert [(m.id, m.note_ids) for m in shelf.meetings.of(DANA)] == [("m2", ())]


def test_a_meeting_cannot_hang_on_a_note_that_is_not_there(records: Records) -> None:
    fill(records)
    with pytest.raises(Invalid), written(records) as shelf:
        shelf.meetings.save([meeting("m1", "2026-03-01", MeetingState.HELD, note(id="ghost"))])
    with seen(records) as shelf:
        assert shelf.meetings.all() == []


def test_the_ledger_keeps_every_entry_in_order_and_hides_later_days(records: Records) -> None:
    fill(records)
    entries = [
        Asked(ME, DANA, "q2", "Which part?", day("2026-05-02"), "The teaching."),
        Asked(ME, DANA, "q1", "Who gains?", day("2026-05-01"), later=True),
        Asked(ME, DANA, "q1", "Who gains?", day("2026-05-02")),
        Asked(ME, BO, "q1", "Who gains?", day("2026-05-02")),
        Asked(ME, DANA, "q3", "What next?", day("2026-07-01")),
    ]
    with written(records) as shelf:
        for entry in entries:
            shelf.ledger.add(entry)
    with seen(records) as shelf:
        assert shelf.ledger.of(DANA) == [entries[1], entries[0], entries[2]]
