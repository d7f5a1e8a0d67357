"""Days in questions, in three languages, asked on Monday 15 June 2026 unless said otherwise."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.domain.search import Window
from knowledge.search.date_words import days_ahead, read_date_words

TODAY = date(2026, 6, 15)


def days(since: str, until: str) -> Window:
    return Window(date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("what did she say on 2026-03-05", "2026-03-05", "2026-03-05"),
        ("what happened on 3 March", "2026-03-03", "2026-03-03"),
        ("the visit of August 12th, 2025", "2025-08-12", "2025-08-12"),
        ("what went well in March", "2026-03-01", "2026-03-31"),
        ("praise in November", "2025-11-01", "2025-11-30"),
        ("late shifts since the middle of March", "2026-03-11", ""),
        ("his mood since may", "2026-05-01", ""),
        ("until the end of April", "", "2026-04-30"),
        ("before March", "", "2026-02-28"),
        ("between March and May", "2026-03-01", "2026-05-31"),
        ("from November to February", "2025-11-01", "2026-02-28"),
        ("complaints this spring", "2026-03-01", "2026-06-20"),
        ("how was last summer", "2025-06-01", "2025-09-22"),
        ("what happened over the winter", "2025-12-01", "2026-03-20"),
        ("in Q1", "2026-01-01", "2026-03-31"),
        ("in the first quarter of 2025", "2025-01-01", "2025-03-31"),
        ("in the second half of the year 2025", "2025-07-01", "2025-12-31"),
        ("what did he do last week", "2026-06-08", "2026-06-14"),
        ("wins last month", "2026-05-01", "2026-05-31"),
        ("wins in the last month", "2026-05-15", "2026-06-15"),
        ("wins in the last six weeks", "2026-05-04", "2026-06-15"),
        ("wins over the past 3 months", "2026-03-15", "2026-06-15"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("since the beginning of the year", "2026-01-01", ""),
        ("a month ago", "2026-04-30", "2026-05-30"),
        ("what did she tell me yesterday", "2026-06-14", "2026-06-14"),
        ("last Friday", "2026-06-12", "2026-06-12"),
        ("what have guests said lately", "2026-04-16", "2026-06-15"),
        ("since our talk in March", "2026-03-01", ""),
        ("Was lief im März gut?", "2026-03-01", "2026-03-31"),
        ("Beschwerden seit Mitte März", "2026-03-11", ""),
        ("in den letzten sechs Wochen", "2026-05-04", "2026-06-15"),
        ("letzten Monat", "2026-05-01", "2026-05-31"),
        ("am 5. März", "2026-03-05", "2026-03-05"),
        ("am 05.03.2026", "2026-03-05", "2026-03-05"),
        ("im ersten Quartal", "2026-01-01", "2026-03-31"),
        ("vor drei Wochen", "2026-05-21", "2026-05-29"),
        ("seit Anfang des Jahres", "2026-01-01", ""),
        ("letzten Sommer", "2025-06-01", "2025-09-22"),
        ("¿qué dijo en marzo?", "2026-03-01", "2026-03-31"),
        ("desde principios de mayo", "2026-05-01", ""),
        ("en las últimas seis semanas", "2026-05-04", "2026-06-15"),
        ("el mes pasado", "2026-05-01", "2026-05-31"),
        ("hace tres semanas", "2026-05-21", "2026-05-29"),
        ("el 5 de marzo de 2026", "2026-03-05", "2026-03-05"),
    ],
)
def test_a_named_time_becomes_a_range_of_days(text: str, since: str, until: str) -> None:
    told = read_date_words(text, TODAY)
    assert (told.window, told.due) == (days(since, until), False)


@pytest.mark.parametrize(
    "text",
    [
        "what does she enjoy",
        "he may leave and march off",
        "the summer school she ran",
        "does the spring in her step last",
        "room 2026 and 42 chairs",
        "31 June",
        "what should I ask",
        "is he an august person",
        "",
    ],
)
def test_words_that_only_look_like_days_are_left_alone(text: str) -> None:
    assert read_date_words(text, TODAY).window is None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("what is due this month", "2026-06-01", "2026-06-30"),
        ("what is due before July", "", "2026-06-30"),
        ("what has to be finished by mid July", "", "2026-07-21"),
        ("which licences expire in the next seven weeks", "2026-06-15", "2026-08-03"),
        ("overdue since March", "2026-03-01", ""),
        ("what comes next month", "2026-07-01", "2026-07-31"),
        ("was ist bis Ende Juli fällig", "", "2026-07-31"),
        ("qué vence en julio", "2026-07-01", "2026-07-31"),
    ],
)
def test_what_falls_due_is_told_apart_and_lies_ahead(text: str, since: str, until: str) -> None:
    told = read_date_words(text, TODAY)
    assert (told.window, told.due) == (days(since, until), True)


def test_what_came_of_something_is_looked_for_after_it_too() -> None:
    assert read_date_words("did she finish what I gave her in March?", TODAY).window == days("2026-03-01", "")


def test_a_loose_number_of_weeks_reaches_further_back_than_an_exact_one() -> None:
    exact = read_date_words("in the last six weeks", TODAY).window
    loose = read_date_words("in the last six weeks or so", TODAY).window
    assert exact
    assert loose
    assert exact.since
    assert loose.since
    assert loose.since < exact.since


def test_a_month_in_january_is_one_of_the_year_before() -> None:
    assert read_date_words("in December", date(2026, 1, 10)).window == days("2025-12-01", "2025-12-31")
    assert read_date_words("last month", date(2026, 1, 31)).window == days("2025-12-01", "2025-12-31")
    assert read_date_words("last week", date(2026, 1, 1)).window == days("2025-12-22", "2025-12-28")


def test_a_note_names_days_ahead_of_it() -> None:
    written = date(2026, 5, 20)
    assert [*days_ahead("Will send it by 10 July and call on Friday.", written)] == [
        days("2026-07-10", "2026-07-10"),
        days("2026-05-22", "2026-05-22"),
    ]
    assert [*days_ahead("In 2024 he may have been late.", written)] == []


@given(st.text(max_size=120), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
@example("Q1", date(2000, 1, 1))
def test_no_text_breaks_it(text: str, today: date) -> None:
    read = read_date_words(text, today)
    assert read == read_date_words(text, today)
    assert all(window.until and window.until >= today for window in days_ahead(text, today))


@given(
    st.lists(
        st.sampled_from(
            "since until by in the last next past mid early end of this six 3 31 February march q2 quarter weeks year "
            "ago summer Friday und bis Mitte letzten vor hace el mes pasado 2025 0 999 first half a couple".split()
        ),
        max_size=7,
    ),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_no_mixture_of_day_words_breaks_it(said: list[str], today: date) -> None:
    told = read_date_words(" ".join(said), today)
    assert told.window is None or told.window.since or told.window.until
