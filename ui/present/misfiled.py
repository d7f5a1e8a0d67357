"""Notes that seem to be filed under the wrong person, as a payload and as text for a terminal."""

from collections.abc import Sequence

from assistant.domain.misfiled import Misfiled
from ui.contract.records import MisfiledPayload, MisfiledView
from ui.present.paper import day, wrapped
from ui.present.payloads import person_ref


def check(found: Sequence[Misfiled]) -> MisfiledPayload:
    """Every offer."""
    return MisfiledPayload(
        misfiled=[
            MisfiledView(
                note_id=item.note.id, date=item.note.day, text=item.note.text, filed_under=person_ref(item.filed_under),
                about=person_ref(item.about), words=list(item.words),
            )
            for item in found
        ]
    )  # fmt: skip


def tell_check(payload: MisfiledPayload) -> str:
    """Each note with what points elsewhere, and how to move it."""
    if not payload.misfiled:
        return "Every note seems to be where it belongs."
    lines = []
    for each in payload.misfiled:
        filed = f"{each.note_id}, {day(each.date)}: filed under {each.filed_under.name}"
        lines.append(f"{filed}, is it about {each.about.name}?")
        lines.append(wrapped(f"“{each.text}”", 2))
        lines.append(wrapped(", ".join(each.words), 2, mark="points there: "))
        lines.append(f"  Move it: flourish note move {each.note_id} {each.about.id}\n")
    return "\n".join(lines).rstrip()
