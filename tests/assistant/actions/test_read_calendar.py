"""Absences, reliefs and shifts that the notes tell of, in three trades and three languages; nothing of others."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.read_calendar import read_calendar
from assistant.domain.calendar import AheadKind
from assistant.domain.note import Mention, NoteKind, Span
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable, Screening, SensitiveSpan
from tests.assistant.engines.offline.situations import note, situation

AWAY, RELIEF, SHIFT = AheadKind.AWAY, AheadKind.RELIEF, AheadKind.SHIFT


def read(text: str, language: str = "en") -> list[tuple[AheadKind, date, date | None]]:
    one = note("d1", "2026-04-07", text, NoteKind.ONE_ON_ONE)
    told = Readable(one, Screening(one.id, 1, language, (), False))
    return [(a.kind, a.start, a.end) for a in read_calendar(replace(situation(), recent=(told,)))]


@pytest.mark.parametrize(
    ("language", "text", "kind", "start", "end"),
    [
        ("en", "She is off 27-30 April.", AWAY, (4, 27), (4, 30)),
        ("en", "Holiday week of 4 May, booked since winter.", AWAY, (5, 4), (5, 10)),
        ("en", "Maja is on the welding course from 20 to 22 April.", AWAY, (4, 20), (4, 22)),
        ("en", "Nights covered by the agency until 30 April.", RELIEF, (4, 7), (4, 30)),
        ("en", "She has no on-call in April or May.", RELIEF, (4, 7), (5, 31)),
        ("en", "She covers for the head chef until 3 May.", RELIEF, (4, 7), (5, 3)),
        ("en", "Maja moves to the late shift on 4 May.", SHIFT, (5, 4), None),
        ("de", "Maja hat vom 27. bis 30. April Urlaub.", AWAY, (4, 27), (4, 30)),
        ("de", "Urlaub KW 19.", AWAY, (5, 4), (5, 8)),
        ("de", "Bis Ende April vertritt Jo sie an der Kasse.", RELIEF, (4, 7), (4, 30)),
        ("de", "Im April und Mai keine Nachtdienste.", RELIEF, (4, 7), (5, 31)),
        ("de", "Ab 4. Mai ist sie in der Spätschicht.", SHIFT, (5, 4), None),
        ("es", "Maja está de vacaciones del 27 al 30 de abril.", AWAY, (4, 27), (4, 30)),
        ("es", "Jo la cubre en la caja hasta finales de abril.", RELIEF, (4, 7), (4, 30)),
        ("es", "No hace noches en abril y mayo.", RELIEF, (4, 7), (5, 31)),
        ("es", "Pasa al turno de tarde el 4 de mayo.", SHIFT, (5, 4), None),
    ],
)
def test_days_ahead_are_read_with_their_begin_and_end(
    language: str, text: str, kind: AheadKind, start: tuple[int, int], end: tuple[int, int] | None
) -> None:
    assert read(text, language) == [(kind, date(2026, *start), date(2026, *end) if end else None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Truck is off the road until 30 April."),
        ("en", "I book her on the nutrition course, places close 16 April."),
        ("en", "She goes on the welding course in June, sign up by 20 April."),
        ("de", "Sie ist auf dem Kurs dabei, Anmeldeschluss am 20. April."),
        ("es", "Va en el curso de soldadura, inscripción hasta el 20 de abril."),
        ("en", "The customer is away from 20 April until 3 May."),
        ("en", "She took no holiday from January to March."),
        ("en", "She'd need a GIS course, 6 evenings at the college."),
        ("en", "I'm on leave from 20 April until 3 May."),
        ("de", "Der Ofen ist bis 30. April kaputt."),
        ("de", "Die Vertretung der Firma kommt bis Freitag."),
        ("de", "Ich habe vom 27. bis 30. April Urlaub."),
        ("es", "El horno estará fuera de servicio hasta el 30 de abril."),
        ("es", "La ayuda del cliente llegó hasta la puerta el 30 de abril."),
    ],
)
def test_what_is_not_theirs_or_no_absence_is_left_out(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_private_absence_and_one_of_somebody_else_stay_out() -> None:
    text = "Her leave runs from 20 April until 3 May."
    one = note("d1", "2026-04-07", text, NoteKind.ONE_ON_ONE)
    private = Readable(one, Screening(one.id, 1, "en", (SensitiveSpan(Span(0, len(text)), "family"),), False))
    assert read_calendar(replace(situation(), recent=(private,))) == ()
    named = replace(one, mentions=(Mention(PersonId("jo"), Span(0, 3)),))
    other = Readable(named, Screening(one.id, 1, "en", (), False))
    assert read_calendar(replace(situation(), recent=(other,))) == ()
