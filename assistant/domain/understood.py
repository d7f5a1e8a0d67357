"""What a message in a conversation asks for. Says what is wanted, never whether it may be done or what is true."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from assistant.errors import Invalid


class Intent(StrEnum):
    """Everything a message can ask for; a closed set."""

    ASK = "ask"  # what the notes on one person say; `query` is the whole question; slot met
    TEAM = "team"  # the same, of everybody apart; `query`
    PREP = "prep"  # prepare a one-on-one
    QUESTION = "question"  # questions to ask them; slot count
    PROMISES = "promises"  # what is open; slot owner
    PROFILE = "profile"  # what is known and what is not
    PEOPLE = "people"  # who is led
    NOT_ASKED = "not_asked"  # who has not been asked about a topic; slot topic
    PLAN = "plan"  # draft a development plan; slot count, its lines
    REVISE = "revise"  # change the plan; slots wish, section
    NOTE = "note"  # keep words; slot words
    DEBRIEF = "debrief"  # what came of a meeting; slot words
    PROMISE = "promise"  # write a promise down; slots what, owner
    DONE = "done"  # a promise was kept; slot what
    DROP = "drop"  # a promise no longer holds, or the last change is not wanted; slot what
    MOVE = "move"  # a note belongs to somebody else; slot to
    ASKED = "asked"  # a question was asked; slots number or what
    LATER = "later"  # come back to a question; slots number or what
    SHORTER = "shorter"  # the last answer in fewer words; slot count
    ONLY_ACTIONS = "only_actions"  # of the last answer only what somebody does
    AGAIN = "again"  # the last answer once more
    OTHER_ONE = "other_one"  # the other person or the other note was meant
    SWITCH = "switch"  # talk about somebody else; `person`
    YES = "yes"  # what was proposed is right
    NO = "no"  # what was proposed is wrong
    UNDO = "undo"  # take the last change back
    HELP = "help"  # what can be said here
    THANKS = "thanks"  # courtesy; nothing is wanted


class Slot(StrEnum):
    """What can be filled in beside the intent."""

    WORDS = "words"  # the manager's own words, unchanged
    WHAT = "what"  # which promise or question, in words
    OWNER = "owner"  # me or them
    TO = "to"  # a person's name
    NUMBER = "number"  # which of those shown, from 1; -1 is the last
    COUNT = "count"  # how many
    TOPIC = "topic"  # passion, talent, customer …, or any words
    SECTION = "section"  # a part of the plan
    WISH = "wish"  # how it should be different
    MET = "met"  # the words in which the day of a one-on-one is asked for
    PROMISE = "promise"  # id of the open promise that the message seems to settle


@dataclass(frozen=True, slots=True)
class Understood:
    """One reading of one message.

    Attributes:
        person: A name among those that were given, as it was given; empty when the message names nobody.
        query: For questions: the question as it would be asked by somebody who had said nothing before.
        sure: Whether the reading needs no second opinion.
        then: What else the same message asks for, in order.
    """

    intent: Intent
    person: str = ""
    query: str = ""
    slots: Mapping[Slot, str] = field(default_factory=dict)
    sure: bool = True
    then: tuple["Understood", ...] = ()

    def __post_init__(self) -> None:
        if any(not value.strip() for value in self.slots.values()):
            raise Invalid("A slot that is filled holds words.", next="Leave it out.")
        for slot in (Slot.NUMBER, Slot.COUNT):
            if not self.slots.get(slot, "1").removeprefix("-").isdigit():
                raise Invalid(f"The slot {slot} is a number.", next="Leave it out.")
        if any(other.then for other in self.then):
            raise Invalid("What else a message asks for is told in one row.", next="Put it beside the others.")
        object.__setattr__(self, "slots", MappingProxyType({Slot(k): v for k, v in self.slots.items()}))

    def slot(self, slot: Slot) -> str:
        """What was filled in, or an empty text."""
        return self.slots.get(slot, "")

    def number(self, slot: Slot, otherwise: int) -> int:
        """A number that was filled in."""
        return int(self.slots.get(slot, otherwise))


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation, as far as the next one may lean on it.

    Attributes:
        person: The name of whom it was about; empty for nobody in particular.
        query: The whole question that was searched for, when it was a question.
        answer: What was answered to it, out of notes that a model may still read, what no note told and what was
            asked included. It is looked up when somebody reads it, since most messages need none.
    """

    message: str
    intent: Intent
    person: str = ""
    query: str = ""
    answer: Callable[[], str] = field(default=str, compare=False)


def takes_part(person: str, wish: str) -> bool:
    """Whether a wish for a plan names somebody who shall do something in it, and not whose plan it is."""
    named = (
        rf"(?<!\bof )(?<!\bvon )(?<!\bde )(?<!\bfor )(?<!\bfür )(?<!\bpara )(?<!\w){re.escape(person)}(?![’']s)(?!\w)"
    )
    return bool(person) and re.search(named, wish, re.IGNORECASE) is not None
