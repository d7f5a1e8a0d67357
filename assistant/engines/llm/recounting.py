"""A model's story of the months, checked line by line, and after it the questions of the same reply."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from assistant.domain.brief import LONGEST_TOLD, MOST_TOLD, StoryLine
from assistant.domain.evidence import Quote, Witness
from assistant.domain.origin import Origin
from assistant.domain.question import Question
from assistant.engines.llm.asking import NEAR_COPY, LeaveOut, checked_questions
from assistant.engines.llm.checks import Checker, shown
from assistant.engines.llm.clean import find_words, one_line
from assistant.engines.llm.shapes import AskedItem, BriefItem, StoryItem
from assistant.grounding import set_apart
from assistant.lint import own_words
from assistant.prompting import LANGUAGES, llm_words, offline_words
from assistant.wording import MONTHS, overlap, stems, words_in

PAIR = 2
_WORD = re.compile(r"\w+")


def checked_brief(
    items: Iterator[BriefItem], checker: Checker, origin: Origin, leave_out: LeaveOut
) -> Iterator[StoryLine | Question]:
    """The lines that hold, in the model's order, then its questions; a line that comes after one is not read."""
    told: list[StoryLine] = []
    for item in items:
        if isinstance(item.root, AskedItem):
            asked = (each.root for each in chain((item,), items))
            questions = (each for each in asked if isinstance(each, AskedItem))
            yield from checked_questions(questions, checker, origin, leave_out)
            return
        line = _line(item.root, told, checker, origin, leave_out)
        if line is not None:
            told.append(line)
            yield line


def _line(
    item: StoryItem, told: list[StoryLine], checker: Checker, origin: Origin, leave_out: LeaveOut
) -> StoryLine | None:
    quotes = checker.quotes_with(item.cites, item.text)
    text = _letter_for_letter(shown(item.text), quotes)
    why = _fault(text, quotes, checker)
    if not why and len(told) == MOST_TOLD:
        why = "too many"
    if not why and any(overlap(stems(text), stems(line.text)) >= NEAR_COPY for line in told):
        why = "told before"
    if why:
        leave_out(why)
        return None
    return StoryLine(text, quotes, origin)


def _fault(text: str, quotes: tuple[Quote, ...], checker: Checker) -> str:
    """Why a line is left out; empty when it holds."""
    person, manager = checker.situation.person, checker.situation.manager
    if not quotes:
        return "citation"
    if any(checker.senses.witness(person, manager, q.note, q.span) is Witness.HEARSAY for q in quotes):
        return "hearsay"
    if words_in(text) > LONGEST_TOLD or "?" in own_words(text):
        return "form"
    if not checker.holds(text, quotes) or not _counts_right(text, quotes, checker.situation.language):
        return "ground"
    plain = (llm_words("limits")["arc"], *MONTHS)
    quoted = sum(map(words_in, set_apart(text)))  # where half of a line is quoted, the notes say it themselves
    held = quoted >= words_in(own_words(text)) or checker.is_supported(text, quotes, plain=plain)
    return "" if held else "support"


def _letter_for_letter(text: str, quotes: Sequence[Quote]) -> str:
    """The text with what it quotes as its notes have it, where only marks or the first letter's case differ."""
    for words in set_apart(text):
        either = (words, words[:1].swapcase() + words[1:])
        found = ((quote.note.text, find_words(quote.note.text, form)) for form in either for quote in quotes)
        place = next(((told, span) for told, span in found if span is not None), None)
        if place is not None:
            told, span = place
            text = text.replace(f"“{words}”", f"“{one_line(told[span.start : span.end])}”")
    return text


def _counts_right(text: str, quotes: Sequence[Quote], language: str) -> bool:
    """Whether an amount that is said in a word stands in a note, as a word of any language that we know or a number."""
    ground = {*_WORD.findall(" ".join(q.note.text for q in quotes).casefold())}
    held = {str(amount) for each in LANGUAGES for word, amount in _amounts(each).items() if word in ground}
    said = (_amounts(language).get(word, 0) for word in _WORD.findall(own_words(text).casefold()))
    return all(str(amount) in held | ground for amount in said if amount > PAIR)


def _amounts(language: str) -> Mapping[str, int]:
    """Numbers as words; "two" is left to the reader: it may be both of a pair."""
    found: Mapping[str, int] = offline_words("promising", language)["due"]["numbers"]
    return found
