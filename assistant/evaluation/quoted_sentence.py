"""Whether evidence quotes the sentence that speaks, and not a neighbour from the right note.

A quote is right when it and a current gold quote of the same facet and note share their place, and one holds the other
or it holds at least half of the gold quote's content words. Each gold quote and each find is matched once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.evaluation.case import Case, GoldQuote, GoldStatus, PersonGold
from assistant.evaluation.measures import content_words, flat, overlaps
from assistant.evaluation.output import OURS, Claim
from assistant.evaluation.report import Figure, Finding, Pairs

EVIDENCE = "evidence"  # the part of a measurement it belongs to
HALF = 0.5
SENTENCE = "sentence"


def says_the_same(case: Case, claim: Claim, gold: GoldQuote) -> bool:
    """Whether a claim quotes what the annotator quoted, or most of it."""
    note, ours = case.notes.get(claim.citation.note_id), claim.citation.quote
    if note is None or note.id != gold.note_id or not overlaps(note.text, ours, gold.text):
        return False
    if flat(ours) in flat(gold.text) or flat(gold.text) in flat(ours):
        return True
    wanted = content_words(gold.text)
    return bool(wanted) and len(wanted & content_words(ours)) >= HALF * len(wanted)


def sentence_figures(case: Case, found: Mapping[str, Sequence[Claim]], system: str = OURS) -> Iterator[Figure]:
    """Precision, recall and F1 of quoted sentences, for all facets together and for each.

    Args:
        case: What the annotator found.
        found: The claims of a system, by person.
        system: Whose they are.
    """
    for group in (None, *Facet):
        pairs = Pairs()
        for person in case.gold:
            ours = [c for c in found.get(person.person_id, ()) if group in (None, c.facet)]
            wanted = [q for q in _wanted(person) if group in (None, q[0])]
            pairs.add(person.person_id, len(_matched(case, ours, wanted)), len(ours), len(wanted))
        for figure in pairs.figures(EVIDENCE, group.words if group else "", system, main=group is None):
            yield _named(figure)


def sentence_findings(case: Case, found: Mapping[str, Sequence[Claim]]) -> Iterator[Finding]:
    """Every quote in a note that speaks for its facet: right, or what should have been quoted."""
    for person in case.gold:
        wanted = _wanted(person)
        ours = found.get(person.person_id, ())
        right = _matched(case, ours, wanted)
        told: dict[tuple[Facet, NoteId], list[str]] = {}
        for facet, quote in wanted:
            told.setdefault((facet, quote.note_id), []).append(quote.text)
        for place, claim in enumerate(ours):
            where = (claim.facet, claim.citation.note_id)
            if where in told:
                why = "" if place in right else "another sentence of the right note"
                expected = " / ".join(f"“{text}”" for text in told[where])
                yield Finding(
                    EVIDENCE, where[1], person.person_id, f"{SENTENCE}, {claim.facet.words}", not why, expected,
                    f"“{claim.citation.quote}”", why,
                )  # fmt: skip


def _wanted(person: PersonGold) -> list[tuple[Facet, GoldQuote]]:
    """The annotator's quotes of what holds today, each once a facet."""
    quotes = ((s.facet, q) for s in person.statements if s.status is GoldStatus.CURRENT for q in s.evidence)
    return list(dict.fromkeys(quotes))


def _matched(case: Case, ours: Sequence[Claim], wanted: Sequence[tuple[Facet, GoldQuote]]) -> frozenset[int]:
    """The places of the claims that quote a gold sentence nobody before them has quoted."""
    free, right = list(wanted), set()
    for place, claim in enumerate(ours):
        for item in free:
            if item[0] is claim.facet and says_the_same(case, claim, item[1]):
                right.add(place)
                free.remove(item)
                break
    return frozenset(right)


def _named(figure: Figure) -> Figure:
    return replace(figure, name=f"{SENTENCE} {figure.name}")
