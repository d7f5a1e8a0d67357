from assistant.actions.named_in import named_in
from assistant.domain.account import AccountId
from assistant.domain.person import Person, PersonId

ME = AccountId("me")
DANA = Person(ME, PersonId("d"), "Dana Reyes", aka=("Dee",))
TOM = Person(ME, PersonId("t1"), "Tom Brandvold")
YOUNG_TOM = Person(ME, PersonId("t2"), "Tom Szymanski", aka=("young Tom",))
TEAM = (DANA, TOM, YOUNG_TOM)


def test_a_name_in_the_words_is_found_whatever_its_case() -> None:
    assert named_in("Saw dana reyes mend the till.", TEAM).people == (DANA,)
    assert named_in("Dana was there.", TEAM).people == (DANA,)
    assert named_in("Dee was there.", TEAM).people == (DANA,)


def test_two_of_one_first_name_both_stay_and_nobody_is_guessed() -> None:
    assert set(named_in("Tom was there.", TEAM).people) == {TOM, YOUNG_TOM}


def test_a_full_name_or_a_nickname_settles_a_first_name_and_comes_first() -> None:
    assert named_in("Dana watched Tom Szymanski at the seal.", TEAM).people[0] == YOUNG_TOM
    assert named_in("I saw young Tom at the seal.", TEAM).people == (YOUNG_TOM,)


def test_a_part_of_another_word_names_nobody() -> None:
    assert named_in("Bandana and tomorrow.", TEAM).people == ()
    assert named_in("", TEAM).people == ()
    assert named_in("Anybody?", ()).people == ()


def test_whom_one_name_fits_alike_is_told_and_nobody_is_guessed() -> None:
    assert set(named_in("Tom cleaned the bench, Dana saw it.", TEAM).alike) == {TOM, YOUNG_TOM}
    assert named_in("Dana saw Tom clean the bench.", TEAM).alike == ()
    assert named_in("Tom Szymanski cleaned it, as Tom does.", TEAM).alike == ()
    assert named_in("Nobody.", TEAM).alike == ()
