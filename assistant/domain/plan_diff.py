"""What changed between two versions of a plan, section by section."""

from dataclasses import dataclass

from assistant.domain.plan import Section


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that reads differently.

    Attributes:
        thread: Which thread, counted from 1; 0 for the plan as a whole.
        section: Which part of it; none for the plan as a whole.
        what: What it is called.
        before: As it read; empty when it was not there.
        after: As it reads now; empty when it is gone.
    """

    thread: int
    section: Section | None
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Two versions side by side."""

    before: int
    after: int
    changes: tuple[Changed, ...]
