"""The library as payloads, and as text for a terminal."""

from collections.abc import Iterator, Sequence

from assistant.domain.own_card import OwnCard
from assistant.domain.principle import Principle
from assistant.domain.question import BankQuestion
from ui.contract.shelves import BankQuestionView, LibraryPayload, OwnCardPayload, OwnCardView, PrincipleView
from ui.present.paper import wrapped


def own_card(noun: OwnCard, *, faults: Sequence[str] = (), dropped: bool = False) -> OwnCardPayload:
    """One saved card."""
    return OwnCardPayload(card=_own(noun), dropped=dropped, faults=list(faults))


def library(
    own: Sequence[OwnCard], principles: Sequence[Principle], questions: Sequence[BankQuestion]
) -> LibraryPayload:
    """What was found."""
    return LibraryPayload(
        own=[_own(noun) for noun in own],
        principles=[
            PrincipleView(id=p.id, title=p.title, text=p.body.strip(), use=p.use, source=p.source, grade=p.grade.words)
            for p in principles
        ],
        questions=[
            BankQuestionView(id=q.id, text=q.plain, pillar=q.pillar, listen_for=q.listen_for) for q in questions
        ],
    )


def _own(noun: OwnCard) -> OwnCardView:
    return OwnCardView(id=noun.id, kind=noun.kind, text=noun.text, pillar=noun.pillar, date=noun.day)


def told_card(payload: OwnCardPayload) -> str:
    """What was saved, or taken out."""
    said = f"{'Taken out' if payload.dropped else 'Saved'}: “{payload.card.text}” [{payload.card.id}]"
    return "\n".join([wrapped(said), *(wrapped(f"To look at: {fault}.", 2) for fault in payload.faults)])


def told(payload: LibraryPayload) -> str:
    """The library, as far as it was asked for."""
    return "\n".join(_told(payload)) or "Nothing found. Try other words."


def _told(payload: LibraryPayload) -> Iterator[str]:
    if payload.own:
        yield "YOURS"
        for card in payload.own:
            yield wrapped(f"{card.text} [{card.id}]", 2, mark="- ")
    if payload.principles:
        yield "PRINCIPLES"
        for p in payload.principles:
            yield wrapped(f"{p.title} [{p.id}]", 2, mark="- ")
            yield wrapped(f"In a one-on-one: {p.use}", 4)
            yield wrapped(f"{p.grade}; {p.source}", 4)
    if payload.questions:
        yield "QUESTIONS"
        for q in payload.questions:
            yield wrapped(f"{q.text} [{q.id}]", 2, mark="- ")
