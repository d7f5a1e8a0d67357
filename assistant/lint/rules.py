"""All rules a question is held to: its form, and words that lead, judge, score or pry. Words are data in `prompts/`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.lint import form
from assistant.lint.spoken import Spoken, spoken
from assistant.phrases import PhraseIndex
from assistant.prompting import offline_words

FORM = (
    form.leaves_no_slot_open,
    form.asks_one_thing,
    form.joins_nothing,
    form.leaves_the_choice_open,
    form.opens_the_talk,
    form.asks_no_why,
    form.begs_for_no_yes,
    form.is_short,
)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that spoil a question.

    Attributes:
        name: What the rule is called.
        says: The fault in one short phrase; `{found}` is the words that were met.
        phrases: The words, as `assistant.phrases` reads them.
        unless: False friends: where one of them stands in the same sentence, the rule is silent.
    """

    name: str
    says: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...]


@lru_cache(maxsize=4_000)
def faults(text: str) -> tuple[str, ...]:
    """What is wrong with a question as it would be asked, one short phrase a fault; empty for a good one."""
    asked = spoken(text)
    return tuple(fault for fault in (*(check(asked) for check in FORM), *_word_faults(asked)) if fault)


@cache
def word_rules() -> tuple[WordRule, ...]:
    """The rules on words, in the order of their file."""
    raw = offline_words("lint")["rule"]
    return tuple(WordRule(r["name"], r["says"], tuple(r["phrases"]), tuple(r.get("unless", ()))) for r in raw)


def _word_faults(asked: Spoken) -> Iterator[str]:
    met: dict[str, str] = {}
    for sentence in asked.sentences:
        hits = [(name, span) for name, span in _spoilt().hits(sentence) if name not in met]
        spared = {name for name, _ in _spared().hits(sentence)} if hits else set()
        met |= {name: sentence[span.start : span.end] for name, span in hits if name not in spared}
    for rule in word_rules():
        if rule.name in met:
            yield rule.says.format(found=met[rule.name])


@cache
def _spoilt() -> PhraseIndex[str]:
    return PhraseIndex((rule.name, rule.phrases) for rule in word_rules())


@cache
def _spared() -> PhraseIndex[str]:
    return PhraseIndex((rule.name, rule.unless) for rule in word_rules())
