"""Whom written names mean: known, new, or asked; never merged by a guess."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count

import pytest

from assistant.actions.match_people import Matching, match_people
from assistant.domain.account import AccountId
from assistant.domain.importing import NEW, Document, MatchState, NoteDraft
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.errors import Unknown

ME = AccountId("me")
DAY = date(2025, 5, 6)
BERG = Person(ME, PersonId("p1"), "Tom Berg", aka=("Tommy",))
STONE = Person(ME, PersonId("p2"), "Tom Stone")
ANA = Person(ME, PersonId("p3"), "Ana Ruiz")


def draft(name: str, *, author: str = "", kind: NoteKind = NoteKind.MISC, person_id: str = "") -> NoteDraft:
    return NoteDraft("x.csv row 2", name, DAY, "words", kind, author, person_id=person_id)


def match(
    known: Sequence[Person], *drafts: NoteDraft, people: Sequence[Person] = (), answers: Mapping[str, str] | None = None
) -> Matching:
    numbers = count(1)
    document = Document("x.csv", drafts, people=tuple(people))
    return match_people(ME, known, [document], answers or {}, lambda: f"new{next(numbers)}")


def told(matching: Matching) -> dict[str, tuple[str, str]]:
    return {m.written: (m.state.value, m.person.name if m.person else "") for m in matching.matches}


@pytest.mark.parametrize(
    "written",
    [
        "Ana Ruiz",
        "ruiz, ana",
        "RUIZ, Ana",
        "Ana",
        "Ruiz",
        "Ana R.",
        "A. Ruiz",
        "Ana  Ruiz",
        "Sra. Ruiz",
        "Ms Ana Ruiz",
        "Ána Ruíz",
    ],
)
def test_ways_to_write_the_only_person_that_fits_are_known(written: str) -> None:
    assert told(match([BERG, STONE, ANA], draft(written))) == {written: ("known", "Ana Ruiz")}


@pytest.mark.parametrize("written", ["Tom", "young Tom", "Tom in dispatch", "T.", "TB"])
def test_what_two_people_or_initials_could_stand_for_is_asked(written: str) -> None:
    (found,) = match([BERG, STONE, ANA], draft(written)).matches
    assert found.state is MatchState.UNSURE
    assert [choice.id for choice in found.choices] == (["p1", NEW] if written == "TB" else ["p1", "p2", NEW])


def test_initials_and_aliases_tell_two_people_of_one_name_apart() -> None:
    matching = match([BERG, STONE], draft("Tom B."), draft("Tom S."), draft("Tommy"))
    assert told(matching) == {
        "Tom B.": ("known", "Tom Berg"),
        "Tom S.": ("known", "Tom Stone"),
        "Tommy": ("known", "Tom Berg"),
    }


def test_initials_that_fit_two_people_are_asked() -> None:
    baker = Person(ME, PersonId("p4"), "Tom Baker")
    assert told(match([BERG, baker], draft("Tom B."))) == {"Tom B.": ("unsure", "")}


def test_an_unknown_full_name_is_new_even_when_the_first_name_is_known() -> None:
    matching = match([BERG], draft("Tom Stone"), draft("Stone, Tom"))
    assert told(matching) == {"Tom Stone": ("new", "Tom Stone")}
    assert matching.matches[0].notes == 2


def test_two_new_people_of_one_name_in_one_file_are_never_merged() -> None:
    matching = match([], draft("Tom Berg"), draft("Tom Stone"), draft("Tom"))
    assert told(matching)["Tom"] == ("unsure", "")
    assert [m.person.name for m in matching.matches if m.person] == ["Tom Berg", "Tom Stone"]


def test_a_single_new_first_name_is_new_and_says_so() -> None:
    (found,) = match([BERG], draft("Maria")).matches
    assert (found.state, found.person and found.person.name) == (MatchState.NEW, "Maria")
    assert "one name only" in found.why


@pytest.mark.parametrize("written", ["Ana Ruis", "Ana Riuz", "An Ruiz", "Anna Ruiz"])
def test_a_slip_of_the_pen_is_asked(written: str) -> None:
    (found,) = match([ANA], draft(written)).matches
    assert found.state is MatchState.UNSURE
    assert [choice.name for choice in found.choices] == ["Ana Ruiz", f"{written}, somebody new"]


def test_a_rare_spelling_beside_a_frequent_one_is_asked_and_two_frequent_ones_are_two_people() -> None:
    often = [draft("Maria Klein")] * 6
    assert told(match([], *often, draft("Maria Klain")))["Maria Klain"] == ("unsure", "")
    assert told(match([], *often, *[draft("Mario Klein")] * 6))["Mario Klein"] == ("new", "Mario Klein")


@pytest.mark.parametrize("written", ["Ana Maria Ruiz", "Ana Ruiz-Gil"])
def test_a_name_with_a_word_more_is_asked(written: str) -> None:
    assert told(match([ANA], draft(written))) == {written: ("unsure", "")}


def test_a_full_name_that_an_entry_of_one_name_could_stand_for_is_asked() -> None:
    lone = Person(ME, PersonId("p9"), "Ana")
    assert told(match([lone], draft("Ana Ruiz"))) == {"Ana Ruiz": ("unsure", "")}


def test_a_short_form_is_asked_unless_the_person_signs_with_the_full_name() -> None:
    leticia = Person(ME, PersonId("p5"), "Leticia Amaral")
    assert told(match([leticia], draft("Leti"))) == {"Leti": ("unsure", "")}
    signed = match([leticia], draft("Leti"), draft("Leti", author="Leticia Amaral", kind=NoteKind.SELF_REVIEW))
    assert told(signed) == {"Leti": ("known", "Leticia Amaral")}
    assert signed.changed[0].aka == ("Leti",)


def test_words_of_their_own_give_a_new_person_the_full_name() -> None:
    own = draft("Tom B.", author="Tom Berg", kind=NoteKind.SELF_REVIEW)
    (found,) = match([], draft("Tom B."), own).matches
    assert found.person is not None
    assert (found.person.name, found.person.aka, found.notes) == ("Tom Berg", ("Tom B.",), 2)


def test_what_others_write_gives_nobody_a_name() -> None:
    others = draft("Tom", author="Tom Stone, stores", kind=NoteKind.PEER_FEEDBACK)
    assert told(match([BERG], others)) == {"Tom": ("known", "Tom Berg")}


def test_a_name_that_two_people_sign_is_asked() -> None:
    drafts = [draft("Tom", author=name, kind=NoteKind.GOAL) for name in ("Tom Berg", "Tom Stone")]
    assert told(match([], *drafts)) == {"Tom": ("unsure", "")}


def test_answers_decide_by_id_by_name_and_for_somebody_new() -> None:
    drafts = (draft("Tom"),)
    assert told(match([BERG, STONE], *drafts, answers={"tom": "p2"})) == {"Tom": ("known", "Tom Stone")}
    assert told(match([BERG, STONE], *drafts, answers={"Tom": "Tom Berg"})) == {"Tom": ("known", "Tom Berg")}
    assert told(match([BERG, STONE], *drafts, answers={"Tom": "new"})) == {"Tom": ("new", "Tom")}
    with pytest.raises(Unknown, match="names nobody"):
        match([BERG, STONE], *drafts, answers={"Tom": "p77"})


def test_an_answer_for_a_shared_first_name_makes_it_no_alias() -> None:
    assert match([BERG, STONE], draft("Tom"), answers={"Tom": "p2"}).changed == ()


def test_what_files_describe_fills_gaps_and_changes_nothing_that_is_known() -> None:
    known = Person(ME, PersonId("p3"), "Ana Ruiz", role="Nurse")
    described = Person(ME, NEW, "Ana Ruiz", role="Head nurse", customers="Ward 4", aka=("Ani",))
    (changed,) = match([known], draft("Ana Ruiz"), people=[described]).changed
    assert (changed.id, changed.role, changed.customers, changed.aka) == ("p3", "Nurse", "Ward 4", ("Ani",))


def test_namesakes_with_ids_of_their_own_stay_two_people() -> None:
    twins = [Person(ME, PersonId(i), "Maria Klein") for i in ("m1", "m2")]
    matching = match([], draft("Maria Klein", person_id="m1"), draft("Maria Klein", person_id="m2"), people=twins)
    assert sorted(m.person.id for m in matching.matches if m.person) == ["m1", "m2"]
    later = match(twins, draft("Maria Klein", person_id="m2"), draft("Maria Klein"), people=twins)
    assert [(m.state, m.person and m.person.id, m.notes) for m in later.matches] == [
        (MatchState.UNSURE, None, 1),
        (MatchState.KNOWN, "m1", 0),
        (MatchState.KNOWN, "m2", 1),
    ]


def test_namesakes_who_started_on_different_days_are_asked() -> None:
    known = Person(ME, PersonId("p3"), "Ana Ruiz", start=date(2019, 1, 1))
    described = Person(ME, NEW, "Ana Ruiz", start=date(2024, 1, 1))
    assert told(match([known], draft("Ana Ruiz"), people=[described])) == {"Ana Ruiz": ("unsure", "")}


def test_an_id_that_somebody_else_has_here_gives_way() -> None:
    described = Person(ME, PersonId("p1"), "Zoe Adler")
    (found,) = match([BERG], draft("Zoe Adler", person_id="p1"), people=[described]).matches
    assert (found.state, found.person and found.person.id) == (MatchState.NEW, "new1")


def test_an_id_that_nobody_has_is_asked_for() -> None:
    (found,) = match([BERG], draft("x7", person_id="x7")).matches
    assert found.state is MatchState.UNSURE
    assert "Nobody has the id x7" in found.why
