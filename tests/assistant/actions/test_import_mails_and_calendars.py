"""Mails find whom they are about, calendars plan one-on-ones; what is unsure is asked, all of it can go back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.domain.importing import ImportReport
from assistant.domain.meeting import Meeting, MeetingState
from assistant.errors import AmbiguousPerson, Unknown
from tests.house import Bakery

MAIL = """From: {sender}
To: {to}
Subject: {subject}
Date: Fri, 5 Jun 2026 09:00:00 +0200

The rye was the best in weeks.
"""
ENTRY = """BEGIN:VEVENT
UID:{uid}
DTSTART;VALUE=DATE:{day}
SUMMARY:{summary}
{more}
END:VEVENT
"""


def mail(folder: Path, *, sender: str, subject: str = "Hello", to: str = "Anna Berg <anna@example.com>") -> Path:
    path = folder / "mail.eml"
    path.write_text(MAIL.format(sender=sender, subject=subject, to=to), encoding="utf-8")
    return path


def calendar(folder: Path, *entries: tuple[str, str, str] | tuple[str, str, str, str]) -> Path:
    path = folder / "calendar.ics"
    told = "".join(
        ENTRY.format(uid=uid, day=day.replace("-", ""), summary=summary, more=more[0] if more else "CLASS:PUBLIC")
        for uid, day, summary, *more in entries
    )
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{told}END:VCALENDAR\n", encoding="utf-8")
    return path


def take(desk: Desk, path: Path, **more: object) -> ImportReport:
    return desk.import_notes([path], **more)  # type: ignore[arg-type]


def planned(desk: Desk) -> Sequence[Meeting]:
    with desk.records.reading(desk.account, desk.today) as shelf:
        return [m for m in shelf.meetings.all() if m.state is MeetingState.PLANNED]


def days(desk: Desk) -> list[tuple[str, str]]:
    return sorted((str(m.person_id), m.day.isoformat()) for m in planned(desk))


# Mails


@pytest.mark.parametrize(
    ("sender", "subject", "to"),
    [
        ("Nadia Okoro <nadia@example.com>", "Hello", "Anna Berg <anna@example.com>"),
        ("Hotel Linde <front@linde.example>", "Praise for Nadia", "Anna Berg <anna@example.com>"),
        ("Anna Berg <anna@example.com>", "Thanks", "nadia.okoro@example.com"),
        ("Hotel Linde <front@linde.example>", "Fwd: Re: rye", '"Okoro, Nadia" <no@example.com>'),
    ],
)
def test_a_mail_is_filed_under_whom_you_lead(
    sender: str, subject: str, to: str, bakery: Bakery, tmp_path: Path
) -> None:
    report = take(bakery.desk, mail(tmp_path, sender=sender, subject=subject, to=to))
    assert (report.added, [m.person.id for m in report.matches if m.person]) == (1, ["nadia"])
    (note,) = [n for n in bakery.desk.person("nadia").notes() if n.import_id == report.id]
    assert note.text == f"{subject}\n\nThe rye was the best in weeks."
    assert [n for row in bakery.foreign.people() for n in bakery.foreign.person(row.person.id).notes()] == []


def test_a_mail_about_nobody_you_lead_is_asked_about_and_the_answer_makes_them(bakery: Bakery, tmp_path: Path) -> None:
    path = mail(tmp_path, sender="Vera Holm <vera@example.org>")
    with pytest.raises(AmbiguousPerson) as caught:
        take(bakery.desk, path)
    assert "Vera Holm" in caught.value.message
    assert "--person 'Vera Holm=new'" in caught.value.next
    assert take(bakery.desk, path, dry_run=True).matches[0].state == "unsure"
    report = take(bakery.desk, path, answers={"Vera Holm": "new"})
    assert report.added == 1
    assert "Vera Holm" in [row.person.name for row in bakery.desk.people()]
    assert bakery.foreign.people() == []


def test_a_mail_between_two_whom_you_lead_is_asked_about(bakery: Bakery, tmp_path: Path) -> None:
    path = mail(tmp_path, sender="Nadia Okoro <n@example.com>", to="Jan Novak <j@example.com>")
    with pytest.raises(AmbiguousPerson) as caught:
        take(bakery.desk, path)
    assert {choice.id for choice in caught.value.choices} == {"nadia", "jan1", "new"}
    assert take(bakery.desk, path, answers={"Nadia Okoro or Jan Novak": "jan1"}).added == 1


def test_a_first_name_that_two_have_is_asked_about(bakery: Bakery, tmp_path: Path) -> None:
    with pytest.raises(AmbiguousPerson, match="2 people fit"):
        take(bakery.desk, mail(tmp_path, sender="Hotel Linde <x@linde.example>", subject="About Jan"))


# Calendars


def test_a_calendar_plans_one_on_ones_with_whom_you_lead(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        ("a", "2026-06-18", "1:1 Nadia / Anna"),
        ("b", "2026-06-19", "Jour fixe Jan Novak"),
        ("c", "2026-06-19", "1:1 Clara Wolf"),
        ("d", "2026-06-20", "1:1 Nadia Okoro", "STATUS:CANCELLED"),
        ("e", "2026-06-01", "1:1 Nadia Okoro"),
    )
    report = take(bakery.desk, path)
    (file,) = report.files
    assert (file.added, file.meetings) == (0, 2)
    assert days(bakery.desk) == [("jan1", "2026-06-19"), ("nadia", "2026-06-18")]
    told = " ".join(file.skipped)
    assert "nobody here is called Clara Wolf; `--person 'Clara Wolf=new'` brings them in" in told
    assert "1 day passed: left out, since a calendar does not say that you met" in told
    assert "cancelled" in told
    assert days(bakery.foreign) == []
    with bakery.desk.records.reading(bakery.desk.account, bakery.desk.today) as shelf:
        assert not any(m.day == date(2026, 6, 1) and m.state is MeetingState.HELD and not m.note_ids
                       for m in shelf.meetings.all())  # fmt: skip


def test_another_account_gets_nothing_of_a_calendar(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(tmp_path, ("a", "2026-06-18", "1:1 Nadia Okoro"))
    report = take(bakery.foreign, path)
    assert (report.id, report.files[0].meetings) == ("", 0), "the other manager leads no Nadia"
    own = take(bakery.desk, path)
    with pytest.raises(Unknown):
        bakery.foreign.undo_import(own.id)
    assert days(bakery.desk) == [("nadia", "2026-06-18")]


def test_a_calendar_brought_twice_plans_once(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(tmp_path, ("a", "2026-06-18", "1:1 Nadia Okoro", "RRULE:FREQ=WEEKLY"))
    first = take(bakery.desk, path)
    again = take(bakery.desk, path)
    assert first.files[0].meetings == 13
    assert (again.id, again.files[0].meetings, again.files[0].known) == ("", 0, 13)
    assert days(bakery.desk)[-1] == ("nadia", "2026-09-10"), "a series is planned 92 days ahead"
    assert any("more than 92 days ahead" in line for line in first.files[0].skipped)
    later = take(replace(bakery.desk, today=date(2026, 7, 15)), path)
    assert later.files[0].meetings == 5


def test_a_dry_run_plans_nothing(bakery: Bakery, tmp_path: Path) -> None:
    report = take(bakery.desk, calendar(tmp_path, ("a", "2026-06-18", "1:1 Nadia Okoro")), dry_run=True)
    assert (report.files[0].meetings, days(bakery.desk)) == (1, [])


def test_what_was_held_or_skipped_on_a_day_stays(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(tmp_path, ("a", "2026-06-18", "1:1 Nadia Okoro"), ("b", "2026-06-15", "1:1 Nadia Okoro"))
    nadia = bakery.desk.person("nadia")
    nadia.keep_meeting(date(2026, 6, 18), MeetingState.SKIPPED)
    nadia.keep_meeting(date(2026, 6, 15), MeetingState.HELD)
    report = take(bakery.desk, path)
    assert (report.files[0].meetings, report.files[0].known, days(bakery.desk)) == (0, 2, [])


def test_an_entry_that_was_moved_moves_what_it_planned(bakery: Bakery, tmp_path: Path) -> None:
    take(bakery.desk, calendar(tmp_path, ("a", "2026-06-18", "1:1 Nadia Okoro")))
    take(bakery.desk, calendar(tmp_path, ("a", "2026-06-22", "1:1 Nadia Okoro")))
    assert days(bakery.desk) == [("nadia", "2026-06-22")]


def test_undo_takes_back_what_was_planned_and_leaves_what_was_held_since(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        ("a", "2026-06-15", "1:1 Nadia Okoro"),
        ("b", "2026-06-18", "1:1 Nadia Okoro"),
        ("c", "2026-06-19", "1:1 Vera Holm"),
    )
    by_hand = bakery.desk.person("jan1").keep_meeting(date(2026, 6, 20), MeetingState.PLANNED)
    report = take(bakery.desk, path, answers={"Vera Holm": "new"})
    assert report.files[0].meetings == 3
    bakery.desk.person("nadia").keep_meeting(date(2026, 6, 15), MeetingState.HELD)
    bakery.desk.undo_import(report.id)
    assert days(bakery.desk) == [("jan1", by_hand.day.isoformat())]
    with bakery.desk.records.reading(bakery.desk.account, bakery.desk.today) as shelf:
        assert any(m.day == date(2026, 6, 15) and m.state is MeetingState.HELD for m in shelf.meetings.all())
    assert "Vera Holm" not in [row.person.name for row in bakery.desk.people()]


def test_an_entry_with_two_whom_you_lead_is_no_one_on_one(bakery: Bakery, tmp_path: Path) -> None:
    report = take(bakery.desk, calendar(tmp_path, ("a", "2026-06-18", "Check-in Nadia Okoro / Jan Novak")))
    assert report.files[0].meetings == 0
    assert "it names several of your people (Nadia Okoro or Jan Novak)" in " ".join(report.files[0].skipped)


def test_a_name_that_two_have_is_asked_about_in_a_calendar_too(bakery: Bakery, tmp_path: Path) -> None:
    path = calendar(tmp_path, ("a", "2026-06-18", "1:1 Jan"))
    with pytest.raises(AmbiguousPerson):
        take(bakery.desk, path)
    assert days(bakery.desk) == []
    take(bakery.desk, path, answers={"Jan": "jan2"})
    assert days(bakery.desk) == [("jan2", "2026-06-18")]
