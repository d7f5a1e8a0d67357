"""What a manager saves in the library, and takes out again."""

from assistant.desk import Desk, OwnDesk, faults_of
from assistant.domain.own_card import CardKind
from assistant.domain.pillar import Pillar
from ui.web import show_forms
from ui.web.done import Done, read_day
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import button, esc, notice


def keep(desk: Desk, place: Place, deed: Deed) -> Done:
    """Save a question or a thought; what a careful reader would say of a question is said with it."""
    kind, pillar = deed.said.get("kind", CardKind.QUESTION), deed.said.get("pillar", "")
    if kind not in set(CardKind) or pillar not in set(Pillar):
        raise unknown_button()
    again = (deed.id, read_day(deed.said.get("day"))) if deed.id else None
    card = OwnDesk(desk).keep(deed.said.get("text", ""), kind=CardKind(kind), pillar=Pillar(pillar), again=again)
    found = faults_of(card)
    thought = f" One thing to look at: {esc(found[0])}." if found else ""
    undo = button("drop_card", "Undo", id=card.id)
    return Done(place, notice(f"Saved: “{esc(card.text)}”{thought}{show_forms.kept('card')}", undo))


def drop(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take one out; one press saves it again."""
    card = OwnDesk(desk).drop(deed.id)
    said = {"text": card.text, "kind": card.kind.value, "pillar": card.pillar.value, "day": card.day.isoformat()}
    fields = "".join(f'<input type="hidden" name="{name}" value="{esc(value)}">' for name, value in said.items())
    back = show_forms.form("keep_card", fields + show_forms.UNDO, id=card.id)
    return Done(place, notice(f"Taken out: “{esc(card.text)}”", back))


DEEDS = {"keep_card": keep, "drop_card": drop}
