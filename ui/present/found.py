"""What was found in the notes, as payloads: search, profile, evidence. Scores and states come from the nouns."""

from collections.abc import Iterable, Sequence

from assistant.domain.evidence import Evidence, Facet
from assistant.domain.lesson import Lesson
from assistant.domain.person import Person
from assistant.domain.profile import FacetView, Profile, Statement
from assistant.domain.search import Found, Hit
from ui.contract import base, finds
from ui.present.payloads import note_view, passages, person_ref


def search(query: str, person_id: str | None, found: Found) -> finds.SearchPayload:
    """The answer to one search."""
    window = finds.SearchWindow(since=found.window.since, until=found.window.until) if found.window else None
    return finds.SearchPayload(
        query=query,
        person_id=person_id,
        weak=found.weak,
        hits=hits(found.hits),
        window=window,
        nearest=[note_view(note) for note in found.nearest],
        origin=str(found.origin),
        says=found.origin.says,
    )


def batch_line(query_id: str, found: Found) -> finds.BatchLine:
    """The answer to one search of a batch."""
    return finds.BatchLine(id=query_id, weak=found.weak, hits=hits(found.hits), origin=str(found.origin))


def hits(nouns: Iterable[Hit]) -> list[finds.SearchHit]:
    """Hits, best first."""
    return [
        finds.SearchHit(
            note_id=h.note.id, person_id=h.note.person_id, date=h.note.day, quote=h.quote.text, score=round(h.score, 4)
        )
        for h in nouns
    ]


def evidence_view(noun: Evidence) -> finds.EvidenceView:
    """One piece of evidence."""
    return finds.EvidenceView(
        **witnessed(noun).model_dump(),
        id=noun.id,
        topic=noun.topic,
        strength=noun.strength.name,
        tense=noun.tense,
        tier=noun.tier,
        cue=noun.cue,
    )


def evidence(noun: Evidence) -> finds.EvidencePayload:
    """One piece of evidence after a verdict."""
    return finds.EvidencePayload(evidence=evidence_view(noun))


def evidence_list(who: Person, nouns: Sequence[Evidence], learnt: Sequence[Lesson]) -> finds.EvidenceListPayload:
    """All evidence on one person, and what the verdicts on it taught."""
    return finds.EvidenceListPayload(
        person=person_ref(who),
        evidence=[evidence_view(noun) for noun in nouns],
        learnt=[
            finds.LessonView(topic=each.topic, cue=each.cue, rejected=[evidence_view(i) for i in each.rejected])
            for each in learnt
        ],
    )


def witnessed(noun: Evidence) -> base.WitnessedPassage:
    """A quote with its witness."""
    return base.WitnessedPassage(
        note_id=noun.note.id,
        date=noun.day,
        quote=noun.quote.text,
        witness=noun.witness,
        evidence_id=noun.id,
        state=noun.state,
    )


def profile(noun: Profile) -> finds.ProfilePayload:
    """All that is known of one person, and what is missing."""
    return finds.ProfilePayload(
        person=person_ref(noun.person),
        today=noun.today,
        passion=_facet(noun.view(Facet.PASSION)),
        talent=_facet(noun.view(Facet.TALENT)),
        customer_value=_facet(noun.view(Facet.CUSTOMER_VALUE)),
        customers=[
            finds.CustomerView(
                name=c.name,
                reach=c.reach,
                end_user=c.end_user,
                complained=c.complained,
                evidence=passages(c.quotes),
            )
            for c in noun.customers
        ],
        weakest=noun.weakest,
        gaps=list(noun.gaps),
        near=passages(noun.near),
        shape=noun.shape,
        left_out=noun.left_out,
    )


def _facet(view: FacetView) -> finds.FacetPart:
    return finds.FacetPart(
        state=view.state,
        statements=[_statement(s) for s in view.statements],
        may_point_to_it=[_statement(s) for s in view.guesses],
    )


def _statement(noun: Statement) -> finds.StatementView:
    return finds.StatementView(
        text=noun.text,
        status=noun.status,
        evidence=[witnessed(i) for i in noun.evidence],
        against=[witnessed(i) for i in noun.against],
    )
