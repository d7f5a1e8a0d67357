"""One statement a matter: quotes that speak of the same thing stand together, with what speaks against them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.cite import Teller, cite, shortened
from assistant.actions.retire_wishes import is_ending, takes_back
from assistant.actions.weigh_passage import is_clear
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Tense, Topic, Witness
from assistant.domain.note import Span
from assistant.domain.profile import Statement, StatementStatus
from assistant.prompting import offline_words
from assistant.wording import matter_of, overlap, sentence_around

MOST = 60  # newest items of one facet that are laid side by side; the state counts them all
MOST_GUESSES = 6
MOST_FAINT = 2
SAME_MATTER = 0.22
NEAR = 80  # characters between two quotes of one note that still speak of one thing
_ORDER = list(StatementStatus)
_BEST = {Facet.PASSION: Witness.SELF, Facet.TALENT: Witness.MANAGER, Facet.CUSTOMER_VALUE: Witness.CUSTOMER}


def tell_statements(facet: Facet, evidence: Sequence[Evidence], teller: Teller) -> tuple[Statement, ...]:
    """The statements of one facet: what holds first, the best carried of it on top."""
    about = sorted((i for i in evidence if i.topic.facet is facet), key=lambda i: (i.day, i.place))[-MOST:]
    shown = [i for i in about if i.counts and not i.is_guess]
    rest = [i for i in about if i.tense is Tense.DOUBTED or i.witness is Witness.HEARSAY]
    turned = _turned(facet, evidence)
    told = [_statement(facet, group, turned, teller) for group in _groups(shown, teller.person.names)]
    told += [_statement(facet, (item,), turned, teller) for item in rest if item not in shown]
    return tuple(sorted(told, key=_rank))


def tell_guesses(
    facet: Facet, evidence: Sequence[Evidence], told: Sequence[Statement], teller: Teller
) -> tuple[Statement, ...]:
    """What only may point to a facet: read without a word for it. A note that tells it plainly needs no guess.

    The weakest kind, a mere label, is worth showing only where nothing better is.
    """
    plain = {i.note.id for statement in told for i in statement.evidence}
    found = [i for i in evidence if i.topic.facet is facet and i.is_guess and i.is_sign and i.note.id not in plain]
    found = [i for i in found if i.witness is not Witness.HEARSAY and i.tense is Tense.CURRENT]
    if told or any(i.counts for i in found):
        found = [i for i in found if i.counts]
    newest = sorted(found, key=lambda i: (i.day, i.place))[-MOST_GUESSES:]
    turned = _turned(facet, evidence)
    guesses = (_statement(facet, group, turned, teller) for group in _groups(newest, teller.person.names))
    return tuple(sorted((g for g in guesses if g.status is StatementStatus.CURRENT), key=_rank))


def tell_faint(facet: Facet, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The newest passages that were met in passing and carry nothing: worth a look where nothing better was found."""
    found = [i for i in evidence if i.topic.facet is facet and i.state is EvidenceState.SUGGESTED and not i.is_sign]
    found = [i for i in found if i.witness is not Witness.HEARSAY and i.tense is Tense.CURRENT]
    return tuple(sorted(found, key=lambda i: (i.day, i.place), reverse=True)[:MOST_FAINT])


def _turned(facet: Facet, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What takes back a passion told before."""
    return [i for i in evidence if _takes_back(i) or is_ending(i)] if facet is Facet.PASSION else []


def same_matter(one: Evidence, other: Evidence, names: Sequence[str]) -> bool:
    """Whether two quotes speak of one thing: they overlap in place, or share enough of their meaning words."""
    if one.note.id == other.note.id and one.quote.span.overlaps(other.quote.span):
        return True
    if one.note.id == other.note.id and one.topic is other.topic:
        return _gap(one.quote.span, other.quote.span) <= NEAR
    mine, theirs = matter_of(one.quote.text, names), matter_of(other.quote.text, names)
    return len(mine & theirs) >= 2 and overlap(mine, theirs) >= SAME_MATTER


def _gap(one: Span, other: Span) -> int:
    """Characters between two passages of one note."""
    return max(one.start, other.start) - min(one.end, other.end)


def best_of(facet: Facet, group: Sequence[Evidence], teller: Teller) -> Evidence:
    """The quote that says it best: the voice that counts most, then proof, then a full thought, then the newest."""
    return max(
        group,
        key=lambda i: (i.witness is _BEST[facet], is_clear(i, teller), i.is_worded, i.strength, i.day, i.place),
    )


def _groups(items: Sequence[Evidence], names: Sequence[str]) -> list[list[Evidence]]:
    groups: list[list[Evidence]] = []
    for item in items:
        alike = (g for g in groups if g[0].tense is item.tense and any(same_matter(item, o, names) for o in g))
        home = next(alike, None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def _statement(facet: Facet, group: Sequence[Evidence], turned: Sequence[Evidence], teller: Teller) -> Statement:
    best = best_of(facet, group, teller)
    newest = max(item.day for item in group)
    against = tuple(i for i in turned if i.day > newest and any(_speaks_against(i, item, teller) for item in group))
    if best.witness is Witness.HEARSAY:
        status = StatementStatus.HEARSAY
    elif best.tense is Tense.DOUBTED:
        status = StatementStatus.CONTRADICTED
    elif best.tense is Tense.PAST or against:
        status = StatementStatus.OUTDATED
    else:
        status = StatementStatus.CURRENT
    text = cite(replace(best, quote=shortened(best.quote)), teller)
    return Statement(text, status, tuple(group), against)


def _speaks_against(later: Evidence, item: Evidence, teller: Teller) -> bool:
    if is_ending(later):
        return takes_back(later, item, (), teller.person)
    return same_matter(item, later, teller.person.names)


def _takes_back(item: Evidence) -> bool:
    """Whether somebody's own words say that something pulls them no longer."""
    if item.witness is not Witness.SELF or not item.counts:
        return False
    around = sentence_around(item.note.text, item.quote.span)
    said = item.note.text[around.start : around.end].casefold()
    cues = offline_words("profile")["taken_back"]["cues"]
    return item.topic is Topic.ENERGY_DRAIN or any(cue in said for cue in cues)


def _rank(told: Statement) -> tuple[int, int, int, int, tuple[str, int, str]]:
    strongest = max(item.strength for item in told.evidence)
    newest = max(item.day for item in told.evidence)
    notes = len({item.note.id for item in told.evidence})
    return _ORDER.index(told.status), -notes, -strongest, -newest.toordinal(), told.evidence[0].place
