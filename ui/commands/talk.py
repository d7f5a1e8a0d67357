"""promise, prep, asked, chat: before, during and after a conversation."""

import sys
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, group, words_of

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.domain.promise import PromiseState


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    _add_promises(group(groups, "promise", "What you promised, and what was promised to you."))
    prep = command(groups, "prep", "Two minutes before a one-on-one: promises, changes, three questions.", prepare)
    prep.add_argument("person", metavar="PERSON")
    prep.add_argument("--six", action="store_true", help="six questions instead of three")
    asked = command(groups, "asked", "Mark a question as asked, or list what was asked.", mark_asked)
    asked.add_argument("person", metavar="PERSON")
    asked.add_argument(
        "question", metavar="QUESTION", nargs="?", help="its id, as prep shows it, or its words; none: list them"
    )
    after = asked.add_mutually_exclusive_group()
    after.add_argument("--answer", metavar="TEXT", default="", help="what came of it")
    after.add_argument("--later", action="store_true", help="come back to it: it does not rest")
    chat = command(
        groups,
        "chat",
        "Talk with your notes.",
        talk,
        more="With --json: one JSON string a line in, one reply a line out.",
    )
    chat.add_argument("--person", metavar="PERSON", help="whom it is about")
    chat.add_argument("--conversation", metavar="ID", help="a name for it; conversations are not kept between runs yet")


def _add_promises(promise: Groups) -> None:
    every = command(promise, "list", "One person's promises, yours first.", list_promises)
    every.add_argument("person", metavar="PERSON")
    new = command(promise, "add", "Write a promise down by hand.", add_promise)
    new.add_argument("person", metavar="PERSON")
    new.add_argument("what", metavar="WHAT", nargs="+")
    new.add_argument("--owner", required=True, choices=("me", "them"), help="me: you promised; them: they did")
    new.add_argument("--due", metavar="DATE")
    for name, says, run in (
        ("done", "It was kept.", keep),
        ("drop", "It no longer holds.", drop),
        ("reopen", "It is open after all.", reopen),
    ):
        command(promise, name, says, run).add_argument("promise", metavar="ID")


def list_promises(run: Run) -> None:
    """One person's promises."""
    from ui.contract.finds import PromisesPayload
    from ui.present import payloads, tell_prep

    person = run.person
    found = payloads.promises(person.promises(), run.desk.today)
    run.show(PromisesPayload(person=payloads.person_ref(person.person), promises=found), tell_prep.promises)


def add_promise(run: Run) -> None:
    """A promise by hand."""
    from assistant.domain.promise import Owner
    from ui.contract.finds import PromisePayload
    from ui.present import payloads, tell_prep

    due = run.day(run.args.due)
    made = run.person.add_promise(words_of(run.args.what).strip(), owner=Owner(run.args.owner), due=due)
    shown = PromisePayload(promise=payloads.promise(made, run.desk.today))
    run.show(shown, lambda p: tell_prep.promise(p.promise))


def keep(run: Run) -> None:
    """A promise was kept."""
    from assistant.domain.promise import PromiseState

    _settle(run, PromiseState.DONE)


def drop(run: Run) -> None:
    """A promise no longer holds."""
    from assistant.domain.promise import PromiseState

    _settle(run, PromiseState.DROPPED)


def reopen(run: Run) -> None:
    """A promise is open after all."""
    from assistant.domain.promise import PromiseState

    _settle(run, PromiseState.OPEN)


def _settle(run: Run, state: "PromiseState") -> None:
    from ui.contract.finds import PromisePayload
    from ui.present import payloads, tell_prep

    promise = run.desk.settle_promise(run.args.promise, state)
    shown = PromisePayload(promise=payloads.promise(promise, run.desk.today))
    run.show(shown, lambda p: tell_prep.promise(p.promise))


def prepare(run: Run) -> None:
    """What to read before a one-on-one."""
    from ui.present import talks, tell_prep

    run.show(talks.prep(run.person.brief(six=run.args.six)), tell_prep.prep)


def mark_asked(run: Run) -> None:
    """A question was asked."""
    from ui.present import talks, tell_prep

    if run.args.question is None:
        _list_asked(run)
        return
    entry = run.person.asked(run.args.question, answer=words_of(run.args.answer), later=run.args.later)
    run.show(talks.asked(entry), tell_prep.asked)


def _list_asked(run: Run) -> None:
    from assistant.errors import Invalid
    from ui.present import talks, tell_prep

    if run.args.answer or run.args.later:
        raise Invalid("It is not said which question was asked.", next="Give its id, as prep shows it.")
    person = run.person
    run.show(talks.asked_list(person.person, person.ledger(), run.desk.today), tell_prep.asked_list)


def talk(run: Run) -> None:
    """Read messages and answer them until there are no more."""
    from assistant.conversation import Conversation

    conversation = Conversation(run.desk, run.desk.person(run.args.person) if run.args.person else None)
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
            people = [row.person for row in conversation.desk.people()]
            print(reply(events, people, conversation.desk.today).model_dump_json(), flush=True)
        except ValueError:
            error = Invalid("This line is not JSON.", next='A line holds one JSON string, for example "prep Sam".')
            print(payloads.failure(error).model_dump_json(exclude_none=True), flush=True)
        except FlourishError as error:
            print(payloads.failure(error).model_dump_json(exclude_none=True), flush=True)


def _talk_to_person(conversation: "Conversation") -> None:
    """Units appear as they are ready; an error is told and the talk goes on."""
    from assistant.errors import FlourishError
    from ui.present.paper import wrapped
    from ui.present.reply import Live

    watched = sys.stdin.isatty()
    if watched:
        who = conversation.person.person.name if conversation.person else "your people"
        print(f"Ask about {who}. “help” says what I understand; Ctrl-D ends.")
    while True:
        if watched:
            print("\nyou> ", end="", flush=True)
        message = sys.stdin.readline()
        if not message or message.strip().casefold() in {"exit", "quit", "bye"}:
            return
        if not message.strip():
            continue
        live = Live()
        try:
            for event in conversation.say(message):
                people = [row.person for row in conversation.desk.people()]
                if text := live.told(event, people, conversation.desk.today):
                    print(text, flush=True)
        except FlourishError as error:
            print(wrapped(str(error)), flush=True)
