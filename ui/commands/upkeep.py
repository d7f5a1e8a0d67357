"""reindex: bring what was found in the notes up to this version, at once. A server does the same by itself."""

from ui.commands.base import Bar, Groups, Run, command


def add(groups: Groups) -> None:
    """Put the command on the command line."""
    command(
        groups,
        "reindex",
        "Read all notes again that another version read: evidence, promises, search.",
        reindex,
        more="It may be stopped and goes on where it was; your verdicts stay. A running server does it by itself.",
    )


def reindex(run: Run) -> None:
    """Catch up in every account of the home, or in the one that --as names."""
    from ui.contract.home import ReindexPayload
    from ui.present import tell_home
    from ui.upkeep import accounts_of, catch_up

    only = run.house.account(run.named) if run.named else None
    accounts = accounts_of(run.house, only)
    with Bar(run, "Reading notes again") as progress:
        done = catch_up(run.house, accounts, progress)
    shown = ReindexPayload(accounts=list(accounts), notes=done.notes, people=done.people, vectors=done.vectors)
    run.show(shown, tell_home.reindex)
