"""reindex: bring what was found in the notes up to this version, at once. A server does the same by itself."""

from ui.commands.base import Bar, Groups, Run, command


def add(groups: Groups) -> None:
    """Put the command on the command line."""
    parser = command(
        groups,
        "reindex",
        "Read all notes again that another version read: evidence, promises, search.",
        reindex,
        more="It may be stopped and goes on where it was; your verdicts stay. A running server does it by itself.",
    )
    parser.add_argument(
        "--with-model",
        action="store_true",
        help="let the model look for evidence as well, and digest long histories",
    )


def reindex(run: Run) -> None:
    """Catch up in every account of the home, or in the one that --as names."""
    from assistant.actions.digest_history import Digested
    from assistant.actions.propose_evidence import Proposed
    from assistant.errors import no_model
    from ui.contract.home import ReindexPayload
    from ui.present import tell_home
    from ui.upkeep import accounts_of, catch_up, digest, propose

    if run.args.with_model and run.house.proposer is None:
        raise no_model()
    only = run.house.account(run.named) if run.named else None
    accounts = accounts_of(run.house, only)
    with Bar(run, "Reading notes again") as progress:
        done = catch_up(run.house, accounts, progress)
    made, digested = Proposed(), Digested()
    if run.args.with_model:
        with Bar(run, "The model reads notes") as progress:
            made = propose(run.house, accounts, progress)
        with Bar(run, "The model reads long histories") as progress:
            digested = digest(run.house, accounts, progress)
    shown = ReindexPayload(
        accounts=list(accounts), notes=done.notes, people=done.people, vectors=done.vectors, by_model=made.notes,
        finds=made.finds, periods=digested.periods, lines=digested.lines,
    )  # fmt: skip
    run.show(shown, tell_home.reindex)
