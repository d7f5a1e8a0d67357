"""The links of a thread tell one story: the deed that reached the customer, and the customer's own change."""

import pytest

from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.engines.offline.planning.links import deed_in_quote, effect_in
from assistant.engines.offline.planning.story import is_ours, tells_change, themes_of
from tests.assistant.engines.offline.situations import evidence, note


def heard(text: str) -> Quote:
    one = note("s1", "2026-04-06", text, NoteKind.CUSTOMER_QUOTE, "Ana Ruiz, client")
    return Quote(one, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("She put two looms side by side. Since then nobody has had to start again.",
         "Since then nobody has had to start again."),
        ("He signed our renewal. I no longer drive out on a Sunday.", "I no longer drive out on a Sunday."),
        ("Sie hat uns die Orgel erklärt. Wir müssen nicht mehr anrufen.", "Wir müssen nicht mehr anrufen."),
        ("Nos enseñó el horno. Ya no tiramos el pan.", "Ya no tiramos el pan."),
        ("Send her again, she is the best.", "Send her again, she is the best."),  # praise alone stays whole
    ],
)  # fmt: skip
def test_the_gain_is_the_sentence_that_tells_what_is_different(text: str, effect: str) -> None:
    assert effect_in(heard(text)).text == effect


def test_a_deed_and_what_came_of_it_in_one_quote_stand_apart() -> None:
    quote = heard("She sat with my two boys and showed them why the clay cracks. We have changed our rounds since.")
    talent = evidence(quote.note, quote.text, Topic.TALENT, Witness.CUSTOMER)
    value = evidence(quote.note, quote.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER)
    assert deed_in_quote(talent, value).quote.text == "She sat with my two boys and showed them why the clay cracks."
    assert effect_in(value.quote).text == "We have changed our rounds since."


def test_a_sentence_that_names_no_doer_is_no_deed_of_theirs() -> None:
    quote = heard("My sister had no cake in nine years. Now she can eat with us all.")
    both: list[Evidence] = [
        evidence(quote.note, quote.text, topic, Witness.CUSTOMER) for topic in (Topic.TALENT, Topic.CUSTOMER_VALUE)
    ]
    assert deed_in_quote(*both) == both[0]


def test_a_contract_is_ours_and_no_change_for_them() -> None:
    assert is_ours(heard("We extended to three years and put her name in the contract."))
    assert not tells_change(heard("Everybody was very pleased."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'd like to be showing the young weavers the knots.", "He explained the loom and I understood it."),
        ("Ich zeige gern den Lehrlingen die Knoten.", "Er hat mir den Webstuhl erklärt, ich habe gelernt."),
        ("Me gusta enseñar a los nuevos.", "Nos explicó el telar con un cordel."),
    ],
)
def test_two_passages_of_one_kind_of_work_share_a_theme_without_a_word(one: str, other: str) -> None:
    assert "teach" in themes_of(heard(one)) & themes_of(heard(other))
