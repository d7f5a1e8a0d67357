"""chat: one line in, one line out, for a program; the same units as they come for a person."""

import json
from pathlib import Path

from tests.ui.conftest import TODAY, Flourish
from ui.contract.base import ErrorPayload
from ui.contract.chats import ConversationsPayload
from ui.contract.talks import PrepPayload, ReplyPayload


def lines(*messages: str) -> str:
    return "".join(json.dumps(message) + "\n" for message in messages)


def test_each_line_brings_one_reply_that_keeps_the_contract(flourish: Flourish, team: Path) -> None:
    said = flourish(
        "chat", "--json", "--as", "dm1", "--today", TODAY, home=team,
        stdin=lines("prep Wade", "What does he enjoy?", "note that he asked for the morning shift", "undo"),
    )  # fmt: skip
    assert said.code == 0
    brief, answer, noted, undone = [ReplyPayload.model_validate(line) for line in said.lines]
    assert brief.person_id == answer.person_id == noted.person_id == "d04"
    assert [card.type for card in brief.cards] == ["prep"]
    card = PrepPayload.model_validate(brief.cards[0].body)
    assert card.person.id == "d04"
    assert any(action.command.startswith("flourish asked d04 ") for action in brief.cards[0].actions)
    assert all(note.startswith("d04-") for note in answer.note_ids)
    assert [change.kind for change in noted.changes] == ["note"]
    assert undone.changes == []
    notes = flourish("note", "list", "d04", "--as", "dm1", "--today", TODAY, "--json", home=team).json["notes"]
    assert len(notes) == 13


def test_a_name_that_fits_several_is_asked_about(flourish: Flourish, team: Path) -> None:
    said = flourish("chat", "--json", "--as", "dm1", "--today", TODAY, home=team, stdin=lines("prep Tom"))
    reply = ReplyPayload.model_validate(said.lines[0])
    assert {c.person_id for c in reply.clarify} == {"d01", "d02"}
    assert reply.cards == []


def test_a_line_that_is_no_message_is_answered_with_an_error_and_the_talk_goes_on(
    flourish: Flourish, team: Path
) -> None:
    said = flourish(
        "chat", "--json", "--person", "d04", "--as", "dm1", "--today", TODAY, home=team,
        stdin='not json\n{"text": "x"}\n\n"prep"\n',
    )  # fmt: skip
    assert said.code == 0
    assert len(said.lines) == 4
    assert all(ErrorPayload.model_validate(line).error.next for line in said.lines[:3])
    assert ReplyPayload.model_validate(said.lines[3]).person_id == "d04"


def test_a_person_reads_the_brief_and_leaves(flourish: Flourish, team: Path) -> None:
    said = flourish("chat", "--person", "Wade", "--as", "dm1", "--today", TODAY, home=team, stdin="prep\nexit\nprep\n")
    assert said.code == 0
    assert said.out.count("QUESTIONS") == 1
    assert "Wade Kinnunen: one-on-one, Monday 15 June 2026" in said.out


def test_a_conversation_goes_on_another_day_is_found_and_deleted(flourish: Flourish, team: Path) -> None:
    me = ("--as", "dm1", "--today", TODAY)
    said = flourish("chat", "--json", *me, home=team, stdin=lines("prep Wade", "note that he likes the new crane"))
    first, noted = [ReplyPayload.model_validate(line) for line in said.lines]
    assert first.conversation_id == noted.conversation_id != ""
    assert first.turn_id != noted.turn_id
    row, *_ = ConversationsPayload.model_validate(flourish("chat", "list", "--json", *me, home=team).json).conversations
    assert (row.id, row.title, row.turns, row.person) == (first.conversation_id, "prep Wade", 2, "Wade Kinnunen")
    renamed = flourish("chat", "rename", row.id, "The new", "crane", "--json", *me, home=team).json
    assert renamed["title"] == "The new crane"
    assert "The new crane (about Wade" in flourish("chat", "list", *me, home=team).out
    assert "called “prep Wade” now" in flourish("chat", "rename", row.id, *me, home=team).out
    on = flourish("chat", "--json", "--conversation", row.id, *me, home=team, stdin=lines("undo"))
    assert ReplyPayload.model_validate(on.lines[0]).person_id == "d04"
    assert "likes the new crane" not in flourish("note", "list", "d04", *me, home=team).out
    found = flourish("chat", "search", "prep", "Wade", "--json", *me, home=team).json["conversations"]
    assert row.id in [each["id"] for each in found]
    shown = flourish("chat", "show", row.id, "--json", *me, home=team).json
    assert [turn["message"] for turn in shown["turns"]][-1] == "undo"
    assert "Wade Kinnunen: one-on-one" in flourish("chat", "show", row.id, *me, home=team).out
    other = flourish("chat", "show", row.id, "--as", "dm2", "--today", TODAY, home=team)
    assert other.code == 1
    assert "no such conversation" in other.err
    assert flourish("chat", "delete", row.id, "--yes", "--json", *me, home=team).json["turns"] == len(shown["turns"])
    assert row.id not in flourish("chat", "list", *me, home=team).out
