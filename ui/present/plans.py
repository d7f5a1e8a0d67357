"""A plan's life and a debrief, as payloads."""

import itertools
from collections.abc import Sequence

from assistant.domain.check_in import CheckIn, PlanCheck
from assistant.domain.evidence import Quote
from assistant.domain.pending import WAITS, Debriefed, Pending
from assistant.domain.person import Person
from assistant.domain.plan import Link, Plan, Step
from assistant.domain.plan_diff import PlanDiff
from assistant.domain.promise import Promise
from assistant.domain.shared_plan import SharedPlan
from ui.contract import plans
from ui.present.payloads import passage, person_ref
from ui.present.talks import written_by


def versions(who: Person, nouns: Sequence[Plan]) -> plans.PlanVersionsPayload:
    """Every version, oldest first."""
    return plans.PlanVersionsPayload(
        person=person_ref(who),
        versions=[
            plans.VersionView(
                version=noun.version,
                state=noun.state,
                state_since=noun.state_since,
                made_on=noun.day,
                review_on=noun.review_on,
                gaps=sum(len(thread.gaps) for thread in noun.threads),
                origin=str(noun.origin),
            )
            for noun in nouns
        ],
    )


def diff(who: Person, noun: PlanDiff) -> plans.PlanDiffPayload:
    """What changed between two versions."""
    changes = [
        plans.ChangedView(thread=c.thread, section=c.section, what=c.what, before=c.before, after=c.after)
        for c in noun.changes
    ]
    return plans.PlanDiffPayload(person=person_ref(who), before=noun.before, after=noun.after, changes=changes)


def check(who: Person, noun: PlanCheck, note_id: str | None = None) -> plans.PlanCheckPayload:
    """What the plan promised, what the notes show."""
    return plans.PlanCheckPayload(
        person=person_ref(who),
        version=noun.plan.version,
        state=noun.plan.state,
        since=noun.since,
        notes=noun.notes,
        note_id=note_id,
        check_ins=[_check_in(each, noun.plan) for each in noun.check_ins],
        stale=[plans.StaleView(reason=s.reason, text=s.text) for s in noun.stale],
    )


def _check_in(noun: CheckIn, plan: Plan) -> plans.CheckInView:
    part = plan.thread(noun.thread).part(noun.section)
    text = part if isinstance(part, str) else part.text
    if isinstance(part, Link) and part.is_gap:
        text = part.text or part.question
    return plans.CheckInView(
        thread=noun.thread,
        section=noun.section,
        promised=text,
        due=part.due if isinstance(part, Step) else None,
        speaks=noun.speaks,
        evidence=passage(noun.quote) if noun.quote else None,
        by_hand=noun.by_hand,
    )


def export(
    who: Person, version: int, markdown: str, copy: SharedPlan | None, file: str | None
) -> plans.PlanExportPayload:
    """A plan as Markdown."""
    findings = copy.findings if copy else ()
    return plans.PlanExportPayload(
        person=person_ref(who),
        version=version,
        share=copy is not None,
        markdown=markdown,
        left_out=copy.left_out if copy else 0,
        findings=[plans.FindingView(label=f.label, words=f.words, why=f.why) for f in findings],
        file=file,
        holds=copy.holds if copy else 0,
        could_hold=[passage(quote) for quote in copy.could_hold] if copy else [],
    )


def debrief(who: Person, noun: Debriefed) -> plans.DebriefPayload:
    """What a telling brings."""
    crisis, item, draft = noun.crisis, noun.pending, noun.draft
    numbers = itertools.count(1)
    return plans.DebriefPayload(
        person=person_ref(who),
        note_id=draft.note.id,
        date=draft.note.day,
        kept=noun.kept,
        pending=item.id if item else None,
        waits_until=item.made_at + WAITS if item else None,
        state=item.state if item else None,
        crisis=plans.CrisisView(topic=crisis.id, text=crisis.message, point_to=crisis.point_to) if crisis else None,
        evidence=[
            plans.DebriefEvidence(
                number=next(numbers),
                text=i.topic.value.replace("_", " "),
                passage=passage(i.quote),
                evidence_id=i.id,
                topic=i.topic,
                witness=i.witness,
            )
            for i in draft.evidence
        ],
        promises=[_promise(p, p.quotes[-1], next(numbers)) for p in draft.promises],
        settled=[_promise(p, p.closed_by, next(numbers)) for p in draft.settled if p.closed_by],
        answers=[
            plans.DebriefAnswer(
                number=next(numbers),
                text=a.question.text,
                passage=passage(a.quote),
                question_id=a.question.question_id,
            )
            for a in draft.answers
        ],
        check_ins=[
            plans.DebriefCheckIn(
                number=next(numbers),
                text=c.section.words,
                passage=passage(c.quote),
                thread=c.thread,
                section=c.section,
                speaks=c.speaks,
            )
            for c in draft.check_ins
            if c.quote
        ],
        held_back=noun.held,
        origin=str(draft.origin),
        written_by=written_by(draft.origin),
    )


def pending(who: Person, noun: Pending) -> plans.DebriefPayload:
    """A proposal as it was made, or what became of it."""
    return debrief(who, Debriefed(noun.draft, noun))


def _promise(noun: Promise, quote: Quote, number: int) -> plans.DebriefPromise:
    return plans.DebriefPromise(
        number=number,
        text=noun.what,
        passage=passage(quote),
        promise_id=noun.id,
        owner=noun.owner,
        due=noun.due,
        state=noun.state,
    )
