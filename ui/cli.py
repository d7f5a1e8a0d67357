"""The command line: finds the command, runs it, and says in one sentence what went wrong. It knows no noun.

Only argparse is imported before a command runs, so that `flourish --help` is there at once.
"""

import os
import sys
from collections.abc import Sequence

from assistant.errors import FlourishError
from ui.commands import accounts, bring, chat, find, home, measure, out, people, plans, review, shelves, talk, upkeep
from ui.commands.base import Parser, Run, UsageError, common_options

_ENDS = """A person is named by id or by an unambiguous name. Every command takes --json, --today, --as and --home.
Start with `flourish demo`, or with your own notes: `flourish import PATH`."""


def build_parser() -> Parser:
    """The whole command line."""
    parser = Parser(
        prog="flourish",
        description="The one-on-one companion: notes in, grounded questions and development plans out.",
        epilog=_ENDS,
        parents=[common_options()],
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    groups = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (home, people, bring, find, talk, plans, shelves, chat, review, out, measure, upkeep, accounts):
        module.add(groups)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it did what was asked, 1 when it could not, 2 when the command line is wrong, 130 after Ctrl-C.
    """
    said = list(sys.argv[1:] if argv is None else argv)
    os.umask(0o077)  # whatever a command writes is for this user's eyes
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A pipe carries UTF-8 whatever the locale says; a screen keeps its own encoding.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        return _run(said)
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print("\nflourish: Stopped. What was saved stays saved.", file=sys.stderr)
        return 130


def _run(said: list[str]) -> int:
    try:
        _refuse_broken_text(said)
        args = build_parser().parse_args(said)
        if args.version:
            from importlib.metadata import version

            print(f"flourish {version('flourish')}")
            return 0
        if not hasattr(args, "run"):
            raise UsageError(
                "Say what to do.", "flourish COMMAND, for example: flourish demo; flourish --help lists all"
            )
        run = Run(args)
        args.run(run)
        sys.stdout.flush()
        return 1 if run.unwell else 0
    except FlourishError as error:
        return _failed(error, "--json" in said)


def _refuse_broken_text(said: list[str]) -> None:
    """Bytes that are no UTF-8 reach us as half characters, which no file and no database takes."""
    for word in said:
        try:
            word.encode()
        except UnicodeEncodeError:
            shown = word.encode(errors="replace").decode()
            raise UsageError(f"{shown!r} is not UTF-8 text.", "Set your terminal to UTF-8.") from None


def _failed(error: FlourishError, wants_json: bool) -> int:
    """Say what went wrong and what to do now; the exit code."""
    if wants_json:
        from ui.present.payloads import failure

        print(failure(error).model_dump_json(indent=2, exclude_none=True))
    else:
        print(f"flourish: {error}", file=sys.stderr)
        widest = max((len(choice.id) for choice in error.choices), default=0)
        for choice in error.choices:
            hint = f", {choice.hint}" if choice.hint else ""
            print(f"  {choice.id:<{widest}}  {choice.name}{hint}", file=sys.stderr)
    return 2 if isinstance(error, UsageError) else 1


if __name__ == "__main__":
    sys.exit(main())
