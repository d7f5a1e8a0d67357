"""promise, prep, asked: before and after a conversation."""

from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, group, words_of

if TYPE_CHECKING:
    from assistant.domain.promise import PromiseState


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    _add_promises(group(groups, "promise", "What you promised, and what was promised to you."))
    prep = command(groups, "prep", "Two minutes before a one-on-one: promises, changes, three questions.", prepare)
    prep.add_argument("person", metavar="PERSON")
    size = prep.add_mutually_exclusive_group()
    size.add_argument("--six", action="store_true", help="six questions instead of three")
    size.add_argument("--short", action="store_true", help="the form for a phone: no sources; JSON stays whole")
    asked = command(groups, "asked", "Mark a question as asked, or list what was asked.", mark_asked)
    asked.add_argument("person", metavar="PERSON")
    asked.add_argument(
        "question", metavar="QUESTION", nargs="?", help="its id, as prep shows it, or its words; none: list them"
    )
    after = asked.add_mutually_exclusive_group()
    after.add_argument("--answer", metavar="TEXT", default="", help="what came of it")
    after.add_argument("--later", action="store_true", help="come back to it: it does not rest")

    helpful = command(groups, "helpful", "Say that a question was helpful, or was not; or list what you said.", rate)
    helpful.add_argument("person", metavar="PERSON")
    helpful.add_argument(
        "question", metavar="QUESTION", nargs="?", help="its id, as prep shows it, or its words; none: list them"
    )
    word = helpful.add_mutually_exclusive_group()
    word.add_argument("--no", action="store_true", help="it was not; it is not suggested to this person again")
    word.add_argument("--undo", action="store_true", help="take back what you said")
    helpful.add_argument("--instead", metavar="TEXT", default="", help="with --no: what it should have said")


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
    """One person's promises, and what they asked."""
    from assistant.domain.promise import PromiseState
    from ui.contract.finds import PromisesPayload
    from ui.present import payloads, tell_prep

    person = run.person
    found = payloads.promises(person.promises(), run.desk.today)
    asked = payloads.promises((r for r in person.requests() if r.state is PromiseState.OPEN), run.desk.today)
    run.show(
        PromisesPayload(person=payloads.person_ref(person.person), promises=found, asked=asked), tell_prep.promises
    )


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
    from ui.present import talks, tell_prep, tell_short

    told = tell_short.short if run.args.short else tell_prep.prep
    run.show(talks.prep(run.person.for_turn().brief(six=run.args.six)), told)


def mark_asked(run: Run) -> None:
    """A question was asked."""
    from ui.present import talks, tell_prep

    if run.args.question is None:
        _list_asked(run)
        return
    entry = run.person.asked(run.args.question, answer=words_of(run.args.answer), later=run.args.later)
    run.show(talks.asked(entry), tell_prep.asked)


def rate(run: Run) -> None:
    """What was thought of a question."""
    from assistant.errors import Invalid
    from ui.present import talks, tell_prep

    args, person = run.args, run.person
    if args.question is None:
        if args.no or args.undo or args.instead:
            raise Invalid("It is not said which question is meant.", next="Give its id, as prep shows it.")
        run.show(talks.opinions(person.person, person.opinions()), tell_prep.opinions)
        return
    if args.undo:
        run.show(talks.opinion(person.unrate(args.question), taken_back=True), tell_prep.opinion)
        return
    said = person.rate(args.question, helpful=not args.no, instead=words_of(args.instead))
    run.show(talks.opinion(said), tell_prep.opinion)


def _list_asked(run: Run) -> None:
    from assistant.errors import Invalid
    from ui.present import talks, tell_prep

    if run.args.answer or run.args.later:
        raise Invalid("It is not said which question was asked.", next="Give its id, as prep shows it.")
    person = run.person
    run.show(talks.asked_list(person.person, person.ledger(), run.desk.today), tell_prep.asked_list)
