"""What looks like a sign and is none, each beside a sentence that is one: other trades, three languages."""

import pytest

from assistant.domain.note import NoteKind
from tests.assistant.engines.offline.test_finder import found_in

ONE, SEEN, PEER, OWN = NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION, NoteKind.PEER_FEEDBACK, NoteKind.SELF_REVIEW


def counted(words: str, kind: NoteKind, author: str = "") -> set[str]:
    return {str(i.topic) for i in found_in(words, kind, author=author) if i.counts}


@pytest.mark.parametrize(
    ("words", "kind", "topic"),
    [
        ("Ana repaired the loom within the hour and it held.", SEEN, "talent"),
        ("Ana rebuilt the kiln shelf, finished by Monday, and nothing cracked.", SEEN, "talent"),
        ("She checked the sluice first and it was the sluice; I only watched.", PEER, "talent"),
        ("Ana hat die Orgel neu gestimmt, noch am selben Tag.", SEEN, "talent"),
        ('"I love tuning the old organs, I could do it all day."', ONE, "passion"),
        ('"I work to live, and I love the moment the glaze comes out of the kiln."', ONE, "passion"),
    ],
)
def test_a_deed_or_a_liking_is_found(words: str, kind: NoteKind, topic: str) -> None:
    assert topic in counted(words, kind, "Bo Lind" if kind is PEER else "")


@pytest.mark.parametrize(
    ("words", "kind", "topic"),
    [
        ("Agreed: Ana repairs the loom by 31 October.", SEEN, "talent"),
        ("Abgemacht: Sie baut die Liste bis 31. Oktober um.", SEEN, "talent"),
        ("Acordado: Ana repara el telar antes del 31 de octubre.", SEEN, "talent"),
        ("I checked the sluice first and it was the sluice, back in ten minutes.", PEER, "talent"),
        ("She told me only after three weeks that I laid the tiles in the wrong order.", PEER, "talent"),
        ("Ana counted the crates twice; 12 of 80 came back because the label did not match.", SEEN, "talent"),
        ("Erst nach drei Wochen hat sie es mir gezeigt.", PEER, "talent"),
        ('Asked what she enjoys, Ana replied: "Work is work. I like to go home on time."', ONE, "passion"),
        ('"Arbeit ist Arbeit, ich gehe gern pünktlich nach Hause."', ONE, "passion"),
        ('"Best part of my week was an hour stuck in the lift, finally some peace."', ONE, "passion"),
        ("Quiere escribir una lista para el almacén antes del 31 de agosto.", ONE, "passion"),
        ("Lost property: one flipper, one flute.", SEEN, "talent"),
    ],
)
def test_what_only_looks_like_one_is_not(words: str, kind: NoteKind, topic: str) -> None:
    assert topic not in counted(words, kind, "Bo Lind" if kind is PEER else "")


@pytest.mark.parametrize(
    ("words", "kind", "topic"),
    [
        ("We settle on Tuesdays; I'd rather know early.", ONE, "passion"),
        ("I want to see the kiln plan before May.", ONE, "passion"),
        ("He is devoted to that stew, and nobody gets the recipe.", NoteKind.MISC, "passion"),
        ("Likes the harbour café; thinks little of the tea.", NoteKind.MISC, "passion"),
        ("We have been using that loom since before I came.", SEEN, "customer_value"),
        ("The motel gave the crew two rooms at no charge.", NoteKind.PROJECT_LOG, "customer_value"),
        ("I stay, the new kiln gave me a reason to.", OWN, "customer_value"),
        ("It rattled like the one I got wrong, so I checked the valve first.", PEER, "talent"),
    ],
)
def test_the_managers_own_doings_a_taste_and_a_bare_mention_are_no_evidence(
    words: str, kind: NoteKind, topic: str
) -> None:
    assert topic not in counted(words, kind, "Bo Lind" if kind is PEER else "")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("We've changed our own rounds since.", NoteKind.CUSTOMER_QUOTE),
        ("I understood the drawing for the first time.", PEER),
    ],
)
def test_what_the_one_who_is_served_felt_is_a_gain(words: str, kind: NoteKind) -> None:
    assert "customer_value" in counted(words, kind, "Bo Lind")


def test_the_answer_to_what_they_like_is_the_proof() -> None:
    words = 'I asked what keeps it fun. "No two mornings are ever the same." She patted the loom.'
    (item,) = [i for i in found_in(words, ONE) if i.topic == "passion" and i.counts]
    assert item.cue == "PAS-answer"
    assert item.quote.text == "No two mornings are ever the same."


def test_a_colleagues_mail_is_a_colleagues_word_and_a_customers_is_a_customers() -> None:
    words = "Thank you for the drawings, Ana saved us a day."
    colleague = found_in(words, NoteKind.EMAIL, author="Bo Lind")
    outside = found_in(words, NoteKind.EMAIL, author="Bo Lind, facilities, Orrin clinic")
    assert {str(i.witness) for i in colleague} == {"peer"}
    assert {str(i.witness) for i in outside} == {"customer"}
