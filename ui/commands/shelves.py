"""library: principles and questions found by what they are about, and what you save beside them."""

from ui.commands.base import Groups, Run, command, group, words_of

PRINCIPLES, QUESTIONS = 3, 6  # found for some words
PILLARS = "passion talent customer connection growth obstacles feedback follow_up".split()


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    library = group(groups, "library", "Principles and questions, and what you save beside them.")
    find = command(library, "find", "Principles and questions about something; yours first.", look)
    find.add_argument("words", metavar="WORDS", nargs="+")
    command(library, "own", "What you saved.", own)
    new = command(library, "add", "Save a question or a thought of your own; only you see it.", keep)
    new.add_argument("text", metavar="TEXT", nargs="+")
    new.add_argument("--pillar", required=True, choices=PILLARS, help="what it is for")
    new.add_argument("--thought", action="store_true", help="a thought, not a question")
    command(library, "drop", "Take one of yours out.", drop).add_argument("card", metavar="ID")


def look(run: Run) -> None:
    """Found by meaning; one's own by words."""
    from assistant.desk import OwnDesk
    from ui.present import shelves

    words = words_of(run.args.words)
    library = run.desk.library
    found = shelves.library(
        OwnDesk(run.desk).about(words), library.nearest_principles(words, PRINCIPLES),
        library.nearest_questions(words, QUESTIONS),
    )  # fmt: skip
    run.show(found, shelves.told)


def own(run: Run) -> None:
    """What the account saved."""
    from assistant.desk import OwnDesk
    from ui.present import shelves

    found = shelves.library(OwnDesk(run.desk).all(), [], [])
    run.show(found, lambda p: shelves.told(p) if p.own else "Nothing saved yet. Save one with: flourish library add")


def keep(run: Run) -> None:
    """Save one."""
    from assistant.desk import OwnDesk, faults_of
    from assistant.domain.own_card import CardKind
    from assistant.domain.pillar import Pillar
    from ui.present import shelves

    kind = CardKind.THOUGHT if run.args.thought else CardKind.QUESTION
    card = OwnDesk(run.desk).keep(words_of(run.args.text), kind=kind, pillar=Pillar(run.args.pillar))
    run.show(shelves.own_card(card, faults=faults_of(card)), shelves.told_card)


def drop(run: Run) -> None:
    """Take one out."""
    from assistant.desk import OwnDesk
    from ui.present import shelves

    run.show(shelves.own_card(OwnDesk(run.desk).drop(run.args.card), dropped=True), shelves.told_card)
