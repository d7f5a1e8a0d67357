"""What waits for a yes, as JSON and back. Every passage is a place in the note of the telling, never its words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.domain.account import AccountId
from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.debrief import Answered, DebriefDraft
from assistant.domain.evidence import Evidence, EvidenceState, Quote, Strength, Tense, Topic, Witness
from assistant.domain.meeting import Chosen
from assistant.domain.note import Note, Span
from assistant.domain.origin import Origin
from assistant.domain.pending import Pending
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Section
from assistant.domain.promise import Owner, Promise, PromiseState

Json = Mapping[str, Any]
Hang = Callable[[Span], Quote | None]


def pack(item: Pending) -> dict[str, Any]:
    """Everything of a proposal that has no column of its own."""
    draft, origin = item.draft, item.draft.origin
    said: dict[str, Any] = {
        "revision": draft.note.revision,
        "plan_version": item.plan_version,
        "settled_by_yes": list(item.settled_by_yes),
        "answered_by_yes": list(item.answered_by_yes),
        "origin": [origin.engine, origin.prompt, origin.model, list(origin.notes), origin.says],
        **_pack_pieces(draft),
    }
    if item.left_out is not None and not item.left_out.is_empty:
        said["left_out"] = _pack_pieces(item.left_out)
    return said


def _pack_pieces(draft: DebriefDraft) -> dict[str, Any]:
    return {
        "evidence": [
            {"id": i.topic.value, "state": [i.witness.value, int(i.strength), i.tense.value, i.cue, i.finder],
             "places": _place(i.quote)}
            for i in draft.evidence
        ],
        "promises": [_pack_promise(p, p.quotes[-1]) for p in draft.promises],
        "settled": [_pack_promise(p, p.closed_by) for p in draft.settled if p.closed_by],
        "answers": [
            {"id": a.question.question_id, "text": a.question.text, "pillar": a.question.pillar or "",
             "places": _place(a.quote)}
            for a in draft.answers
        ],
        "check_ins": [
            {"id": [c.thread, c.section.value, c.speaks.value], "places": _place(c.quote)}
            for c in draft.check_ins
            if c.quote
        ],
    }  # fmt: skip


def unpack_draft(body: Json, note: Note, hang: Hang) -> DebriefDraft:
    """The draft with what still stands in the note."""
    engine, prompt, model, notes, says = body["origin"]
    owner, who = note.account_id, note.person_id
    return DebriefDraft(
        note=note,
        evidence=tuple(_evidence(body, hang)),
        promises=tuple(_promises(body["promises"], hang, owner, who, made=True)),
        settled=tuple(_promises(body["settled"], hang, owner, who, made=False)),
        answers=tuple(
            Answered(Chosen(each["id"], each["text"], Pillar(each["pillar"]) if each.get("pillar") else None), quote)
            for each in body["answers"]
            if (quote := hang(Span(*each["places"])))
        ),
        check_ins=tuple(
            CheckIn(each["id"][0], Section(each["id"][1]), Speaks(each["id"][2]), quote)
            for each in body["check_ins"]
            if (quote := hang(Span(*each["places"])))
        ),
        origin=Origin(engine, prompt, model, tuple(notes), says),
    )


def _place(quote: Quote | None) -> list[int]:
    return [quote.span.start, quote.span.end] if quote else []


def _evidence(body: Json, hang: Hang) -> Iterator[Evidence]:
    for each in body["evidence"]:
        quote = hang(Span(*each["places"]))
        if quote is not None:
            witness, strength, tense, cue, finder = each["state"]
            yield Evidence(
                quote, Topic(each["id"]), Witness(witness), Strength(strength), cue, finder,
                EvidenceState.SUGGESTED, Tense(tense),
            )  # fmt: skip


def _pack_promise(promise: Promise, passage: Quote | None) -> dict[str, Any]:
    return {
        "id": promise.id,
        "owner": promise.owner.value,
        "what": promise.what,
        "due": [promise.made_on.isoformat(), promise.due.isoformat() if promise.due else None],
        "state": [promise.state.value, promise.finder],
        "places": _place(passage),
    }


def _promises(items: Sequence[Json], hang: Hang, owner: AccountId, who: PersonId, *, made: bool) -> Iterator[Promise]:
    for each in items:
        quote = hang(Span(*each["places"]))
        if quote is None:
            continue
        made_on, due = each["due"]
        state, finder = each["state"]
        yield Promise(
            owner, each["id"], who, Owner(each["owner"]), each["what"], date.fromisoformat(made_on),
            date.fromisoformat(due) if due else None, PromiseState(state), (quote,) if made else (),
            None if made else quote, finder=finder,
        )  # fmt: skip
