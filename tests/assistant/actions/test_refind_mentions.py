"""People and names that come later are looked for in the notes that are there already."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.actions.catch_up import read_notes_again
from assistant.desk import Desk
from assistant.domain.note import Mention, Note, Span
from assistant.domain.person import Person, PersonId
from tests.house import ANNA, Bakery

HELPED = "Dora Vance helped with the oven, and Dora was quick."


def told(desk: Desk, who: str) -> list[str]:
    """The words that name a person in notes about others."""
    with desk.records.reading(desk.account, date.max) as shelf:
        notes = shelf.notes.mentioning(PersonId(who), 100)
    return [n.text[m.span.start : m.span.end] for n in notes for m in n.mentions if m.person_id == who]


def add(desk: Desk, id: str, name: str, *aka: str) -> Person:
    return desk.add_person(Person(desk.account, PersonId(id), name, aka))


def note(bakery: Bakery, words: str, who: str = "nadia", day: date = date(2026, 6, 1)) -> Note:
    return bakery.desk.person(who).add_note(words, day=day)


def test_somebody_added_later_is_found_in_notes_already_kept(bakery: Bakery) -> None:
    kept = note(bakery, HELPED)
    add(bakery.foreign, "dora", "Dora Vance")
    assert told(bakery.desk, "dora") == []
    add(bakery.desk, "dora", "Dora Vance")
    assert told(bakery.desk, "dora") == ["Dora Vance", "Dora"]
    assert [m.quote.note.id for m in bakery.desk.person("dora").mentions()] == [kept.id]
    assert told(bakery.foreign, "dora") == []


def test_a_note_after_the_day_of_the_view_is_looked_through_as_well(bakery: Bakery) -> None:
    later = replace(bakery.desk, today=date(2026, 7, 1))
    later.person("nadia").add_note(HELPED, day=date(2026, 7, 1))
    add(bakery.desk, "dora", "Dora Vance")
    assert told(bakery.desk, "dora") == ["Dora Vance", "Dora"]


def test_an_alias_given_later_is_found_and_one_taken_away_is_not(bakery: Bakery) -> None:
    note(bakery, "The Sparrow fixed the till, Sparrow as always.")
    jan = bakery.desk.person("jan1")
    jan.edit(aka=("Jan N.", "Sparrow"))
    assert told(bakery.desk, "jan1") == ["Sparrow", "Sparrow"]
    bakery.desk.person("jan1").edit(aka=("Jan N.",))
    assert told(bakery.desk, "jan1") == []


def test_a_namesake_makes_a_first_name_say_nobody(bakery: Bakery) -> None:
    note(bakery, "Nadia Okoro showed it, and Nadia stayed late.", "jan1")
    assert told(bakery.desk, "nadia") == ["Nadia Okoro", "Nadia"]
    add(bakery.desk, "nadia2", "Nadia Brandt")
    assert told(bakery.desk, "nadia") == ["Nadia Okoro"]


def test_who_was_mentioned_is_mentioned_under_the_entry_kept_in_a_merge(bakery: Bakery) -> None:
    note(bakery, "Jan Sorel carried the flour.")
    assert told(bakery.desk, "jan2") == ["Jan Sorel"]
    bakery.desk.merge_people("jan1", "jan2")
    assert told(bakery.desk, "jan1") == ["Jan Sorel"]


def test_an_import_names_people_in_older_notes_and_undoing_it_takes_that_back(bakery: Bakery, tmp_path: Path) -> None:
    note(bakery, f"{HELPED} Nadia Okoro and Nadia thanked her.", "jan1")
    people = [{"id": "dora", "name": "Dora Vance"}, {"id": "n2", "name": "Nadia Brandt"}]
    (tmp_path / "people.json").write_text(json.dumps({"people": people}), encoding="utf-8")
    report = bakery.desk.import_notes([tmp_path])
    assert (told(bakery.desk, "dora"), told(bakery.desk, "nadia")) == (["Dora Vance", "Dora"], ["Nadia Okoro"])
    bakery.desk.undo_import(report.id)
    assert (told(bakery.desk, "dora"), told(bakery.desk, "nadia")) == ([], ["Nadia Okoro", "Nadia"])


def test_a_change_that_is_no_name_leaves_the_mentions_alone(bakery: Bakery) -> None:
    note(bakery, HELPED)
    add(bakery.desk, "dora", "Dora Vance")
    bakery.desk.person("dora").edit(role="Baker", cadence_days=14)
    assert told(bakery.desk, "dora") == ["Dora Vance", "Dora"]


def test_a_mention_of_an_older_rule_is_put_right_when_the_note_is_read_again(bakery: Bakery) -> None:
    add(bakery.desk, "tom", "Tom Young")
    kept = note(bakery, "She took the young apprentices along with Young.")
    records = bakery.desk.records
    with records.writing(ANNA, date.max) as shelf:
        shelf.mentions.put([replace(kept, mentions=(Mention(PersonId("tom"), Span(13, 18)),))])
        shelf.readings.mark([kept.id], "an older finder")
    assert told(bakery.desk, "tom") == ["young"]
    while read_notes_again(records, ANNA, bakery.desk.finder, bakery.desk.search_notes).notes:
        pass
    assert told(bakery.desk, "tom") == ["Young"]


def test_a_rhythm_comes_with_people_json_and_the_one_set_by_hand_stays(bakery: Bakery, tmp_path: Path) -> None:
    bakery.desk.person("nadia").edit(cadence_days=14)
    people = [
        {"id": "nadia", "name": "Nadia Okoro", "cadence_days": 30},
        {"id": "jan1", "name": "Jan Novak", "cadence_days": 7},
        {"id": "dora", "name": "Dora Vance", "cadence_days": 21},
    ]
    (tmp_path / "people.json").write_text(json.dumps({"people": people}), encoding="utf-8")
    for _ in range(2):
        bakery.desk.import_notes([tmp_path])
        rhythms = {who: bakery.desk.person(who).person.cadence_days for who in ("nadia", "jan1", "dora")}
        assert rhythms == {"nadia": 14, "jan1": 7, "dora": 21}


def test_a_rhythm_of_either_entry_survives_a_merge(bakery: Bakery) -> None:
    bakery.desk.person("jan2").edit(cadence_days=21)
    assert bakery.desk.merge_people("jan1", "jan2").cadence_days == 21
