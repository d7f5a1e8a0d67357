"""review: a manager hands masked suggestions over, a coach decides on them."""

import sys
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Parser, Run, command, group, words_of

if TYPE_CHECKING:
    from assistant.bench import Bench
    from assistant.domain.verdict import Decision

_SCOPES = ("this", "pillar", "stage", "everywhere")


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    review = group(groups, "review", "The coach's review: masked suggestions, and decisions that later ones follow.")
    _for_managers(review)
    every = command(review, "list", "What waits for a decision; for a manager, their own copies.", list_copies)
    every.add_argument("--all", action="store_true", help="also what was decided, and what was taken back")
    for name, says, run in (
        ("approve", "Stand behind it: it comes first from now on, and is cited.", approve),
        ("reword", "Say it in other words, which are shown from now on.", reword),
        ("retire", "It is suggested no more.", retire),
    ):
        _decision(command(review, name, says, run), with_words=name == "reword")
    back = command(review, "rollback", "Take a decision back.", roll_back)
    back.add_argument("verdict", metavar="DECISION")
    command(review, "prompts", "The prompts and word lists that ship; a decision on one is kept as guidance.", prompts)


def _for_managers(review: Groups) -> None:
    show = command(review, "show", "What a coach would read of today's suggestions; releases nothing.", show_masks)
    show.add_argument("person", metavar="PERSON")
    hand = command(review, "release", "Hand one suggestion over, masked, in words you have seen.", release)
    hand.add_argument("person", metavar="PERSON")
    hand.add_argument("what", metavar="WHAT", help="a question's id or words, or plan:1.first_step")
    hand.add_argument("--text", metavar="MASK", default="", help="your own mask instead of the one that is made")
    hand.add_argument("--instead", metavar="MASK", help="the same for what it should have said; empty leaves that out")
    hand.add_argument("--yes", action="store_true", help="do not ask")
    take = command(review, "withdraw", "Take a released copy back.", withdraw)
    take.add_argument("copy", metavar="ID")


def _decision(parser: Parser, *, with_words: bool) -> None:
    parser.add_argument("what", metavar="WHAT", help="a copy's id, a shipped question's id, or a prompt's name")
    if with_words:
        parser.add_argument("words", metavar="WORDS", nargs="+", help="with the copy's placeholders, or [quote]")
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why; it is cited")
    parser.add_argument("--scope", choices=_SCOPES, default="this", help="how far it reaches")
    parser.add_argument("--line", metavar="TEXT", default="", help="of a prompt, the line that is meant")


def show_masks(run: Run) -> None:
    """Every suggestion of today, masked."""
    from ui.present import reviews

    person = run.person
    run.show(reviews.masks(person.person, person.releasing.suggestions()), reviews.tell_masks)


def release(run: Run) -> None:
    """Hand a copy over after it was seen."""
    from assistant.errors import Refused
    from ui.contract.reviews import ReleasedPayload
    from ui.present import reviews
    from ui.present.paper import wrapped

    releasing, text, better = run.person.releasing, run.args.text, run.args.instead
    if not run.args.yes:
        text = text or releasing.masked(run.args.what).text
        better = releasing.masked_instead(run.args.what).text if better is None else better
        shown = f"{text} It should have said: {better}" if better else text
        if run.wants_json or not sys.stdin.isatty():
            raise Refused(
                f"A coach would read: “{shown}” Nothing was released.", next="Add --yes to release these words."
            )
        sys.stderr.write(f"A coach will read:\n{wrapped(shown, 2)}\nRelease it? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
            raise Refused("Nothing was released.", next="Give a mask of your own with --text.")
    copy = releasing.release(run.args.what, text, better)
    run.show(ReleasedPayload(released=reviews.released(copy)), reviews.tell_released)


def withdraw(run: Run) -> None:
    """Take a copy back."""
    from ui.contract.reviews import WithdrawnPayload
    from ui.present import reviews

    run.desk.take_back(run.args.copy)
    run.show(WithdrawnPayload(id=run.args.copy), reviews.tell_withdrawn)


def list_copies(run: Run) -> None:
    """The queue of a coach, or a manager's own copies."""
    from assistant.domain.account import Role
    from ui.present import reviews

    if Role.COACH not in run.desk.who().roles:
        run.show(reviews.listed(run.desk.released(), (), None), reviews.tell_list)
        return
    bench = _bench(run)
    copies = bench.copies() if run.args.all else bench.queue()
    decisions = bench.verdicts() if run.args.all else ()
    run.show(reviews.listed(copies, decisions, bench.counts()), reviews.tell_list)


def approve(run: Run) -> None:
    """Stand behind a suggestion."""
    from assistant.domain.verdict import Decision

    _decide(run, Decision.APPROVE)


def reword(run: Run) -> None:
    """Put a suggestion into other words."""
    from assistant.domain.verdict import Decision

    _decide(run, Decision.REWORD, words_of(run.args.words))


def retire(run: Run) -> None:
    """Suggest it no more."""
    from assistant.domain.verdict import Decision

    _decide(run, Decision.RETIRE)


def roll_back(run: Run) -> None:
    """Take a decision back."""
    from ui.contract.reviews import VerdictPayload
    from ui.present import reviews

    taken = _bench(run).roll_back(run.args.verdict)
    run.show(VerdictPayload(verdict=reviews.verdict(taken)), reviews.tell_verdict)


def prompts(run: Run) -> None:
    """What ships."""
    from ui.present import reviews

    run.show(reviews.prompts(_bench(run).prompts()), reviews.tell_prompts)


def _decide(run: Run, decision: "Decision", words: str = "") -> None:
    from assistant.actions.judge_suggestion import Asked
    from assistant.domain.verdict import Scope
    from ui.contract.reviews import VerdictPayload
    from ui.present import reviews

    args = run.args
    asked = Asked(args.what, decision, words_of(args.reason), Scope(args.scope), words, args.line)
    made = _bench(run).decide(asked)
    run.show(VerdictPayload(verdict=reviews.verdict(made)), reviews.tell_verdict)


def _bench(run: Run) -> "Bench":
    return run.house.bench(run.house.account(run.named))
