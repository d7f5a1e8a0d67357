"""chat: talk with your notes, and the conversations that were kept."""

import sys
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, confirmed

if TYPE_CHECKING:
    from assistant.conversation import Conversation

ACTIONS = ("list", "show", "search", "rename", "delete")
SHOWN = 2  # turns that are shown again when a conversation goes on


def add(groups: Groups) -> None:
    """Put the command on the command line."""
    chat = command(
        groups,
        "chat",
        "Talk with your notes; list, show, search, rename or delete what was said.",
        talk,
        more="With --json: one JSON string a line in, one reply a line out.",
    )
    chat.add_argument(
        "action", metavar="ACTION", nargs="?", choices=ACTIONS,
        help="list, show ID, search WORDS, rename ID NAME, delete ID",
    )  # fmt: skip
    chat.add_argument("words", metavar="ID|WORDS", nargs="*")
    chat.add_argument("--person", metavar="PERSON", help="whom it is about")
    chat.add_argument("--conversation", metavar="ID", help="go on with a conversation")
    chat.add_argument("--yes", action="store_true", help="delete without asking")


def talk(run: Run) -> None:
    """Read messages and answer them until there are no more."""
    from assistant.conversation import Conversation
    from assistant.errors import Invalid

    action, words = run.args.action, " ".join(run.args.words)
    if action is not None:
        {"list": _list, "show": _show, "search": _search, "rename": _rename, "delete": _delete}[action](run, words)
        return
    if run.args.person and run.args.conversation:
        raise Invalid("A conversation knows whom it is about.", next="Leave --person out, and name somebody in it.")
    if run.args.conversation:
        conversation = Conversation.resume(run.desk, run.args.conversation)
    else:
        conversation = Conversation(run.desk, run.person if run.args.person else None)
    if run.wants_json:
        _talk_to_program(conversation)
    else:
        _talk_to_person(conversation)


def _talk_to_program(conversation: "Conversation") -> None:
    """One line out for each line in, an error included, so that the two stay in step."""
    import json

    from assistant.errors import FlourishError, Invalid
    from ui.present import payloads
    from ui.present.reply import reply

    for line in iter(sys.stdin.buffer.readline, b""):
        try:
            message = json.loads(line.decode("utf-8")) if line.strip() else None
            if not isinstance(message, str) or not message.strip():
                raise Invalid("A line holds one JSON string with words in it.", next='For example: "prep Sam".')
            events = list(conversation.say(message))
            people = conversation.desk.persons()
            print(reply(events, people, conversation.desk.today, conversation).model_dump_json(), flush=True)
        except ValueError:
            error = Invalid("This line is not JSON.", next='A line holds one JSON string, for example "prep Sam".')
            print(payloads.failure(error).model_dump_json(exclude_none=True), flush=True)
        except FlourishError as error:
            print(payloads.failure(error).model_dump_json(exclude_none=True), flush=True)


def _talk_to_person(conversation: "Conversation") -> None:
    """Units appear as they are ready; an error is told and the talk goes on."""
    from assistant.errors import FlourishError
    from ui.present.paper import wrapped
    from ui.present.reply import Live, told_turn

    watched = sys.stdin.isatty()
    if watched:
        who = conversation.person.person.name if conversation.person else "your people"
        print(f"Ask about {who}. “help” says what I understand; Ctrl-D ends.")
        for turn in conversation.turns[-SHOWN:]:
            print(f"\nyou> {turn.message}\n" + told_turn(turn, conversation.desk))
    while True:
        if watched:
            print("\nyou> ", end="", flush=True)
        message = sys.stdin.readline()
        if not message or message.strip().casefold() in {"exit", "quit", "bye"}:
            if watched and conversation.id:
                print(f"\nGo on with it: flourish chat --conversation {conversation.id}")
            return
        if not message.strip():
            continue
        live = Live()
        try:
            for event in conversation.say(message):
                people = conversation.desk.persons()
                if text := live.told(event, people, conversation.desk.today):
                    print(text, flush=True)
        except FlourishError as error:
            print(wrapped(str(error)), flush=True)


def _list(run: Run, words: str) -> None:
    """Every conversation, the newest first."""
    from ui.present import chats

    run.show(chats.listed(run.desk.conversations(), run.desk.people()), chats.tell_list)


def _search(run: Run, words: str) -> None:
    """Conversations in which all these words were said or shown."""
    from assistant.errors import Invalid
    from ui.present import chats

    if not words.strip():
        raise Invalid("It is not said what to look for.", next="For example: flourish chat search price list.")
    run.show(chats.listed(run.desk.conversations(words), run.desk.people()), chats.tell_list)


def _show(run: Run, words: str) -> None:
    """One conversation as it was."""
    from ui.present import chats

    id, turns = run.desk.conversation(words)
    run.show(
        chats.whole(id, turns, run.desk.persons(), run.desk.today),
        lambda _: chats.tell_whole(turns, run.desk),
    )


def _rename(run: Run, words: str) -> None:
    """A conversation under another name; without one, under its first words again."""
    from ui.contract.chats import ConversationRenamedPayload
    from ui.present import chats

    named, _, title = words.partition(" ")
    id, _turns = run.desk.conversation(named)
    kept = run.desk.rename_conversation(id, title)
    run.show(ConversationRenamedPayload(id=id, title=kept), chats.tell_renamed)


def _delete(run: Run, words: str) -> None:
    """A conversation is removed for good; what it changed stays."""
    from ui.contract.chats import ConversationDeletedPayload
    from ui.present import chats

    id, turns = run.desk.conversation(words)
    confirmed(run, f"Delete this conversation of {len(turns)} messages for good?")
    gone = run.desk.delete_conversation(id)
    run.show(ConversationDeletedPayload(id=id, turns=len(gone.changes)), chats.tell_deleted)
