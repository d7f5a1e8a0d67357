"""A telling after a meeting, taken apart by a model. A piece stands in the telling word for word, or it is nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.debrief import Answered, DebriefDraft
from assistant.domain.evidence import BY_MODEL, Evidence, Quote, Strength, Tense, Topic, Witness
from assistant.domain.meeting import Chosen
from assistant.domain.plan import STEPS, Plan, Section, Step
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseState, promise_id
from assistant.domain.situation import Situation
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import cleaned, find_words, one_line
from assistant.engines.llm.shapes import ToldItem
from assistant.prompting import llm_prompt, llm_words
from assistant.wording import sentences

CUE = "MODEL"  # what a model found carries no rule's name
LONGEST_TELLING = 8_000  # characters that are sent; the rest is kept, and read by the rules
MOST_OF_A_KIND = 8
SHORTEST = 3  # words
_LONGEST_PROMISE = 400


def debrief(
    caller: Caller, senses: Senses, told: Readable, situation: Situation, asked: Sequence[Chosen], plan: Plan | None
) -> DebriefDraft:
    """What the model points out; the bare telling when nothing of it may be sent.

    Raises:
        EngineUnavailable: The model did not answer to the end.
    """
    telling = _sendable(told, senses)
    if not telling:
        return DebriefDraft(told.note)
    open_ones = [p for p in situation.promises if p.state is PromiseState.OPEN and not _is_made_in(p, told)]
    sheet = _Sheet(
        promises={f"R{n}": p for n, p in enumerate((p for p in open_ones if _may_travel(p, situation, senses)), 1)},
        questions={f"Q{n}": q for n, q in enumerate((q for q in asked if not senses.is_sensitive(q.text)), 1)},
        parts=dict(_parts(plan, senses)),
    )
    prompt = llm_prompt("debrief")
    whose = situation.person.account_id, situation.person.id
    call = caller.call("debrief", prompt, ToldItem, whose=whose, data="\n".join(sheet.lines(situation)), told=telling)
    reading = _Reading(told, situation, senses, sheet, str(prompt))
    for item in caller.items(call, ToldItem):
        if not reading.takes(item):
            caller.counts(call)("words")
    origin = caller.origin(prompt, (told.note.id,))
    return replace(reading.draft(), origin=origin)


def _sendable(told: Readable, senses: Senses) -> str:
    """The telling without what must stay here, sentence by sentence."""
    text = told.note.text[:LONGEST_TELLING]
    spans = [s for s in sentences(text) if told.allows(s) and not senses.is_sensitive(text[s.start : s.end])]
    return " ".join(one_line(text[s.start : s.end]) for s in spans)


def _is_made_in(promise: Promise, told: Readable) -> bool:
    return any(quote.note.id == told.note.id for quote in promise.quotes)


def _may_travel(promise: Promise, situation: Situation, senses: Senses) -> bool:
    closed = {r.note.id for r in (*situation.recent, *situation.left_out) if r.closed}
    return not senses.is_sensitive(promise.what) and not any(q.note.id in closed for q in promise.quotes)


def _parts(plan: Plan | None, senses: Senses) -> Iterator[tuple[str, tuple[int, Section, str]]]:
    """The parts of a plan that a meeting may say something of: its steps, and the sign that it works."""
    number = 0
    for place, thread in enumerate(plan.threads if plan else (), 1):
        for section in (*STEPS, Section.MEASURE):
            part = thread.part(section)
            text = one_line(part.text if isinstance(part, Step) else str(part))
            if text and not senses.is_sensitive(text):
                number += 1
                yield f"T{number}", (place, section, text)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a telling may refer to, by the short names it is sent with."""

    promises: Mapping[str, Promise]
    questions: Mapping[str, Chosen]
    parts: Mapping[str, tuple[int, Section, str]]

    def lines(self, situation: Situation) -> Iterator[str]:
        """The sheet as the prompt carries it."""
        words = llm_words("telling")
        heads, lines = words["heads"], words["lines"]
        person = situation.person
        yield lines["person"].format(
            name=one_line(person.name), first=one_line(person.first_name), pronoun=person.pronouns.value,
            manager=one_line(situation.manager.name),
        )  # fmt: skip
        yield f"\n{heads['promises']}"
        yield from (
            lines["mine" if p.owner is Owner.ME else "theirs"].format(alias=name, what=one_line(p.what))
            for name, p in self.promises.items()
        )
        yield f"\n{heads['questions']}"
        yield from (lines["item"].format(alias=name, text=one_line(q.text)) for name, q in self.questions.items())
        yield f"\n{heads['plan']}"
        yield from (
            lines["part"].format(alias=name, section=section.words, text=text)
            for name, (_, section, text) in self.parts.items()
        )


class _Reading:
    """Takes the items of one reply that hold; not a noun."""

    def __init__(self, told: Readable, situation: Situation, senses: Senses, sheet: _Sheet, finder: str) -> None:
        self._told, self._situation, self._senses, self._sheet = told, situation, senses, sheet
        self._finder = f"{BY_MODEL}{finder}"
        self._evidence: dict[str, Evidence] = {}
        self._promises: dict[str, Promise] = {}
        self._settled: dict[str, Promise] = {}
        self._answers: dict[str, Answered] = {}
        self._check_ins: dict[tuple[int, Section], CheckIn] = {}

    def draft(self) -> DebriefDraft:
        """Everything that held."""
        kept = (self._evidence, self._promises, self._settled, self._answers, self._check_ins)
        evidence, promises, settled, answers, check_ins = (tuple(part.values())[:MOST_OF_A_KIND] for part in kept)
        return DebriefDraft(self._told.note, evidence, promises, settled, answers, check_ins)  # type: ignore[arg-type]

    def takes(self, item: ToldItem) -> bool:
        """Whether an item holds; then it is part of the draft."""
        quote = self._quote(item.words)
        if quote is None:
            return False
        about = item.about.strip("[]() ").upper()
        if item.kind == "evidence":
            return self._found(item, quote)
        if item.kind == "promise":
            return self._promised(item, quote)
        if item.kind == "settled":
            return self._ended(about, item.outcome, quote)
        if item.kind == "answer" and (question := self._sheet.questions.get(about)):
            self._answers.setdefault(about, Answered(question, quote))
            return True
        part = self._sheet.parts.get(about)
        if item.kind != "check_in" or part is None or item.outcome not in ("for", "against"):
            return False
        place, section, _ = part
        self._check_ins.setdefault((place, section), CheckIn(place, section, Speaks(item.outcome), quote))
        return True

    def _quote(self, words: str) -> Quote | None:
        """The passage, when it stands in what was sent of the telling."""
        note = self._told.note
        span = find_words(note.text, words.strip(' “”"'))
        if span is None or span.end > LONGEST_TELLING or not self._told.allows(span):
            return None
        found = note.text[span.start : span.end]
        if len(cleaned(found).split()) < SHORTEST or self._senses.is_sensitive(found):
            return None
        return Quote(note, span)

    def _found(self, item: ToldItem, quote: Quote) -> bool:
        if not item.topic:
            return False
        person, manager = self._situation.person, self._situation.manager
        witness = self._senses.witness(person, manager, quote.note, quote.span)
        tense = Tense.DOUBTED if item.doubted or witness is Witness.HEARSAY else Tense.CURRENT
        found = Evidence(quote, Topic(item.topic), witness, Strength.E2, CUE, self._finder, tense=tense)
        self._evidence.setdefault(found.id, found)
        return True

    def _promised(self, item: ToldItem, quote: Quote) -> bool:
        """A promise; where the rules found it too, theirs, since they read its day."""
        if not item.owner:
            return False
        owner = Owner(item.owner)
        known = next(
            (
                p
                for p in self._situation.promises
                if p.owner is owner and p.quotes and p.quotes[-1].note.id == quote.note.id
                and p.quotes[-1].span.overlaps(quote.span)
            ),
            None,
        )  # fmt: skip
        what = one_line(item.what)
        if find_words(quote.text, what) is None:  # in its own words, not in the model's
            what = one_line(quote.text)[:_LONGEST_PROMISE]
        person = self._situation.person
        made = known or Promise(
            person.account_id, promise_id(quote, owner), person.id, owner, what, quote.day, quotes=(quote,),
            finder=self._finder,
        )  # fmt: skip
        self._promises.setdefault(made.id, made)
        return True

    def _ended(self, about: str, outcome: str, quote: Quote) -> bool:
        promise = self._sheet.promises.get(about)
        if promise is None or outcome not in ("kept", "dropped"):
            return False
        state = PromiseState.DONE if outcome == "kept" else PromiseState.DROPPED
        self._settled.setdefault(promise.id, replace(promise, state=state, closed_by=quote))
        return True
