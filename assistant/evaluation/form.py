"""The gates of a question set and a plan that a machine can hold: how they are asked, what they stand on, when.

They need no labels. Whether a question is worth asking, and whether a plan hangs together, is for a judge.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from assistant.domain.pillar import PILLAR_OF_FACET
from assistant.domain.plan import FIRST_STEP_WITHIN, Plan
from assistant.domain.question import Question
from assistant.evaluation.measures import content_words
from assistant.evaluation.output import PersonOutput, Rehearsed
from assistant.evaluation.report import Figure, Finding, Scored, Tally
from assistant.lint import faults

PART = "form"
_REVIEW_WITHIN = timedelta(days=100)  # a look at about thirty and ninety days
MOST_SHARED = 0.3
_CORE = frozenset(PILLAR_OF_FACET.values())


def score_form(outputs: Mapping[str, PersonOutput], rehearsed: Sequence[Rehearsed] = ()) -> Scored:
    """Questions well asked, on notes, and not the same for everybody; links proven or asked about; days in time."""
    asked, noted, own, core, links, steps, reviews = (Tally() for _ in range(7))
    findings: list[Finding] = []
    common = Counter(key for output in outputs.values() for key in {_bare(q, output) for q in output.questions})
    for who, output in outputs.items():
        for question in output.questions:
            wrong = "; ".join(faults(question.text))
            asked.add(who, not wrong, 1)
            noted.add(who, bool(question.quotes), 1)
            own.add(who, common[_bare(question, output)] == 1, 1)
            shared = "" if common[_bare(question, output)] == 1 else "somebody else is asked the same"
            findings.append(_finding(f"{who}-{question.id}", who, "well asked", question.text, wrong))
            findings.append(_finding(f"{who}-{question.id}", who, "asked of nobody else", question.text, shared))
        three = [q.pillar for q in output.questions[:3]]
        narrow = "" if len(_CORE.intersection(three)) > 1 else "fewer than two of passion, talent, customer"
        core.add(who, not narrow, 1)
        findings.append(_finding(who, who, "pillars of the three", ", ".join(three), narrow))
        for place, why in _links(output.plan):
            links.add(who, not why, 1)
            findings.append(_finding(f"{who}-{place}", who, "links", place, why))
        for thread in output.plan.threads:
            days = thread.first_step.due - output.plan.drafted_on
            steps.add(who, timedelta(0) <= days <= FIRST_STEP_WITHIN, 1)
        reviews.add(who, output.plan.review_on - output.plan.drafted_on <= _REVIEW_WITHIN, 1)
    figures = [*_figures(asked, noted, own, core, links, steps, reviews)]
    if rehearsed:
        played = score_rehearsed(rehearsed)
        figures += played.figures
        findings += played.findings
    return Scored(PART, tuple(figures), tuple(findings))


def score_rehearsed(rehearsed: Sequence[Rehearsed]) -> Scored:
    """Half a year of one-on-ones: faults, questions that come back too early, sets that would do for two people."""
    asked, again, alike = Tally(), Tally(), Tally()
    findings: list[Finding] = []
    known: dict[str, set[str]] = {}
    for played in rehearsed:
        who = str(played.person_id)
        for question in played.questions:
            seen = known.setdefault(who, set())
            place, came = f"{who}-{played.day}-{question.id}", question.text
            wrong = "; ".join(faults(question.text) or _incomplete(question))
            back = "asked within the last half year" if {question.id, question.text} & seen else ""
            asked.add(who, bool(wrong), 1)
            again.add(who, bool(back), 1)
            findings.append(_finding(place, who, "faults in half a year", came, wrong))
            findings.append(_finding(place, who, "asked again within half a year", came, back))
            seen |= {question.id, question.text}
    for one, other in _pairs_of_a_day(rehearsed):
        shared = _shared(one, other)
        same = f"{shared:.2f} of the words are {other.person_id}'s too" if shared >= MOST_SHARED else ""
        alike.add(str(one.person_id), bool(same), 1)
        if same:
            told = " | ".join(q.text for s in (one, other) for q in s.questions)
            findings.append(_finding(f"{one.person_id}-{one.day}", str(one.person_id), "sets for two", told, same))
    figures = (
        asked.count(PART, "faults in half a year", "rehearsed questions", main=True),
        again.count(PART, "asked again within half a year", "rehearsed questions", main=True),
        alike.count(PART, "sets that share 0.3 of their words", "pairs of people, a day", main=True),
    )
    return Scored(PART, figures, tuple(findings))


def _incomplete(question: Question) -> tuple[str, ...]:
    """What a question lacks of why now, what to listen for and how to go on."""
    parts = {"why now": question.why, "what to listen for": question.listen_for, "a follow-up": question.follow_up}
    return tuple(f"it lacks {name}" for name, words in parts.items() if not words.strip())


def _pairs_of_a_day(rehearsed: Sequence[Rehearsed]) -> Iterator[tuple[Rehearsed, Rehearsed]]:
    for place, one in enumerate(rehearsed):
        yield from ((one, other) for other in rehearsed[place + 1 :] if one.day == other.day)


def _shared(one: Rehearsed, other: Rehearsed) -> float:
    """Shared words of meaning against all of both sets, 0 to 1; the names of those who talk are no words."""
    names = one.names | other.names
    mine, theirs = (content_words(" ".join(q.text for q in s.questions), names) for s in (one, other))
    both = mine | theirs
    return len(mine & theirs) / len(both) if both else 0.0


def _figures(
    asked: Tally, noted: Tally, own: Tally, core: Tally, links: Tally, steps: Tally, reviews: Tally
) -> Iterator[Figure]:
    yield asked.share(PART, "well asked", "six questions", main=True)
    yield noted.share(PART, "cite a note", "six questions", main=True)
    yield own.share(PART, "asked of nobody else", "six questions", main=True)
    yield core.share(PART, "two of passion, talent, customer", "three questions", main=True)
    yield links.share(PART, "proven, or a gap with a question", "links of plans", main=True)
    yield steps.share(PART, "first step within two weeks", "threads of plans")
    yield reviews.share(PART, "reviewed within a hundred days", "plans")


def _bare(question: Question, output: PersonOutput) -> frozenset[str]:
    """A question without names: what is left tells whether it would do for anybody."""
    return content_words(question.text, output.names)


def _links(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every link of a plan with what is wrong with it."""
    for number, thread in enumerate(plan.threads, 1):
        parts = {"passion": thread.passion, "talent": thread.talent, "customer": thread.customer, "value": thread.value}
        for name, link in parts.items():
            yield f"thread{number}-{name}", "a gap without a question" if link.is_gap and not link.question else ""


def _finding(place: str, who: str, measure: str, came: str, why: str) -> Finding:
    return Finding(PART, place, who, measure, not why, measure, came, why)
