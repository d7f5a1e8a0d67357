"""eval: score a case folder against its gold labels, beside plain alternatives."""

import sys
from pathlib import Path

from ui.commands.base import Bar, Groups, Run, command


def add(groups: Groups) -> None:
    """Put the command on the command line."""
    parser = command(
        groups,
        "eval",
        "Score a case folder: what is found, told and kept to itself, against an annotator's labels.",
        evaluate,
        more="It works in a throw-away home; yours is not touched. Exits with 1 when --against finds something worse.",
    )
    parser.add_argument("folder", metavar="DIR", help="people.json and notes.jsonl, with gold, queries or chats beside")
    parser.add_argument(
        "--only", metavar="PART", action="append", default=[], help="only this part; may be given several times"
    )
    parser.add_argument(
        "--why",
        metavar="ID",
        nargs="?",
        const="",
        help="why it failed: a person, note, query, chat/turn or promise; without an ID all reasons, counted",
    )
    parser.add_argument("--judge", action="store_true", help="let a model rate questions and plans by the rubrics")
    parser.add_argument(
        "--person",
        metavar="PERSON",
        action="append",
        default=[],
        help="with --judge: only theirs; several times for several",
    )
    parser.add_argument(
        "--with-model", action="store_true", help="let the model look for evidence first and order what a search finds"
    )
    parser.add_argument("--save", metavar="FILE", help="keep our figures for --against")
    parser.add_argument("--against", metavar="FILE", help="compare with saved figures; fails when one is worse")
    parser.add_argument("--markdown", action="store_true", help="the main figures as a Markdown table")


def evaluate(run: Run) -> None:
    """Measure, keep, compare, tell."""
    from assistant.errors import Invalid
    from ui.evaluation import payload as made
    from ui.evaluation.run import evaluate as measure
    from ui.present import tell_eval

    folder = Path(run.args.folder).expanduser()
    if run.args.person and not (run.args.judge or "judge" in run.args.only):
        raise Invalid("--person says whose questions and plans a judge rates.", next="Add --judge.")
    saved = made.read_saved(Path(run.args.against).expanduser()) if run.args.against else None
    with Bar(run, f"Measuring {folder.name}") as progress:
        found = measure(
            folder, run.settings, only=run.args.only, judged=run.args.judge, of=run.args.person,
            with_model=run.args.with_model, progress=progress,
        )  # fmt: skip
    against = made.comparison(found, saved, run.args.against) if saved else None
    payload = made.payload(found, why=run.args.why, against=against)
    if run.args.save:
        made.save(found, Path(run.args.save).expanduser())
    run.unwell = (against is not None and against.failed) or bool(found.stopped)
    if run.wants_json:
        print(payload.model_dump_json(indent=2))
    elif run.args.why:
        print(tell_eval.findings(payload).rstrip())
    else:
        print(tell_eval.markdown(payload) if run.args.markdown else tell_eval.evaluation(payload))
        if run.args.why is not None:
            print(tell_eval.causes(payload))
    if found.stopped:
        print(f"flourish: {found.stopped}", file=sys.stderr)
    if against is not None and against.failed and run.args.why:
        print(f"flourish: worse than {run.args.against}.", file=sys.stderr)
