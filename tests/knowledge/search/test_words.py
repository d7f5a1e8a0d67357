"""Words of a question against words of notes, without an index."""

from assistant.domain.account import AccountId
from assistant.domain.person import Person, PersonId
from knowledge.search.words import Matcher, named, terms, without_names

ME = AccountId("me")
JO = Person(ME, PersonId("p1"), "Jo Adler", aka=("young Jo",))
JON = Person(ME, PersonId("p2"), "Jon Adler")


def test_small_words_of_the_questions_own_language_are_dropped() -> None:
    assert set(terms("What did she promise the bakers?")) == {"promise", "bakers"}
    assert set(terms("Was hat er der Bäckerei versprochen?")) == {"bäckerei", "versprochen"}
    assert set(terms("¿Qué prometió a la panadería?")) == {"prometió", "panadería"}


def test_a_question_of_small_words_only_still_has_words() -> None:
    assert set(terms("who is she")) == {"who", "is", "she"}


def test_endings_do_not_matter() -> None:
    assert Matcher("delivering parcels").coverage("She delivered one parcel.") == 1.0
    assert Matcher("die Lieferungen prüfen").coverage("Er hat jede Lieferung geprüft.") == 0.5


def test_bm25_puts_the_rarer_word_and_the_shorter_note_first() -> None:
    texts = ["late bread again", "bread " + "and other things " * 20, "the rota", "bread rota"]
    scores = Matcher("late bread").bm25(texts)
    assert scores[0] == max(scores)
    assert scores[3] > scores[1] > scores[2] == 0.0


def test_names_are_taken_out_whole_and_with_their_s() -> None:
    assert without_names("Did Jo Adler's team like young Jo's bread?", [JO]) == "Did team like bread?"
    assert without_names("Jon and Johanna", [JO]) == "Jon and Johanna"
    assert without_names("Jo", [JO]) == "Jo"


def test_a_shared_name_names_everybody_who_has_it() -> None:
    assert named("what did adler say", [JO, JON]) == [JO, JON]
    assert named("what did Jon say", [JO, JON]) == [JON]
    assert named("nobody", [JO, JON]) == []
