"""Whether replies hold what a script asks of them: machine checks only; what needs a judge is counted apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.note import NoteId, fold_text
from assistant.domain.person import PersonId, fold_name
from assistant.evaluation.case import Case, Check, Script, Turn
from assistant.evaluation.measures import content_words, flat
from assistant.evaluation.output import OURS, ChangeKind, Reply
from assistant.evaluation.report import Figure, Finding, Scored, Tally

PART = "chats"
TurnKey = tuple[str, int]
Replies = Mapping[TurnKey, Reply]
MACHINE = (
    "resolves", "cites_any", "cites_all", "cites_none", "mentions_any", "mentions_none", "unknown", "stores", "opens",
    "closes", "asks", "declines",
)  # fmt: skip
_STORES = {"opens": {ChangeKind.OPENED}, "closes": {ChangeKind.CLOSED}, "stores": {*ChangeKind}}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who appears in a script: every way to write each person, by id."""

    names: Mapping[PersonId, tuple[str, ...]]

    @property
    def words(self) -> frozenset[str]:
        """All names: words that prove nothing."""
        return frozenset(name for names in self.names.values() for name in names)

    def named_in(self, text: str) -> frozenset[PersonId]:
        """The people whose full name stands in a text."""
        folded = fold_name(text)
        return frozenset(i for i, names in self.names.items() if names and fold_name(names[0]) in folded)


def score_chats(case: Case, systems: Mapping[str, Replies], casts: Mapping[str, Cast]) -> Scored:
    """The share of machine checks that hold, by kind, and of turns in which all of them do.

    Args:
        case: The scripts.
        systems: Replies of ours and of a plain alternative, by script and turn.
        casts: Who appears in each script.
    """
    figures: list[Figure] = []
    for system, replies in systems.items():
        figures.extend(_shares(case, replies, casts, system))
    judge = sum(c.kind not in MACHINE for s in case.scripts for t in s.turns for c in t.checks)
    remarks = (f"{judge} checks need a judge and are not in these figures.",) if judge else ()
    return Scored(PART, tuple(figures), tuple(_findings(case, systems[OURS], casts)), remarks=remarks)


def _shares(case: Case, replies: Replies, casts: Mapping[str, Cast], system: str) -> Iterator[Figure]:
    every, turns = Tally("script"), Tally("script")
    kinds = {kind: Tally("script") for kind in MACHINE}
    for script, turn in _turns(case.scripts):
        results = [(c.kind, not failure(case, c, replies[script.id, turn.number], casts[script.id]))
                   for c in turn.checks if c.kind in MACHINE]  # fmt: skip
        for kind, good in results:
            every.add(script.id, good, 1)
            kinds[kind].add(script.id, good, 1)
        if results:
            turns.add(script.id, all(good for _, good in results), 1)
    yield every.share(PART, "checks passed", system=system, main=True)
    yield turns.share(PART, "turns with every check passed", system=system, main=True)
    for kind, tally in kinds.items():
        yield tally.share(PART, "checks passed", kind, system)


def _turns(scripts: Sequence[Script]) -> Iterator[tuple[Script, Turn]]:
    for script in scripts:
        for turn in script.turns:
            yield script, turn


def _findings(case: Case, replies: Replies, casts: Mapping[str, Cast]) -> Iterator[Finding]:
    for script, turn in _turns(case.scripts):
        reply = replies[script.id, turn.number]
        told = f"“{turn.message}” -> {_told(reply)}"
        for check in turn.checks:
            judged = check.kind not in MACHINE
            why = "" if judged else failure(case, check, reply, casts[script.id])
            measure = f"{check.kind} (needs a judge)" if judged else check.kind
            yield Finding(
                PART, f"{script.id}/{turn.number}", reply.person_id or "", measure, not why, check.words, told, why
            )


def _told(reply: Reply) -> str:
    flags = [f"about {reply.person_id or 'nobody'}", *(["declined"] if reply.declined else []),
             *(["unknown"] if reply.unknown else []), *(f"{s.kind} {s.person_id}" for s in reply.stored)]  # fmt: skip
    cited = " ".join(sorted({c.note_id for c in reply.shown.citations}))
    text = " ".join(reply.shown.text.split())
    return f"({', '.join(flags)}) [{cited}] {text if len(text) <= 600 else text[:600] + ' …'}"


def failure(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    """Why a check does not hold, in one sentence; empty when it does.

    Raises:
        KeyError: The check needs a judge.
    """
    return _RULES[check.kind](case, check, reply, cast)


def _resolves(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    about = {i for i in (reply.person_id,) if i}
    if len(check.ids) > 1:
        about |= {case.notes[c.note_id].person_id for c in reply.shown.citations if c.note_id in case.notes}
    if set(check.ids) <= about if check.ids else not about:
        return ""
    return f"about {'somebody else' if reply.person_id else 'nobody'}"


def _cites(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    cited = {c.note_id for c in reply.shown.citations} & {NoteId(i) for i in check.ids}
    if check.kind == "cites_none":
        return f"cites {' '.join(sorted(cited))}" if cited else ""
    missing = [i for i in check.ids if i not in cited]
    if check.kind == "cites_all":
        return "" if not missing else "cites none of the notes" if not cited else "cites only some of the notes"
    return "" if cited else "cites none of the notes"


def _mentions(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    text = fold_text(reply.shown.text)
    found = [s for s in check.strings if fold_text(s) in text]
    if check.kind == "mentions_none":
        return f"mentions {found[0]!r}" if found else ""
    return "" if found else "mentions none of the words"


def _unknown(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    if reply.person_id and check.person_id and reply.person_id != check.person_id:
        return "about somebody else"
    if not reply.unknown:
        return "does not say that it is unknown"
    return "" if _asks_anything(reply) else "says it is unknown and asks nothing"


def _asks(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    wanted = cast.named_in(check.what)
    if len(wanted) > 1:
        offered = {*reply.choices, *(cast.named_in(reply.shown.text) if _asks_anything(reply) else ())}
        return "" if wanted <= offered else "does not ask which person is meant"
    return "" if _asks_anything(reply) else "asks nothing"


def _asks_anything(reply: Reply) -> bool:
    """Whether people are offered, or a question stands outside of what is quoted from notes."""
    text = flat(reply.shown.text)
    for citation in reply.shown.citations:
        text = text.replace(flat(citation.quote), " ") if citation.quote else text
    return bool(reply.choices) or re.search(r"\S\?", text) is not None


def _stores(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    changes = [s for s in reply.stored if s.person_id == check.person_id and s.kind in _STORES[check.kind]]
    if not changes:
        elsewhere = any(s.kind in _STORES[check.kind] for s in reply.stored)
        return "stored for somebody else" if elsewhere else f"nothing {_DOES[check.kind]}"
    wanted = content_words(check.what, cast.words)
    if any(wanted & content_words(s.words, cast.words) for s in changes):
        return ""
    return f"{_DOES[check.kind]}, but something else"


def _declines(case: Case, check: Check, reply: Reply, cast: Cast) -> str:
    return "" if reply.declined else "does not decline"


_DOES = {"stores": "stored", "opens": "opened", "closes": "closed"}
_RULES = {
    "resolves": _resolves, "cites_any": _cites, "cites_all": _cites, "cites_none": _cites, "mentions_any": _mentions,
    "mentions_none": _mentions, "unknown": _unknown, "asks": _asks, "stores": _stores, "opens": _stores,
    "closes": _stores, "declines": _declines,
}  # fmt: skip
