"""Rules answer in the language of the question: what is asked for, the words around a passage, the day."""

from dataclasses import replace

import pytest

from assistant.domain.evidence import Quote, Topic
from assistant.domain.promise import Owner
from assistant.domain.search import Found, Hit
from assistant.engines.offline.answering.answer import OTHER, PROMISES, answer_from, topic_of
from assistant.grounding import is_grounded
from assistant.prompting import offline_words
from tests.assistant.engines.offline.situations import CALM, FLOUR, MAJA, note, promise, situation

ASKED = {
    Topic.PASSION: (
        "Was macht ihr Spaß?", "Woran hat Maja Freude?", "Was mag sie?", "Was macht er am liebsten?",
        "¿Qué le gusta?", "¿Con qué disfruta Maja?", "¿Qué la apasiona?", "What does she like?",
    ),
    Topic.TALENT: (
        "Was kann sie gut?", "Worin ist Maja besonders gut?", "Welche Stärken hat er?", "Was macht sie besser?",
        "¿En qué es buena?", "¿Qué se le da bien?", "¿Cuáles son sus puntos fuertes?", "What is she good at?",
    ),
    Topic.ENERGY_DRAIN: (
        "Was mag sie nicht?", "Was macht er ungern?", "Was nervt sie?", "¿Qué no le gusta?", "¿Qué le fastidia?",
        "What doesn't she like?",
    ),
    Topic.OBSTACLE: ("Was steht ihr im Weg?", "Was bremst ihn?", "¿Qué la frena?", "¿Qué obstáculos tiene?"),
    Topic.CUSTOMER_VALUE: ("Wer ist ihr Kunde?", "Wem hilft ihre Arbeit?", "¿A quién ayuda su trabajo?"),
    PROMISES: ("Was hat sie versprochen?", "Was ist noch offen?", "¿Qué prometió?", "¿Qué quedó pendiente?"),
    OTHER: ("Wann war das Sommerfest?", "¿Cuándo fue la feria?", "Wie viele Pumpen hat er montiert?"),
}  # fmt: skip


@pytest.mark.parametrize(("topic", "question"), [(t, q) for t, asked in ASKED.items() for q in asked])
def test_what_a_question_asks_for_is_known_in_three_languages(topic: str, question: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("language", "question", "begins"),
    [
        ("en", "What does she like?", "Maja said on 3 March: “I like it when"),
        ("de", "Was macht ihr Spaß?", "Maja sagte am 3. März: “I like it when"),
        ("es", "¿Qué le gusta?", "Maja dijo el 3 de marzo: “I like it when"),
    ],
)
def test_an_answer_is_told_in_the_language_of_the_talk_and_quotes_word_for_word(
    language: str, question: str, begins: str
) -> None:
    (told,) = answer_from(question, Found((), True), replace(situation(), language=language))
    assert told.text.startswith(begins)
    assert told.quotes[0].text in CALM.text


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_every_frame_holds_against_the_note_it_stands_on(language: str) -> None:
    frames, quote = offline_words("frames", language), Quote.of(CALM, "I like it when the buffet looks calm at seven")
    known = (*MAJA.names, "Vera Holm", offline_words("asking", language)["nouns"])
    told = [frame for name, frame in frames.items() if name not in ("version", "months", "day", "day_of_year")]
    assert set(frames) == set(offline_words("frames"))
    for frame in told:
        day = frames["day"].format(day=3, month=frames["months"][2])
        said = frame.format(name="Maja", their="her", who="Vera Holm", day=day, quote=f"“{quote.text}”.")
        assert is_grounded(said, (quote,), known), said


@pytest.mark.parametrize(
    ("language", "mine", "theirs", "none"),
    [
        ("de", "Sie haben am 17. März zugesagt", "Maja wollte das tun", "keine offene Zusage"),
        ("es", "Usted prometió el 17 de marzo", "Maja iba a hacer esto", "ninguna promesa abierta"),
    ],
)
def test_promises_are_told_in_the_language_of_the_talk(language: str, mine: str, theirs: str, none: str) -> None:
    here = replace(situation(), language=language)
    told = [text.text for text in answer_from("Was ist offen?", Found((), True), here)]
    assert told[0].startswith(mine)
    assert theirs in told[1]
    (empty,) = answer_from("Was ist offen?", Found((), True), replace(here, promises=()))
    assert none in empty.text


def test_a_promise_said_again_is_told_with_the_day_of_the_words_that_are_shown() -> None:
    first = promise(FLOUR, "I promised to talk to purchasing by the end of March.", Owner.ME, None)
    later = note("n9", "2026-04-07", "I'll really talk to purchasing this week, promised again.")
    again = replace(first, quotes=(*first.quotes, Quote.of(later, "I'll really talk to purchasing this week")))
    here = replace(situation(), promises=(again,))
    told = [text.text for text in answer_from("What did I promise?", Found((), True), here)]
    assert told[0] == "You promised on 7 April: “I'll really talk to purchasing this week”."


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("de", "Welche Schule hat sie besucht?", "Das sagen die Notizen nicht."),
        ("es", "¿A qué escuela fue?", "Las notas no lo dicen."),
    ],
)
def test_that_the_notes_do_not_say_is_said_in_the_language_of_the_talk(language: str, question: str, said: str) -> None:
    near = Found((Hit(Quote(CALM, Quote.of(CALM, "I like it").span), 0.1),), True)
    told = [text.text for text in answer_from(question, near, replace(situation(), language=language))]
    assert told[0] == said
    assert told[-1].endswith("?")
    assert not any("This would find out" in text or "Near to it" in text for text in told)
