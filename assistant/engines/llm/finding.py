"""A model points at words in a few notes that speak for a facet or a live matter. The rules of what may be said stay.

What it points at is suggested and no more: the words must stand in what was sent, the witness is read by rules, and a
find about somebody else is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.account import Account
from assistant.domain.evidence import BY_MODEL, Evidence, Strength, Tense, Witness
from assistant.domain.note import fold_text
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.context import Context, Gatherer
from assistant.engines.llm.shapes import FindItem
from assistant.prompting import llm_prompt

CUE = "MODEL"  # what a model found carries no rule's name
MOST_WORDS = 60  # of one quote; more is a story and points at nothing
MOST_OF_A_NOTE = 4
_SAYS_ITSELF = frozenset({Witness.CUSTOMER, Witness.PEER})


@dataclass(frozen=True)
class ModelProposer:
    """Fulfils `Proposer`."""

    caller: Caller
    senses: Senses

    @property
    def fingerprint(self) -> str:
        """Its prompt and its model."""
        return f"{BY_MODEL}{llm_prompt('find_evidence')} {self.caller.talk.wire.model}"

    def propose(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Sequence[Evidence]:
        """Quotes that hold, each once; nothing is sent when nothing of the notes may be.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        own = [r for r in notes if r.note.person_id == person.id]
        prompt = llm_prompt("find_evidence")
        gatherer = Gatherer(self.caller.talk.count, self.senses.is_sensitive)
        found: dict[str, Evidence] = {}
        rest = own
        while rest:
            context, rest = gatherer.of_notes(person, manager, rest, today, tokens=self.caller.room(prompt))
            if context.passages:
                for item in self._asked(person, manager, context):
                    found.setdefault(item.id, item)
        return [*found.values()]

    def _asked(self, person: Person, manager: Account, context: Context) -> Iterator[Evidence]:
        prompt = llm_prompt("find_evidence")
        whose = person.account_id, person.id
        call = self.caller.call("find", prompt, FindItem, whose=whose, data=context.text)
        counts = self.caller.counts(call)
        in_note: dict[str, int] = {}
        for item in self.caller.items(call, FindItem):
            evidence = self._held(item, person, manager, context)
            if evidence is None or in_note.get(evidence.note.id, 0) == MOST_OF_A_NOTE:
                counts("find")
                continue
            in_note[evidence.note.id] = in_note.get(evidence.note.id, 0) + 1
            yield evidence

    def _held(self, item: FindItem, person: Person, manager: Account, context: Context) -> Evidence | None:
        passage = context.passages.get(item.note.strip("[]() ").upper())
        quote = passage.quote(item.quote.strip(' “”"')) if passage else None
        if quote is None or len(quote.text.split()) > MOST_WORDS or self.senses.is_sensitive(quote.text):
            return None
        if item.doer and not _is(person, item.doer):
            return None
        witness = self.senses.witness(person, manager, quote.note, quote.span)
        if witness is Witness.HEARSAY and item.witness in _SAYS_ITSELF:
            witness = item.witness  # quoted by the manager from somebody named: by rule nobody's word, by sense theirs
        elif item.witness is Witness.HEARSAY:
            witness = Witness.HEARSAY
        tense = Tense.DOUBTED if witness is Witness.HEARSAY else item.tense
        return Evidence(quote, item.topic, witness, Strength.E2, CUE, self.fingerprint, tense=tense)


def _is(person: Person, doer: str) -> bool:
    """Whether a name or a pronoun can mean this person."""
    said = fold_text(doer)
    names = {fold_text(part) for name in person.names for part in (name, *name.split())}
    return said in names or said in {person.pronouns.value, person.pronouns.object, "i"}
