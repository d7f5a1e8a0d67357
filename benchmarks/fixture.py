"""A made-up account for speed: a hundred people with a hundred notes of fifty words, one with three thousand."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.domain.account import AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId

TODAY = date(2026, 6, 15)
ACCOUNT = AccountId("me")
HEAVY = PersonId("p000")
_OPENINGS = (
    "Talked about the {a} and how the {b} went after the {c} last week.",
    '"I like working on the {a}," said with a smile after the {b}.',
    "The {c} waited for the {a} until the {b} was checked twice.",
    "Said the {a} will be done by Friday, and I will ask about the {b}.",
    "Showed the new colleague how to set up the {a} before the {c} came.",
    "A customer wrote that the {a} saved them a trip to the {b}.",
)
_THINGS = (
    "report rota delivery kitchen ledger counter forecast warehouse translation garden engine ward lesson ticket "
    "archive bridge label invoice route recipe stage filter cabin manual sample contract fitting calendar story map"
).split()
_FILLERS = (
    "We agreed to look at it again when the numbers are in.",
    "Nothing else of note, the weather held and the van started.",
    "Two questions stayed open and nobody was in a hurry to answer them.",
    "It took longer than planned, mostly because of the handover.",
    "The rest of the half hour went on the usual things.",
)
_FIRST = "Ada Bela Cleo Dora Emil Fritz Gita Hugo Ines Jonas".split()
_LAST = "Adler Brandt Costa Dunn Eriksen Farro Gruber Hale Ibsen Juhl".split()


def people(count: int = 100) -> tuple[Person, ...]:
    """That many people; the first is the heavy one."""
    return tuple(
        Person(ACCOUNT, PersonId(f"p{i:03d}"), f"{_FIRST[i % 10]} {_LAST[i // 10 % 10]}{i // 100 or ''}")
        for i in range(count)
    )


def notes(folk: tuple[Person, ...], *, each: int = 100, heavy: int = 3_000, seed: int = 7) -> Iterator[Note]:
    """Notes of about fifty words spread over two years, the same for the same seed."""
    draw = random.Random(seed)
    for person in folk:
        count = heavy if person.id == HEAVY else each
        for number in range(count):
            day = TODAY - timedelta(days=draw.randrange(730))
            kind = draw.choice((NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION, NoteKind.MISC, NoteKind.PEER_FEEDBACK))
            yield Note(ACCOUNT, NoteId(f"{person.id}-{number:04d}"), person.id, day, text(draw), kind)


def text(draw: random.Random, words: int = 50) -> str:
    """One note's words, about that many."""
    said: list[str] = []
    while sum(len(s.split()) for s in said) < words:
        a, b, c = draw.sample(_THINGS, 3)
        said.append(draw.choice(_OPENINGS).format(a=a, b=b, c=c))
        said.append(draw.choice(_FILLERS))
    return " ".join(said)


def queries(count: int = 200, seed: int = 11) -> list[str]:
    """Questions in other words than the notes."""
    draw = random.Random(seed)
    asks = ("what did they say about the {a}", "who was helped with the {b}", "anything open around {a} and {b}")
    return [draw.choice(asks).format(a=draw.choice(_THINGS), b=draw.choice(_THINGS)) for _ in range(count)]
