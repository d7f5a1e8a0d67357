"""Long histories are digested quarter by quarter, once, resumable, and only while their notes are as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from assistant.actions.digest_history import LONG, Digested, digest_history, undigested_count
from assistant.desk import Desk
from assistant.domain.account import SOLO, Account, AccountId
from assistant.domain.digest import DigestLine, Period
from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable, Screening
from assistant.domain.situation import Situation
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.digesting import ModelDigester
from assistant.engines.llm.engine import MOST_TOKENS, LlmEngine
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import EngineUnavailable
from assistant.wording import sentences
from knowledge.embedding.local import count_tokens
from tests.assistant.engines.llm.conftest import SENSES, engine_on, talk_to
from tests.assistant.engines.offline.situations import ShippedLibrary
from tests.model_server import ModelServer, items, model_server, obeys, says

MAJA = PersonId("p1")


@dataclass
class FirstSentences:
    """Keeps the first sentence of the first two notes of a quarter."""

    fingerprint: str = "digest@1 stub"
    breaks_after: int = 10_000
    asked: list[Period] = field(default_factory=list)

    def digest(self, situation: Situation, notes: Sequence[Readable], period: Period) -> Sequence[DigestLine]:
        from assistant.domain.evidence import Quote

        if len(self.asked) >= self.breaks_after:
            raise EngineUnavailable("It is away.")
        self.asked.append(period)
        quotes = [Quote(r.note, sentences(r.note.text)[0]) for r in notes[:2]]
        return [DigestLine(q.text, (q,)) for q in quotes]


def fill(desk: Desk, count: int, *, every: int = 3) -> list[Note]:
    """So many notes on Maja that end on the first day of 2026, kept and screened."""
    last = date(2026, 1, 1)
    notes = [
        Note(SOLO, NoteId(f"h{n:05d}"), MAJA, last - timedelta(days=(count - n) * every),
             f"Batch {n} came out even after she folded it again. " + "The morning was like any other here. " * 6)
        for n in range(count)
    ]  # fmt: skip
    with desk.records.writing(SOLO, desk.today) as shelf:
        shelf.notes.add(notes)
        shelf.screenings.put([Screening(n.id, 1, "en", screen="t") for n in notes])
    return notes


def digested(desk: Desk, model: FirstSentences) -> Digested:
    return digest_history(desk.records, SOLO, desk.today, digester=model)


def test_each_quarter_is_read_once_the_newest_first(desk: Desk) -> None:
    fill(desk, 200)
    model = FirstSentences()
    with desk.records.reading(SOLO, desk.today) as shelf:
        waiting = undigested_count(shelf, model)
    done = digested(desk, model)
    assert done.periods == waiting == len(model.asked) > 4
    assert model.asked == sorted(model.asked, key=lambda p: p.first, reverse=True)
    assert model.asked[0].last < desk.today - timedelta(days=120)
    older = desk.person("Maja").situation().older
    assert [d.period for d in older] == model.asked
    assert {q.note.person_id for d in older for line in d.lines for q in line.quotes} == {MAJA}
    assert digested(desk, model) == Digested()


def test_a_short_history_has_none(desk: Desk) -> None:
    fill(desk, LONG - 10)
    assert digested(desk, FirstSentences()) == Digested()
    assert desk.person("Maja").situation().older == ()


def test_a_changed_note_and_another_maker_have_it_made_anew(desk: Desk) -> None:
    notes = fill(desk, 100)
    model = FirstSentences()
    digested(desk, model)
    desk.edit_note(notes[40].id, text="Batch 40 burnt, and she said so before anybody asked.")
    again = FirstSentences()
    assert digested(desk, again).periods == 1
    assert again.asked == [Period.around(notes[40].day)]
    assert digested(desk, FirstSentences("digest@2 stub")).periods == len(model.asked)


def test_a_model_that_goes_away_leaves_what_was_made_and_it_goes_on_from_there(desk: Desk) -> None:
    fill(desk, 200)
    with pytest.raises(EngineUnavailable):
        digested(desk, FirstSentences(breaks_after=2))
    assert len(desk.person("Maja").situation().older) == 2
    rest = FirstSentences()
    digested(desk, rest)
    assert len(desk.person("Maja").situation().older) == 2 + len(rest.asked)


def test_another_account_is_neither_read_nor_told(desk: Desk) -> None:
    fill(desk, 100)
    other = AccountId("other")
    desk.records.accounts.add(Account(other, "Olaf Kern"))
    assert digest_history(desk.records, other, desk.today, digester=FirstSentences()) == Digested()
    digested(desk, FirstSentences())
    with desk.records.reading(other, desk.today) as shelf:
        assert shelf.digests.of(MAJA) == []


def test_a_deleted_note_is_in_no_digest(desk: Desk) -> None:
    notes = fill(desk, 100)
    digested(desk, FirstSentences())
    [gone] = [q.note for q in desk.person("Maja").situation().older[0].lines[0].quotes]
    desk.delete_note(gone.id)
    assert "Batch" in notes[0].text
    assert gone.text[:20] not in str(desk.person("Maja").situation().older)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def test_three_thousand_notes_are_digested_outside_of_a_turn_and_the_brief_stays_small(
    desk: Desk, server: ModelServer
) -> None:
    fill(desk, 3000, every=1)
    engine: LlmEngine = engine_on(talk_to(server))

    def two_lines(body: object) -> object:
        told = server.prompts()[-1].split("[N1] ")[1].splitlines()[1].split(". ")[0]
        return items({"text": f"It was noted: “{told}”.", "cites": [{"note": "N1", "quote": told}]})

    server.will(obeys(two_lines))
    done = digest_history(desk.records, SOLO, desk.today, digester=ModelDigester(engine.caller, SENSES))
    assert done.periods >= 32
    assert done.lines >= done.periods
    assert all(count_tokens(prompt) <= MOST_TOKENS for prompt in server.prompts())
    server.will(says(items()))
    with_model = replace(desk, engine=FallbackEngine(engine, OfflineEngine(ShippedLibrary())))
    with_model.person("Maja").brief()
    with_model.person("Maja").draft_plan()
    assert 2 <= len(server.requests) <= 3
    for prompt in server.prompts():
        assert count_tokens(prompt) <= MOST_TOKENS
        assert prompt.partition("WHAT OLDER NOTES COME DOWN TO")[2].count("It was noted") >= 8
