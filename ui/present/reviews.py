"""A coach's review as payloads, and as text for a terminal."""

from collections.abc import Mapping, Sequence

from assistant.domain.person import Person
from assistant.domain.released import Counts, Masked, Released, Reviewed, Suggestion
from assistant.domain.verdict import Subject, Verdict
from ui.contract import reviews
from ui.present.paper import count, day, wrapped
from ui.present.payloads import person_ref


def subject(noun: Subject) -> reviews.SubjectView:
    """What is reviewed."""
    return reviews.SubjectView(kind=noun.kind, id=noun.id, part=noun.part, pillar=noun.pillar, stage=noun.stage)


def verdict(noun: Verdict) -> reviews.VerdictView:
    """A decision."""
    return reviews.VerdictView(
        id=noun.id, subject=subject(noun.subject), decision=noun.decision, scope=noun.scope, reason=noun.reason,
        words=noun.words, text=noun.text, release_id=noun.release_id, decided_on=noun.decided_on,
        rolled_back_on=noun.rolled_back_on,
    )  # fmt: skip


def released(noun: Released, decided: Verdict | None = None) -> reviews.ReleasedView:
    """A released copy."""
    return reviews.ReleasedView(
        id=noun.id, subject=subject(noun.subject), text=noun.text, engine=noun.engine, released_on=noun.released_on,
        verdict=verdict(decided) if decided else None, helpful=noun.helpful, instead=noun.instead,
    )  # fmt: skip


def masks(person: Person, found: Sequence[tuple[str, Suggestion, Masked]]) -> reviews.MaskedPayload:
    """What can be released about somebody, with what each mask hides."""
    views = [
        reviews.MaskedView(
            name=name, subject=subject(suggestion.subject), text=suggestion.text, masked=masked.text,
            marks=[reviews.MarkView(placeholder=m.placeholder, stands_for=m.stands_for) for m in masked.marks],
        )
        for name, suggestion, masked in found
    ]  # fmt: skip
    return reviews.MaskedPayload(person=person_ref(person), suggestions=views)


def listed(copies: Sequence[Reviewed], decisions: Sequence[Verdict], counts: Counts | None) -> reviews.ReviewPayload:
    """Copies with their decisions; counts for a coach."""
    told = counts and reviews.CountsView(
        waiting=counts.waiting, decided=counts.decided, in_force=counts.in_force, rolled_back=counts.rolled_back
    )
    return reviews.ReviewPayload(
        as_coach=counts is not None, counts=told or None, copies=[released(c.released, c.verdict) for c in copies],
        decisions=[verdict(v) for v in decisions],
    )  # fmt: skip


def prompts(found: Mapping[str, str]) -> reviews.PromptsPayload:
    """Every prompt that ships."""
    return reviews.PromptsPayload(prompts=[reviews.PromptView(name=n, text=t) for n, t in found.items()])


def tell_masks(payload: reviews.MaskedPayload) -> str:
    """Each suggestion as a coach would read it, under the name it is released by."""
    lines = [f"What a coach would read about {payload.person.name}'s suggestions. Nothing has been released."]
    for each in payload.suggestions:
        lines.append(f"\n{each.name}  ({_what(each.subject)})")
        lines.append(wrapped(each.masked, 2))
    name = payload.suggestions[0].name if payload.suggestions else "ID"
    lines.append(f"\nHand one over: flourish review release {payload.person.id} {name}")
    return "\n".join(lines)


def tell_released(payload: reviews.ReleasedPayload) -> str:
    """That it was handed over, and how to take it back."""
    copy = payload.released
    better = f"{wrapped(copy.instead, 2, mark='it should have said: ')}\n" if copy.instead else ""
    return (
        f"{wrapped(f'Released as {copy.id}, in these words:')}\n{wrapped(copy.text, 2)}\n{better}"
        f"Take it back: flourish review withdraw {copy.id}"
    )


def tell_withdrawn(payload: reviews.WithdrawnPayload) -> str:
    """That it is gone."""
    return f"{payload.id} was taken back. Coaches no longer see it, and its words left their decisions."


def tell_list(payload: reviews.ReviewPayload) -> str:
    """The queue, then what was decided."""
    lines = []
    if payload.counts:
        lines.append(
            f"{count(payload.counts.waiting, 'copy', 'copies')} waiting, {payload.counts.decided} decided; "
            f"{count(payload.counts.in_force, 'decision')} in force, {payload.counts.rolled_back} taken back."
        )
    for copy in payload.copies:
        state = f"{_decided(copy.verdict)}" if copy.verdict else "waiting"
        lines.append(f"\n{copy.id}  {_what(copy.subject)}, released {day(copy.released_on)}: {state}")
        lines.append(wrapped(copy.text, 2))
        if copy.helpful is not None:
            lines.append(wrapped("helpful" if copy.helpful else "not helpful", 2, mark="the manager: "))
        if copy.instead:
            lines.append(wrapped(copy.instead, 2, mark="it should have said: "))
        if copy.verdict:
            lines.append(wrapped(copy.verdict.reason, 2, mark="because: "))
    lines += ["\nDecisions" for _ in payload.decisions[:1]]
    lines += [tell_verdict_view(each) for each in payload.decisions]
    if not payload.copies and not payload.decisions:
        lines.append(
            "Nothing waits. A manager hands a suggestion over: flourish review release PERSON WHAT"
            if payload.as_coach
            else "You have released nothing. See what could be: flourish review show PERSON"
        )
    return "\n".join(lines).lstrip("\n")


def tell_verdict(payload: reviews.VerdictPayload) -> str:
    """A decision, and how it is taken back."""
    lines = [tell_verdict_view(payload.verdict)]
    if payload.verdict.rolled_back_on is None:
        lines.append(f"Take it back: flourish review rollback {payload.verdict.id}")
    return "\n".join(lines)


def tell_verdict_view(view: reviews.VerdictView) -> str:
    """One decision in a few lines."""
    lines = [f"{view.id}  {_decided(view)}: {_what(view.subject)} {view.subject.id}"]
    lines += [wrapped(text, 2, mark=mark) for mark, text in (
        ("about: ", view.text), ("new words: ", view.words), ("because: ", view.reason)
    ) if text]  # fmt: skip
    return "\n".join(lines)


def tell_prompts(payload: reviews.PromptsPayload) -> str:
    """The names alone; the words are in --json."""
    return "\n".join(each.name for each in payload.prompts)


def _what(view: reviews.SubjectView) -> str:
    kind = view.part.replace("_", " ") if view.part else view.kind.value.replace("_", " ")
    return f"{view.pillar.value.replace('_', ' ')} {kind}" if view.pillar else kind


def _decided(view: reviews.VerdictView) -> str:
    done = {"approve": "approved", "reword": "reworded", "retire": "retired"}[view.decision.value]
    where = {"this": "here", "pillar": "in its pillar", "stage": "in its situation", "everywhere": "everywhere"}
    back = f", taken back {day(view.rolled_back_on)}" if view.rolled_back_on else ""
    return f"{done} {where[view.scope.value]} on {day(view.decided_on)}{back}"
