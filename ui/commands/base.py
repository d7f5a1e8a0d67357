"""What every command shares: the four options, the house behind it, and one way to show a result.

Only the standard library is imported here; the rest waits until a command runs.
"""

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from assistant.errors import FlourishError

if TYPE_CHECKING:
    from assistant.desk import Desk, PersonDesk
    from assistant.ports.outside import Progress
    from ui.contract.base import Payload
    from ui.settings import Settings
    from ui.wiring import House

    Shown = TypeVar("Shown", bound=Payload)


_EVERYWHERE = " [-h] [--json] [--today DATE] [--as ACCOUNT] [--home DIR]"


class UsageError(FlourishError):
    """The command line itself is wrong; `next` shows how it goes."""

    code = "usage"

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message, next=usage)


class Parser(argparse.ArgumentParser):
    """argparse that leaves it to `main` how a mistake is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Hand the mistake to `main`."""
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ").replace(_EVERYWHERE, "")
        wrong = re.search(r"argument .*COMMAND: invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if wrong:
            known = re.findall(r"'(.*?)'", wrong[2])
            near = difflib.get_close_matches(wrong[1], known, 1)
            instead = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
            raise UsageError(f"There is no command {wrong[1]!r}.", instead)
        if self.prog.endswith(" chat") and "ACTION: invalid choice" in message:
            raise UsageError(
                "`flourish chat` takes messages line by line, not a question behind its name.",
                'Start it and type, or: echo "What did I promise Dana?" | flourish chat',
            )
        sentence = f"{message[:1].upper()}{message[1:].rstrip('.')}."
        raise UsageError(sentence, f"Usage: {usage}")


Groups = Any  # argparse keeps the type of what add_subparsers returns to itself
Action = Callable[["Run"], None]


def common_options() -> argparse.ArgumentParser:
    """The options that every command takes, before or after its name."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options = common.add_argument_group("everywhere")
    options.add_argument("--json", action="store_true", help="write JSON as docs/schema describes it")
    options.add_argument("--today", metavar="DATE", help="look from this day; what is dated later does not exist")
    options.add_argument("--as", dest="account", metavar="ACCOUNT", help="whose notes, when a home has several")
    options.add_argument("--home", metavar="DIR", help="the folder that holds everything")
    return common


def command(groups: Groups, name: str, says: str, run: Action, *, more: str = "") -> Parser:
    """A command at the end of the line; `more` is told on its own help page."""
    parser: Parser = groups.add_parser(
        name, help=says, description=f"{says} {more}".strip(), parents=[common_options()]
    )
    parser.set_defaults(run=run)
    return parser


def group(groups: Groups, name: str, says: str) -> Groups:
    """A group of commands under one word."""
    parser: Parser = groups.add_parser(name, help=says, description=says, parents=[common_options()])
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


@dataclass
class Run:
    """One command being carried out. Opens what it needs when it needs it.

    Attributes:
        unwell: Whether the command found something wrong that is no error of the command itself.
    """

    args: argparse.Namespace
    unwell: bool = False

    @property
    def wants_json(self) -> bool:
        """Whether the result is for a program."""
        return bool(getattr(self.args, "json", False))

    @cached_property
    def settings(self) -> "Settings":
        """The settings of this run, the flags included."""
        from dataclasses import replace

        from ui.settings import day_of, read_settings

        found = read_settings(getattr(self.args, "home", None))
        said = getattr(self.args, "today", None)
        return replace(found, today=day_of(said)) if said else found

    @cached_property
    def house(self) -> "House":
        """The home with everything in it."""
        from ui.wiring import open_house

        return open_house(self.settings)

    @property
    def named(self) -> str | None:
        """The account that `--as` names."""
        return getattr(self.args, "account", None)

    @cached_property
    def desk(self) -> "Desk":
        """The desk of the account that is meant."""
        return self.house.desk(self.house.account(self.named))

    @property
    def person(self) -> "PersonDesk":
        """The person the command names."""
        return self.desk.person(self.args.person)

    def day(self, written: str | None) -> date | None:
        """A day from the command line; none stays none."""
        from ui.settings import day_of

        return day_of(written, today=self.house.today) if written else None

    def show(self, payload: "Shown", tell: "Callable[[Shown], str]") -> None:
        """The result: JSON for a program, text for a person."""
        if self.wants_json:
            print(payload.model_dump_json(indent=2))
            return
        from ui.demo.home import read_mark

        print(tell(payload).rstrip())
        mark = read_mark(self.settings.home)
        if mark:
            print(f"\n({mark.banner})")


def confirmed(run: Run, question: str, yes_option: str = "--yes") -> None:
    """Ask before something is gone for good.

    Raises:
        Refused: The answer was no, or there is nobody to ask.
    """
    from assistant.errors import Refused

    if run.args.yes:
        return
    if run.wants_json or not sys.stdin.isatty():
        raise Refused("This cannot be taken back, and there is nobody here to ask.", next=f"Add {yes_option} to do it.")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise Refused("Nothing was changed.")


def words_of(written: Sequence[str] | str) -> str:
    """The words of an argument; a single dash stands for what comes through the pipe.

    Raises:
        Invalid: What comes is not UTF-8.
    """
    from assistant.errors import Invalid

    text = written if isinstance(written, str) else " ".join(written)
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("What came through the pipe is not UTF-8 text.", next="Save it as UTF-8 and try again.") from None


class Bar:
    """A progress bar on standard error, for a person who is watching; otherwise nothing."""

    def __init__(self, run: Run, says: str) -> None:
        self._shown = not run.wants_json and sys.stderr.isatty()
        self._says = says

    def __enter__(self) -> "Progress | None":
        """The function to call with notes done and notes in all."""
        if not self._shown:
            return None
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        self._bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console)
        task = self._bar.add_task(self._says, total=None)
        self._bar.start()
        return lambda done, total: self._bar.update(task, completed=done, total=total)

    def __exit__(self, *exc: object) -> None:
        """Take the bar away."""
        if self._shown:
            self._bar.stop()
