"""Whether open promises are found, on the right side, and kept ones no longer stand open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.person import fold_name
from assistant.domain.promise import Owner, PromiseState
from assistant.evaluation.case import GoldAction, PersonGold
from assistant.evaluation.measures import content_words
from assistant.evaluation.output import OURS, PersonOutput, Seen
from assistant.evaluation.report import Figure, Finding, Pairs, Scored, Tally

PART = "promises"
_SIDES = {"manager": Owner.ME, "me": Owner.ME, "report": Owner.THEM, "them": Owner.THEM, "employee": Owner.THEM}


@dataclass(frozen=True, slots=True)
class Matched:
    """Which promise shown is which gold one; each is used once."""

    open_ones: Mapping[str, Seen]
    done_ones: Mapping[str, Seen]
    surplus: tuple[Seen, ...]


def score_promises(
    gold: Sequence[PersonGold],
    outputs: Mapping[str, PersonOutput],
    plain: Mapping[str, Mapping[str, Sequence[Seen]]],
) -> Scored:
    """Precision, recall and F1 of open promises by owner and note; done ones shown as open; days that are right."""
    ours: Mapping[str, Sequence[Seen]] = {i: output.promises for i, output in outputs.items()}
    figures: list[Figure] = []
    findings: list[Finding] = []
    for system, seen in {OURS: ours, **plain}.items():
        pairs, over, days = Pairs(), Tally(), Tally()
        for person in gold:
            output = outputs[person.person_id]
            shown = seen.get(person.person_id, ())
            match = match_promises(person.actions, shown, output.owners)
            still = [a for a in person.actions if a.state is PromiseState.OPEN]
            pairs.add(person.person_id, len(match.open_ones), len(shown), len(still))
            over.add(person.person_id, len(match.done_ones), len(person.actions) - len(still))
            for action in still:
                if action.id in match.open_ones:
                    days.add(person.person_id, match.open_ones[action.id].due == action.due, 1)
            if system == OURS:
                findings.extend(_findings(person, match, output))
        figures.extend(pairs.figures(PART, "open", system, main=True))
        figures.append(over.count(PART, "done or dropped shown as open", system=system, main=True))
        if system == OURS:
            figures.append(days.share(PART, "day right", "open ones found"))
    return Scored(PART, tuple(figures), tuple(findings))


def match_promises(actions: Sequence[GoldAction], shown: Sequence[Seen], owners: Mapping[str, Owner]) -> Matched:
    """Pair promises with gold ones of the same side and note, open ones first, most shared words first."""
    found: dict[PromiseState, dict[str, Seen]] = {PromiseState.OPEN: {}, PromiseState.DONE: {}}
    left = list(range(len(shown)))
    for state, kept in found.items():
        chosen = [a for a in actions if (a.state is PromiseState.OPEN) is (state is PromiseState.OPEN)]
        fits = [
            (-len(content_words(a.what) & content_words(shown[i].what)), order, i)
            for order, a in enumerate(chosen)
            for i in left
            if _same(a, shown[i], owners)
        ]
        for _, order, i in sorted(fits):
            if i in left and chosen[order].id not in kept:
                kept[chosen[order].id] = shown[i]
                left.remove(i)
    surplus = tuple(shown[i] for i in left)
    return Matched(found[PromiseState.OPEN], found[PromiseState.DONE], surplus)


def owner_of(action: GoldAction, owners: Mapping[str, Owner]) -> Owner | None:
    """Whose promise it is; none when the name is neither the manager's nor the person's."""
    written = fold_name(action.owner)
    return owners.get(written) or _SIDES.get(written)


def _same(action: GoldAction, seen: Seen, owners: Mapping[str, Owner]) -> bool:
    return owner_of(action, owners) is seen.owner and bool(seen.note_ids & {q.note_id for q in action.evidence})


def _findings(person: PersonGold, match: Matched, output: PersonOutput) -> Iterator[Finding]:
    who = person.person_id
    for action in person.actions:
        seen = match.open_ones.get(action.id) or match.done_ones.get(action.id)
        is_open = action.state is PromiseState.OPEN
        place = " ".join(dict.fromkeys(q.note_id for q in action.evidence))
        expected = f"{action.state}, {action.owner}, due {action.due}: {action.what} ({place})"
        why = ""
        if is_open and seen is None:
            why = _why_missed(action, output)
        elif not is_open and seen is not None:
            why = f"{action.state}, but shown as open"
        yield Finding(PART, action.id, who, "open", not why, expected, _told(seen) if seen else "not shown", why)
    for number, extra in enumerate(match.surplus):
        yield Finding(
            PART,
            f"{who}-extra{number + 1}",
            who,
            "open",
            False,
            "no such promise",
            _told(extra),
            "shown, but no promise",
        )


def _why_missed(action: GoldAction, output: PersonOutput) -> str:
    owners = output.owners
    if owner_of(action, owners) is None:
        return "owner is neither of the two"
    if any(_same(action, seen, owners) for seen in output.settled):
        return "found, but taken for kept or dropped"
    notes = {q.note_id for q in action.evidence}
    if any(s.note_ids & notes and s.owner is not owner_of(action, owners) for s in output.promises):
        return "note used, but for the other side's promise"
    side = "manager's" if owner_of(action, owners) is Owner.ME else "person's"
    return f"{side} promise not found"


def _told(seen: Seen) -> str:
    return f"{seen.owner}, due {seen.due}: {seen.what} ({' '.join(sorted(seen.note_ids))})"
