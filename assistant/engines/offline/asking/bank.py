"""Questions of the library for a pillar and a situation, slots filled only with what a note carries."""

import re
from collections.abc import Iterator, Sequence
from math import gcd

from assistant.domain.customer_value import Customer, Reach
from assistant.domain.evidence import Quote, Topic
from assistant.domain.note import NoteKind
from assistant.domain.pillar import PILLAR_OF_FACET, Pillar
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner
from assistant.domain.question import BankQuestion, Question
from assistant.domain.situation import Situation
from assistant.domain.stage import Stage, StageGuide
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.lint import faults
from assistant.prompting import offline_words

WEEK = 7  # days
ENOUGH_TRUST = 8  # notes after which a question that needs trust may be suggested
_SLOT = re.compile(r"\{(\w+)\|([^{}|]+)\}")
_FACET = {pillar: facet for facet, pillar in PILLAR_OF_FACET.items()}


def bank_questions(
    pillar: Pillar, situation: Situation, bank: Sequence[BankQuestion], guide: StageGuide
) -> Iterator[Question]:
    """Fitting questions of one pillar: those written for the situation first, then those that also fit.

    Where nothing special is on, all that fit are alike, but for those of a first talk: somebody new may be asked them
    that week. Within each the turn goes round by person and week, so that two of a team are seldom asked the same.
    """
    cell = [q for q in bank if q.pillar is pillar and situation.stage in (q.stage, *q.also)]
    alike = situation.stage is Stage.REGULAR
    own = [q for q in cell if q.stage is situation.stage or (alike and q.stage is not Stage.FIRST)]
    also = [q for q in cell if q not in own]
    for question in (*_in_turn(own, pillar, situation), *_in_turn(also, pillar, situation)):
        if question.trust <= _trust(situation) and _has_ground(question, situation):
            made = _fill(question, situation, guide)
            if made is not None:
                yield made


def turn_of(situation: Situation) -> int:
    """Whose turn it is, as a number: ids that follow each other come one after the other, and a week moves all on."""
    number = sum(ord(sign) * int(10**place) for place, sign in enumerate(reversed(situation.person.id)))
    return number + situation.today.toordinal() // WEEK


def _in_turn(questions: Sequence[BankQuestion], pillar: Pillar, situation: Situation) -> Sequence[BankQuestion]:
    """The questions from the one whose turn it is, each once; two who meet at one do not at the next."""
    many, turn = len(questions), turn_of(situation)
    if not many:
        return ()
    rounds, place = divmod(turn, many)
    steps = [step for step in range(1, many + 1) if gcd(step, many) == 1]
    start, step = place + rounds * list(Pillar).index(pillar), steps[turn % len(steps)]
    return tuple(questions[(start + number * step) % many] for number in range(many))


def _has_ground(question: BankQuestion, situation: Situation) -> bool:
    """Whether what a question takes for granted is there: one about their last step needs a promise of theirs."""
    return "{action|" not in question.ask or any(p.owner is Owner.THEM for p in situation.promises)


def _trust(situation: Situation) -> int:
    """2 once there is a common history; questions of trust 3 are never suggested unasked."""
    known = situation.notes_in_all >= ENOUGH_TRUST and situation.since.was_meeting
    return 2 if known and situation.stage is not Stage.FIRST else 1


def _fill(question: BankQuestion, situation: Situation, guide: StageGuide) -> Question | None:
    quotes: list[Quote] = []

    def slot(match: re.Match[str]) -> str:
        fills = match.group(1) == "customer" and question.pillar is Pillar.CUSTOMER
        customer = _customer(situation) if fills else None
        if customer is None:
            return match.group(2)
        quotes.append(customer.quotes[-1])
        return customer.name.partition(",")[0].strip()

    text = _SLOT.sub(slot, question.ask)
    if faults(text):
        quotes.clear()
        text = _SLOT.sub(r"\2", question.ask)
    if faults(text):
        return None
    return Question(
        question.id, text, question.pillar, _why(question, situation, guide), tuple(quotes), question.principle_id,
        _SLOT.sub(r"\2", question.follow_up), question.listen_for,
    )  # fmt: skip


def _customer(situation: Situation) -> Customer | None:
    """The customer heard most, when the name is short, somebody outside is meant and no complaint is open."""
    for customer in situation.profile.customers:
        if any(q.note.kind is NoteKind.CUSTOMER_COMPLAINT for q in customer.quotes):
            continue
        words = customer.name.partition(",")[0].split()
        if customer.reach is Reach.EXTERNAL and 1 <= len(words) <= 4 and all(w[:1].isupper() for w in words):
            return customer
    return None


def _why(question: BankQuestion, situation: Situation, guide: StageGuide) -> str:
    words = offline_words("questions")["bank"]
    slots = pronoun_slots(situation.person)
    missing, short = (text.format_map(slots) for text in words["missing"][question.pillar])
    facet = _FACET.get(question.pillar)
    state = situation.profile.view(facet).state if facet else None
    known = facet is not None and any(i.counts for i in situation.about(Topic(facet)))
    if facet is not None and not known:
        kind = "unknown"
    elif state is FacetState.HINTED:
        kind = "hinted"
    elif situation.stage is not Stage.REGULAR and question.stage is situation.stage:
        kind = "stage"
    else:
        kind = "plain"
    reason = words["reason"][question.pillar].format_map(slots)
    said: str = words[kind].format(
        missing=missing, reason=reason, missing_short=short, stage=guide.name, purpose=guide.purpose
    )
    return said
