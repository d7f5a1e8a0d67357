"""A manager shows a question to the coaches: first the masked words, then one yes, and always the way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.desk import Desk
from assistant.domain.released import Masked, Reviewed
from assistant.domain.verdict import Decision
from assistant.errors import Unknown
from ui.web import show_coach, show_forms
from ui.web.done import Done
from ui.web.place import Deed, Place
from ui.web.show import button, esc, folded, notice, section, when


def mask(desk: Desk, place: Place, deed: Deed) -> Done:
    """What a coach would read of a question; nothing is handed over yet."""
    person, named = desk.person(deed.to or place.person), deed.id
    try:
        found = person.releasing.masked(named)
    except Unknown:  # it was swapped in, and is named by its words
        named = deed.said.get("words") or named
        found = person.releasing.masked(named)
    better = person.releasing.masked_instead(named)
    return Done(_asked(place, person.person.id), _panel(found, better, named, place))


def release(desk: Desk, place: Place, deed: Deed) -> Done:
    """Hand it over, in the words that were seen or written."""
    copy = desk.person(place.person).releasing.release(deed.id, deed.said.get("text", ""), deed.said.get("instead", ""))
    also = f" It should have said: “{show_coach.masked(copy.instead)}”" if copy.instead else ""
    how = "Handed over, names and days taken out; what else it tells stands as you saw it"
    said = f"{how}: “{show_coach.masked(copy.text)}”{also}"
    return Done(_asked(place, place.person), notice(said, button("take_back", "Take it back", id=copy.id)))


def take_back(desk: Desk, place: Place, deed: Deed) -> Done:
    """The coaches no longer see it."""
    desk.take_back(deed.id)
    return Done(place, notice("Taken back. Coaches no longer see it, and its words left their decisions."))


DEEDS = {"mask": mask, "release": release, "take_back": take_back}


def handed_over(copies: Sequence[Reviewed], today: date) -> str:
    """What was shown to the coaches about somebody, and what became of it."""
    rows = [_row(copy, today) for copy in copies]
    return section("Shown to a coach", folded(rows, 5, "more"), id="handed", hint="In these words, and nothing else.")


def _row(copy: Reviewed, today: date) -> str:
    verdict = copy.verdict
    state = show_coach.DONE[verdict.decision] if verdict else "waiting"
    words = f'<p class="fl-ask">{show_coach.masked(verdict.words)}</p>' if verdict and verdict.words else ""
    why = f'<p class="fl-meta"><span>Because: {esc(verdict.reason)}</span></p>' if verdict else ""
    struck = " fl-struck" if verdict and verdict.decision is not Decision.APPROVE else ""
    back = button("take_back", "Take it back", id=copy.released.id, name=f"Take it back: {copy.released.text[:60]}",
                  style="fl-plainly")  # fmt: skip
    return (
        f'<li class="fl-row"><div><p class="fl-text{struck}">{show_coach.masked(copy.released.text)}</p>{words}'
        f'<p class="fl-meta"><span class="fl-state">{state}</span>'
        f"<span>handed over {when(copy.released.released_on, today)}</span></p>{why}</div>"
        f'<div class="fl-acts">{back}</div></li>'
    )


def _asked(place: Place, person_id: str) -> Place:
    return replace(place, page="person", person=person_id, view="asked", item="")


def _panel(found: Masked, better: Masked, named: str, before: Place) -> str:
    """The masked words with what each mask hides, one yes, and the manager's own words instead."""
    hidden = "".join(
        f"<dt>{show_coach.masked(m.placeholder)}</dt><dd>{esc(m.stands_for)}</dd>"
        for m in dict.fromkeys((*found.marks, *better.marks))
    )
    told = f"<dl>{hidden}</dl>" if hidden else ""
    also = "What you say it should have said; empty it to keep it to yourself"
    body = (
        show_forms.area("text", "What a coach will read; change it if it still tells too much", found.text, rows=3)
        + (show_forms.area("instead", also, better.text, rows=2, must=False) if better.text else "")
        + show_forms.save("Hand it over", also=button("go", "Not now", to=before.query))
    )
    said = (
        "A coach improves the questions that everybody gets. They read what stands here and nothing else, and not "
        "whose it is. A passage it quotes goes along: shorten it if it tells too much."
        f"{' What is in brackets stands for:' if hidden else ''}"
    )
    return (
        '<section class="fl-card fl-front" tabindex="-1" aria-labelledby="fl-mask">'
        '<h2 id="fl-mask">Share with a coach</h2>'
        f'<p class="fl-hint">{said}</p>{told}{show_forms.form("release", body, id=named)}</section>'
    )
