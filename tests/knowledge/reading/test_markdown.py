"""Markdown in the ways people keep it."""

import re
from datetime import date

import pytest

from assistant.domain.importing import Document
from assistant.domain.note import NoteKind
from assistant.errors import ImportRefused
from knowledge.reading.files import Decoded
from knowledge.reading.markdown import read_markdown

DAY = date(2025, 5, 6)


def read(text: str, name: str = "team.md") -> Document:
    return read_markdown(name, Decoded(text))


def told(document: Document) -> list[tuple[str, date, str]]:
    return [(draft.person_written, draft.day, draft.text) for draft in document.drafts]


@pytest.mark.parametrize(
    "heading",
    [
        "## 2025-05-06 - 1:1 (Eva Lang)",
        "### 6 May 2025 · 1:1 · Eva Lang",
        "## Tuesday, May 6, 2025 — one-on-one, from Eva Lang",
        "## Di., 06.05.2025 – Einzelgespräch (Eva Lang)",
        "## 6 de mayo de 2025: uno a uno (Eva Lang)",
        "#### 1:1 (2025-05-06) · Eva Lang",
        "**6. Mai 2025 · 1:1 · Eva Lang**",
        "2025-05-06 - 1:1 (Eva Lang)\n---------------------------",
    ],
)
def test_dated_headings_of_many_styles_open_a_note(heading: str) -> None:
    (draft,) = read(f"# Ana Ruiz\n\n{heading}\n\nShe was calm.\n").drafts
    assert (draft.person_written, draft.day, draft.kind, draft.author, draft.text) == (
        "Ana Ruiz",
        DAY,
        NoteKind.ONE_ON_ONE,
        "Eva Lang",
        "She was calm.",
    )


def test_a_heading_needs_neither_kind_nor_author() -> None:
    (draft,) = read("# Ana Ruiz\n## 2025-05-06\nx\n").drafts
    assert (draft.kind, draft.author) == (NoteKind.MISC, "")


@pytest.mark.parametrize("name", ["Ana Ruiz.md", "ana_ruiz.md", "ana-ruiz-notes.md", "Notes on Ana Ruiz.md"])
def test_the_file_name_names_the_person_when_nothing_else_does(name: str) -> None:
    assert told(read("## 2025-05-06\nx\n", name)) == [("Ana Ruiz", DAY, "x")]


def test_words_keep_their_lines_and_sub_headings_but_not_quote_marks_and_rules() -> None:
    text = "# Ana Ruiz\n## 2025-05-06\n\nFirst line\nsecond line\n\n### Actions\n- one\n\n> said so\n> twice\n\n---\n"
    assert told(read(text))[0][2] == "First line\nsecond line\n\n### Actions\n- one\n\nsaid so\ntwice"


def test_a_line_above_a_rule_is_not_a_heading() -> None:
    assert (
        told(read("# Ana Ruiz\n## 2025-05-06\n\nWe talked about pay\n---\n\n## 2025-05-07\ny\n"))[0][2]
        == "We talked about pay"
    )


def test_a_heading_that_says_more_stays_with_the_note() -> None:
    (draft,) = read("# Ana Ruiz\n## 2025-05-06 How the handover to the night shift went wrong\nBadly.\n").drafts
    assert draft.text == "How the handover to the night shift went wrong\n\nBadly."


def test_a_day_at_the_end_of_a_sentence_opens_no_note() -> None:
    document = read("# Ana Ruiz\n## 2025-05-06\nx\n### Goals until 2025-12-31\nlearn\n")
    assert told(document) == [("Ana Ruiz", DAY, "x\n### Goals until 2025-12-31\nlearn")]


def test_several_people_in_one_file_are_kept_apart() -> None:
    text = "# Night shift\n## Tom Berg\n### 2025-05-06\nhis\n## Tom Stone\n### 2025-05-06\nalso his\n"
    assert told(read(text)) == [("Tom Berg", DAY, "his"), ("Tom Stone", DAY, "also his")]


def test_sections_below_a_person_are_no_people() -> None:
    text = "# Ana Ruiz\n## Ward Rounds\n### 2025-05-06\none\n## Wins\n### 2025-05-07\ntwo\n"
    assert {draft.person_written for draft in read(text).drafts} == {"Ana Ruiz"}


def test_days_above_and_people_below_work_too() -> None:
    assert told(read("## 2025-05-06\n\n### Tom\nhis\n\n### Ana\nhers\n", "journal.md")) == [
        ("Tom", DAY, "his"),
        ("Ana", DAY, "hers"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("n1.md", "---\nname: Ana Ruiz\ndate: 2025-05-06\ntype: 1:1\n---\nShe was calm.\n"),
        ("2025-05-06 Ana Ruiz.md", "She was calm.\n"),
        ("Ana Ruiz/20250506.md", "She was calm.\n"),
        ("x/2025-05-06.md", "# Ana Ruiz\nShe was calm.\n"),
    ],
)
def test_one_file_can_be_one_note(name: str, text: str) -> None:
    assert told(read(text, name)) == [("Ana Ruiz", DAY, "She was calm.")]


def test_a_list_of_days_is_a_list_of_notes() -> None:
    document = read("# Ana Ruiz\n- 2025-05-06: one\n- 2025-05-07 (1:1): two\n  more\n")
    assert told(document) == [("Ana Ruiz", DAY, "one"), ("Ana Ruiz", date(2025, 5, 7), "two\n  more")]
    assert document.drafts[1].kind is NoteKind.ONE_ON_ONE


def test_front_matter_describes_the_person() -> None:
    head = "---\nname: Ana Ruiz\nrole: Nurse\nsince: 2019-04-08\npronouns: she/her\naka: [Ani, A.R.]\n---\n"
    text = f"{head}## 2025-05-06\nx\n"
    (person,) = read(text).people
    assert (person.name, person.role, person.start, person.pronouns, person.aka) == (
        "Ana Ruiz",
        "Nurse",
        date(2019, 4, 8),
        "she",
        ("Ani", "A.R."),
    )


def test_text_that_belongs_to_no_day_is_told() -> None:
    document = read("# Ana Ruiz\n\nLikes tea.\n\n## 2025-05-06\nx\n")
    assert document.skipped == ("line 3: text that belongs to no day",)


def test_a_day_with_nothing_below_refuses_the_file_with_its_line() -> None:
    with pytest.raises(ImportRefused, match="line 4: there is no text"):
        read("# Ana Ruiz\n## 2025-05-05\nx\n## 2025-05-06\n\n")


def test_a_file_without_days_says_what_is_missing() -> None:
    with pytest.raises(ImportRefused, match="No dated note was found"):
        read("# Ana Ruiz\n\nJust words.\n")


def test_days_that_could_be_either_are_refused_until_the_head_says_how() -> None:
    body = "# Ana Ruiz\n## 5/6/2025\nx\n"
    with pytest.raises(ImportRefused, match="dates: d/m/y"):
        read(body)
    assert told(read(f"---\ndates: m/d/y\n---\n{body}"))[0][1] == DAY


@pytest.mark.parametrize("name", ["maggie.md", "x.md", "Maggie Tran.md"])
@pytest.mark.parametrize(
    "text",
    [
        "# Maggie Tran\n\n2026-11-03\n1:1 w/ Maggie. Rushed.\nMood: fine.\n\n2026-11-17\nAgain. Annoyed.\n",
        "Maggie Tran, 3.11.2026\n\n1:1 w/ Maggie. Rushed.\nMood: fine.\n\n17 November 2026\nAgain. Annoyed.\n",
        "Maggie Tran, 3 November 2026\n\n1:1 w/ Maggie. Rushed.\nMood: fine.\n\n17.11.2026\nAgain. Annoyed.\n",
    ],
)
def test_days_on_lines_of_their_own_need_no_marks_whatever_the_file_is_called(name: str, text: str) -> None:
    drafts = read(text, name).drafts
    assert [(d.person_written, d.day.isoformat(), d.text) for d in drafts] == [
        ("Maggie Tran", "2026-11-03", "1:1 w/ Maggie. Rushed. Mood: fine."),
        ("Maggie Tran", "2026-11-17", "Again. Annoyed."),
    ]
    assert drafts[0].kind is NoteKind.ONE_ON_ONE


def test_the_advice_of_a_refusal_is_true_whatever_the_file_is_called() -> None:
    for name in ("maggie.md", "Maggie Tran.md", "x.md"):
        with pytest.raises(ImportRefused) as refused:
            read("# Maggie Tran\n\nShe is well.\n", name)
        for day in re.findall("'([^']+)'", refused.value.message):
            assert read(f"# Maggie Tran\n\n{day}\nShe is well.\n", name).drafts
