"""The team as a map of what is known and what is not, and the manager's own mix. Nobody is ranked."""

from collections.abc import Sequence

from assistant.domain.evidence import Facet
from assistant.domain.mix import Mix
from assistant.domain.profile import Profile
from ui.web.place import Place
from ui.web.show import esc, section
from ui.web.show_profile import ALL, TITLES, Known, how_known, known_sign
from ui.web.show_shell import link

ASKS = {
    Facet.PASSION: "whom to ask what pulls them",
    Facet.TALENT: "whose work to watch once",
    Facet.CUSTOMER_VALUE: "whom to ask who is better off",
}


def coverage(profiles: Sequence[Profile], place: Place) -> str:
    """For each facet who stands where; what is known least comes first, since that is where to ask."""
    columns = "".join(_column(facet, profiles, place) for facet in Facet)
    hint = "It maps your knowledge, so that you see where to ask next. It says nothing about how good anybody is."
    return section("What you know of whom", f'<div class="fl-map">{columns}</div>', id="map", hint=hint)


def _column(facet: Facet, profiles: Sequence[Profile], place: Place) -> str:
    parts = "".join(_state(how, facet, profiles, place) for how in ALL)
    name, _ = TITLES[facet]
    return f'<section class="fl-map-column"><h3>{name}</h3><p class="fl-hint">{ASKS[facet]}</p>{parts}</section>'


def _state(how: Known, facet: Facet, profiles: Sequence[Profile], place: Place) -> str:
    people = [p.person for p in profiles if how_known(p.view(facet)) is how]
    if not people:
        return ""
    names = "".join(
        f"<li>{link(Place(place.account, 'person', p.id, 'profile'), esc(p.name), style='fl-name')}</li>"
        for p in people
    )
    return f'<div class="fl-map-cell" title="{how.means}">{known_sign(how)}<ul>{names}</ul></div>'


def mix(item: Mix) -> str:
    """Held one-on-ones by month, and what was asked about, as bars."""
    return _months(item) + _asked(item)


def _months(item: Mix) -> str:
    most = max((m.held for m in item.months), default=0)
    if not most:
        return ""
    rows = "".join(_bar(f"{m.first:%B}", m.held, most) for m in item.months)
    return section("Your one-on-ones, month by month", f'<dl class="fl-bars">{rows}</dl>', id="months")


def _asked(item: Mix) -> str:
    told = [(pillar.value.replace("_", "-"), number) for pillar, number in item.asked]
    told += [("written for the moment", item.other)] if item.other else []
    if not told:
        said = (
            '<p class="fl-quiet">Mark a question as asked on a brief, and you see here what your talks are about: '
            "work in hand, growth, or the customer.</p>"
        )
        return section("What you asked about", said, id="mix")
    most = max(number for _, number in told)
    rows = "".join(_bar(name, number, most) for name, number in told)
    hint = "Questions marked as asked in the last half year."
    if item.other:
        hint += (
            " Those of the library stand under what they are for; the others were written for the moment, by you too."
        )
    return section("What you asked about", f'<dl class="fl-bars">{rows}</dl>', id="mix", hint=hint)


def _bar(name: str, number: int, most: int) -> str:
    return (
        f'<dt>{esc(name)}</dt><dd><progress max="{most}" value="{number}" aria-label="{esc(name)}"></progress>'
        f"<span>{number}</span></dd>"
    )
