"""Digests on each database: kept by quarter, gone with any note they were made of, read only while they are true."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, Note, NoteId, Span
from assistant.errors import Invalid
from assistant.ports.records import Records
from tests.knowledge.records.nouns import BO, DANA, ME, day, fill, note, person, screening, seen, written

TEACHING = note()
WELDING = note("Welded the gate with the joiner.", "2025-11-02", id="n2")
SPRING, AUTUMN = Period(date(2026, 1, 1)), Period(date(2025, 10, 1))


def line(of: Note, words: str) -> DigestLine:
    return DigestLine(f"It says: “{words}”.", (Quote.of(of, words),))


@pytest.fixture
def kept(records: Records) -> Records:
    fill(records, TEACHING, WELDING)
    with written(records) as shelf:
        shelf.screenings.put([screening(TEACHING), screening(WELDING)])
        shelf.digests.keep(Digest(ME, DANA, SPRING, "one", (line(TEACHING, "teaching the new nurses"),)))
        shelf.digests.keep(Digest(ME, DANA, AUTUMN, "two", (line(WELDING, "with the joiner"),)))
    return records


def periods(records: Records, on: str = "2026-06-15") -> list[Period]:
    with seen(records, on) as shelf:
        return [made.period for made in shelf.digests.of(DANA)]


def test_a_quarter_has_its_first_and_last_day() -> None:
    assert [Period.around(date(2025, m, 9)).first.month for m in (1, 3, 4, 9, 12)] == [1, 1, 4, 7, 10]
    assert (AUTUMN.last, SPRING.last) == (date(2025, 12, 31), date(2026, 3, 31))
    with pytest.raises(Invalid):
        Period(date(2026, 2, 1))


def test_what_is_kept_comes_back_newest_first_with_its_quotes(kept: Records) -> None:
    with seen(kept) as shelf:
        spring, autumn = shelf.digests.of(DANA)
        assert (spring.period, autumn.period) == (SPRING, AUTUMN)
        assert spring.lines == (line(TEACHING, "teaching the new nurses"),)
        assert shelf.digests.marks(DANA) == {SPRING: "one", AUTUMN: "two"}
        assert shelf.digests.of(BO) == []
    assert periods(kept, "2025-12-31") == [AUTUMN]


def test_a_quarter_is_kept_once(kept: Records) -> None:
    with written(kept) as shelf:
        shelf.digests.keep(Digest(ME, DANA, SPRING, "three"))
        assert shelf.digests.marks(DANA) == {SPRING: "three", AUTUMN: "two"}
    assert periods(kept) == [AUTUMN]


def test_a_changed_a_moved_and_a_removed_note_take_their_quarter_along(kept: Records) -> None:
    with written(kept) as shelf:
        shelf.notes.save(replace(TEACHING, text="Loves teaching the new nurses at night.", revision=2))
        assert shelf.digests.marks(DANA) == {AUTUMN: "two"}
        shelf.notes.save(replace(WELDING, person_id=BO, revision=2))
        assert shelf.digests.marks(DANA) == {}
        shelf.digests.keep(Digest(ME, BO, AUTUMN, "bo"))
        shelf.notes.remove([NoteId("n2")])
        assert shelf.digests.marks(BO) == {}


def test_what_is_private_or_closed_by_now_is_gone(kept: Records) -> None:
    with written(kept) as shelf:
        shelf.screenings.put([screening(WELDING, Span(0, 6))])
        assert shelf.digests.marks(DANA) == {SPRING: "one"}
        shelf.notes.save(replace(TEACHING, ai=AiUse.NEVER, revision=2))
        assert shelf.digests.marks(DANA) == {}


def test_a_forgotten_name_and_a_forgotten_person_are_in_no_digest(kept: Records) -> None:
    with written(kept) as shelf:
        shelf.erasing.black_out(person(BO, "Bo Kranz"), [NoteId("n2")])
        assert shelf.digests.marks(DANA) == {SPRING: "one"}
        shelf.erasing.forget(person())
    with seen(kept) as shelf:
        assert shelf.digests.marks(DANA) == {}


def test_a_digest_of_somebody_elses_note_cannot_be() -> None:
    strange = DigestLine("It says so.", (Quote.of(replace(TEACHING, person_id=BO), "teaching the new nurses"),))
    with pytest.raises(Invalid):
        Digest(ME, DANA, SPRING, "one", (strange,))
    with pytest.raises(Invalid):
        DigestLine("No ground.", ())
    assert day("2026-03-01") <= SPRING.last


def test_a_line_on_what_has_become_private_is_not_read(kept: Records) -> None:
    with written(kept) as shelf:
        words = Quote.of(TEACHING, "teaching the new nurses").span
        shelf.screenings.put([screening(TEACHING, words), screening(WELDING, whole=True)])
    assert periods(kept) == []
