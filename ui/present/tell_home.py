"""The home itself on a terminal: where it lies and whether it is well."""

from ui.contract.home import DemoPayload, DoctorPayload, PathPayload, ReindexPayload
from ui.present.paper import count, day, wrapped


def doctor(payload: DoctorPayload) -> str:
    """Each check on a line, with what to do where something is wrong."""
    widest = max(len(check.name) for check in payload.checks)
    lines = []
    for check in payload.checks:
        lines.append(wrapped(check.says, mark=f"{'ok' if check.ok else '!!'}  {check.name:<{widest}}  "))
        if check.next:
            lines.append(wrapped(check.next, widest + 6))
    bad = sum(not check.ok for check in payload.checks)
    lines.append("\nAll is well." if payload.ok else f"\n{bad} of {len(payload.checks)} need you.")
    return "\n".join(lines)


def path(payload: PathPayload) -> str:
    """Each place on a line; not wrapped, so that it can be copied."""
    places = payload.model_dump(exclude={"schema_"})
    widest = max(map(len, places))
    return "\n".join(f"{name:<{widest}}  {where}" for name, where in places.items())


def demo(payload: DemoPayload) -> str:
    """Where the sample team is, and how to look at it from here."""
    return (
        f"The sample team ({day(payload.today)}) is in {payload.home}\n"
        f"Look at it from here: flourish people list --home '{payload.home}'"
    )


def reindex(payload: ReindexPayload) -> str:
    """What was read again, and what a model pointed at."""
    lines = [_read_again(payload)]
    if payload.by_model:
        finds = count(payload.finds, "passage", "passages")
        lines.append(
            f"The model looked through {count(payload.by_model, 'note')} and points at {finds}; "
            "`flourish evidence list PERSON` shows them, to be confirmed or rejected."
        )
    if payload.periods:
        lines.append(
            f"Of long histories it read {count(payload.periods, 'quarter')} and keeps "
            f"{count(payload.lines, 'line')}, each with the notes behind it, for the briefs to come."
        )
    return "\n".join(lines)


def _read_again(payload: ReindexPayload) -> str:
    if not (payload.notes or payload.people or payload.vectors):
        return "Nothing to do: every note has been read by this version."
    people = f"promises of {count(payload.people, 'person', 'people')} found again"
    return f"{count(payload.notes, 'note')} read again, {people}, {count(payload.vectors, 'vector')} made."
