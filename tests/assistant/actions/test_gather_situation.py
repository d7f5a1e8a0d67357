import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from assistant.desk import Desk
from assistant.domain.note import NoteKind
from assistant.domain.stage import Stage


def shown(noun: Any) -> str:
    """All of a noun as JSON, but each note only by its id: what a face may show."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            if {"fingerprint", "mentions", "text", "revision"} & value.keys() and "account_id" in value:
                return value.get("id")
            return {str(k): plain(v) for k, v in value.items()}
        if isinstance(value, list | tuple | frozenset):
            return [plain(v) for v in value]
        return str(value)

    return json.dumps(plain(asdict(noun)))


def test_one_persons_situation_holds_their_notes_and_nobody_elses(desk: Desk) -> None:
    found = desk.person("Maja").situation()
    assert found.notes_in_all == 5
    assert {r.note.person_id for r in found.recent} == {"p1"}
    assert {i.note.person_id for i in found.evidence} == {"p1"}
    assert found.since.day == date(2026, 3, 31)
    assert found.since.was_meeting
    assert found.stage is Stage.REGULAR


def test_what_is_private_stands_under_left_out_and_in_no_evidence(desk: Desk) -> None:
    found = desk.person("Maja").situation()
    assert len(found.left_out) == 1
    assert "CANARY" in found.left_out[0].note.text
    assert all("CANARY" not in i.quote.text for i in found.evidence)


def test_a_private_passage_reaches_no_brief_plan_or_answer(desk: Desk) -> None:
    person = desk.person("Maja")
    for noun in (person.brief(), person.brief(six=True), person.draft_plan(), person.ask("How is her knee doing?")):
        assert "CANARY" not in shown(noun)
        assert "PELICAN" not in shown(noun)
    assert "is private." in person.brief().avoid[0].text


def test_what_is_dated_later_does_not_exist_on_an_earlier_day(desk: Desk) -> None:
    earlier = replace(desk, today=date(2026, 3, 5))
    assert earlier.person("Maja").situation().notes_in_all == 1
    assert earlier.person("Maja").brief().thin


def test_a_note_closed_to_the_assistant_is_told_of_but_not_used(desk: Desk) -> None:
    from assistant.domain.note import AiUse

    person = desk.person("Maja")
    person.add_note("She loves HERON-1 puzzles more than anything.", day=date(2026, 4, 9), kind=NoteKind.OBSERVATION,
                    ai=AiUse.NEVER)  # fmt: skip
    brief = person.brief(six=True)
    assert "HERON" not in shown(brief)
    assert any("9 April is closed" in item.text for item in brief.avoid)


def test_a_situation_is_gathered_the_same_way_twice(desk: Desk) -> None:
    assert desk.person("Maja").situation() == desk.person("Maja").situation()


def test_profile_and_brief_agree(desk: Desk) -> None:
    person = desk.person("Maja")
    assert person.profile() == person.situation().profile


def test_the_manager_is_answered_in_the_language_of_most_of_the_newest_notes(desk: Desk) -> None:
    person = desk.person("Maja")
    assert person.situation().language == "en"
    told = "Sie hat heute mit den Lehrlingen die Öfen neu eingestellt, und das Brot war besser als sonst."
    for day in range(1, 11):
        person.add_note(f"{told} Das war am {day}. Tag.", day=date(2026, 4, day))
    assert person.situation().language == "de"


def test_notes_from_before_the_window_are_there_too_in_order_and_nobody_elses(desk: Desk) -> None:
    person = desk.person("Maja")
    person.add_note("She did not want to lead the shift.", day=date(2025, 3, 1))
    person.add_note("She had tried the night bake once.", day=date(2025, 2, 1))
    found = person.situation()
    assert [r.note.day for r in found.earlier] == [date(2025, 2, 1), date(2025, 3, 1)]
    assert {r.note.person_id for r in found.earlier} == {"p1"}
    assert not {r.note.id for r in found.earlier} & {r.note.id for r in found.recent}
    assert len(found.earlier) + len(found.recent) == found.notes_in_all
