"""A question as it is said aloud: what it sets apart as a quote is a note's, not ours, and is left out."""

import re
from dataclasses import dataclass

_SET_APART = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”")
_TITLE = re.compile(r"\b(mr|mrs|ms|dr|rev|st|prof)\.(?=\s)")
_ENDS = re.compile(r"(?<=[.!?])\s")
_ASIDE = re.compile(r", (?:if|inside|within|at) [^,?]+,")
_PARTS = re.compile(r"[,:;]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the rules read; all but `written` in small letters and without quotes.

    Attributes:
        written: The question as it was given.
        plain: Its own words.
        sentences: Its sentences.
        clauses: The clauses of its last sentence, where it asks; an aside such as ", if anything," parts no clause.
    """

    written: str
    plain: str
    sentences: tuple[str, ...]
    clauses: tuple[str, ...]


def own_words(text: str) -> str:
    """A question without what it sets apart as a quote."""
    return re.sub(r"\s+(?=[.,;:?!]|$)|(?<=\s)\s+", "", _SET_APART.sub(" ", text)).strip()


def spoken(text: str) -> Spoken:
    """A question made ready for the rules."""
    plain = _TITLE.sub(r"\1", own_words(text).casefold().replace("’", "'"))
    sentences = tuple(_ENDS.split(plain))
    clauses = tuple(clause.strip() for clause in _PARTS.split(_ASIDE.sub("", sentences[-1])))
    return Spoken(text, plain, sentences, clauses)
