"""Notebooks typed up, in the ways people keep them."""

from datetime import date

import pytest

from assistant.domain.importing import Document
from assistant.domain.note import NoteKind
from assistant.errors import ImportRefused
from knowledge.reading.files import Decoded
from knowledge.reading.journal import read_journal

DAY = date(2025, 5, 6)


def read(text: str, name: str = "notebook.txt") -> Document:
    return read_journal(name, Decoded(text))


def told(text: str, name: str = "notebook.txt") -> list[tuple[str, date, str]]:
    return [(draft.person_written, draft.day, draft.text) for draft in read(text, name).drafts]


@pytest.mark.parametrize(
    "day",
    [
        "Tuesday, May 6, 2025\n-------",
        "6 May 2025",
        "*** 2025-05-06 ***",
        "Dienstag, 6. Mai 2025:",
        "== Di 06.05.2025 ==",
        "martes, 6 de mayo de 2025\n======",
        "2025/05/06",
        "May 6th, 2025",
    ],
)
def test_day_lines_of_many_styles_are_seen(day: str) -> None:
    assert told(f"{day}\n\nAna [1:1]\nShe was\ncalm.\n") == [("Ana", DAY, "She was calm.")]


def test_kind_and_author_stand_in_brackets() -> None:
    (draft,) = read("2025-05-06\n\nTom B. [Peer feedback, from Wade Ott, stores (by phone)]\nGood.\n").drafts
    assert (draft.person_written, draft.kind, draft.author) == (
        "Tom B.",
        NoteKind.PEER_FEEDBACK,
        "Wade Ott, stores (by phone)",
    )


def test_wrapped_lines_join_and_paragraphs_and_lists_stay() -> None:
    text = "2025-05-06\n\nAna [1:1]\nOne\ntwo.\n\nThree\nfour:\n- five\n- six\n"
    assert told(text)[0][2] == "One two.\n\nThree four:\n- five\n- six"


def test_names_alone_on_a_line_open_entries() -> None:
    text = "6. Mai 2025\n\nAnna\nSie war müde\nund ging.\n\nBernd\nBlieb.\n\n7. Mai 2025\n\nAnna\nWieder da.\n"
    assert told(text) == [
        ("Anna", DAY, "Sie war müde und ging."),
        ("Bernd", DAY, "Blieb."),
        ("Anna", date(2025, 5, 7), "Wieder da."),
    ]


def test_names_before_a_colon_open_entries() -> None:
    assert told("2025-05-06\nAna: calm\nBen: loud\n  and late\n\n2025-05-07\nAna: calm again\n") == [
        ("Ana", DAY, "calm"),
        ("Ben", DAY, "loud and late"),
        ("Ana", date(2025, 5, 7), "calm again"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Dana Reyes, 6 May 2025", "Dana Reyes, 2025-05-06:", "**Dana Reyes**, 6. Mai 2025", "Dana Reyes – 06.05.2025",
        "Dana Reyes (Tuesday, May 6, 2025)", "- Dana Reyes, 6 de mayo de 2025", "## Dana Reyes am 6. Mai 2025",
        "Dana Reyes, trainee, 6 May 2025", "Dana Reyes 6 May 2025, 1:1",
    ],
)  # fmt: skip
def test_a_line_of_name_and_day_opens_a_note(line: str) -> None:
    text = f"{line}\nShe walked\nhim through.\n\nStill calm.\n\nTom B., 7 May 2025: Late.\n\n9 May 2025\nOn time.\n"
    assert told(text) == [
        ("Dana Reyes", DAY, "She walked him through.\n\nStill calm."),
        ("Tom B.", date(2025, 5, 7), "Late."),
        ("Tom B.", date(2025, 5, 9), "On time."),
    ]


def test_a_kind_behind_name_and_day_is_the_notes_kind() -> None:
    (draft,) = read("Dana, 6 May 2025 (1:1)\nCalm.\n").drafts
    assert (draft.person_written, draft.kind) == ("Dana", NoteKind.ONE_ON_ONE)


@pytest.mark.parametrize("line", ["Dana Reyes, 6 May 2025 was a good day", "We met Dana Reyes, 6 May 2025", "Updated"])
def test_a_day_in_a_sentence_opens_no_note(line: str) -> None:
    with pytest.raises(ImportRefused, match="No dated entry"):
        read(f"{line}\nShe was calm.\n")


def test_a_line_that_says_when_a_journal_was_printed_is_no_person() -> None:
    assert told("Updated: 8 May 2025\n\n6 May 2025\n\nAna [1:1]\nCalm.\n") == [("Ana", DAY, "Calm.")]


def test_a_colon_inside_an_entry_opens_nothing() -> None:
    text = "2025-05-06\n\nAna [1:1]\nThe caller was angry.\nCaller: I want it now.\nAna: You will have it.\n"
    assert len(told(text)) == 1


def test_lines_with_day_name_and_text_are_notes() -> None:
    assert told("2025-05-06 Ana: calm\n2025-05-07 Ben Ott: loud\n") == [
        ("Ana", DAY, "calm"),
        ("Ben Ott", date(2025, 5, 7), "loud"),
    ]


def test_a_journal_about_one_person_takes_the_full_name_of_the_file() -> None:
    text = "2025-05-06\nShe was calm.\n\n2025-05-07 - 1:1\nShe was not.\n"
    assert told(text, "Ana Ruiz.txt") == [
        ("Ana Ruiz", DAY, "She was calm."),
        ("Ana Ruiz", date(2025, 5, 7), "She was not."),
    ]
    assert read(text, "Ana Ruiz.txt").drafts[1].kind is NoteKind.ONE_ON_ONE


def test_whose_notebook_it_is_is_not_whom_it_is_about() -> None:
    with pytest.raises(ImportRefused, match="line 2: no person is named"):
        read("2025-05-06\nShe was calm.\n", "ruth_notebook.txt")


def test_text_under_nobody_is_refused_with_its_line() -> None:
    with pytest.raises(ImportRefused, match="line 6: nobody is named above this text"):
        read(
            "2025-05-06\n\nAna [1:1]\ncalm\n\n2025-05-07\nshe was calm again.\n".replace(
                "\n\n2025-05-07", "\n2025-05-07"
            )
        )


def test_a_day_without_its_year_is_refused_with_its_line() -> None:
    with pytest.raises(ImportRefused, match="line 5: 'Wednesday, May 7' has no year"):
        read(
            "Tuesday, May 6, 2025\n\nAna [1:1]\ncalm\nWednesday, May 7\n".replace("calm\nWed", "calm\n\nWed").replace(
                "\n\nAna", "\nAna"
            )
        )


def test_days_that_could_be_either_are_refused_until_a_line_says_how() -> None:
    with pytest.raises(ImportRefused, match="not clear which number is the month"):
        read("5/6/2025\nAna: calm\n")
    assert told("dates: d/m/y\n\n6/5/2025\nAna: calm\n") == [("Ana", DAY, "calm")]


def test_a_weekday_settles_which_number_is_the_month() -> None:
    assert told("Tue 5/6/2025\nAna: calm\n") == [("Ana", DAY, "calm")]


def test_a_text_without_days_says_what_is_missing() -> None:
    with pytest.raises(ImportRefused, match="No dated entry was found"):
        read("Shopping list\nmilk\n")


UNTIDY = """Rob Kilbride - shop floor lead

12/10/26  Rob: coffee. Wants less admin.
He is great with angry customers.

9.11. Rob 1:1 cancelled, he was sick

23.11.26 Rob. back. He will do the list by Friday 4 dec.
"""


def test_days_written_in_three_forms_open_a_note_each_and_settle_each_other() -> None:
    assert told(UNTIDY) == [
        ("Rob Kilbride", date(2026, 10, 12), "Rob: coffee. Wants less admin. He is great with angry customers."),
        ("Rob Kilbride", date(2026, 11, 9), "Rob 1:1 cancelled, he was sick"),
        ("Rob Kilbride", date(2026, 11, 23), "Rob. back. He will do the list by Friday 4 dec."),
    ]
    assert {draft.kind for draft in read(UNTIDY).drafts} == {NoteKind.MISC}


def test_a_day_of_one_reading_settles_the_others_even_inside_a_sentence() -> None:
    text = "Rob Kilbride\n\n12/10/26\nCoffee.\n\n05/11/26\nList due 23/11/26.\n"
    assert [day for _, day, _ in told(text)] == [date(2026, 10, 12), date(2026, 11, 5)]
    with pytest.raises(ImportRefused, match="which number is the month"):
        read(text.replace("23/11/26", "soon"))


def test_a_short_day_between_two_years_is_asked_for() -> None:
    with pytest.raises(ImportRefused, match=r"'9\.1\.' has no year"):
        read("Rob Kilbride\n\n12.10.2026\nCoffee.\n\n9.1. he was sick\n\n3.2.2027\nBack.\n")


def test_figures_that_end_a_wrapped_line_open_no_note() -> None:
    text = "Rob Kilbride\n\n12.10.2026\nThe list is due by\n23.11.2026 at noon and the rota by\n9.12. too.\n"
    assert len(told(text)) == 1


def test_words_under_a_day_belong_to_whom_the_first_line_names() -> None:
    text = "Rob Kilbride\n\n12.10.26 Rob: coffee.\n\n19.11.26\nhe was away.\n"
    assert told(text) == [
        ("Rob Kilbride", date(2026, 10, 12), "coffee."),
        ("Rob Kilbride", date(2026, 11, 19), "he was away."),
    ]
