"""Plain text for a terminal: headings, hanging lines, sources, columns. It knows no payload.

No colour: the words must do it, on a screen, in a pipe and in a mail.
"""

import shutil
import textwrap
from collections.abc import Sequence
from datetime import date

from ui.contract.base import Passage

WIDEST, WIDEST_TABLE = 80, 120


def width() -> int:
    """How wide a line may be: the terminal's width, never more than reads well."""
    return max(40, min(WIDEST, _screen()))


def _screen() -> int:
    """The terminal's width; in a pipe the width that reads well."""
    return shutil.get_terminal_size((WIDEST, 24)).columns


def day(value: date, *, weekday: bool = False) -> str:
    """A day as people say it: 9 June 2026."""
    return f"{value:%A} {value.day} {value:%B %Y}" if weekday else f"{value.day} {value:%b %Y}"


def ago(value: date, today: date) -> str:
    """How long before today, in words."""
    days = (today - value).days
    if days < 0:
        return f"in {-days} days" if days < -1 else "tomorrow"
    if days < 2:
        return ("today", "yesterday")[days]
    return f"{days} days ago" if days < 60 else f"{round(days / 30.4)} months ago"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 note, 3 notes."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def wrapped(text: str, indent: int = 0, *, mark: str = "", hang: int | None = None) -> str:
    """Text in lines, all indented; a mark ("- ", "1. ") stands before the first, the rest hangs below its end.

    Args:
        text: What to write.
        indent: Spaces before everything.
        mark: What the first line begins with.
        hang: Spaces before all later lines, where they should not stand below the mark's end.
    """
    first = " " * indent + mark
    rest = " " * (len(first) if hang is None else hang)
    found: list[str] = []
    for part in text.splitlines() or [""]:
        found += textwrap.wrap(
            part, width(), initial_indent=rest if found else first, subsequent_indent=rest, break_on_hyphens=False
        ) or [""]
    return "\n".join(found)


def heading(text: str) -> str:
    """A heading with air above."""
    return f"\n{text.upper()}"


def place(passage: Passage) -> str:
    """Where a quote stands."""
    return f"{passage.note_id}, {day(passage.date)}"


def quoted(passage: Passage) -> str:
    """A quote on one line, in quotation marks; what stands inside keeps its own."""
    return f"“{' '.join(passage.quote.split())}”"


def sources(passages: Sequence[Passage], indent: int, *, said: str = "") -> list[str]:
    """The quotes that carry a sentence, each with note and day; one that `said` already holds is only named.

    What is only named is gathered on one line.
    """
    flat = " ".join(said.split())
    lines, named = [], []
    for passage in passages:
        if " ".join(passage.quote.split()) in flat:
            named.append(place(passage))
        else:
            lines.append(wrapped(f"{quoted(passage)} ({place(passage)})", indent))
    if named:
        lines.insert(0, wrapped("; ".join(dict.fromkeys(named)), indent, mark="» "))
    return lines


GAP, NARROWEST = 2, 7  # between two columns of a table; what a column that may be broken needs at least


def columns(rows: Sequence[Sequence[str]], headings: Sequence[str], *, whole: int = 2) -> str:
    """Rows under headings; a column in which nothing stands is left out.

    Args:
        rows: One sequence of cells a row.
        headings: One a column.
        whole: How many columns from the left stay whole while the screen has room; the first two always do.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    used = [n for n in range(len(headings)) if any(row[n] for row in rows)]
    screen = max(60, min(WIDEST_TABLE, _screen()))
    least = [max(len(headings[n]), *(len(row[n]) for row in rows)) + GAP for n in used[:whole]]
    if sum(least) + NARROWEST * len(used[whole:]) > screen:
        whole, least = 2, least[:2]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for place_of, number in enumerate(used):
        table.add_column(headings[number], overflow="fold", no_wrap=place_of < whole)
    for row in rows:
        table.add_row(*(Text(row[n]) for n in used))  # plain text: brackets in a name are no markup
    wide = max(screen, sum(least) + NARROWEST * len(used[whole:]))  # an id cut short is no id
    console = Console(width=wide, no_color=True, highlight=False, emoji=False)
    with console.capture() as caught:
        console.print(table)
    return "\n".join(line.rstrip() for line in caught.get().splitlines())
