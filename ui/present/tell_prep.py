"""The brief on a terminal: two minutes of reading before a conversation, every sentence with its note and day."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.domain.origin import MODEL
from assistant.domain.promise import OFFERS, Owner, PromiseState, TellingKind
from ui.contract.base import Passage, PromiseView
from ui.contract.finds import PromisesPayload
from ui.contract.talks import (
    AskedListPayload,
    AskedPayload,
    BriefLine,
    OpinionPayload,
    OpinionsPayload,
    PrepPayload,
    QuestionView,
    StoryLineView,
)
from ui.present.changed import changes
from ui.present.paper import ago, count, day, heading, sources, wrapped
from ui.standing import ended, says

_WAYS = {"done": "Tick it off", "drop": "Drop it"}
_COUNTED = ("", "One question", *(f"{n} questions" for n in ("Two", "Three", "Four", "Five", "Six")))


def prep(brief: PrepPayload) -> str:
    """The whole brief."""
    return "\n".join(_prep(brief))


def _prep(brief: PrepPayload) -> Iterator[str]:
    yield from head(brief)
    yield from _questions(brief)
    yield from tail(brief)


def head(brief: PrepPayload) -> Iterator[str]:
    """What stands before the questions; none of it needs a model but the story, once it is there."""
    yield wrapped(f"{brief.person.name}: one-on-one, {day(brief.today, weekday=True)}")
    role = [brief.person.role] if brief.person.role else []
    yield wrapped(" · ".join([*role, _since(brief)]))
    yield from story(brief.story)
    yield from _presses(brief)
    yield from _promises("You promised", brief.promises.mine, brief.today)
    yield from _promises("They promised", brief.promises.theirs, brief.today)
    yield from _requests(brief.promises.asked)
    yield from _changes(brief)
    if brief.recognition:
        yield heading("Worth recognising")
        yield from _lines(brief.recognition)
    if brief.growth:
        yield heading("Where they grow")
        yield from _lines([brief.growth])


def story(lines: Sequence[StoryLineView], told: int = 0) -> Iterator[str]:
    """The last months in a few sentences; where some were told already, the others."""
    yield from [heading("The story so far")] if lines and not told else []
    for line in lines[told:]:
        where = dict.fromkeys(f"{p.note_id}, {day(p.date)}" for p in sorted(line.evidence, key=_day_of))
        yield wrapped(f"{line.text} ({'; '.join(where)})", 2, mark="- ")
        if "“" not in line.text:  # some words of a note are always in sight
            yield from sources(line.evidence, 4)


def _day_of(passage: Passage) -> date:
    return passage.date


def _presses(brief: PrepPayload) -> Iterator[str]:
    """What cannot wait, with where it stands; then what else lies ahead."""
    if brief.presses:
        yield heading("What presses")
    for matter in brief.presses:
        where = dict.fromkeys(f"{p.note_id}, {day(p.date)}" for p in matter.evidence)
        yield wrapped(matter.text + (f" ({'; '.join(where)})" if where else ""), 2, mark="- ")
    if brief.ahead:
        yield heading("Ahead")
        yield from _lines(brief.ahead)


def growing(number: int, question: QuestionView) -> Iterator[str]:
    """One question as it comes, under a heading before the first, which is the one to ask if only one is asked."""
    yield heading("Questions") if number == 1 else ""
    yield from _question(number, question, number == 1)


def tail(brief: PrepPayload) -> Iterator[str]:
    """What stands after the questions."""
    if brief.avoid:
        yield heading("Leave alone")
        for item in brief.avoid:
            yield wrapped(" ".join(filter(None, (item.text, item.why))), 2, mark="- ")
            if item.point_to and item.point_to not in f"{item.text} {item.why}":
                yield wrapped(f"Turn to: {item.point_to}", 4)
    if brief.unknown:
        yield heading("Not settled yet")
        yield from (line for gap in brief.unknown for line in gap_lines(gap, brief.near))
    yield from _promises("Gone quiet for half a year: keep it or drop it", brief.promises.quiet, brief.today)
    if brief.written_by.says:
        yield f"\n{wrapped(brief.written_by.says)}"


def gap_lines(gap: str, near: Sequence[Passage]) -> Iterator[str]:
    """What the notes lack or only point to, with the place of the passage that comes nearest."""
    yield wrapped(gap, 2, mark="- ")
    yield from sources([passage for passage in near if f"“{passage.quote}”" in gap], 4, said=gap)


def _since(brief: PrepPayload) -> str:
    if brief.since.was_meeting:
        return f"last one-on-one {day(brief.since.date)}, {ago(brief.since.date, brief.today)}"
    return f"no one-on-one in the notes yet, so this looks back to {day(brief.since.date)}"


def _promises(title: str, promises: Sequence[PromiseView], today: date) -> Iterator[str]:
    if promises:
        yield heading(title)
        yield from (line for promise in promises for line in promise_lines(promise, today))


def _requests(asked: Sequence[PromiseView], *, ids: bool = False) -> Iterator[str]:
    if asked:
        yield heading("Asked of you, not answered")
        for request in asked:
            yield wrapped(f"{request.id}  {request.what}" if ids else request.what, 2, mark="- ")
            yield from _made_in(request)
            yield from _stands(request)


def promise_lines(promise: PromiseView, today: date | None = None, *, ids: bool = False) -> Iterator[str]:
    """One promise with its day and its source."""
    when = ""
    if promise.due:
        late = f", overdue ({ago(promise.due, today)})" if promise.overdue and today else ""
        when = f" — due {day(promise.due)}{late}"
    name = f"{promise.id}  " if ids else ""
    yield wrapped(f"{name}{promise.what}{when}", 2, mark="- ")
    if promise.carried_over_since and promise.evidence:
        stands = "not ticked off yet" if any(t.tells in OFFERS for t in promise.standing) else "still open"
        yield wrapped(f"first promised on {day(promise.made_on)}, {stands}", 4)
    yield from _made_in(promise)
    if not promise.evidence:
        still = ", still open" if promise.carried_over_since else ""
        yield wrapped(f"written down by hand on {day(promise.made_on)}{still}", 4)
    yield from _stands(promise)


def _stands(promise: PromiseView) -> Iterator[str]:
    """What notes tell of it since: how it ended, or how far it is; each with the note's words."""
    kinds = tuple(telling.tells for telling in promise.standing)
    if promise.closed_by:
        yield f"    {ended(promise.state, kinds)}:"
        yield from sources([promise.closed_by], 6)
        after = promise.due if promise.due and promise.closed_by.date > promise.due else None
        if promise.state is PromiseState.DONE and after and TellingKind.LATE not in kinds:
            yield wrapped(f"(that note came after its day, {day(after)})", 6)
    said = " ".join(passage.quote for passage in (*_shown(promise), promise.closed_by) if passage)
    for telling in promise.standing:
        until = day(telling.until) if telling.until else ""
        if telling.quote != (promise.closed_by.quote if promise.closed_by else ""):
            yield wrapped(f"{says(telling.tells, until, telling.done, telling.left)}:", 4)
            yield from sources([telling], 6, said=said)
        if telling.tells in OFFERS:
            way = "drop" if telling.tells is TellingKind.SEEMS_OVER else "done"
            yield f"      {_WAYS[way]}: flourish promise {way} {promise.id}"
            yield f"      Still open: flourish promise reopen {promise.id}"


def _made_in(promise: PromiseView) -> Iterator[str]:
    """Where it was said. What already gives the words of the note is only followed by the place."""
    for passage in _shown(promise):
        what, quote = promise.what.rstrip(".").casefold(), " ".join(passage.quote.split()).casefold()
        told = what in quote or what.endswith(quote.rstrip("."))
        yield from sources([passage], 4, said=passage.quote if told else "")


def _shown(promise: PromiseView) -> list[Passage]:
    """Where it was first said, and the newest two."""
    said = promise.evidence
    return said if len(said) <= 3 else [said[0], *said[-2:]]


def _changes(brief: PrepPayload) -> Iterator[str]:
    parts = changes(brief)
    if not parts:
        return
    yield heading("Since last time" if brief.since.was_meeting else "Lately")
    for title, lines in parts:
        yield f"  {title}"
        yield from _lines(lines)


def _lines(lines: Sequence[BriefLine]) -> Iterator[str]:
    for line in lines:
        yield wrapped(line.text, 2, mark="- ")
        yield from sources(line.evidence, 4, said=line.text)


def _questions(brief: PrepPayload) -> Iterator[str]:
    if not brief.questions:
        return
    yield heading(_COUNTED[len(brief.questions)])
    for number, question in enumerate(brief.questions, 1):
        if number > 1:
            yield ""
        yield from _question(number, question, question.id == brief.one_question and len(brief.questions) > 1)
    yield ""
    first = brief.questions[0]
    named = shlex.quote(first.text) if first.written_by.engine == MODEL else first.id
    yield f"  Asked one? flourish asked {brief.person.id} {named}"


def _question(number: int, question: QuestionView, is_the_one: bool) -> Iterator[str]:
    if is_the_one:
        yield "  ★ if you ask only one"
    yield wrapped(question.text, 2, mark=f"{number}. ")
    yield wrapped(f"Why: {question.why}", 5)
    yield from sources(question.evidence, 5, said=f"{question.text} {question.why}")
    if question.listen_for:
        yield wrapped(f"Listen for: {question.listen_for}", 5)
    if question.follow_up:
        yield wrapped(f"Then: {question.follow_up}", 5)
    yield wrapped(f"[{question.id}]", 5)


def asked(payload: AskedPayload) -> str:
    """What was marked as asked."""
    kept = wrapped(f"Asked on {day(payload.date)}: “{payload.text}”")
    if payload.answer:
        kept += "\n" + wrapped(f"Answer: “{payload.answer}”")
    rests = payload.rests_until
    return f"{kept}\nIt rests until {day(rests)}." if rests else f"{kept}\nIt will come back."


def asked_list(payload: AskedListPayload) -> str:
    """Everything that was asked, newest first."""
    lines = [f"{payload.person.name}: {count(len(payload.asked), 'question')} asked"]
    if not payload.asked:
        lines.append(wrapped(f"Mark one with: flourish asked {payload.person.id} QUESTION, its id as prep shows it."))
    for entry in payload.asked:
        text = entry.text or "(its words came from a note that is gone)"
        rest = f"rests until {day(entry.rests_until)}" if entry.rests and entry.rests_until else ""
        state = "comes back" if entry.later else rest
        lines.append(wrapped(f"{day(entry.date)}  {text} [{entry.question_id}]{', ' + state if state else ''}", 2))
        if entry.answer:
            lines.append(wrapped(f"Answer: “{entry.answer}”", 4))
    return "\n".join(lines)


def opinion(payload: OpinionPayload) -> str:
    """What was thought of one question, and what follows."""
    noun = payload.opinion
    said = f"“{noun.text}”" if noun.text else noun.question_id
    if payload.taken_back:
        return wrapped(f"Taken back. It may be suggested again: {said}")
    if noun.helpful:
        return wrapped(f"Helpful: {said}")
    lines = [wrapped(f"Not helpful, so it is not suggested again: {said}")]
    lines += [wrapped(f"It should have said: “{noun.instead}”")] if noun.instead else []
    lines.append(f"Take it back: flourish helpful {payload.person_id} {noun.question_id} --undo")
    return "\n".join(lines)


def opinions(payload: OpinionsPayload) -> str:
    """Everything that was thought of questions, newest first."""
    lines = [f"{payload.person.name}: {count(len(payload.opinions), 'question')} with a word of yours"]
    for noun in payload.opinions:
        text = noun.text or "(its words came from a note that is gone)"
        word = "helpful" if noun.helpful else "not helpful, not suggested again"
        lines.append(wrapped(f"{day(noun.date)}  {text} [{noun.question_id}], {word}", 2))
        lines += [wrapped(f"It should have said: “{noun.instead}”", 4)] if noun.instead else []
    return "\n".join(lines)


def promises(payload: PromisesPayload) -> str:
    """All promises: open ones by owner, then what is settled."""
    open_ones = [p for p in payload.promises if p.state == "open" and not p.quiet]
    quiet = [p for p in payload.promises if p.quiet]
    mine = [p for p in open_ones if p.owner is Owner.ME]
    theirs = [p for p in open_ones if p.owner is Owner.THEM]
    settled = [p for p in payload.promises if p.state != "open"]
    lines = [f"{payload.person.name}: {count(len(open_ones), 'open promise')}"]
    waiting = [r for r in payload.asked if not r.quiet]
    for title, some in (("You promised", mine), ("They promised", theirs), ("Gone quiet", quiet), ("Settled", settled)):
        if some:
            lines.append(heading(title))
            for promise in some:
                lines += promise_lines(promise, ids=True)
        if title == "They promised":
            lines += _requests(waiting, ids=True)
    return "\n".join(lines)


def promise(noun: PromiseView) -> str:
    """One promise after a change."""
    state = {"open": "Open", "done": "Done", "dropped": "Dropped"}[noun.state]
    return "\n".join([f"{state}:", *promise_lines(noun, ids=True)])
