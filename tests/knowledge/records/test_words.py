"""Full-text search says the same on both databases, and whatever is looked for is data."""

import pytest

from assistant.domain.note import NoteKind
from assistant.domain.person import PersonId
from assistant.ports.records import Records
from knowledge.records.folding import folded_words, index_text, query_words
from tests.knowledge.records.nouns import BO, DANA, fill, note, seen

HOSTILE = [
    '"', '""', "'", "''", "\\", "*", "pump*", "(", ")", "(pump OR", "pump AND", "AND", "OR", "NOT", "NEAR(pump rota)",
    "NEAR", "body:pump", "owner:pump", "ow:a", "-pump", "^pump", "pump + rota", "{body}: pump", "pump\x00rota", "\x00",
    "🙂", "pump🙂rota", "%", "_", ";", "--", "/*", "'; DROP TABLE note; --", "pump & rota", "pump | rota", "!pump",
    "<->", ":*", "\ud83d", "\u202e", "a" * 100_000, "pump " * 500, "",
]  # fmt: skip


def test_words_are_found_whatever_their_case_ending_and_accents(records: Records) -> None:
    fill(records, note("The PUMPS in Zürich were fixed.", id="a"), note("Über Größe und Naïveté.", id="b"))
    with seen(records) as shelf:
        for terms, wanted in (
            (["pump"], "a"), (["Pumps"], "a"), (["zurich"], "a"), (["ZÜRICH"], "a"), (["fix"], "a"), (["grosse"], "b"),
            (["GRÖSSE"], "b"), (["naivete"], "b"), (["uber"], "b"),
        ):  # fmt: skip
            assert list(shelf.words.match(terms, None, 5)) == [wanted], terms


def test_the_better_match_has_the_higher_score(records: Records) -> None:
    fill(
        records,
        note("Night rota: the rota of the night shift, one rota for all.", id="much"),
        note("A word about the rota, between many other matters of the week and the weather.", id="little"),
        note("Nothing of the kind.", id="none"),
    )
    with seen(records) as shelf:
        found = shelf.words.match(["night", "rota"], [DANA], 5)
    assert list(found) == ["much", "little"]
    assert found[next(iter(found))] > found[list(found)[1]] > 0


def test_any_of_the_terms_is_enough_and_the_limit_keeps_the_best(records: Records) -> None:
    fill(records, note("Night.", id="n"), note("Rota.", id="r"), note("Rota at night.", id="both"))
    with seen(records) as shelf:
        assert shelf.words.match(["night", "rota"], None, 9).keys() == {"n", "r", "both"}
        assert list(shelf.words.match(["night", "rota"], None, 1)) == ["both"]


def test_the_scope_holds(records: Records) -> None:
    fill(records, note("Rota.", id="d"), note("Rota.", id="b", about=BO))
    with seen(records) as shelf:
        assert list(shelf.words.match(["rota"], [DANA], 5)) == ["d"]
        assert shelf.words.match(["rota"], [DANA, BO], 5).keys() == {"d", "b"}
        assert shelf.words.match(["rota"], [], 5) == {}
        assert shelf.words.match(["rota"], [PersonId("ghost")], 5) == {}
        assert shelf.words.match([], None, 5) == {}


def test_author_and_kind_are_found_too(records: Records) -> None:
    fill(records, note("It stopped again.", kind=NoteKind.CUSTOMER_COMPLAINT))
    with seen(records) as shelf:
        assert list(shelf.words.match(["kim"], None, 5)) == list(shelf.words.match(["complaints"], None, 5)) == ["n1"]


@pytest.mark.parametrize("term", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_term_is_only_ever_looked_up(records: Records, term: str) -> None:
    fill(records, note("The pump and the rota.", id="n1"), note("Something else.", id="n2", about=BO))
    with seen(records) as shelf:
        found = shelf.words.match([term], [DANA], 5)
        assert set(found) <= {"n1"}
        assert bool(found) == bool({"pump", "rota", "and"} & set(folded_words(term)))
        assert shelf.notes.count(DANA) == 1


def test_very_many_terms_are_no_error(records: Records) -> None:
    fill(records, note("The pump."))
    with seen(records) as shelf:
        assert list(shelf.words.match([*(f"w{i}" for i in range(3_000)), "pump"], None, 5)) == ["n1"]


def test_our_own_markers_cannot_be_searched_for(records: Records) -> None:
    fill(records, note("Plain words.", id="n1"))
    with seen(records) as shelf:
        assert shelf.words.match(["owner", "me", "p1", "simple"], None, 5) == {}


def test_index_and_question_are_folded_alike() -> None:
    assert folded_words("Straße, STRASSE; naïve_cafe\u0301 ﬁne 2026") == [
        "strasse",
        "strasse",
        "naive",
        "cafe",
        "fine",
        "2026",
    ]
    assert {"run", "machin"} <= {*index_text(note("Running machines")).split()} & {*query_words(["RUNS", "machine"])}
    assert query_words(["  ", "!?", "_"]) == []
