"""Days such as 03/04/26: read by what the file's other days settle, by a word with it, or else by what is answered."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.importing import DateOrder, OpenDay
from knowledge.reading.reader import FileReader

OPEN = "03/04/26"
FORMS: Mapping[str, str] = {
    "book.txt": "Rob Kilbride, {day}\nSaw him turn round the guy with the frame.\n\n{more}\n",
    "rob.md": "# Rob Kilbride\n\n## {day}\nSaw him turn round the guy with the frame. {more}\n",
    "rob-head.md": "---\nname: Rob Kilbride\ndate: {day}\n---\nSaw him turn round the guy. {more}\n",
    "table.csv": "person,date,text\nRob Kilbride,{day},Saw him turn round the guy\n,,\nRob Kilbride,{day},{more}\n",
    "mail.txt": "From: Ann Lee\nTo: me\nDate: {day}\nSubject: Rob Kilbride\n\nHe was kind. {more}\n",
}


def first_day(folder: Path, name: str, more: str, order: DateOrder | None = None) -> date | OpenDay | None:
    file = folder / name
    file.write_text(FORMS[name].format(day=OPEN, more=more), encoding="utf-8")
    [document] = FileReader().read(file, order=order)
    return document.drafts[0].day if document.drafts else document.open_day


@pytest.mark.parametrize("name", FORMS)
def test_what_nothing_settles_is_told_with_both_readings_and_read_as_answered(tmp_path: Path, name: str) -> None:
    said = "He wants less admin."
    assert first_day(tmp_path, name, said) == OpenDay(OPEN, date(2026, 4, 3), date(2026, 3, 4))
    assert first_day(tmp_path, name, said, DateOrder.DAY_FIRST) == date(2026, 4, 3)
    assert first_day(tmp_path, name, said, DateOrder.MONTH_FIRST) == date(2026, 3, 4)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("more", "day"),
    [
        ("He has been late since 23/03/26.", date(2026, 4, 3)),
        ("He has been late since 03/23/26.", date(2026, 3, 4)),
        ("He has been late since 23.3.26.", date(2026, 4, 3)),
    ],
)
def test_a_day_anywhere_in_the_file_settles_it_whatever_is_answered(
    tmp_path: Path, name: str, more: str, day: date
) -> None:
    assert first_day(tmp_path, name, more) == day
    other = DateOrder.MONTH_FIRST if day.month == 4 else DateOrder.DAY_FIRST
    assert first_day(tmp_path, name, more, other) == day


def test_a_word_at_the_top_of_a_file_stands_before_its_other_days(tmp_path: Path) -> None:
    file = tmp_path / "rob.md"
    file.write_text("---\nname: Rob Kilbride\ndates: m/d/y\n---\n## 03/04/26\nLate since 23.3.26.\n", encoding="utf-8")
    [document] = FileReader().read(file, order=DateOrder.DAY_FIRST)
    assert [draft.day for draft in document.drafts] == [date(2026, 3, 4)]


def test_the_answer_reaches_a_file_in_an_archive(tmp_path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(tmp_path / "all.zip", "w") as package:
        package.writestr("book.txt", FORMS["book.txt"].format(day=OPEN, more="."))
    found = [d for d in FileReader().read(tmp_path / "all.zip", order=DateOrder.MONTH_FIRST) if d.drafts]
    assert [draft.day for document in found for draft in document.drafts] == [date(2026, 3, 4)]
