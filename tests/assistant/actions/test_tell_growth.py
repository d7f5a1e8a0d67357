"""Where somebody grows: their own words first, else one observation; no joke, no complaint, nothing private."""

from dataclasses import replace

import pytest

from assistant.actions.prepare_brief import prepare_brief
from assistant.actions.tell_changes import MOST_NEW, teller_of
from assistant.actions.tell_growth import tell_growth
from assistant.domain.brief import Line
from assistant.domain.evidence import Quote
from assistant.domain.note import Note, NoteKind
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Owner, PromiseState
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import ShippedLibrary, note, promise, readable, situation
from ui.present import talks, tell_prep
from ui.web import show_brief

OWN = "Maja Lindt"


def grows(*told: Note, language: str = "en") -> Line | None:
    read = tuple(Readable(n, Screening(n.id, 1, language, (), False)) for n in told)
    here = replace(situation(), recent=read, earlier=())
    return tell_growth(here, teller_of(here))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Where I could improve: the flour orders."),
        ("en", "I still say yes too quickly to the drivers."),
        ("en", "I must learn to read the pump curves."),
        ("de", "Die Lohnlisten kann ich noch nicht allein."),
        ("de", "Es fällt mir schwer, Patienten warten zu lassen."),
        ("de", "Ich möchte das Löten lernen."),
        ("es", "Me cuesta escribir correos a los proveedores."),
        ("es", "Quiero aprender a leer los planos."),
        ("es", "Lo que me falta: explicar el turno a mi equipo."),
    ],
)
def test_what_they_name_themselves_is_told_in_their_words(language: str, words: str) -> None:
    seen = note("g1", "2026-04-08", "She struggles with the late orders.", NoteKind.OBSERVATION)
    own = note("g0", "2026-02-02", words, NoteKind.SELF_REVIEW, OWN)
    line = grows(own, seen, language=language)
    assert line is not None
    assert line.quotes[0].text == words
    assert "observation, not a verdict" not in line.text


def test_what_somebody_saw_is_told_as_an_observation() -> None:
    line = grows(note("g1", "2026-04-08", "Her blind spot, and she agrees: the late orders.", NoteKind.ONE_ON_ONE))
    assert line is not None
    assert line.text.startswith("One observation, not a verdict. From your one-on-one of 8 April")


@pytest.mark.parametrize(
    ("words", "author"),
    [
        ("I can't complain about the new oven at all.", OWN),
        ("The rolls could not be better on any morning.", "Rosa Blum, guest"),
        ("We want to learn who delivered the flour.", ""),
        ("Oh sure, I must learn to love paperwork.", OWN),
    ],
)
def test_jokes_praise_and_others_are_no_edge(words: str, author: str) -> None:
    assert grows(note("g1", "2026-04-08", words, NoteKind.ONE_ON_ONE, author)) is None


def test_nothing_private_and_the_brief_shows_it_once() -> None:
    words = "Where I could improve: the flour orders, every single week."
    own = note("g1", "2026-04-08", words, NoteKind.SELF_REVIEW, OWN)
    here = replace(situation(), recent=(readable(own, words, "health"),), earlier=())
    assert tell_growth(here, teller_of(here)) is None
    brief = prepare_brief(replace(here, recent=(readable(own),)), OfflineEngine(ShippedLibrary()))
    assert brief.growth is not None
    assert all(words not in line.text for line in brief.new)
    assert "WHERE THEY GROW" in tell_prep.prep(talks.prep(brief))
    assert "Where they grow" in show_brief.growth(brief.growth, brief.today, {})
    assert show_brief.growth(None, brief.today, {}) == ""


def test_a_survey_grumble_is_news_only_where_nothing_else_is() -> None:
    grumble = note("s1", "2026-04-08", "The counter bell is broken and nobody comes.", NoteKind.SURVEY_COMMENT, OWN)
    other = note("s2", "2026-04-08", "We agreed that she runs the early bake from May.", NoteKind.ONE_ON_ONE)
    asked = note("s3", "2026-04-08", "Asked what went wrong with the night man.", NoteKind.ONE_ON_ONE)
    engine = OfflineEngine(ShippedLibrary())
    here = replace(situation(), recent=tuple(map(readable, (grumble, other, asked))), earlier=(), evidence=())
    new = prepare_brief(here, engine).new
    assert [line.quotes[0].note.id for line in new] == ["s2"]
    assert len(new) <= MOST_NEW


def test_what_they_worked_on_and_did_is_no_edge_any_more() -> None:
    seen = note("g1", "2026-04-08", "She struggles with the late orders. She will send the orders by noon.")
    shown = note("g2", "2026-05-08", "Every one of the orders went out by noon.")
    made = promise(seen, "She will send the orders by noon.", Owner.THEM, None)
    kept = replace(made, state=PromiseState.DONE, closed_by=Quote.of(shown, shown.text))
    for promises, is_told in (((made,), True), ((kept,), False)):
        here = replace(situation(), recent=(readable(seen), readable(shown)), earlier=(), promises=promises)
        assert (tell_growth(here, teller_of(here)) is not None) is is_told
