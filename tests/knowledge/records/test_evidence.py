"""What the manager said about evidence outlives every finder; what a finder said does not outlive its words."""

from dataclasses import replace

import pytest

from assistant.domain.evidence import Evidence, EvidenceState, Judged, Quote, Topic
from assistant.domain.note import Note, Span
from assistant.domain.person import PersonId
from assistant.errors import Unknown
from assistant.ports.records import Records
from tests.knowledge.records.nouns import BO, DANA, TEXT, by_hand, evidence, fill, note, screening, seen, written

CONFIRMED, REJECTED, SUGGESTED = EvidenceState.CONFIRMED, EvidenceState.REJECTED, EvidenceState.SUGGESTED


def kept(records: Records, noted: Note, *found: str) -> None:
    """Dana with one note and what was found in it."""
    fill(records, noted)
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], [evidence(noted, words) for words in found])


def test_evidence_comes_back_with_its_whole_note_oldest_first(records: Records) -> None:
    late, early = note(id="late", on="2026-04-01"), note(id="early", on="2026-01-01")
    fill(records, late, early)
    items = [evidence(early), evidence(late), evidence(late, "rota", Topic.OBSTACLE)]
    with written(records) as shelf:
        shelf.evidence.replace([late.id, early.id], items[::-1])
    with seen(records) as shelf:
        assert shelf.evidence.of(DANA) == items
        assert shelf.evidence.of(BO) == []


def test_evidence_is_found_by_id_or_by_a_beginning_that_fits_only_one(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    item = evidence(noted)
    with seen(records) as shelf:
        assert shelf.evidence.get(item.id) == shelf.evidence.get(item.id[:4]) == item
        for wrong in (item.id[:3], "e", "", "zzzz", item.id + "0", "e%", "e\x00", "é" * 5):
            with pytest.raises(Unknown):
                shelf.evidence.get(wrong)


def test_a_beginning_that_fits_two_is_unknown(records: Records) -> None:
    noted = note("word " * 200)
    fill(records, noted)
    items = [replace(evidence(noted, "word"), quote=Quote(noted, Span(i, i + 4))) for i in range(0, 995, 5)]
    begins = [item.id[:4] for item in items]
    shared = next((b for b in begins if begins.count(b) > 1), None)
    assert shared, "two of 199 ids begin alike"
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], items)
        with pytest.raises(Unknown):
            shelf.evidence.get(shared)


def test_a_re_run_replaces_what_it_found_before_in_these_notes_only(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two)
    with written(records) as shelf:
        shelf.evidence.replace([one.id, two.id], [evidence(one), evidence(two)])
        shelf.evidence.replace([one.id], [evidence(one, "new nurses", finder="rules@2")])
    with seen(records) as shelf:
        assert [(i.note.id, i.quote.text, i.finder) for i in shelf.evidence.of(DANA)] == [
            ("n1", "new nurses", "rules@2"),
            ("n2", "Loves teaching", "rules@1"),
        ]


@pytest.mark.parametrize("state", [CONFIRMED, REJECTED])
def test_a_verdict_survives_a_re_run(records: Records, state: EvidenceState) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, state)
        shelf.evidence.replace([noted.id], [evidence(noted, finder="rules@2")])
    with seen(records) as shelf:
        assert [(i.state, i.finder) for i in shelf.evidence.of(DANA)] == [(state, "rules@2")]


def test_a_rejection_still_holds_when_the_words_are_found_again_after_a_break(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, REJECTED)
        shelf.evidence.replace([noted.id], [])
        assert [i.state for i in shelf.evidence.of(DANA)] == [REJECTED], "what was rejected stays, with its sign"
        shelf.evidence.replace([noted.id], [evidence(noted)])
        assert [i.state for i in shelf.evidence.of(DANA)] == [REJECTED]


def by(cue: str, item: Evidence) -> Evidence:
    return replace(item, cue=cue)


def states(records: Records, person_id: PersonId = DANA) -> dict[str, EvidenceState]:
    with seen(records) as shelf:
        found = {i.id: i.state for i in shelf.evidence.of(person_id)}
        assert found == {key: shelf.evidence.get(key).state for key in found}, "get and of agree"
        assert found == {i.id: i.state for i in shelf.evidence.of(person_id, most=9)}
        return found


def test_a_rejected_sign_is_not_followed_again_for_that_person_and_topic(records: Records) -> None:
    one, two, bos = note(id="n1"), note(id="n2"), note(id="n3", about=BO)
    fill(records, one, two, bos)
    first, same = evidence(one), evidence(two, "new nurses")
    other, theirs = by("PAS05", evidence(two, "night rota")), evidence(bos, "new nurses")
    talent = evidence(two, "new nurses", Topic.TALENT)
    with written(records) as shelf:
        shelf.evidence.replace([one.id], [first])
        shelf.evidence.judge(first.id, REJECTED)
        shelf.evidence.replace([one.id, two.id, bos.id], [same, other, theirs, talent])  # later notes, and a re-run
    found = states(records)
    assert (found[first.id], found[same.id]) == (REJECTED, REJECTED)
    assert (found[other.id], found[talent.id]) == (SUGGESTED, SUGGESTED)
    assert states(records, BO) == {theirs.id: SUGGESTED}
    with seen(records) as shelf:
        (lesson,) = shelf.evidence.learnt(DANA)
        assert (lesson.topic, lesson.cue, [i.id for i in lesson.rejected]) == (Topic.PASSION, "PAS02", [first.id])
        assert shelf.evidence.learnt(BO) == ()


def test_a_general_sign_is_dropped_at_the_second_rejection(records: Records) -> None:
    noted = note()
    fill(records, noted)
    places = ("Loves teaching", "new nurses", "night rota")
    made = [by("TAL-act", evidence(noted, words, Topic.TALENT)) for words in places]
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], made)
        shelf.evidence.judge(made[0].id, REJECTED)
    assert states(records)[made[2].id] is SUGGESTED
    with written(records) as shelf:
        shelf.evidence.judge(made[1].id, REJECTED)
    assert states(records)[made[2].id] is REJECTED


@pytest.mark.parametrize("state", [SUGGESTED, CONFIRMED])
def test_what_was_learnt_is_taken_back(records: Records, state: EvidenceState) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two)
    first, same = evidence(one), evidence(two, "new nurses")
    with written(records) as shelf:
        shelf.evidence.replace([one.id, two.id], [first, same])
        shelf.evidence.judge(first.id, REJECTED)
        shelf.evidence.judge(same.id, state)
    assert states(records)[same.id] is state
    with seen(records) as shelf:
        assert shelf.evidence.learnt(DANA) == ()


def test_no_lesson_is_drawn_from_what_a_model_or_the_manager_pointed_out(records: Records) -> None:
    noted = note()
    fill(records, noted)
    proposed = evidence(noted, finder="llm evidence@1")
    with written(records) as shelf:
        shelf.evidence.propose([noted.id], [proposed])
        shelf.evidence.add(by_hand(evidence(noted, "new nurses")))
        shelf.evidence.judge(proposed.id, REJECTED)
        shelf.evidence.judge(evidence(noted, "new nurses").id, REJECTED)
        assert shelf.evidence.learnt(DANA) == ()


def test_a_quote_put_into_other_words_teaches_nothing(records: Records) -> None:
    noted = note()
    fill(records, noted)
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], [evidence(noted, "Loves")])
        shelf.evidence.judge(evidence(noted, "Loves").id, REJECTED)
        assert shelf.evidence.learnt(DANA)
        shelf.evidence.add(by_hand(evidence(noted)))
        assert shelf.evidence.learnt(DANA) == ()


def test_a_lesson_is_forgotten_with_its_note(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two)
    first, same = evidence(one), evidence(two, "new nurses")
    with written(records) as shelf:
        shelf.evidence.replace([one.id, two.id], [first, same])
        shelf.evidence.judge(first.id, REJECTED)
        shelf.notes.remove([one.id])
    assert states(records) == {same.id: SUGGESTED}


def test_confirmed_evidence_stays_when_a_finder_no_longer_finds_it(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching", "new nurses")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, CONFIRMED)
        shelf.evidence.replace([noted.id], [])
    with seen(records) as shelf:
        assert [(i.quote.text, i.state) for i in shelf.evidence.of(DANA)] == [("Loves teaching", CONFIRMED)]


def test_a_verdict_can_be_taken_back(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, REJECTED)
        shelf.evidence.judge(evidence(noted).id, SUGGESTED)
    with seen(records) as shelf:
        assert shelf.evidence.of(DANA)[0].state is SUGGESTED


def test_a_verdict_belongs_to_its_span_and_topic_alone(records: Records) -> None:
    noted = note()
    items = [evidence(noted), evidence(noted, topic=Topic.TALENT), by("PAS03", evidence(noted, "Loves"))]
    fill(records, noted)
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], items)
        shelf.evidence.judge(items[0].id, REJECTED)
    with seen(records) as shelf:
        states = {i.id: i.state for i in shelf.evidence.of(DANA)}
    assert states == {items[0].id: REJECTED, items[1].id: SUGGESTED, items[2].id: SUGGESTED}


def test_judging_unknown_evidence_is_refused(records: Records) -> None:
    fill(records)
    with pytest.raises(Unknown), written(records) as shelf:
        shelf.evidence.judge("e0000", CONFIRMED)


def test_what_the_manager_pointed_out_is_never_removed_by_a_finder(records: Records) -> None:
    noted = note()
    item = by_hand(evidence(noted))
    fill(records, noted)
    with written(records) as shelf:
        shelf.evidence.add(item)
        shelf.evidence.replace([noted.id], [evidence(noted)])
    with seen(records) as shelf:
        assert shelf.evidence.of(DANA) == [item]


def test_what_the_manager_said_follows_its_words_when_the_note_is_edited(records: Records) -> None:
    noted = note()
    kept(records, noted, "new nurses", "night rota")
    confirmed, rejected = evidence(noted, "new nurses"), evidence(noted, "night rota")
    edited = replace(noted, text=f"In short: {TEXT}", revision=2)
    with written(records) as shelf:
        shelf.evidence.add(by_hand(evidence(noted)))
        shelf.evidence.judge(confirmed.id, CONFIRMED)
        shelf.evidence.judge(rejected.id, REJECTED)
        shelf.notes.save(edited)
        assert [(i.quote.text, i.state) for i in shelf.evidence.of(DANA)] == [
            ("Loves teaching", CONFIRMED),
            ("new nurses", CONFIRMED),
            ("night rota", REJECTED),
        ]
        shelf.evidence.replace([noted.id], [evidence(edited, "night rota")])
    with seen(records) as shelf:
        found = {i.quote.text: i.state for i in shelf.evidence.of(DANA)}
        assert all(i.note == edited for i in shelf.evidence.of(DANA))
    assert found == {"Loves teaching": CONFIRMED, "new nurses": CONFIRMED, "night rota": REJECTED}


def test_a_verdict_goes_with_its_words_and_never_sticks_to_others_in_their_place(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    edited = replace(noted, text=TEXT.replace("Loves teaching", "Hates lectures"), revision=2)
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, CONFIRMED)
        shelf.notes.save(edited)
        assert shelf.evidence.of(DANA) == []
        shelf.evidence.replace([noted.id], [evidence(edited, "Hates lectures")])
        assert shelf.evidence.of(DANA)[0].state is SUGGESTED


def test_confirmed_evidence_moves_along_with_its_note(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, CONFIRMED)
        shelf.notes.save(replace(noted, person_id=BO, revision=2))
    with seen(records) as shelf:
        assert shelf.evidence.of(DANA) == []
        assert [i.state for i in shelf.evidence.of(BO)] == [CONFIRMED]


def test_evidence_that_turns_out_to_be_private_goes_even_when_pointed_out_by_hand(records: Records) -> None:
    noted, other = note(), note(id="n2")
    fill(records, noted, other)
    with written(records) as shelf:
        shelf.evidence.add(by_hand(evidence(noted)))
        shelf.evidence.add(by_hand(evidence(noted, "night rota")))
        shelf.evidence.add(by_hand(evidence(other)))
        shelf.screenings.put([screening(noted, Span(6, 10)), screening(other, whole=True)])
    with seen(records) as shelf:
        assert [i.quote.text for i in shelf.evidence.of(DANA)] == ["night rota"]


def test_found_evidence_of_an_outdated_revision_is_not_shown(records: Records) -> None:
    noted = note()
    fill(records, noted)
    with written(records) as shelf:
        shelf.notes.save(replace(noted, text="Short.", revision=2))
        shelf.evidence.replace([noted.id], [evidence(noted)])
    with seen(records) as shelf:
        assert shelf.evidence.of(DANA) == []
        with pytest.raises(Unknown):
            shelf.evidence.get(evidence(noted).id)


def test_words_rejected_once_are_not_suggested_again_wherever_they_stand(records: Records) -> None:
    one, two, bos = note(id="n1"), note(f"Again. {TEXT.upper()}", id="n2"), note(id="n3", about=BO)
    fill(records, one, two, bos)
    again = evidence(two, "LOVES TEACHING")
    other = evidence(two, "LOVES TEACHING", Topic.TALENT)
    with written(records) as shelf:
        shelf.evidence.replace([one.id, two.id, bos.id], [evidence(one), again, other, evidence(bos)])
        shelf.evidence.judge(evidence(one).id, REJECTED)
    with seen(records) as shelf:
        assert {i.id: i.state for i in shelf.evidence.of(DANA)} == {
            evidence(one).id: REJECTED, again.id: REJECTED, other.id: SUGGESTED,
        }  # fmt: skip
        assert shelf.evidence.of(DANA, most=1)[0].state is REJECTED
        assert shelf.evidence.get(again.id).state is REJECTED
        assert [i.state for i in shelf.evidence.of(BO)] == [SUGGESTED]
    with written(records) as shelf:
        shelf.evidence.judge(again.id, CONFIRMED)
        assert shelf.evidence.get(again.id).state is CONFIRMED
        shelf.evidence.judge(again.id, SUGGESTED)
        assert {i.state for i in shelf.evidence.of(DANA)} == {SUGGESTED}, "taking it back frees the words everywhere"


def test_verdicts_are_told_whether_their_passage_is_found_today_or_not(records: Records) -> None:
    noted = note()
    kept(records, noted, "Loves teaching", "night rota")
    with written(records) as shelf:
        shelf.evidence.judge(evidence(noted).id, CONFIRMED)
        shelf.evidence.judge(evidence(noted, "night rota").id, REJECTED)
        shelf.evidence.replace([noted.id], [])
    with seen(records) as shelf:
        assert shelf.evidence.judged([noted.id]) == [
            Judged(noted.id, Topic.PASSION, "Loves teaching", CONFIRMED),
            Judged(noted.id, Topic.PASSION, "night rota", REJECTED),
        ]
        assert shelf.evidence.judged(["other"]) == []


@pytest.mark.parametrize(
    ("old", "new", "words", "stands"),
    [
        ("A cat. A dog.", "Now: A cat. A dog.", "A dog", (12, 17)),
        ("word word", "word word more", "word", (0, 4)),
        ("one word, one tree", "tree one word", "word", (9, 13)),
        ("one word, one tree", "word tree word", "word", None),
        ("one word", "one tree", "word", None),
    ],
)
def test_a_verdict_follows_its_words_only_where_there_is_no_doubt(
    records: Records, old: str, new: str, words: str, stands: tuple[int, int] | None
) -> None:
    noted = note(old)
    fill(records, noted)
    item = evidence(noted, words)
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], [item])
        shelf.evidence.judge(item.id, CONFIRMED)
        shelf.notes.save(replace(noted, text=new, revision=2))
    with seen(records) as shelf:
        spans = [(i.quote.span.start, i.quote.span.end) for i in shelf.evidence.of(DANA)]
    assert spans == ([stands] if stands else [])
