"""How a promise stands beside its state, in a few words of ours; the note's own words follow."""

from assistant.domain.promise import PromiseState, TellingKind


def says(kind: TellingKind, until: str = "", done: int | None = None, left: int | None = None) -> str:
    """What a telling says, to be followed by its quote.

    Args:
        kind: What it tells.
        until: The new day, as this face writes days.
        done: How many are there.
        left: How many are still to come.
    """
    match kind:
        case TellingKind.PARTLY:
            return f"done in part ({done} there, {left} to come)" if left else "done in part"
        case TellingKind.MOVED:
            return f"the day was moved to {until}"
        case TellingKind.MORE_TIME:
            return f"more time was asked for, until {until}" if until else "more time was asked for"
        case TellingKind.LATE:
            return "done late"
        case TellingKind.REPLACED:
            return "replaced by a newer promise"
        case TellingKind.HEARD:
            return "the newest note on it"
        case TellingKind.SEEMS_DONE:
            return "a later note may show that this happened"
        case TellingKind.SEEMS_PARTLY:
            return "a later note may show that a part of it happened"
        case TellingKind.SEEMS_OVER:
            return "a later note may show that it is no longer wanted"
        case TellingKind.NOT_SO:
            return "looked at, and it is still open"


def ended(state: PromiseState, standing: tuple[TellingKind, ...]) -> str:
    """How a promise ended, in a word or two."""
    if TellingKind.REPLACED in standing:
        return "replaced"
    if state is PromiseState.DONE:
        return "done late" if TellingKind.LATE in standing else "done"
    return "dropped" if state is PromiseState.DROPPED else "open"
