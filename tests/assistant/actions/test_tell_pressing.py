"""The top of a brief: at most three matters, the most pressing first, each pointing to its note and never twice."""

from dataclasses import replace
from datetime import date, timedelta

from assistant.actions.prepare_brief import prepare_brief
from assistant.actions.read_calendar import read_calendar
from assistant.actions.tell_changes import teller_of
from assistant.actions.tell_pressing import MOST, tell_pressing
from assistant.domain.brief import Pressing, PressingKind
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner, PromiseKind, Telling, TellingKind
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import TODAY, ShippedLibrary, note, promise, readable, situation
from ui.present import talks, tell_prep, tell_short
from ui.web import show_brief, show_card
from ui.web.place import Place

PURCHASE = note("p1", "2026-03-02", "I promised to talk to purchasing about the mixer.", NoteKind.ONE_ON_ONE)
CARD = note("p2", "2026-03-30", "She writes the oven card by 20 April.", NoteKind.ONE_ON_ONE)
LATER = note("p3", "2026-04-08", "Oven card needs more time, until the 24th.", NoteKind.CHAT_MESSAGE, "Maja Lindt")
AWAY = note("p4", "2026-04-07", "Maja's vacation runs from 20 April until 3 May.", NoteKind.ONE_ON_ONE)
FAR = note("p5", "2026-04-07", "Maja's vacation runs from 8 June until 12 June.", NoteKind.ONE_ON_ONE)


def base(*promises: object, notes: tuple = ()) -> Situation:  # type: ignore[type-arg]
    quiet = replace(situation(), promises=promises, requests=(), recent=tuple(readable(n) for n in notes))
    return quiet


def top(told: Situation) -> tuple[Pressing, ...]:
    return tell_pressing(told, read_calendar(told), teller_of(told))


def test_nothing_pressing_gives_no_line_anywhere() -> None:
    brief = prepare_brief(base(), OfflineEngine(ShippedLibrary()))
    assert (brief.presses, brief.ahead) == ((), ())
    view = talks.prep(brief)
    assert "PRESSES" not in tell_prep.prep(view)
    assert show_brief.presses(brief, {}) == ""
    assert "Presses" not in show_card.card(brief, Place("me", "person", brief.person.id))


def test_the_managers_late_promise_comes_first_and_says_to_do_it_before_they_meet() -> None:
    owed = promise(PURCHASE, "I promised to talk to purchasing about the mixer.", Owner.ME, None)
    theirs = promise(CARD, "She writes the oven card by 20 April.", Owner.THEM, date(2026, 4, 20))
    first, second = top(base(theirs, owed))
    assert (first.kind, second.kind) == (PressingKind.MINE, PressingKind.THEIRS)
    assert "open since 2 March" in first.text
    assert "Do it before you meet" in first.text
    assert first.quotes[0].note.id == "p1"
    fresh = replace(owed, made_on=TODAY - timedelta(days=3))
    assert [p.kind for p in top(base(fresh))] == [], "what was said three days ago presses nobody"


def test_a_request_for_more_time_presses_until_it_is_answered() -> None:
    card = promise(CARD, "She writes the oven card by 20 April.", Owner.THEM, date(2026, 4, 20))
    asked = Telling(TellingKind.MORE_TIME, Quote.of(LATER, LATER.text), date(2026, 4, 24))
    (pressing,) = top(base(replace(card, told=(asked,))))
    assert pressing.kind is PressingKind.ANSWER
    assert "more time, until 24 April; no answer on record" in pressing.text
    granted = replace(asked, kind=TellingKind.MOVED)
    answered = replace(card, due=date(2026, 4, 24), told=(asked, granted))
    assert [p.kind for p in top(base(answered))] == [PressingKind.THEIRS]


def test_an_absence_before_the_next_talk_presses_and_a_later_one_lies_ahead() -> None:
    (pressing,) = top(base(notes=(AWAY,)))
    assert pressing.text.startswith("Away 20 April – 3 May.")
    brief = prepare_brief(base(notes=(AWAY, FAR)), OfflineEngine(ShippedLibrary()))
    assert [p.day for p in brief.presses] == [date(2026, 4, 20)]
    assert [line.text.partition(".")[0] for line in brief.ahead] == ["Away 8–12 June"]
    shown = tell_prep.prep(talks.prep(brief))
    assert shown.index("WHAT PRESSES") < shown.index("AHEAD")
    assert "Away 8–12 June" in show_brief.presses(brief, {})
    assert tell_short.short(talks.prep(brief)).splitlines()[1].startswith("! Away 20 April")


def test_at_most_three_and_no_passage_twice() -> None:
    owed = promise(PURCHASE, "I promised to talk to purchasing about the mixer.", Owner.ME, None)
    request = replace(owed, id="r1", kind=PromiseKind.REQUEST)
    card = promise(CARD, "She writes the oven card by 20 April.", Owner.THEM, date(2026, 4, 20))
    told = replace(base(owed, card, notes=(AWAY,)), requests=(request,))
    found = top(told)
    assert len(found) == MOST
    assert [p.kind for p in found] == [PressingKind.MINE, PressingKind.AHEAD, PressingKind.THEIRS]
