"""When somebody is better off: a named recipient and the difference they would miss. Internal ones count."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.evidence import Evidence, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind


class Reach(StrEnum):
    """Whether the customer pays us or works with us; an internal one has an end user behind."""

    EXTERNAL = "external"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody this person's work serves, named in the notes.

    Attributes:
        end_user: For an internal customer, who stands behind, when the notes say so; else empty.
        quotes: Where the notes name them; newest last.
    """

    name: str
    reach: Reach
    quotes: tuple[Quote, ...]
    end_user: str = ""

    @property
    def complained(self) -> bool:
        """Whether all that the notes hold of them is a complaint: they are served, and nothing says well."""
        return all(quote.note.kind is NoteKind.CUSTOMER_COMPLAINT for quote in self.quotes)


def speaks_for_customer_value(item: Evidence) -> bool:
    """A usable quote about somebody who is better off through the work."""
    return item.topic is Topic.CUSTOMER_VALUE and item.counts and item.tense is Tense.CURRENT


def is_customer_value(evidence: Sequence[Evidence]) -> bool:
    """The rule of proof: the recipient's own words, or two observed differences on different days."""
    usable = [item for item in evidence if speaks_for_customer_value(item)]
    if any(item.witness in {Witness.CUSTOMER, Witness.PEER} and item.strength >= Strength.E2 for item in usable):
        return True
    return len({item.day for item in usable}) > 1
