"""Cells of a sheet that a spreadsheet would take for a formula: an apostrophe before them makes them plain text."""

import re

_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def as_text(cell: str) -> str:
    """The cell, safe to open in a spreadsheet."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def as_written(cell: str) -> str:
    """The cell as it was before `as_text`; any other cell stays as it is."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell[1:]) else cell
