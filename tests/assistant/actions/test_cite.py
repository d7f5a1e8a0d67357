import pytest

from assistant.actions.cite import Teller, cite, set_apart, shortened, tier_of
from assistant.actions.weigh_passage import is_about_them, is_clear, is_comfort, is_praise
from assistant.domain.evidence import Quote, Tier, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.engines.offline.sentences import sentences
from assistant.engines.offline.voice import Cast
from tests.assistant.engines.offline.situations import MAJA, MANAGER, TODAY, evidence, note

TELLER = Teller(MAJA, MANAGER, TODAY)


def quoted(text: str, words: str = "", **kwargs: object) -> Quote:
    made = note("c1", "2026-03-03", text, **kwargs)  # type: ignore[arg-type]
    return Quote.of(made, words or text)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (quoted("She fixed the scale."), "You noted on 3 March: “She fixed the scale.”"),
        (
            quoted("I like early shifts", kind=NoteKind.SELF_REVIEW, author="Maja Lindt"),
            "Maja wrote in her self-review of 3 March: “I like early shifts”.",
        ),
        (
            quoted("She helped.", kind=NoteKind.CUSTOMER_QUOTE, author="Vera Holm, guest (by phone)"),
            "Vera Holm (guest) said on 3 March: “She helped.”",
        ),
        (quoted("She helped.", kind=NoteKind.EMAIL, author="Vera Holm"), "Vera Holm wrote on 3 March: “She helped.”"),
    ],
)
def test_a_passage_is_set_apart_with_its_voice_and_day(quote: Quote, said: str) -> None:
    assert cite(quote, TELLER) == said


def test_own_speech_in_the_managers_note_is_theirs() -> None:
    told = note("c1", "2026-03-03", 'Asked her. "I like early shifts," she said.', NoteKind.ONE_ON_ONE)
    item = evidence(told, "I like early shifts", Topic.PASSION, Witness.SELF)
    assert cite(item, TELLER) == "Maja said on 3 March: “I like early shifts”."
    assert tier_of(item, TELLER) is Tier.THEIR_WORDS


def test_a_long_quote_is_cut_after_a_whole_sentence_and_stays_exact() -> None:
    text = "She fixed the scale. " + "Then the day went on as it always does, with bread and rolls. " * 6
    short = shortened(quoted(text.strip()))
    assert text.startswith(short.text)
    assert short.text.endswith("rolls.")
    assert len(short.text.split()) <= 34


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('"I like it."', "I like it."),
        ("She looked at the dough and said", "She looked at the dough"),
        ('I like it," she wrote, "very much', 'I like it," she wrote, "very much'),
    ],
)
def test_marks_and_tails_without_a_partner_fall_away(text: str, kept: str) -> None:
    assert shortened(quoted(text)).text == kept
    assert set_apart(shortened(quoted(text))).startswith("“")


def test_a_passage_that_leans_on_others_is_not_clear() -> None:
    assert is_clear(quoted("She re-timed the ovens before the first bake."), TELLER)
    assert not is_clear(quoted("Please tell her."), TELLER)
    assert not is_clear(quoted("That was it, then."), TELLER)


def test_praise_is_theirs_and_holds_no_fault_and_no_wish() -> None:
    assert is_praise(quoted("She re-timed the ovens before the first bake."), TELLER)
    assert not is_praise(quoted("She mixed the wrong flour into the first bake."), TELLER)
    assert not is_praise(quoted("I'd love her to sort the bread table."), TELLER)
    assert not is_praise(quoted("She asked about the bread table order."), TELLER)


def test_the_managers_own_acts_are_not_the_persons() -> None:
    assert not is_about_them(quoted("I asked purchasing for a new scale."), TELLER)
    assert not is_about_them(quoted("Karl Otto counted the bread trays twice."), TELLER)
    assert is_about_them(quoted("Maja counted the bread trays twice."), TELLER)


def test_coffee_and_parking_are_comforts() -> None:
    assert is_comfort(quoted("The coffee machine is a disgrace."))
    assert not is_comfort(quoted("The bread oven is a disgrace."))


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "en",
            'Mrs. Holm rang this morning: "Since she sorts the trays I get my bread on time." Quiet day.',
            "Since she sorts the trays I get my bread on time.",
        ),
        (
            "de",
            'Frau Holm rief an: "Seit sie die Bleche sortiert, bekomme ich mein Brot pünktlich." Ruhiger Tag.',
            "Seit sie die Bleche sortiert, bekomme ich mein Brot pünktlich.",
        ),
        (
            "es",
            'La señora Holm llamó: "Desde que ella ordena las bandejas recibo el pan a tiempo." Día tranquilo.',
            "Desde que ella ordena las bandejas recibo el pan a tiempo.",
        ),
    ],
)
def test_a_customers_words_in_the_managers_note_are_said_to_be_theirs(language: str, text: str, words: str) -> None:
    told = note("c1", "2026-03-03", text)
    cast = Cast.of(MAJA, MANAGER)
    found = sentences(text)
    place = next(at for at, part in enumerate(found) if part.quoted)
    item = evidence(told, words, Topic.CUSTOMER_VALUE, cast.voice(told).speaker(found, place))
    assert tier_of(item, TELLER) is Tier.CUSTOMER_WORDS, language
    assert cite(item, TELLER) == f"A customer's words, in your note of 3 March: “{words}”"


@pytest.mark.parametrize(
    ("kind", "author", "tier"),
    [
        (NoteKind.OBSERVATION, "", Tier.OBSERVATION),
        (NoteKind.CUSTOMER_COMPLAINT, "Vera Holm, guest", Tier.CUSTOMER_WORDS),
        (NoteKind.PEER_FEEDBACK, "Li Otto", Tier.COLLEAGUE_WORDS),
        (NoteKind.PROJECT_LOG, "Li Otto", Tier.OTHERS_WORDS),
        (NoteKind.PROJECT_LOG, "Maja Lindt", Tier.THEIR_WORDS),
    ],
)
def test_only_what_the_manager_saw_is_an_observation(kind: NoteKind, author: str, tier: Tier) -> None:
    assert tier_of(quoted("The trays stood sorted.", kind=kind, author=author), TELLER) is tier
