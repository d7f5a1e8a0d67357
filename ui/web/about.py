"""What this Flourish runs on, for the page that says so. Facts about the program, none about anybody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """Facts about this home and this program.

    Attributes:
        model: The model that writes, as it was named; empty when the rules write alone.
        backup: How old the newest backup is, in words; empty when there is none.
    """

    version: str = ""
    home: str = ""
    model: str = ""
    backup: str = ""
