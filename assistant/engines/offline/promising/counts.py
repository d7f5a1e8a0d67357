"""Numbers of a promise and of what a later note counts: "ten kits" and "8 of 10". Judges no words."""

import re

from assistant.engines.offline.promising.phrases import Phrases

NUMBER = re.compile(r"(?<![\d.,/:$€£-])\b(\d{1,4})(?![\d.,/:-]*\d)(?!st\b|nd\b|rd\b|th\b|\.\d|%)")
SHARE = re.compile(r"\b(\d{1,4}) (?:of|von|de|out of) (?:the )?(\d{1,4})\b")
_COUNTS = re.compile(r"\d|%")
_RUN = re.compile(r"\b1(?:, \d+)*,? (?:and|und|y) (\d+)\b")
_MONTH_NEAR = re.compile(
    r"\b\d{1,2}\.? (?:of |de )?(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|may|mayo)"
    r"\w*|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
    r"|\b(?:by|bis|to|el|zum|the) \d{1,2}\b",
    re.IGNORECASE,
)


def counted(promised: str, told: str, said: Phrases, *, kept: bool) -> bool | None:
    """Whether a count is reached: True, False, or None where nothing was counted.

    Args:
        promised: The folded words of the promise.
        told: The folded sentence of the later note.
        said: The language's expressions.
        kept: Whether the sentence sounds like an end: then four of five will do.
    """
    share = SHARE.search(told)
    counts = bool(_COUNTS.search(promised) or said.number.search(promised))
    if share and counts and int(share[1]) < int(share[2]) * (0.8 if kept else 1.0):
        return False
    if "%" in promised and not said.reached.search(told):
        return False  # a rate moves every week; it is reached when a note says so
    target = first_number(spelled(promised, said))
    if share or target is None or target < 2:
        return True if share and counts else None
    reached = first_number(_run_of_numbers(spelled(told, said)))
    return None if reached is None else reached >= target


def _run_of_numbers(folded: str) -> str:
    """A list of numbers as its last: "1, 2 and 3" is three."""
    return _RUN.sub(lambda match: match[1], folded)


def spelled(folded: str, said: Phrases) -> str:
    """Number words as digits; a first one counts as one."""
    return said.number.sub(lambda match: said.numbers.get(match[0], "1"), folded)


def first_number(folded: str) -> int | None:
    """The first number that is no day and no price; None where there is none."""
    match = NUMBER.search(_MONTH_NEAR.sub(" ", folded))
    return int(match[1]) if match else None
