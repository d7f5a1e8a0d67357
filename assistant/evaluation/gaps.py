"""Whether what the notes do not say is said to be unknown, and nothing is put in its place."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.domain.evidence import Facet
from assistant.domain.profile import FacetState
from assistant.evaluation.case import Known, PersonGold
from assistant.evaluation.output import OURS, Facets, PersonOutput
from assistant.evaluation.report import Figure, Finding, Pairs, Scored, Tally

PART = "gaps"
_GAP = frozenset({FacetState.UNKNOWN, FacetState.HINTED})


def score_gaps(
    gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput], plain: Mapping[str, Mapping[str, Facets]]
) -> Scored:
    """Over person and facet: unknown or thin is a gap; said to be unknown or only hinted is telling it.

    An invention is a facet that no note speaks of, shown as known in the profile or as a claim in the plan; a hint
    there is told apart.
    """
    ours = {i: output.facets for i, output in outputs.items()}
    figures: list[Figure] = []
    for system, states in {OURS: ours, **plain}.items():
        figures.extend(_told(gold, states, system))
    figures.extend(_inventions(gold, outputs))
    return Scored(PART, tuple(figures), tuple(_findings(gold, outputs)))


def _told(gold: Sequence[PersonGold], states: Mapping[str, Facets], system: str) -> Iterator[Figure]:
    pairs, missed = Pairs(), Tally()
    for person in gold:
        for facet, known in person.known.items():
            wanted = known is not Known.KNOWN
            said = states[person.person_id].states[facet] in _GAP
            pairs.add(person.person_id, wanted and said, said, wanted)
            if wanted:
                missed.add(person.person_id, not said, 1)
    yield from pairs.figures(PART, system=system, main=True)
    yield missed.count(PART, "gaps missed", system=system, main=True)


def _inventions(gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput]) -> Iterator[Figure]:
    invented, hinted = Tally(), Tally()
    for person in gold:
        for facet in (f for f, known in person.known.items() if known is Known.UNKNOWN):
            output = outputs[person.person_id]
            invented.add(person.person_id, bool(_invention(output, facet)), 1)
            hinted.add(person.person_id, output.facets.statements.get(facet, 0), 1)
    yield invented.count(PART, "fabrications", main=True)
    yield hinted.count(PART, "statements for an unknown facet, hints included")


def _invention(output: PersonOutput, facet: Facet) -> str:
    """Where a facet that no note speaks of is shown as known; empty when nowhere."""
    in_plan = [c for c in output.claims if c.facet is facet and c.where == "plan"]
    if in_plan:
        return f"plan: {in_plan[0].citation.note_id} “{in_plan[0].citation.quote}”"
    state = output.facets.states[facet]
    return "" if state in _GAP else f"profile: {state}"


def _findings(gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput]) -> Iterator[Finding]:
    for person in gold:
        output = outputs[person.person_id]
        for facet, known in person.known.items():
            state = output.facets.states[facet]
            invention = _invention(output, facet) if known is Known.UNKNOWN else ""
            wanted, said = known is not Known.KNOWN, state in _GAP
            why = "invented" if invention else ""
            if not why and wanted != said:
                why = "gap missed" if wanted else f"known, but called {state}"
            yield Finding(
                PART, person.person_id, person.person_id, facet.words, not why, f"{facet.words} is {known}",
                invention or f"profile says {state}", why,
            )  # fmt: skip
