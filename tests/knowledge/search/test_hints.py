"""What a question gives away: whose voice, whose promises."""

import pytest

from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner
from knowledge.search.hints import promisers, voices


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What do customers say about her?", NoteKind.CUSTOMER_QUOTE),
        ("any complaints", NoteKind.CUSTOMER_COMPLAINT),
        ("Was sagen die Kunden?", NoteKind.CUSTOMER_QUOTE),
        ("¿Qué dicen los clientes?", NoteKind.CUSTOMER_QUOTE),
        ("how do colleagues find working with him", NoteKind.PEER_FEEDBACK),
        ("how does he see himself", NoteKind.SELF_REVIEW),
    ],
)
def test_a_question_names_the_voice_it_wants(question: str, kind: NoteKind) -> None:
    assert kind in voices(question)


def test_a_question_without_a_voice_prefers_no_kind() -> None:
    assert voices("what does she enjoy most") == frozenset()


@pytest.mark.parametrize(
    ("question", "owners"),
    [
        ("What did I promise her?", {Owner.ME}),
        ("what do I still owe him", {Owner.ME}),
        ("What did she promise me?", {Owner.THEM}),
        ("Did he agree to do it? I forget", {Owner.THEM}),
        ("his open tasks", {Owner.THEM}),
        ("which deadlines are coming up", {Owner.ME, Owner.THEM}),
        ("Was habe ich ihr versprochen?", {Owner.ME}),
        ("was ist noch offen", {Owner.ME, Owner.THEM}),
        ("what does she enjoy", set()),
    ],
)
def test_a_question_about_promises_names_their_owner(question: str, owners: set[Owner]) -> None:
    assert promisers(question) == owners
