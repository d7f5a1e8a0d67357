"""What was removed leaves no byte behind in any file of the records."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.evidence import Quote
from knowledge.records.records import SqlRecords
from tests.knowledge.records.nouns import DANA, evidence, fill, note, promise, screening, seen, vector, written

CANARY = "Xylophonquartz"
FOLDED = CANARY.lower()


def traces(folder: Path) -> dict[str, int]:
    """How often the canary stands in each file, whatever its case."""
    found = {p.name: p.read_bytes().lower().count(FOLDED.encode()) for p in folder.iterdir() if p.is_file()}
    return {name: count for name, count in found.items() if count}


@pytest.fixture
def crowded(sqlite_records: SqlRecords) -> SqlRecords:
    """Many notes of which one holds a rare word, edited once, with all that is derived from it."""
    told = note(f"Loves the {CANARY}. I promised to bring one.", id="secret")
    fill(sqlite_records, told, *(note(f"Talked about matter {i} and rota {i % 7}.", id=f"n{i}") for i in range(400)))
    with written(sqlite_records) as shelf:
        shelf.screenings.put([screening(told)])
        shelf.evidence.replace([told.id], [evidence(told, f"Loves the {CANARY}")])
        shelf.vectors.put([vector(told, data=CANARY.encode())])
        quote = Quote.of(told, "bring one")
        shelf.promises.save([replace(promise("pr-secret", quote, hand=True), what=f"bring a {CANARY}")])
        shelf.notes.save(replace(told, text=f"Really loves the {CANARY}. I promised to bring one.", revision=2))
    return sqlite_records


def test_the_canary_is_seen_before_it_is_removed(crowded: SqlRecords, tmp_path: Path) -> None:
    assert traces(tmp_path)


@pytest.mark.parametrize("how", ["note", "person"])
def test_after_a_removal_and_a_sweep_no_byte_is_left(crowded: SqlRecords, tmp_path: Path, how: str) -> None:
    with written(crowded) as shelf:
        if how == "note":
            shelf.notes.remove([note(id="secret").id])
        else:
            shelf.people.remove(DANA)
    crowded.sweep()
    assert traces(tmp_path) == {}
    with seen(crowded) as shelf:
        assert shelf.words.match([CANARY], None, 5) == {}
        assert len(shelf.words.match(["matter"], None, 9)) == (9 if how == "note" else 0)


def test_a_sweep_works_on_both_databases(records: SqlRecords) -> None:
    fill(records, note())
    records.sweep()
    with seen(records) as shelf:
        assert list(shelf.words.match(["rota"], None, 5)) == ["n1"]
