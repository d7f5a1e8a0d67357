"""What a machine holds against a plan stands, whatever a judge says."""

from dataclasses import replace

import pytest

from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import Note, Span
from assistant.domain.plan import Link, Plan, Thread
from assistant.evaluation.plan_form import plan_faults
from tests.assistant.engines.offline.situations import CALM, OVENS
from tests.knowledge.records import nouns


def quote(note: Note, words: str) -> Quote:
    at = note.text.index(words)
    return Quote(note, Span(at, at + len(words)))


def drafted(**parts: object) -> Plan:
    """A plan without a fault, but for these parts of its thread."""
    draft = nouns.plan(quote(CALM, "the buffet looks calm"))
    return replace(draft, threads=(replace(draft.threads[0], **parts),))  # type: ignore[arg-type]


def wrong(plan: Plan) -> list[str]:
    return [name for name, _ in plan_faults(plan)]


def test_a_plan_that_quotes_what_it_cites_has_no_fault() -> None:
    assert wrong(drafted(goal="Because “the buffet looks calm” at seven.")) == []


def test_words_set_apart_that_no_cited_note_holds_are_a_fault_of_grounding() -> None:
    assert wrong(drafted(goal="Because “the ovens sing”.")) == ["D9"]
    other: Quote = quote(OVENS, "re-timed the ovens")
    assert wrong(drafted(goal=f"Because “{other.text}”.")) == ["D9"]  # a note, and not one that the plan cites


def test_a_link_that_is_neither_proven_nor_asked_about_is_a_fault() -> None:
    assert wrong(drafted(value=Link("Everything gets better.", Tier.SUGGESTION))) == ["D9"]


@pytest.mark.parametrize(
    ("named", "faults"), [("The customers", ["D5"]), ("Our team", ["D5"]), ("Guests at bread", [])]
)
def test_a_customer_is_somebody_in_particular(named: str, faults: list[str]) -> None:
    assert wrong(drafted(customer=Link(named, Tier.SUGGESTION, (quote(CALM, "the buffet looks calm"),)))) == faults


def test_words_of_plans_are_a_fault_unless_somebody_said_them() -> None:
    assert wrong(drafted(measure="Leveraging synergies")) == ["D10", "D10"]
    thread: Thread = drafted().threads[0]
    said = replace(CALM, text=f"{CALM.text} I am passionate about it.")
    passion = replace(thread.passion, quotes=(quote(said, "I am passionate about it"),))
    assert wrong(drafted(passion=passion, sentence="“I am passionate about it”")) == []


def test_a_plan_without_a_measure_says_so() -> None:
    assert wrong(drafted(measure=" ")) == ["D8"]
