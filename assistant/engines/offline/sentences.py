"""Cuts a note into sentences and marks what stands in quotation marks. Knows places, not meanings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.note import Span

# Same length as the source, so that every place found in the folded text is a place in the note.
_FOLD = str.maketrans("’‘‚`“”„«»–—\u00a0\u2011", '\'\'\'\'"""""-- -')
_ENDS = re.compile(r"(?:[.!?…]+[\"'”’»“)\]]*(?=\s)|\n)\s*")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|rev|st|sr|sra|srta|jr|hr|fr|frau|herr|no|nr|art|approx|incl|inkl|vs|etc|ca|bzw|usw|ggf"
    r"|evtl|tel|str|dpto|avda|min|max|jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|ene|abr|ago|dic|fig|pp|vol"
    r"|co|inc|ltd|est)|\b(?:z\.\s?b|d\.\s?h|u\.\s?a|e\.g|i\.e|a\.m|p\.m|p\.\s?ej|ee\.\s?uu)|(?:^|\s)[^\W\d_])\.$",
    re.IGNORECASE,
)
# Notes typed in a hurry begin no sentence with a capital: "rang pier. R. already on. diesel bill up again."
_CLIPPED = re.compile(r"[^\W\d_]{2}[\"'”’)\]]*(?<![.…])\.[ \t]+(?=[a-zäöüßáéíóúñ])")
CLIPPED_AT_LEAST = 2  # such ends make a note one without capitals; one, where it does not begin with one either
# "[13:40] Priya: can I change the sheet": a message begins there, and the one who writes it is named.
_STAMP = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=\n))(?:\[\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\](?:[ \t]*[^\W\d_][\w .'’-]{0,30}?:)?"
    r"|\d{1,2}:\d{2}[ \t]+[^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20})?:)(?=\s)"
)
_NO = re.compile(r"\bno\.$", re.IGNORECASE)  # "No. 4" is a number; "She told him no." is an end
_DATED = re.compile(r"\d (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|de[cz]|ene|abr|ago|dic)\.$", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:He|She|We|I|It|Er|Sie|Wir|Ich|Es|Él|Yo)\b")  # "by 1 Dec. He had promised" is an end
_DAY_NUMBER = re.compile(r"(?:^|\s)\d{1,2}\.$")
_MONTH = re.compile(r"\s*(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|\d{1,2}\.)", re.IGNORECASE)
_QUOTED = re.compile(
    r"“[^“”]{2,600}”|„[^„“”\"]{2,600}[“”\"]|«[^«»]{2,600}»|»[^«»]{2,600}«|\"[^\"]{2,600}\""
    r"|(?<![\w'’])['‘](?=\S)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){6,600}['’](?!\w)"
)
_CLAUSE = re.compile(r"[;:]\s+|\s[-–—]\s|,\s+(?=(?:and|but|so|which|who|because|und|aber|weil|y|pero|porque)\b)")
LONGEST = 200  # characters of one quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a part of one that has its own speaker.

    Attributes:
        start: Where it begins in the note.
        text: Its exact words.
        quoted: Whether it stands in quotation marks.
        opens: Whether it is the first in its line.
    """

    start: int
    text: str
    quoted: bool
    number: int = 0

    @property
    def end(self) -> int:
        """Where it ends in the note."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Its place in the note."""
        return Span(self.start, self.end)

    @property
    def folded(self) -> str:
        """Lower case with plain quotation marks, exactly as long as the text."""
        return fold(self.text)


def fold(text: str) -> str:
    """Lower case and plain marks, of the same length, so that places stay places."""
    plain = text.translate(_FOLD)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else plain


def quotations(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, without the marks."""
    return tuple(
        Span(m.start() + 1, m.end() - 1) for m in _QUOTED.finditer(text) if text[m.start() + 1 : m.end() - 1].strip()
    )


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a note in order, each by a single speaker: told, or in quotation marks.

    A quotation inside a sentence becomes a part of its own; told words around it stay parts too.
    Parts of one sentence have the same number.
    """
    spoken = quotations(text)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_whole(text)):
        found.extend(_parts(text, start, end, spoken, number))
    return tuple(found)


def _whole(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every full sentence."""
    start, clipped = 0, _is_clipped(text)
    stamps = [m.span() for m in _STAMP.finditer(text)]
    cuts = {at for stamp in stamps for at in stamp}
    for mark in _ENDS.finditer(text):
        head = text[start : mark.end()].rstrip()
        after = text[mark.end() : mark.end() + 5]
        goes_on = _goes_on(head, after, clipped) if mark[0][0] == "." else _is_aside(head, after)
        if "\n" in mark[0] or not goes_on:
            cuts.add(mark.end())
            start = mark.end()
    start = 0
    for cut in sorted({*cuts, len(text)} - {0}):
        yield start, cut
        start = cut


def _is_clipped(text: str) -> bool:
    """Whether its sentences begin with small letters."""
    ends = [m for m in _CLIPPED.finditer(text) if not _SHORT.search(text[max(0, m.start() - 10) : m.end()].rstrip())]
    opening = next((letter for letter in text if letter.isalpha()), "")
    return len(ends) >= CLIPPED_AT_LEAST or bool(ends) and opening.islower()


def _goes_on(head: str, after: str, clipped: bool) -> bool:
    """Whether a full stop ends an abbreviation and not the sentence."""
    if _DATED.search(head[-12:]) and _SUBJECT.match(after):
        return False
    if _SHORT.search(head[-12:]):
        return after[:1].isdigit() or not _NO.search(head)
    small = after[:1].islower() and not (clipped and head[-2:-1] != ".")
    return small or bool(_DAY_NUMBER.search(head[-5:]) and _MONTH.match(after))


def _is_aside(head: str, after: str) -> bool:
    """Whether an exclamation or a question stands in brackets that are still open: "(tape! added tape)"."""
    return after[:1].islower() and head.rfind("(") > head.rfind(")")


def _parts(text: str, start: int, end: int, spoken: tuple[Span, ...], number: int) -> Iterator[Sentence]:
    """The told and the quoted parts of one sentence; a scare quote of three words stays inside."""
    at = start
    for quote in spoken:
        if quote.end <= at or quote.start >= end:
            continue
        inner = text[max(quote.start, at) : min(quote.end, end)]
        if len(inner.split()) < 4 and not _stands_alone(text[at:end]):
            continue
        yield from _part(text, at, max(quote.start - 1, at), False, number)
        yield from _part(text, max(quote.start, at), min(quote.end, end), True, number)
        at = min(quote.end + 1, end)
    yield from _part(text, at, end, False, number)


def _stands_alone(words: str) -> bool:
    return words.strip()[:1] in "\"“„«'‘"


def _part(text: str, start: int, end: int, quoted: bool, number: int) -> Iterator[Sentence]:
    words = text[start:end]
    lead = len(words) - len(words.lstrip(' \t\n,:;-–—"“”„«»'))
    words = words[lead:].rstrip(' \t\n"“”„«»') if not quoted else words[lead:].rstrip()
    if re.search(r"\w", words):
        yield Sentence(start + lead, words, quoted, number)


def clause_around(sentence: Sentence, place: Span) -> Span:
    """The sentence, or, where it is long, the clauses around a place in it, at most `LONGEST` characters.

    Args:
        sentence: The sentence to quote from.
        place: What must stand in the quote, in places of the note.
    """
    if len(sentence.text) <= LONGEST:
        return sentence.span
    cuts = [sentence.start, *(sentence.start + m.end() for m in _CLAUSE.finditer(sentence.text)), sentence.end]
    first = max(i for i, cut in enumerate(cuts[:-1]) if cut <= place.start)
    last = next(i for i, cut in enumerate(cuts) if i > first and cut >= min(place.end, cuts[-1]))
    while last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= LONGEST:
        last += 1
    start, end = cuts[first], cuts[last]
    if end - start > LONGEST:
        start, end = _words_around(sentence, place)
    trimmed = sentence.text[start - sentence.start : end - sentence.start].rstrip(" ,;:-–—")
    return Span(start, start + len(trimmed))


def _words_around(sentence: Sentence, place: Span) -> tuple[int, int]:
    """Whole words around a place where no clause is short enough."""
    start = max(sentence.start, min(place.start, place.end - LONGEST // 2) - LONGEST // 3)
    text, base = sentence.text, sentence.start
    if start > base:
        start = base + (text.find(" ", start - base) + 1 or start - base)
    end = min(sentence.end, start + LONGEST)
    if end < sentence.end:
        cut = text.rfind(" ", start - base, end - base)
        end = base + cut if cut > start - base else end
    return start, end
