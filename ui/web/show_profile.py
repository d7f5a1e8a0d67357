"""What is known of a person, facet by facet: a sign and a word for how well we know it, and never a score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.customer_value import Customer, Reach
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Topic
from assistant.domain.profile import FacetState, FacetView, Profile, Shape, Statement, StatementStatus
from ui.web import show_forms
from ui.web.show import Passages, button, chip, chips, count, esc, folded, section, tier_tag
from ui.web.show_brief import gap


@dataclass(frozen=True, slots=True)
class Known:
    """How well something is known, as it is shown: a sign, a word, what the word means, and its colour's name."""

    sign: str
    word: str
    means: str
    style: str


MOST_REST = 4
UNKNOWN = Known("○", "unknown", "no sentence found that is sure", "unknown")
HINTED = Known("◔", "hinted", "something points to it; not enough to rely on", "hinted")
STALE = Known("◌", "stale", "once well known; nothing in the last half year", "stale")
KNOWN = Known("◕", "known", "the notes say it well enough to build on; you have not confirmed it", "confirmed")
CONFIRMED = Known("●", "confirmed", "said or seen well enough to build on, and confirmed by you", "confirmed")
ALL = (UNKNOWN, HINTED, STALE, KNOWN, CONFIRMED)  # what is known least comes first
TITLES = {
    Facet.PASSION: ("Passion", "what pulls them"),
    Facet.TALENT: ("Talent", "what they do well, seen by somebody"),
    Facet.CUSTOMER_VALUE: ("Customer value", "who is better off, and how"),
}
TOPICS = {
    Topic.PASSION: "what pulls them", Topic.TALENT: "what they do well",
    Topic.CUSTOMER_VALUE: "who is better off", Topic.ASPIRATION: "what they hope for",
    Topic.OBSTACLE: "what is in the way", Topic.ENERGY_DRAIN: "what drains them",
}  # fmt: skip
SHAPES = {
    Shape.ENERGY_WITHOUT_ADDRESS: "energy without an address. What pulls them and what they do well is known; "
    "who is better off is not.",
    Shape.USEFUL_BUT_DRAINED: "useful but drained. Somebody is well served, and the notes speak of lost energy.",
    Shape.WILLING_BUT_UNSKILLED: "the will shows. What your notes lack is somebody who saw the skill.",
    Shape.PROTECT_AND_WIDEN: "all three are known. Protect it, and widen it.",
}
STANDS = {
    StatementStatus.OUTDATED: "was so once",
    StatementStatus.CONTRADICTED: "the notes disagree",
    StatementStatus.HEARSAY: "hearsay",
}


def profile(
    item: Profile, passages: Passages, rejected: Sequence[Evidence] = (), waits: Sequence[Evidence] = ()
) -> str:
    """All three facets, what else waits for a verdict, the customers, what is missing, and what was rejected."""
    first = esc(item.person.first_name)
    shape = f'<p class="fl-lead">Taken together: {SHAPES[item.shape]}</p>' if item.shape else ""
    weakest = TITLES[item.weakest][0].lower()
    head = (
        f'<div class="fl-headline">{shape}<p class="fl-hint">The signs say how well <em>we know</em> it from your '
        f"notes, nothing about {first}. Least is known about {weakest}: the next question belongs there.</p></div>"
    )
    facets = "".join(_facet(item.view(facet), item.today, passages) for facet in Facet)
    gaps = "".join(gap(said, item.near, item.today, passages) for said in item.gaps)
    missing = section(
        "Not settled yet", f'<ul class="fl-list">{gaps}</ul>' if gaps else "", id="gaps", style="fl-unknown"
    )
    left_out = (
        f'<p class="fl-origin">{count(item.left_out, "note")} left out: private matters, or closed by you. Under '
        "Notes they stand as ever.</p>"
        if item.left_out
        else ""
    )
    facets += _rest(item, waits, passages)
    return head + facets + _customers(item, passages) + missing + _rejected(rejected, item.today, passages) + left_out


def how_known(view: FacetView) -> Known:
    """How well a facet is known; "confirmed" is said only where the manager confirmed something of it."""
    sure = CONFIRMED if view.is_judged else KNOWN
    of = {FacetState.UNKNOWN: UNKNOWN, FacetState.HINTED: HINTED, FacetState.STALE: STALE, FacetState.CONFIRMED: sure}
    return of[view.state]


def known_sign(item: Known) -> str:
    """How well something is known, by sign and word."""
    return (
        f'<span class="fl-known fl-{item.style}" title="{item.means}"><span aria-hidden="true">{item.sign}</span> '
        f"{item.word}</span>"
    )


def _rejected(items: Sequence[Evidence], today: date, passages: Passages) -> str:
    """What is not used because the manager said so, folded away."""
    rows = "".join(_evidence(item, "", today, passages) for item in reversed(items))
    said = f"<summary>{count(len(items), 'quote')} you rejected</summary>"
    taught = '<p class="fl-meta">With them: what the same sign finds. Take one back and it is suggested again.</p>'
    return (
        f'<details class="fl-more" id="fl-rejected">{said}{taught}<ul class="fl-evidence">{rows}</ul></details>'
        if rows
        else ""
    )


def _facet(view: FacetView, today: date, passages: Passages) -> str:
    name, hint = TITLES[view.facet]
    how = how_known(view)
    said = "".join(_statement(s, today, passages) for s in view.statements)
    quiet = "No note says it plainly yet." if view.guesses else "I found no sentence I am sure of."
    body = f'<ul class="fl-list">{said}</ul>' if said else f'<p class="fl-quiet">{quiet}</p>'
    if view.guesses:
        guesses = "".join(_statement(s, today, passages) for s in view.guesses)
        body += (
            '<p class="fl-meta">May point to it. Confirm what fits; until then it counts for nothing.</p>'
            f'<ul class="fl-list fl-guesses">{guesses}</ul>'
        )
    means = f"{hint} · {how.means}" if said or view.guesses else hint  # else the card itself says it
    if view.faint:
        faint = "".join(_evidence(item, "", today, passages) for item in view.faint)
        body += f'<p class="fl-meta">Could this be it?</p><ul class="fl-evidence">{faint}</ul>'
    return section(f"{name} {known_sign(how)}", body, id=f"facet-{view.facet.value}", hint=means)


def _rest(item: Profile, waits: Sequence[Evidence], passages: Passages) -> str:
    """What waits for a verdict and stands under no facet, so that all that was counted is found here."""
    views = [item.view(facet) for facet in Facet]
    told = [s for view in views for s in (*view.statements, *view.guesses)]
    shown = {e.id for s in told for e in (*s.evidence, *s.against)} | {e.id for view in views for e in view.faint}
    rows = [
        verdict_row(e, f'<p class="fl-meta"><span>{TOPICS[e.topic]}</span></p>', "", item.today, passages, adjust=True)
        for e in waits
        if e.id not in shown
    ]
    hint = "Found in your notes and not judged yet. It stands under none of the three."
    return section("Also found", folded(rows, MOST_REST, "more"), id="also-found", hint=hint)


def _statement(item: Statement, today: date, passages: Passages) -> str:
    stands = STANDS.get(item.status)
    mark = f'<span class="fl-stands">{stands}</span> ' if stands else ""
    told_first = sorted(item.evidence, key=lambda e: e.quote.text not in item.text)
    proof = "".join(_evidence(e, item.text, today, passages) for e in told_first)
    against = "".join(_evidence(e, item.text, today, passages) for e in item.against)
    but = f'<p class="fl-meta">Speaks against it</p><ul class="fl-evidence">{against}</ul>' if against else ""
    return f'<li><p class="fl-text">{mark}{esc(item.text)}</p><ul class="fl-evidence">{proof}</ul>{but}</li>'


def _evidence(item: Evidence, statement: str, today: date, passages: Passages) -> str:
    return verdict_row(item, "", statement, today, passages, adjust=True)


def verdict_row(
    item: Evidence, lead: str, statement: str, today: date, passages: Passages, *, adjust: bool = False
) -> str:
    """One quote with the manager's verdict on it, or the buttons to give one. `lead` is HTML of ours."""
    words = item.quote.text
    short = words if len(words) <= 60 else words[:57] + "…"
    said = "" if words.strip(' .“”"') in statement else f'<p class="fl-said">“{esc(words)}”</p>'
    if item.state is EvidenceState.SUGGESTED:
        acts = button(
            "evidence", "Confirm", id=item.id, to="confirmed", name=f"Confirm: {short}", style="fl-tick"
        ) + button("evidence", "Reject", id=item.id, to="rejected", name=f"Reject: {short}", style="fl-plainly")
    else:
        judged = "✓ you confirmed this" if item.state is EvidenceState.CONFIRMED else "✗ not used"
        acts = f'<span class="fl-judged">{judged}</span>' + button(
            "evidence", "Take back", id=item.id, to="suggested", name=f"Take back: {short}", style="fl-plainly"
        )
    form = _adjust(item, short) if adjust and item.state is not EvidenceState.REJECTED else ""
    return (
        f'<li class="fl-row"><div>{lead}{said}<div class="fl-under">{tier_tag(item.tier)}'
        f'{chip(item.quote, today, passages, item.tier)}{form}</div></div><div class="fl-acts">{acts}</div></li>'
    )


def _adjust(item: Evidence, short: str) -> str:
    """Say what a quote is really about, or cut it to the words that count."""
    topics = [(topic.value, TOPICS[topic]) for topic in Topic]
    fields = show_forms.choice("topic", "It is about", topics, item.topic.value) + show_forms.area(
        "words", "The words that count, as they stand in the note", item.quote.text, rows=2
    )
    form = show_forms.form("adjust", fields + show_forms.save("Adjust and confirm"), id=item.id)
    return (
        f'<details class="fl-more fl-adjust"><summary>Adjust<span class="fl-sr">: {esc(short)}</span></summary>'
        f"{form}</details>"
    )


def _customers(item: Profile, passages: Passages) -> str:
    rows = "".join(_customer(c, item.today, passages) for c in item.customers)
    return section("Whom they serve", f'<ul class="fl-list">{rows}</ul>' if rows else "", id="customers")


def _customer(item: Customer, today: date, passages: Passages) -> str:
    reach = "works with us" if item.reach is Reach.INTERNAL else "pays us"
    behind = f"; behind them: {esc(item.end_user)}" if item.end_user else ""
    but = "; so far only a complaint" if item.complained else ""
    return (
        f'<li><p class="fl-text">{esc(item.name)} <span class="fl-quiet">{reach}{behind}{but}</span></p>'
        f"{chips(item.quotes[-3:], today, passages)}</li>"
    )
