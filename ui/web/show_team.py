"""The team as a map of what is known, side by side, and the manager's own mix. Nobody is ranked."""

from collections.abc import Sequence
from datetime import date

from assistant.actions.cite import shortened
from assistant.domain.evidence import Evidence, Facet, Topic
from assistant.domain.mix import Mix, TalkOf
from assistant.domain.person import Person
from assistant.domain.profile import Profile
from assistant.domain.team import Meets, Shared, Team
from ui.web.place import Place
from ui.web.show import Passages, chip, esc, folded, section
from ui.web.show_profile import ALL, TITLES, Known, how_known, known_sign
from ui.web.show_shell import link

ASKS = {
    Facet.PASSION: "whom to ask what pulls them",
    Facet.TALENT: "whose work to watch once",
    Facet.CUSTOMER_VALUE: "whom to ask who is better off",
}

BRINGS = {
    Topic.PASSION: "Drawn to", Topic.TALENT: "Seen doing well", Topic.ENERGY_DRAIN: "Tired by",
    Topic.ASPIRATION: "Hopes for",
}  # fmt: skip
MOST_BESIDE = 16  # words of a passage in a cell
MOST_MET = 24  # words of a sentence that names a colleague
MEETINGS = 6  # shown before the rest is folded away
PLOT = 44  # pixels of the fullest month


def coverage(profiles: Sequence[Profile], place: Place) -> str:
    """For each facet who stands where; what is known least comes first, since that is where to ask."""
    columns = "".join(_of_facet(facet, profiles, place) for facet in Facet)
    hint = "It maps your knowledge, so that you see where to ask next. It says nothing about how good anybody is."
    return section("What you know of whom", f'<div class="fl-map">{columns}</div>', id="map", hint=hint)


def _of_facet(facet: Facet, profiles: Sequence[Profile], place: Place) -> str:
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


def side_by_side(item: Team, place: Place, today: date, passages: Passages) -> str:
    """A line a person; whoever reads down a column sees what one could take from another."""
    members = [member for member in item.members if member.passages]
    without = [_name(member.person, place) for member in item.members if not member.passages]
    if len(members) < 2:
        return ""
    columns = {topic: title for topic, title in BRINGS.items() if any(m.about(topic) for m in members)}
    heads = "".join(f'<th scope="col">{title}</th>' for title in columns.values())
    rows = "".join(
        f'<tr><th scope="row">{_name(m.person, place)}</th>'
        + "".join(_brings(m.about(topic), title, today, passages) for topic, title in columns.items())
        + "</tr>"
        for m in members
    )
    table = f'<table class="fl-beside"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    hint = (
        "Words of your notes. What tires one may be what another is drawn to: look across, and ask both before "
        "anything changes hands."
    )
    if without:
        table += f'<p class="fl-hint">Nothing to set beside them found yet in the notes about {", ".join(without)}.</p>'
    return section("Side by side", table, id="beside", hint=hint)


def _brings(item: Evidence | None, title: str, today: date, passages: Passages) -> str:
    if item is None:
        return f'<td data-title="{title}" class="fl-none"><span class="fl-quiet">nothing found</span></td>'
    quote = shortened(item.quote, MOST_BESIDE)
    said = f'<p class="fl-said">“{esc(quote.text)}”</p>'
    return f'<td data-title="{title}">{said}{chip(quote, today, passages, item.tier)}</td>'


def where_they_meet(item: Team, place: Place, today: date, passages: Passages) -> str:
    """Customers whom several serve, and whose notes name whom."""
    rows = [_shared(each, place, today, passages) for each in item.shared]
    rows += [_meets(each, place, today, passages) for each in item.meets]
    hint = "The same customer, or a colleague named in somebody's notes. Each sentence opens where it stands."
    return section("Where they meet", folded(rows, MEETINGS, "more places"), id="meet", hint=hint)


def _shared(item: Shared, place: Place, today: date, passages: Passages) -> str:
    said = "".join(
        f'<span class="fl-meet">{_name(person, place)}{chip(quote, today, passages)}</span>'
        for person, quote in item.by
    )
    return f'<li><p class="fl-text">{esc(item.name)} is served by</p><p class="fl-meta">{said}</p></li>'


def _meets(item: Meets, place: Place, today: date, passages: Passages) -> str:
    said = f"{_name(item.one, place)}’s notes name {_name(item.other, place)}"
    many = f' <span class="fl-quiet">in {item.notes} notes</span>' if item.notes > 1 else ""
    newest = shortened(item.newest, MOST_MET)
    words = f'<p class="fl-quiet">“{esc(newest.text)}”</p>'
    return f'<li><p class="fl-text">{said}{many}</p>{words}{chip(newest, today, passages)}</li>'


def _name(person: Person, place: Place) -> str:
    return link(Place(place.account, "person", person.id, "profile"), esc(person.name), style="fl-name")


def mix(item: Mix) -> str:
    """One-on-ones by month with what came up in them, and what was asked about."""
    return _months(item) + _asked(item)


def _months(item: Mix) -> str:
    most = max((m.held for m in item.months), default=0)
    if not most:
        return ""
    heads = "".join(f'<th scope="col"><abbr title="{m.first:%B %Y}">{m.first:%b}</abbr></th>' for m in item.months)
    rows = "".join(
        f'<tr><th scope="row">{esc(what.value)}</th>'
        + "".join(f"<td>{_column(m.came_up(what), m.held, most)}</td>" for m in item.months)
        + "</tr>"
        for what in TalkOf
    )
    held = "".join(f"<td>{m.held}</td>" for m in item.months)
    table = (
        f'<table class="fl-mix"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">held</th>{held}</tr></tfoot></table>'
    )
    hint = (
        "A frame is as high as the number of one-on-ones of that month; the filled part says in how many of them it "
        "came up, as far as your notes tell."
    )
    return section("What your one-on-ones are about", table, id="months", hint=hint)


def _column(number: int, held: int, most: int) -> str:
    """A frame for what was held, filled for what came up."""
    frame, filled = (round(PLOT * n / most, 1) for n in (held, min(number, held)))
    bars = "".join(
        f'<rect class="fl-{style}" x="1" y="{PLOT + 1 - high:g}" width="22" height="{high:g}" rx="3"/>'
        for style, high in (("frame", frame), ("filled", filled))
        if high
    )
    drawn = f'<svg viewBox="0 0 24 {PLOT + 2}" width="24" height="{PLOT + 2}" aria-hidden="true">{bars}</svg>'
    said = f"{number}<span> of {held}</span>" if held else "–"
    return f"{drawn}<small>{said}</small>"


def _asked(item: Mix) -> str:
    told = [(pillar.value.replace("_", "-"), number) for pillar, number in item.asked]
    told += [("in your own words", item.other)] if item.other else []
    if not told:
        said = (
            '<p class="fl-quiet">Mark a question as asked on a brief, and you see here what your talks are about: '
            "work in hand, growth, or the customer.</p>"
        )
        return section("What you asked about", said, id="mix")
    most = max(number for _, number in told)
    rows = "".join(_bar(name, number, most) for name, number in told)
    hint = "Questions marked as asked in the last half year."
    return section("What you asked about", f'<dl class="fl-bars">{rows}</dl>', id="mix", hint=hint)


def _bar(name: str, number: int, most: int) -> str:
    return (
        f'<dt>{esc(name)}</dt><dd><progress max="{most}" value="{number}" aria-label="{esc(name)}"></progress>'
        f"<span>{number}</span></dd>"
    )
