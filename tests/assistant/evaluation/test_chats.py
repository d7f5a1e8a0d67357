from datetime import date

import pytest

from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.evaluation.case import Case, CaseNote, Check, Script, Turn
from assistant.evaluation.chats import MACHINE, Cast, failure, score_chats
from assistant.evaluation.output import ChangeKind, Citation, Reply, Shown, Stored

K1, K2 = PersonId("k1"), PersonId("k2")
CAST = Cast({K1: ("Elena Brück", "Elena"), K2: ("Elena Ruiz", "Elena")})
NOTES = {NoteId(i): CaseNote(NoteId(i), p, date(2026, 5, 1), "words") for i, p in (("a", K1), ("b", K1), ("c", K2))}
CASE = Case("tiny", date(2026, 6, 15), "0", (K1, K2), NOTES)


def reply(text: str = "", *cited: str, **more: object) -> Reply:
    return Reply(Shown("chat", text, tuple(Citation(NoteId(i)) for i in cited)), **more)  # type: ignore[arg-type]


def stored(kind: ChangeKind, person: PersonId, words: str) -> Reply:
    return reply(stored=(Stored(kind, person, words),))


UNKNOWN = reply("The notes do not say. What would he tell you?", person_id=K1, unknown=True)
HOLDS = [
    (Check("resolves", ("k1",)), reply(person_id=K1)),
    (Check("resolves", ("k1", "k2")), reply("", "c", person_id=K1)),
    (Check("resolves"), reply()),
    (Check("cites_any", ("a", "b")), reply("", "b")),
    (Check("cites_all", ("a", "b")), reply("", "b", "a")),
    (Check("cites_none", ("c",)), reply("", "a")),
    (Check("mentions_any", strings=("Mill", "oven")), reply("the mill’s quote")),
    (Check("mentions_none", strings=("union",)), reply("the mill")),
    (Check("unknown", person_id="k1", what="passion"), UNKNOWN),
    (
        Check("stores", person_id="k1", what="the mill quote came"),
        stored(ChangeKind.NOTED, K1, "A quote from the mill"),
    ),
    (
        Check("stores", person_id="k2", what="note a is about her"),
        stored(ChangeKind.MOVED, K2, "note about the seating"),
    ),
    (Check("opens", person_id="k1", what="call the mill"), stored(ChangeKind.OPENED, K1, "I call the mill")),
    (Check("closes", person_id="k1", what="call the mill"), stored(ChangeKind.CLOSED, K1, "I call the mill")),
    (Check("asks", what="which: Elena Brück or Elena Ruiz"), reply(choices=(K1, K2))),
    (Check("asks", what="which: Elena Brück or Elena Ruiz"), reply("Elena Brück or Elena Ruiz?")),
    (Check("asks", what="for a story"), reply("¿Cómo fue?")),
    (Check("declines"), reply(declined=True)),
]
FAILS = [
    (Check("resolves", ("k1",)), reply(person_id=K2), "about somebody else"),
    (Check("resolves", ("k1",)), reply(), "about nobody"),
    (Check("resolves"), reply(person_id=K1), "about somebody else"),
    (Check("cites_any", ("a", "b")), reply("", "c"), "cites none of the notes"),
    (Check("cites_all", ("a", "b")), reply("", "a"), "cites only some of the notes"),
    (Check("cites_none", ("c",)), reply("", "c"), "cites c"),
    (Check("mentions_any", strings=("mill",)), reply("the oven"), "mentions none of the words"),
    (Check("mentions_none", strings=("Union",)), reply("the UNION"), "mentions 'Union'"),
    (Check("unknown", person_id="k1"), reply("Is it?", person_id=K1), "does not say that it is unknown"),
    (Check("unknown", person_id="k1"), reply("No idea.", unknown=True), "says it is unknown and asks nothing"),
    (Check("unknown", person_id="k2"), UNKNOWN, "about somebody else"),
    (Check("stores", person_id="k1", what="the mill"), reply("noted!"), "nothing stored"),
    (Check("stores", person_id="k1", what="mill"), stored(ChangeKind.NOTED, K2, "mill"), "stored for somebody else"),
    (Check("stores", person_id="k1", what="mill"), stored(ChangeKind.NOTED, K1, "oven"), "stored, but something else"),
    (Check("opens", person_id="k1", what="mill"), stored(ChangeKind.CLOSED, K1, "mill"), "nothing opened"),
    (Check("closes", person_id="k1", what="mill"), stored(ChangeKind.NOTED, K1, "mill"), "nothing closed"),
    (Check("asks", what="which: Elena Brück or Elena Ruiz"), reply("Which?", choices=(K1,)),
     "does not ask which person is meant"),
    (Check("asks", what="for a story"), reply("He likes it."), "asks nothing"),
    (Check("declines"), reply("Sure."), "does not decline"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "given"), HOLDS, ids=[c.words for c, _ in HOLDS])
def test_a_check_that_holds_has_no_reason(check: Check, given: Reply) -> None:
    assert failure(CASE, check, given, CAST) == ""


@pytest.mark.parametrize(("check", "given", "why"), FAILS, ids=[f"{c.words}: {w}" for c, _, w in FAILS])
def test_a_check_that_fails_says_why(check: Check, given: Reply, why: str) -> None:
    assert failure(CASE, check, given, CAST) == why


def test_every_machine_check_is_tried_both_ways() -> None:
    assert {c.kind for c, _ in HOLDS} == {c.kind for c, _, _ in FAILS} == set(MACHINE)


def test_a_question_inside_a_quoted_note_asks_nothing() -> None:
    quoting = Reply(Shown("chat", "She said: Can you help?", (Citation(NoteId("a"), "Can you help?"),)))
    assert failure(CASE, Check("asks", what="for a story"), quoting, CAST) == "asks nothing"


def test_shares_are_by_check_and_by_turn_and_judged_checks_are_left_out() -> None:
    good, bad, judged = Check("cites_any", ("a",)), Check("cites_any", ("c",)), Check("fact", what="is short")
    turns = (Turn(1, "hello", (good, bad, judged)), Turn(2, "again", (good,)), Turn(3, "only a judge", (judged,)))
    case = Case("tiny", date(2026, 6, 15), "0", (K1, K2), NOTES, scripts=(Script("s", None, date(2026, 6, 15), turns),))
    replies = {("s", turn.number): reply("", "a") for turn in turns}
    scored = score_chats(case, {"ours": replies}, {"s": CAST})
    values = {(f.name, f.group): (f.value, f.n) for f in scored.figures}
    assert values["checks passed", ""] == (pytest.approx(2 / 3), 3)
    assert values["turns with every check passed", ""] == (0.5, 2)
    assert values["checks passed", "declines"] == (None, 0)
    assert scored.remarks == ("2 checks need a judge and are not in these figures.",)
    assert [f.id for f in scored.findings if not f.ok] == ["s/1"]
