"""A team side by side: what each is drawn to, was seen doing well, is tired by and hopes for, and where two meet."""

from dataclasses import dataclass

from assistant.domain.evidence import Evidence, Quote, Topic
from assistant.domain.person import Person
from assistant.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Member:
    """One of a team.

    Attributes:
        passages: By what it is about the passage that says it best; a topic without one is left out.
    """

    profile: Profile
    passages: tuple[tuple[Topic, Evidence], ...]

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.profile.person

    def about(self, topic: Topic) -> Evidence | None:
        """The passage about it."""
        return dict(self.passages).get(topic)


@dataclass(frozen=True, slots=True)
class Shared:
    """A customer whom more than one of the team serves, each with the newest passage that names them."""

    name: str
    by: tuple[tuple[Person, Quote], ...]


@dataclass(frozen=True, slots=True)
class Meets:
    """Somebody whose notes name a colleague: how many of them, and the newest sentence."""

    one: Person
    other: Person
    notes: int
    newest: Quote


@dataclass(frozen=True, slots=True)
class Team:
    """All members, by name, and where they meet. Nobody is compared with anybody."""

    members: tuple[Member, ...]
    shared: tuple[Shared, ...]
    meets: tuple[Meets, ...]
