"""Payloads of the library: what is shipped, and what an account saved."""

from datetime import date as Day

from assistant.domain.own_card import CardKind
from assistant.domain.pillar import Pillar
from ui.contract.base import Part, Payload


class OwnCardView(Part):
    """A question or a thought that the account saved."""

    id: str
    kind: CardKind
    text: str
    pillar: Pillar
    date: Day


class PrincipleView(Part):
    """A shipped principle; `grade` says how well it is supported."""

    id: str
    title: str
    text: str
    use: str
    source: str
    grade: str


class BankQuestionView(Part):
    """A shipped question, with nobody in particular in mind."""

    id: str
    text: str
    pillar: Pillar
    listen_for: str


class LibraryPayload(Payload):
    """library find: own cards first, then principles and questions, the nearest first."""

    own: list[OwnCardView]
    principles: list[PrincipleView]
    questions: list[BankQuestionView]


class OwnCardPayload(Payload):
    """library add|drop. `faults` is what a careful reader would say of a question."""

    card: OwnCardView
    dropped: bool
    faults: list[str]
