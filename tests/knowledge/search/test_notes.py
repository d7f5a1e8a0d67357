"""Search over real records: the right scope, the right days, exact words, and honest about what it did not find."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.note import Mention, Note, NoteId, NoteKind, Span
from assistant.domain.promise import Owner, Promise
from assistant.domain.search import Found, NoteVector, Window
from assistant.errors import Invalid
from assistant.ports.records import Records, Shelf
from knowledge.search.notes import READ_ALL, ExactNoteSearch
from tests.knowledge.search import home
from tests.knowledge.search.home import ADA, BO, ME, TODAY


def ids(found: Found) -> list[str]:
    return [hit.note.id for hit in found.hits]


def test_the_note_that_means_it_comes_first_though_no_word_is_shared(shelf: Shelf, search: ExactNoteSearch) -> None:
    assert ids(search.find(shelf, "who taught the apprentice something", person=ADA))[0] == "a3"
    assert ids(search.find(shelf, "do families at school value her bread", person=ADA))[0] == "a2"


def test_every_hit_is_an_exact_passage_of_its_note(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "who eats the bread", limit=20)
    assert len(found.hits) == len(home.STORY)
    for hit in found.hits:
        assert hit.quote.text in hit.note.text
        assert hit.quote.note == shelf.notes.get(hit.note.id)


def test_the_passage_is_the_one_that_answers(shelf: Shelf, search: ExactNoteSearch) -> None:
    best = search.find(shelf, "would they regret losing us", person=ADA).hits[0]
    assert best.quote.text == "We would miss you."


def test_a_person_scope_holds_no_other_persons_note(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "guests who waited at the counter", person=ADA, limit=50)
    assert {hit.note.person_id for hit in found.hits} == {ADA.id}
    assert len(found.hits) == 5


def test_a_team_scope_holds_the_account_and_nobody_elses(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "Zoe loves baking rye more than anybody else alive", limit=50)
    assert {hit.note.account_id for hit in found.hits} == {ME}
    assert {hit.note.person_id for hit in found.hits} == {ADA.id, BO.id}


def test_a_name_in_a_team_question_lifts_that_persons_notes(shelf: Shelf, search: ExactNoteSearch) -> None:
    assert search.find(shelf, "tell me about the guests and Bo").hits[0].note.person_id == BO.id
    assert search.find(shelf, "tell me about the dough and Addie").hits[0].note.person_id == ADA.id


def test_days_in_the_question_filter_hard(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "what did she do in the last six weeks", person=ADA)
    assert found.window == Window(date(2026, 5, 4), TODAY)
    assert set(ids(found)) == {"a3", "a4"}


def test_a_given_window_wins_over_days_in_the_question(shelf: Shelf, search: ExactNoteSearch) -> None:
    window = Window(date(2026, 3, 1), date(2026, 3, 31))
    found = search.find(shelf, "what happened last week", person=ADA, window=window)
    assert (found.window, ids(found)) == (window, ["a1"])


def test_a_window_that_holds_nothing_shows_the_nearest_notes(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "praise in January", person=ADA)
    assert (found.hits, found.weak) == ((), True)
    assert found.window == Window(date(2026, 1, 1), date(2026, 1, 31))
    assert [note.id for note in found.nearest] == ["a1", "a5", "a2"]


def test_what_falls_due_is_searched_in_the_text_and_not_by_note_day(shelf: Shelf, search: ExactNoteSearch) -> None:
    found = search.find(shelf, "what is due by mid July", person=ADA)
    assert ids(found)[0] == "a4"
    assert found.window is None
    assert len(found.hits) == 5


def test_an_empty_scope_is_weak_and_has_no_hits(search: ExactNoteSearch, tmp_path: Path) -> None:
    records = home.filled(tmp_path, search, mine=[])
    with records.reading(ME, TODAY) as shelf:
        for who in (ADA, None):
            found = search.find(shelf, "anything", person=who)
            assert (found.hits, found.weak, found.nearest) == ((), True, ())


def test_a_question_the_notes_do_not_touch_is_weak_and_one_they_answer_is_not(
    shelf: Shelf, search: ExactNoteSearch
) -> None:
    assert search.find(shelf, "Has she ever sailed across the Atlantic?", person=ADA).weak
    assert not search.find(shelf, "Does she love baking?", person=ADA).weak


def test_notes_later_than_the_view_do_not_exist(records: Records, search: ExactNoteSearch) -> None:
    with records.reading(ME, date(2026, 4, 1)) as shelf:
        assert set(ids(search.find(shelf, "bread", person=ADA))) == {"a1", "a5"}


def test_the_same_question_gives_the_same_answer(shelf: Shelf, search: ExactNoteSearch) -> None:
    assert search.find(shelf, "early shift") == search.find(shelf, "early shift")


def test_the_limit_holds_and_keeps_the_best(shelf: Shelf, search: ExactNoteSearch) -> None:
    everything = search.find(shelf, "bread", limit=20)
    assert search.find(shelf, "bread", limit=3).hits == everything.hits[:3]
    scores = [hit.score for hit in everything.hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "  \n"])
def test_a_question_without_words_is_refused_in_a_sentence(query: str, shelf: Shelf, search: ExactNoteSearch) -> None:
    with pytest.raises(Invalid, match="nothing to search for"):
        search.find(shelf, query)


@pytest.mark.parametrize(
    "query", ["Ada", "?!", '"; DROP TABLE note; --', "AND OR NOT NEAR(", "a" * 5_000, "\x00\u202e"]
)
def test_odd_questions_are_only_words(query: str, shelf: Shelf, search: ExactNoteSearch) -> None:
    assert len(search.find(shelf, query, person=ADA).hits) == 5


def test_names_do_not_change_what_a_note_means(search: ExactNoteSearch) -> None:
    told = home.notes()[0]
    other = replace(told, text=told.text.replace("Ada", "Addie"))
    assert search.prepare([told], [ADA])[0].data == search.prepare([other], [ADA])[0].data


def test_a_note_becomes_one_row_the_whole_first_then_its_passages(search: ExactNoteSearch) -> None:
    short, long = search.prepare([home.notes()[0], home.notes()[1]], [ADA])
    assert isinstance(short, NoteVector)
    assert (len(short.data), len(long.data)) == (384, 3 * 384)
    assert (short.part, short.embedder) == (0, search.embedder.fingerprint)


def test_preparing_notes_together_or_alone_makes_the_same_rows(search: ExactNoteSearch) -> None:
    together = search.prepare(home.notes(), [ADA, BO])
    assert list(together) == [row for note in home.notes() for row in search.prepare([note], [ADA, BO])]


def test_a_note_without_a_vector_yet_is_found_by_its_words(search: ExactNoteSearch, tmp_path: Path) -> None:
    records = home.filled(tmp_path, search)
    late = Note(ME, NoteId("late"), ADA.id, date(2026, 6, 10), "The sourdough crate went to the harbour market.")
    with records.writing(ME, TODAY) as shelf:
        shelf.notes.add([late])
    with records.reading(ME, TODAY) as shelf:
        found = search.find(shelf, "sourdough harbour market", person=ADA)
        assert "late" in ids(found)
        assert not found.weak
        quotes = [hit.quote.text for hit in found.hits if hit.note.id == "late"]
    assert quotes == [late.text]


def test_an_open_promise_lifts_the_note_it_stands_in(search: ExactNoteSearch, tmp_path: Path) -> None:
    from assistant.domain.evidence import Quote

    told = Note(ME, NoteId("said"), ADA.id, date(2026, 5, 2), "Long talk about flour. I said yes to the second mixer.")
    records = home.filled(tmp_path, search, mine=[*home.notes(), told])
    question = "what did I promise her and not do"
    with records.reading(ME, TODAY) as shelf:
        before = ids(search.find(shelf, question, person=ADA)).index("said")
    quote = Quote.of(told, "I said yes to the second mixer.")
    promise = Promise(ME, "p1", ADA.id, Owner.ME, "get the second mixer", told.day, quotes=(quote,))
    with records.writing(ME, TODAY) as shelf:
        shelf.promises.save([promise])
    with records.reading(ME, TODAY) as shelf:
        after = ids(search.find(shelf, question, person=ADA)).index("said")
    assert after < before


def test_a_mention_counts_for_the_one_who_is_named(search: ExactNoteSearch, tmp_path: Path) -> None:
    text = "Ada Lund covered the counter that evening."
    mention = Note(
        ME, NoteId("m1"), BO.id, date(2026, 5, 3), text, NoteKind.MISC, mentions=(Mention(ADA.id, Span(0, 8)),)
    )
    records = home.filled(tmp_path, search, mine=[*home.notes(), mention])
    with records.reading(ME, TODAY) as shelf:
        assert "m1" in ids(search.find(shelf, "did Ada cover the counter", limit=2))


def test_a_large_scope_ranks_the_same_note_first_and_stays_inside(search: ExactNoteSearch, tmp_path: Path) -> None:
    many = [
        Note(
            ME, NoteId(f"n{i:04}"), BO.id, date(2026, 1, 1), f"Counted crate {i} in the cold store and swept the yard."
        )
        for i in range(READ_ALL + 50)
    ]
    records = home.filled(tmp_path, search, mine=[*home.notes(), *many])
    with records.reading(ME, TODAY) as shelf:
        assert ids(search.find(shelf, "Who waited and was ignored?"))[0] == "b2"
        own = search.find(shelf, "crate 17", person=BO, limit=500)
        assert own.hits[0].note.id == "n0017"
        assert {hit.note.person_id for hit in own.hits} == {BO.id}
        spring = search.find(shelf, "crates in May", person=BO)
        assert ids(spring) == ["b2"]
