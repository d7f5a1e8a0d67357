"""plan, debrief, pending: a development plan through its life, and what is told after a meeting."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, group, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.desk import PersonDesk
    from assistant.domain.plan import Plan
    from assistant.domain.shared_plan import SharedPlan

_STATES = {"agree": "agreed", "start": "active", "close": "closed"}
_ACTIONS = ("draft", "show", "revise", "agree", "start", "close", "undo", "versions", "diff", "checkin", "export")


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    _add_plan(groups)
    debrief = command(groups, "debrief", "What you heard in a meeting: a note, and one proposal to confirm.", take)
    debrief.add_argument("person", metavar="PERSON")
    debrief.add_argument("text", metavar="TEXT", nargs="*", help="what you heard; - reads it from the pipe")
    debrief.add_argument("--day", metavar="DATE", help="the day of the meeting; today when left out")
    debrief.add_argument("--note", metavar="ID", help="read a note once more that is kept already")
    how = debrief.add_mutually_exclusive_group()
    how.add_argument("--confirm", action="store_true", help="say yes to all of it at once")
    how.add_argument("--dry-run", action="store_true", help="show what it brings and write nothing")
    waits = group(groups, "pending", "What was understood and waits for your yes.")
    command(waits, "list", "Everything that waits.", list_pending)
    yes = command(waits, "confirm", "Yes to a proposal.", confirm)
    yes.add_argument("--without", metavar="NUMBER", action="append", default=[], help="leave this piece out")
    for name, says, run in (
        ("drop", "No to a proposal; the note stays.", drop),
        ("undo", "Take a whole debrief back, its note included.", undo_debrief),
    ):
        command(waits, name, says, run).add_argument("pending", metavar="ID")
    yes.add_argument("pending", metavar="ID")


def _add_plan(groups: Groups) -> None:
    plan = command(
        groups, "plan", "A development plan: draft, revise, agree, check, share.", make_plan,
        more="Sections: passion, talent, customer, value, first_step, second_step, third_step, support, measure,"
        " obstacle, goal, move, watch_out.",
    )  # fmt: skip
    plan.add_argument("person", metavar="PERSON")
    plan.add_argument("action", metavar="ACTION", help=", ".join(_ACTIONS))
    plan.add_argument(
        "words", metavar="WORDS", nargs="*",
        help="revise: SECTION and the wish (smaller, another, later, sooner, or what about); checkin: what happened; "
        "diff: two versions",
    )  # fmt: skip
    plan.add_argument("--thread", metavar="N", type=int, default=1, help="which golden thread (1)")
    plan.add_argument("--own", metavar="TEXT", default="", help="revise: the section in your own words")
    plan.add_argument("--due", metavar="DATE", help="revise: the step's day")
    plan.add_argument("--version", metavar="N", type=int, dest="number", help="show, export: an older version")
    plan.add_argument("--share", action="store_true", help="export: the copy for the person, without the private basis")
    plan.add_argument("--to", metavar="FILE", help="export: where to write it; a pipe when left out")


def make_plan(run: Run) -> None:
    """One action on a plan; `plan draft PERSON` reads the same as `plan PERSON draft`."""
    from assistant.errors import Invalid

    person, action = run.args.person, run.args.action
    if action not in _ACTIONS and person in _ACTIONS:
        person, action = action, person
    if action not in _ACTIONS:
        raise Invalid(
            f"A plan cannot {action!r}.", next=f"Use: flourish plan PERSON {', '.join(_ACTIONS[:-1])} or export."
        )
    if run.args.words and action not in ("revise", "checkin", "diff"):
        raise Invalid(f"`plan {action}` takes no more words.", next="See: flourish plan --help.")
    desk = run.desk.person(person)
    if action in _STATES:
        _move_on(run, desk, _STATES[action])
        return
    {
        "draft": _draft, "show": _show, "revise": _revise, "undo": _undo, "versions": _versions, "diff": _diff,
        "checkin": _check, "export": _export,
    }[action](run, desk)  # fmt: skip


def _tell(run: Run, desk: "PersonDesk", plan: "Plan") -> None:
    from ui.present import talks, tell_plan

    stale = [reason.text for reason in desk.planning.why_stale(plan)]
    run.show(talks.plan(desk.person, plan, stale), tell_plan.plan)


def _draft(run: Run, desk: "PersonDesk") -> None:
    _tell(run, desk, desk.draft_plan())


def _show(run: Run, desk: "PersonDesk") -> None:
    plan = desk.planning.newest() if run.args.number is None else desk.planning.version(run.args.number)
    _tell(run, desk, plan)


def _revise(run: Run, desk: "PersonDesk") -> None:
    """A section by a wish, or in the manager's own words."""
    from assistant.errors import Invalid

    words, due, thread = run.args.words, run.day(run.args.due), run.args.thread
    if not words:
        raise Invalid(
            "It is not said which section.", next="For example: flourish plan PERSON revise first_step smaller."
        )
    own = words_of(run.args.own).strip() if run.args.own else ""
    if own or due:
        if len(words) > 1:
            raise Invalid("A wish and your own words at once are two changes.", next="Give one of the two.")
        _tell(run, desk, desk.planning.reword(words[0], own, thread=thread, due=due))
        return
    wish = " ".join(words[1:])
    if not wish:
        raise Invalid(
            "It is not said how it should be.", next="Say smaller, another, later, sooner, or --own 'your words'."
        )
    _tell(run, desk, desk.planning.revise(words[0], wish, thread=thread))


def _move_on(run: Run, desk: "PersonDesk", state: str) -> None:
    from assistant.domain.plan import PlanState

    _tell(run, desk, desk.planning.move_on(PlanState(state)))


def _undo(run: Run, desk: "PersonDesk") -> None:
    from ui.contract.plans import PlanUndonePayload
    from ui.present import payloads, talks, tell_plans

    plan = desk.planning.undo()
    left = talks.plan(desk.person, plan) if plan else None
    run.show(PlanUndonePayload(person=payloads.person_ref(desk.person), plan=left), tell_plans.undone)


def _versions(run: Run, desk: "PersonDesk") -> None:
    from ui.present import plans, tell_plans

    run.show(plans.versions(desk.person, desk.planning.versions()), tell_plans.versions)


def _diff(run: Run, desk: "PersonDesk") -> None:
    from assistant.errors import Invalid
    from ui.present import plans, tell_plans

    said = run.args.words
    if len(said) not in (0, 2) or not all(each.isdigit() for each in said):
        raise Invalid("A diff takes two versions, or none.", next="For example: flourish plan PERSON diff 1 2.")
    before, after = map(int, said) if said else (None, None)
    run.show(plans.diff(desk.person, desk.planning.diff(before, after)), tell_plans.diff)


def _check(run: Run, desk: "PersonDesk") -> None:
    """What the notes show; words are kept as a note first."""
    from ui.present import plans, tell_plans

    desk.planning.newest()
    said = words_of(run.args.words).strip() if run.args.words else ""
    note_id = desk.add_note(said).id if said else None
    run.show(plans.check(desk.person, desk.planning.check(), note_id), tell_plans.check)


def _export(run: Run, desk: "PersonDesk") -> None:
    from ui.export.plan_markdown import own_copy, share_copy
    from ui.present import plans, tell_plans

    copy: SharedPlan | None = None
    if run.args.share:
        copy = desk.planning.share(run.args.number)
        version, markdown = copy.version, share_copy(copy)
    else:
        plan = desk.planning.version(run.args.number)
        version, markdown = plan.version, own_copy(desk.person.name, plan)
    file = _write(markdown, run.args.to) if run.args.to else None
    run.show(plans.export(desk.person, version, markdown, copy, str(file) if file else None), tell_plans.export)


def _write(markdown: str, where: str) -> "Path":
    from pathlib import Path

    from assistant.errors import Refused

    file = Path(where).expanduser().absolute()
    if file.exists():
        raise Refused(f"{file} is there already.", next="Choose another name.")
    try:
        file.write_text(markdown, encoding="utf-8")
    except OSError as error:
        with suppress(OSError):  # what a full disk left of it would stand in the way of the next try
            file.unlink(missing_ok=True)
        raise Refused(f"{file} cannot be written ({error.strerror}).", next="Choose another folder.") from error
    return file


def take(run: Run) -> None:
    """Keep a telling and show what it brings; at a keyboard, ask for the one yes."""
    from assistant.errors import Invalid
    from ui.present import plans, tell_plans

    desk = run.person
    if run.args.note:
        if run.args.text:
            raise Invalid("A note and new words at once are two debriefs.", next="Give one of the two.")
        found = desk.debriefing.again(run.args.note)
    else:
        text = words_of(run.args.text).strip()
        if not text:
            raise Invalid("Nothing is told.", next="Write what you heard, or - to read it from a pipe.")
        found = desk.debriefing.take(text, day=run.day(run.args.day), dry_run=run.args.dry_run)
    if found.pending and run.args.confirm:
        run.show(plans.pending(desk.person, run.desk.confirm(found.pending.id)), tell_plans.debrief)
        return
    run.show(plans.debrief(desk.person, found), tell_plans.debrief)
    if found.pending and not run.wants_json and sys.stdin.isatty() and sys.stdout.isatty():
        _ask(run, desk, found.pending.id)


def _ask(run: Run, desk: "PersonDesk", pending_id: str) -> None:
    from ui.present import plans, tell_plans

    print("\nKeep all of it? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().casefold() in {"y", "yes"}:
        run.show(plans.pending(desk.person, run.desk.confirm(pending_id)), tell_plans.debrief)


def list_pending(run: Run) -> None:
    """Everything that waits."""
    from ui.contract.plans import PendingPayload
    from ui.present import plans, tell_plans

    people = {row.person.id: row.person for row in run.desk.people()}
    found = [plans.pending(people[item.person_id], item) for item in run.desk.pending()]
    run.show(PendingPayload(pending=found), tell_plans.waiting)


def confirm(run: Run) -> None:
    """Yes to a proposal."""
    from assistant.errors import Invalid
    from ui.present import plans, tell_plans

    said = [part for each in run.args.without for part in each.split(",") if part.strip()]
    if not all(part.strip().isdigit() for part in said):
        raise Invalid("What is left out is named by its number.", next="For example: --without 2,5.")
    item = run.desk.confirm(run.args.pending, without={int(part) for part in said})
    run.show(plans.pending(run.desk.person(item.person_id).person, item), tell_plans.debrief)


def drop(run: Run) -> None:
    """No to a proposal."""
    from ui.present import plans, tell_plans

    item = run.desk.drop(run.args.pending)
    run.show(plans.pending(run.desk.person(item.person_id).person, item), tell_plans.debrief)


def undo_debrief(run: Run) -> None:
    """Take a whole debrief back."""
    from ui.contract.plans import DebriefUndonePayload
    from ui.present import tell_plans

    run.show(DebriefUndonePayload(note_id=run.desk.undo_debrief(run.args.pending)), tell_plans.note_gone)
