"""What comes nearest to what was not found, in three languages, and when nothing may be said to be in no note."""

from dataclasses import replace

import pytest

from assistant.actions.cite import Teller
from assistant.actions.find_nearest import Reading, find_nearest, nothing_bears_on
from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import AiUse, Note, NoteKind
from assistant.domain.policy import Readable, Screening
from tests.assistant.engines.offline.situations import MAJA, MANAGER, TODAY, evidence, note, readable

TELLER = Teller(MAJA, MANAGER, TODAY)


def reading(*notes: Note, language: str = "en") -> Reading:
    read = [Readable(n, Screening(n.id, 1, language)) for n in notes]
    return Reading.of(read, in_all=len(read))


def nearest(topic: Topic, *notes: Note, language: str = "en") -> str:
    found = find_nearest(topic, (), reading(*notes, language=language), TELLER)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("language", "hope", "other"),
    [
        ("en", "She'd like to run the bread course next year.", "I'd like the ovens cleaned."),
        ("en", "Maja asked about the evening school for cooks.", "Anybody who wants to come may take bread."),
        ("de", "Sie möchte im Herbst den Brotkurs leiten.", "Ich möchte die Öfen sauber haben."),
        ("de", "Maja fragte nach der Abendschule für Köche.", "Jeder, der will, nimmt Brot mit."),
        ("es", "Ella quisiera dirigir el curso de pan en otoño.", "Yo quisiera los hornos limpios."),
        ("es", "Maja preguntó por la escuela nocturna de cocina.", "El cliente quiere pan sin nueces."),
    ],
)
def test_a_hope_is_near_where_it_is_the_person_who_hopes(language: str, hope: str, other: str) -> None:
    told, besides = note("h1", "2026-03-02", hope), note("h2", "2026-03-09", other)
    assert nearest(Topic.ASPIRATION, told, besides, language=language) == hope
    assert nearest(Topic.ASPIRATION, besides, language=language) == ""


@pytest.mark.parametrize(
    ("language", "liking", "dull"),
    [
        ("en", "She grinned the whole morning over the new sourdough.", "Flour came at nine."),
        ("de", "Sie strahlte den ganzen Morgen über dem neuen Sauerteig.", "Das Mehl kam um neun."),
        ("es", "Ella disfrutó toda la mañana con la nueva masa madre.", "La harina llegó a las nueve."),
    ],
)
def test_what_a_person_likes_is_near_and_a_plain_sentence_is_not(language: str, liking: str, dull: str) -> None:
    told, besides = note("h1", "2026-03-02", liking), note("h2", "2026-03-09", dull)
    assert nearest(Topic.PASSION, told, besides, language=language) == liking
    assert nearest(Topic.PASSION, besides, language=language) == ""
    assert nothing_bears_on(Topic.PASSION, reading(besides, language=language))
    assert not nothing_bears_on(Topic.PASSION, reading(told, besides, language=language))


def test_what_a_customer_says_of_them_comes_nearest_to_what_they_do_well() -> None:
    card = note(
        "h1", "2026-03-02", "She turned the loaf over twice and knew which oven was cold.", NoteKind.CUSTOMER_QUOTE,
        "Vera Holm, guest",
    )  # fmt: skip
    letter = replace(card, id="h2", kind=NoteKind.CUSTOMER_COMPLAINT)
    assert nearest(Topic.TALENT, card) == card.text
    assert nearest(Topic.TALENT, letter) == ""


def test_what_a_rule_pointed_at_comes_before_a_sentence_with_a_word_for_it() -> None:
    pointed = note("h1", "2026-03-02", "She stayed for an hour over the cold oven.")
    worded = note("h2", "2026-03-09", "She grinned over the sourdough and the rye loaves.")
    sign = evidence(pointed, pointed.text, Topic.PASSION)
    found = find_nearest(Topic.PASSION, [sign], reading(pointed, worded), TELLER)
    assert found
    assert found.note.id == "h1"
    heard = replace(sign, witness=Witness.HEARSAY)
    other = find_nearest(Topic.PASSION, [heard], reading(worded), TELLER)
    assert other
    assert other.note.id == "h2"


def test_a_day_off_and_a_private_wish_are_no_hope_for_the_work() -> None:
    assert nearest(Topic.ASPIRATION, note("h1", "2026-03-02", "She would like two Mondays off.")) == ""
    private = note("h2", "2026-03-02", "She would like to see the knee doctor.")
    hidden = Reading.of([readable(private, private.text)], in_all=1)
    assert find_nearest(Topic.ASPIRATION, (), hidden, TELLER) is None


def test_nothing_is_said_of_all_notes_while_one_is_unread_or_held_back() -> None:
    plain = note("h1", "2026-03-02", "Flour came at nine.")
    assert Reading.of([readable(plain)], in_all=1).whole
    assert not Reading.of([readable(plain)], in_all=2).whole
    assert not Reading.of([readable(plain, "Flour came")], in_all=1).whole
    assert not Reading.of([readable(plain)], in_all=1, aside=[plain.id]).whole
    assert not Reading.of([readable(replace(plain, ai=AiUse.NEVER))], in_all=1).whole
    assert not reading(plain, language="xx").whole
    assert not nothing_bears_on(Topic.PASSION, reading(plain, language="xx"))
