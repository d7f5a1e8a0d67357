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
