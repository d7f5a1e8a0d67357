"""What one turn may still ask of a model: so many replies, all of them before one moment. The one place that counts."""

from dataclasses import dataclass

CALLS = 2


@dataclass
class Budget:
    """Lives for one turn and is handed to every call of it; a request that was never answered costs no reply.

    Attributes:
        deadline: When, on the monotonic clock, the turn's last word of a model must have come.
        calls: How many replies it may still get.
    """

    deadline: float
    calls: int = CALLS

    def has_come(self) -> None:
        """A reply has begun."""
        self.calls -= 1
