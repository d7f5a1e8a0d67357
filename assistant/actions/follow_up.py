"""Let a model read what became of the open promises, once for the notes as they are; what it points at is kept.

It closes nothing: the brief says that a later note may show it, and the manager ticks off. It is read when somebody
asks for a brief, since that sends the same notes to the same model anyway; nothing travels unasked. What was read is
kept with a mark of the notes, the prompt and the model, so that the next brief of the same notes costs no call.
"""

from datetime import date
from hashlib import sha256

from assistant.actions.gather_situation import gather_situation
from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.errors import EngineUnavailable, HomeError
from assistant.ports.engine import Engine
from assistant.ports.records import Records, Shelf


def is_followed(shelf: Shelf, person_id: PersonId, engine: Engine) -> bool:
    """Whether nothing is left to be read: this engine reads no outcomes, or has read these very notes."""
    return not engine.follows_by or shelf.readings.followed(person_id) == _mark(shelf, person_id, engine)


def follow_up(records: Records, account: AccountId, today: date, person_id: PersonId, engine: Engine) -> bool:
    """Read what became of one person's open promises, where that is not read yet; whether anything was kept.

    When the model is away, the turn has no reply to spare, or nothing can be written, nothing is kept and the next
    brief tries again.
    """
    with records.reading(account, today) as shelf:
        if is_followed(shelf, person_id, engine):
            return False
        mark, situation = _mark(shelf, person_id, engine), gather_situation(shelf, person_id)
    try:
        outcomes = engine.follow_up(situation)
    except EngineUnavailable:
        return False  # the questions that follow say that the model is away
    if outcomes is None:
        return False
    try:
        with records.writing(account, today) as shelf:
            if _mark(shelf, person_id, engine) != mark:
                return False
            shelf.readings.keep_follow_up(person_id, mark, outcomes)
    except HomeError:
        return False  # a full disk keeps nobody from reading a brief
    return bool(outcomes)


def _mark(shelf: Shelf, person_id: PersonId, engine: Engine) -> str:
    """Sixteen hex digits over the person's notes, how many of them the day of the view knows, and who reads them."""
    told = (engine.follows_by, shelf.notes.digest(person_id), str(shelf.notes.count(person_id)))
    return sha256("\n".join(told).encode()).hexdigest()[:16]
