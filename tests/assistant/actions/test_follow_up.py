"""What became of open promises is read once for the notes as they are, kept, offered, and never closes anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NoReturn

import pytest

from assistant.actions.follow_up import follow_up
from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.account import SOLO, Account, AccountId
from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.person import PersonId
from assistant.domain.promise import Outcome, Owner, Promise, PromiseState, Telling, TellingKind
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import EngineUnavailable, HomeError, Unknown
from knowledge.records.records import SqlRecords
from tests.assistant.engines.offline.situations import ShippedLibrary

MAJA = PersonId("p1")
RANG = "The mill truck stands in the yard at five these days."


@dataclass
class Reader(OfflineEngine):
    """Points at the same words of the newest note for every promise of the manager's."""

    follows_by: str = "reader@1"  # type: ignore[misc]
    kind: TellingKind = TellingKind.SEEMS_DONE
    away: bool = False
    spare: bool = True
    asked: list[Situation] = field(default_factory=list)
    words: str = "The mill truck stands in the yard"

    def __post_init__(self) -> None:
        super().__init__(ShippedLibrary())

    def for_turn(self) -> "Reader":
        return self

    def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
        self.asked.append(situation)
        if self.away:
            raise EngineUnavailable("It is away.")
        if not self.spare:
            return None
        told = [r.note for r in situation.recent if self.words in r.note.text]
        mine = [p for p in situation.open_promises(Owner.ME) if told]
        return [Outcome(p.id, Telling(self.kind, Quote.of(told[-1], self.words))) for p in mine]


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def told(desk: Desk, reader: Reader) -> Desk:
    """The desk with a note that shows the flour promise kept, in other words."""
    desk.person("Maja").add_note(RANG, day=date(2026, 4, 9), kind=NoteKind.OBSERVATION)
    return replace(desk, engine=reader)


def flour(desk: Desk) -> Promise:
    return next(p for p in desk.person("Maja").promises() if "purchasing" in p.what)


def test_a_brief_reads_it_once_and_offers_it(told: Desk, reader: Reader) -> None:
    brief = told.person("Maja").brief()
    [mine] = [p for p in brief.mine if "purchasing" in p.what]
    assert mine.state is PromiseState.OPEN
    assert mine.offered is not None
    assert mine.offered.quote.text == "The mill truck stands in the yard"
    assert [t.kind for t in mine.standing] == [TellingKind.SEEMS_DONE]
    assert told.person("Maja").brief() == brief
    assert len(reader.asked) == 1


def test_the_first_words_of_a_brief_wait_for_no_model(told: Desk, reader: Reader) -> None:
    growing = told.person("Maja").preparing()
    first = next(growing)
    assert reader.asked == []
    assert first.mine
    *_, last = growing
    assert [p.offered is not None for p in last.mine] == [True]


def test_a_question_is_not_first_about_what_may_be_settled(told: Desk) -> None:
    first = told.person("Maja").brief().questions.questions[0]
    assert all(not q.span.overlaps(said.span) or q.note.id != said.note.id
               for q in first.quotes for said in flour(told).quotes)  # fmt: skip


def test_a_new_note_is_read_and_what_was_offered_stays_meanwhile(told: Desk, reader: Reader) -> None:
    told.person("Maja").brief()
    told.person("Maja").add_note("She swept the yard.", day=date(2026, 4, 10))
    assert flour(told).offered is not None
    told.person("Maja").brief()
    assert len(reader.asked) == 2
    assert len(flour(told).told) == len({(t.kind, t.quote.span) for t in flour(told).told}), "nothing is kept twice"


def test_another_model_reads_anew(told: Desk, reader: Reader) -> None:
    told.person("Maja").brief()
    reader.follows_by = "reader@2"
    told.person("Maja").brief()
    assert len(reader.asked) == 2


def test_ticking_it_off_keeps_the_note_that_shows_it(told: Desk) -> None:
    told.person("Maja").brief()
    done = told.settle_promise(flour(told).id, PromiseState.DONE)
    assert done.closed_by is not None
    assert done.closed_by.text == "The mill truck stands in the yard"
    assert told.settle_promise(done.id, PromiseState.OPEN).closed_by is None


def test_still_open_is_kept_and_the_same_words_are_not_offered_again(told: Desk, reader: Reader) -> None:
    told.person("Maja").brief()
    left = told.settle_promise(flour(told).id, PromiseState.OPEN)
    assert left.offered is None
    assert not left.by_hand, "a later note may still close it by the rules"
    told.person("Maja").add_note("She swept the yard.", day=date(2026, 4, 10))
    told.person("Maja").brief()
    assert len(reader.asked) == 2
    assert flour(told).offered is None
    told.person("Maja").add_note("The mill truck stands in the yard again.", day=date(2026, 4, 12))
    told.person("Maja").brief()
    assert flour(told).offered is not None


def test_an_edited_note_takes_its_offer_along(told: Desk, reader: Reader) -> None:
    told.person("Maja").brief()
    note = next(n for n in told.person("Maja").notes() if n.text == RANG)
    told.edit_note(note.id, text="A truck stands there at five these days.")
    assert flour(told).offered is None
    told.person("Maja").brief()
    assert len(reader.asked) == 2
    assert flour(told).offered is None


@pytest.mark.parametrize("away", ["delete", "move", "close"])
def test_a_note_that_goes_takes_its_offer_along(told: Desk, away: str) -> None:
    told.person("Maja").brief()
    note = next(n for n in told.person("Maja").notes() if n.text == RANG)
    ways: dict[str, Callable[[], object]] = {
        "delete": lambda: told.delete_note(note.id),
        "move": lambda: told.move_note(note.id, "p2"),
        "close": lambda: told.edit_note(note.id, ai=AiUse.NEVER),
    }
    ways[away]()
    offered = [p.offered for p in told.person("Maja").situation().open_promises(Owner.ME)]
    assert offered == [None]


def test_on_an_earlier_day_nothing_is_offered(told: Desk) -> None:
    told.person("Maja").brief()
    before = replace(told, today=date(2026, 4, 8))
    assert [p.offered for p in before.person("Maja").situation().open_promises(Owner.ME)] == [None]
    before.person("Maja").brief()
    assert flour(told).offered is not None, "a look back takes nothing away"


def test_a_model_that_is_away_leaves_the_brief_as_it_was_and_is_asked_again(told: Desk, reader: Reader) -> None:
    reader.away = True
    brief = told.person("Maja").brief()
    assert [p.offered for p in brief.mine] == [None]
    assert len(brief.questions.questions) == 3
    reader.away, reader.spare = False, False
    told.person("Maja").brief()
    reader.spare = True
    told.person("Maja").brief()
    assert len(reader.asked) == 3
    assert flour(told).offered is not None


def test_what_changed_while_the_model_was_reading_is_not_kept(told: Desk, reader: Reader) -> None:
    class Slow(Reader):
        def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
            found = super().follow_up(situation)
            told.person("Maja").add_note("Meanwhile she swept.", day=date(2026, 4, 11))
            return found

    assert follow_up(told.records, SOLO, told.today, MAJA, Slow()) is False
    assert flour(told).offered is None


def test_where_nothing_can_be_written_the_brief_is_there_all_the_same(told: Desk, reader: Reader) -> None:
    class Full(SqlRecords):
        def __init__(self, whole: SqlRecords) -> None:
            self.__dict__.update(whole.__dict__)

        def writing(self, account: AccountId, today: date) -> NoReturn:
            raise HomeError("The disk is full.", next="Make room.")

    assert isinstance(told.records, SqlRecords)
    full = replace(told, records=Full(told.records))
    assert [p.offered for p in full.person("Maja").brief().mine if "purchasing" in p.what] == [None]
    assert len(reader.asked) == 1


def test_rules_alone_write_nothing(desk: Desk) -> None:
    assert follow_up(desk.records, SOLO, desk.today, MAJA, desk.engine) is False
    with desk.records.reading(SOLO, desk.today) as shelf:
        assert shelf.readings.followed(MAJA) == ""


def test_another_account_is_neither_read_nor_told(told: Desk, reader: Reader) -> None:
    other = AccountId("other")
    told.records.accounts.add(Account(other, "Olaf Kern"))
    told.person("Maja").brief()
    with pytest.raises(Unknown):
        follow_up(told.records, other, told.today, MAJA, reader)
    mine = flour(told)
    assert mine.offered is not None
    with told.records.writing(other, told.today) as shelf:
        shelf.people.add(replace(told.person("Maja").person, account_id=other))
        shelf.readings.keep_follow_up(MAJA, "mark", [Outcome(mine.id, mine.offered)])
        assert shelf.readings.followed(MAJA) == "mark"
        assert shelf.promises.of(MAJA) == []
    assert flour(told) == mine


def test_asked_what_is_owed_the_talk_shows_it(told: Desk) -> None:
    told.person("Maja").brief()
    events = [*Conversation(told).say("What did I promise Maja?")]
    [owed] = [e.body for e in events if isinstance(e.body, Promise)]
    assert owed.offered is not None
