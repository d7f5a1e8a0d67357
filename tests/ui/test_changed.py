"""What the last talk left is told as that, not as news since then."""

from datetime import date

from ui.present.changed import changed

LAST, LATER = date(2026, 6, 2), date(2026, 6, 9)


def parts(last_talk: date | None) -> list[tuple[str, list[date]]]:
    told = changed([LATER, LAST], [], [LAST], last_talk=last_talk, day_of=lambda line: line)
    return [(title, list(lines)) for title, lines in told]


def test_the_note_of_the_last_talk_stands_apart_from_what_came_after_it() -> None:
    assert parts(LAST) == [("New", [LATER]), ("Last time", [LAST]), ("Settled", [LAST])]


def test_without_a_talk_on_record_all_of_it_is_new() -> None:
    assert parts(None) == [("New", [LATER, LAST]), ("Settled", [LAST])]
