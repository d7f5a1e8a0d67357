"""The brief, the plan and what was asked, as payloads."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.domain.ask_ledger import RESTS_FOR, Asked, resting
from assistant.domain.brief import Brief, Line
from assistant.domain.opinion import Opinion
from assistant.domain.origin import Origin
from assistant.domain.person import Person
from assistant.domain.plan import CITED, Link, Plan, Step, Thread
from assistant.domain.question import Question
from ui.contract import base, talks
from ui.present.payloads import note_ids, passages, person_ref, promise


def prep(noun: Brief) -> talks.PrepPayload:
    """What a manager reads before a one-on-one."""
    return talks.PrepPayload(
        person=person_ref(noun.person),
        today=noun.today,
        since=base.Since(date=noun.since.day, was_meeting=noun.since.was_meeting),
        thin=noun.thin,
        stage=noun.questions.stage,
        story=[
            talks.StoryLineView(text=line.text, note_ids=note_ids(line.quotes), evidence=passages(line.quotes))
            for line in noun.story
        ],
        presses=[
            talks.PressingView(
                kind=p.kind, text=p.text, date=p.day, note_ids=note_ids(p.quotes), evidence=passages(p.quotes)
            )
            for p in noun.presses
        ],
        ahead=_lines(noun.ahead),
        promises=talks.Promises(
            mine=[promise(p, noun.today) for p in noun.mine],
            theirs=[promise(p, noun.today) for p in noun.theirs],
            quiet=[promise(p, noun.today) for p in noun.quiet],
            asked=[promise(p, noun.today) for p in noun.asked],
        ),
        new=_lines(noun.new),
        continuing=_lines(noun.continuing),
        resolved=_lines(noun.resolved),
        recognition=_lines(noun.recognition),
        growth=next(iter(_lines([noun.growth] if noun.growth else [])), None),
        questions=[question(q) for q in noun.questions.questions],
        one_question=noun.questions.one_question,
        avoid=[talks.AvoidView(text=a.text, why=a.why, point_to=a.point_to) for a in noun.avoid],
        unknown=list(noun.unknown),
        near=passages(noun.near),
        origin=str(noun.origin),
        written_by=written_by(noun.origin),
    )


def written_by(noun: Origin) -> talks.OriginView:
    """Who wrote it, in full."""
    return talks.OriginView(
        engine=noun.engine, prompt=noun.prompt, model=noun.model, note_ids=list(noun.notes), says=noun.says
    )


def question(noun: Question) -> talks.QuestionView:
    """One question worth asking."""
    return talks.QuestionView(
        id=noun.id,
        text=noun.text,
        pillar=noun.pillar,
        why=noun.why,
        note_ids=note_ids(noun.quotes),
        evidence=passages(noun.quotes),
        principle_id=noun.principle_id,
        follow_up=noun.follow_up,
        listen_for=noun.listen_for,
        written_by=written_by(noun.origin),
    )


def asked(noun: Asked) -> talks.AskedPayload:
    """A question that was asked."""
    return talks.AskedPayload(
        person_id=noun.person_id,
        question_id=noun.question_id,
        text=noun.text,
        date=noun.day,
        answer=noun.answer,
        later=noun.later,
        rests_until=None if noun.later else noun.day + RESTS_FOR,
    )


def asked_list(who: Person, nouns: Sequence[Asked], today: date) -> talks.AskedListPayload:
    """Everything that was asked, newest first; only the newest entry of a question can make it rest."""
    rests = resting(nouns, today)
    newest = {noun.question_id: noun for noun in nouns}
    return talks.AskedListPayload(
        person=person_ref(who),
        asked=[
            talks.AskedEntry(
                question_id=noun.question_id,
                text=noun.text,
                date=noun.day,
                answer=noun.answer,
                later=noun.later,
                rests_until=None if noun.later else noun.day + RESTS_FOR,
                rests=noun.question_id in rests and newest[noun.question_id] is noun,
            )
            for noun in reversed(nouns)
        ],
    )


def opinion(noun: Opinion, *, taken_back: bool = False) -> talks.OpinionPayload:
    """What was thought of a question."""
    return talks.OpinionPayload(person_id=noun.person_id, opinion=_opinion(noun), taken_back=taken_back)


def opinions(who: Person, nouns: Sequence[Opinion]) -> talks.OpinionsPayload:
    """Everything that was thought of questions to one person, newest first."""
    return talks.OpinionsPayload(person=person_ref(who), opinions=[_opinion(noun) for noun in reversed(nouns)])


def _opinion(noun: Opinion) -> talks.OpinionView:
    return talks.OpinionView(
        question_id=noun.question_id, text=noun.text, date=noun.day, helpful=noun.helpful, instead=noun.instead
    )


def plan(who: Person, noun: Plan, stale: Sequence[str] = ()) -> talks.PlanPayload:
    """One version of a development plan, with why it should be looked at again."""
    return talks.PlanPayload(
        person=person_ref(who),
        version=noun.version,
        state=noun.state,
        state_since=noun.state_since,
        leads_to=list(noun.state.leads_to),
        drafted_on=noun.drafted_on,
        made_on=noun.day,
        threads=[_thread(t) for t in noun.threads],
        unknown=list(noun.unknown),
        review_on=noun.review_on,
        origin=str(noun.origin),
        written_by=written_by(noun.origin),
        changed=list(noun.changed),
        stale=list(stale),
    )


def _thread(noun: Thread) -> talks.ThreadView:
    return talks.ThreadView(
        sentence=noun.sentence,
        passion=_link(noun.passion),
        talent=_link(noun.talent),
        customer=_link(noun.customer),
        value=_link(noun.value),
        first_step=_step(noun.first_step),
        then=[_step(step) for step in noun.then],
        support=_step(noun.support),
        measure=noun.measure,
        obstacle=noun.obstacle,
        watch_out=noun.watch_out,
        goal=noun.goal,
        move=noun.move,
        own_words=list(noun.own_words),
        grounds=[
            talks.GroundView(section=section, evidence=passages(quotes))
            for section in CITED
            if (quotes := noun.grounds_of(section))
        ],
        gaps=list(noun.gaps),
    )


def _link(noun: Link) -> talks.LinkView:
    return talks.LinkView(
        text=noun.text, tier=noun.tier, evidence=passages(noun.quotes), question=noun.question, lost=list(noun.lost)
    )


def _step(noun: Step) -> talks.StepView:
    return talks.StepView(text=noun.text, owner=noun.owner, due=noun.due, evidence=passages(noun.quotes), who=noun.who)


def _lines(nouns: Iterable[Line]) -> list[talks.BriefLine]:
    return [
        talks.BriefLine(text=n.text, tier=n.tier, note_ids=note_ids(n.quotes), evidence=passages(n.quotes))
        for n in nouns
    ]
