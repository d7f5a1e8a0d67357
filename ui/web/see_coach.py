"""The coach's page: what waits, what was decided; each decision is carried out on the bench and can be taken back."""

from collections.abc import Iterator, Sequence

from assistant.actions.judge_suggestion import Asked
from assistant.bench import Bench
from assistant.domain.overview import PersonRow
from assistant.domain.stage import Stage
from assistant.domain.verdict import Decision, Scope
from assistant.errors import Invalid
from ui.web import show_coach, show_forms
from ui.web.done import Done
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import button, keyed, notice
from ui.web.show_shell import head
from ui.web.views import Screen

LEAD = "Suggestions that managers handed over, masked. What you decide, every later suggestion follows."


def screens(bench: Bench, place: Place, deed: Deed, rows: Sequence[PersonRow] = ()) -> Iterator[Screen]:
    """What pressing something on this page brings.

    Raises:
        FlourishError: What the bench says against it; nothing was changed then.
    """
    if deed.do == "go":
        yield look(bench, place, rows=rows)
        return
    deeds = {"decide": _decide, "roll_back": _roll_back}
    if deed.do not in deeds:
        raise unknown_button()
    done = deeds[deed.do](bench, place, deed)
    yield look(bench, done.place, done.notice, rows)


def _changed(bench: Bench, deed: Deed) -> bool:
    """Whether other words were written than those the box began with."""
    written = " ".join(deed.said.get("words", "").split())
    began = [show_coach.offered(copy.released) for copy in bench.queue() if copy.released.id == deed.id]
    return bool(written) and written not in {" ".join(words.split()) for words in began}


def look(bench: Bench, place: Place, said: str = "", rows: Sequence[PersonRow] = ()) -> Screen:
    """The page as it is now; `rows` are the people of a coach who leads some, for the way about."""
    place = Place(place.account, "coach", item="decided" if place.item == "decided" else "")
    names = {stage: bench.library.guide(stage).name for stage in Stage}
    counts = bench.counts()
    out = show_coach.tabs(place, counts)
    if place.item == "decided":
        out += show_coach.decisions(bench.verdicts(), bench.today, names)
    else:
        out += show_coach.queue([copy.released for copy in bench.queue()], bench.today, names)
    scope = head(place, "Coach", f"{LEAD}")
    return Screen(place, bench.today, rows, keyed(place.query, scope), said, keyed(place.query, out))


def _decide(bench: Bench, place: Place, deed: Deed) -> Done:
    said = deed.said
    if said.get("decision") not in set(Decision):
        raise Invalid("You have not said what you decide.", next="Press Approve, Reword or Retire.")
    if said.get("scope") not in set(Scope):
        raise unknown_button()
    decision = Decision(said["decision"])
    words = said.get("words", "") if decision is Decision.REWORD else ""
    if decision is Decision.APPROVE and _changed(bench, deed):
        raise Invalid(
            "You changed the wording, and Approve would put the first one in force.",
            next="Press Reword for yours, or put the first one back and press Approve.",
        )
    made = bench.decide(Asked(deed.id, decision, said.get("reason", ""), Scope(said["scope"]), words))
    kept = show_forms.kept(f"review:{deed.id}")
    told = f"{show_coach.DONE[decision]}. {show_coach.EFFECT[decision]}{kept}"
    return Done(place, notice(told, button("roll_back", "Undo", id=made.id)))


def _roll_back(bench: Bench, place: Place, deed: Deed) -> Done:
    bench.roll_back(deed.id)
    return Done(place, notice("Taken back. What Flourish suggested before speaks again."))
