"""A model's answer, sentence by sentence. A sentence that does not hold gives way to the passage it cites, or goes."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.actions.cite import cite, tier_of, tier_of_all
from assistant.actions.tell_changes import teller_of
from assistant.domain.event import Text
from assistant.domain.evidence import Quote, Tier
from assistant.domain.origin import Origin
from assistant.engines.llm.asking import LeaveOut
from assistant.engines.llm.checks import Checker, shown
from assistant.engines.llm.planning import as_evidence
from assistant.engines.llm.shapes import SentenceItem
from assistant.prompting import offline_words
from assistant.wording import sentences

MOST = 6


def checked_sentences(
    items: Iterable[SentenceItem], question: str, checker: Checker, origin: Origin, leave_out: LeaveOut
) -> Iterator[Text]:
    """The sentences that hold, in the model's order; each passage once, and once that the notes do not say."""
    told = 0
    used: set[str] = set()
    stood: list[Quote] = []
    for item in items:
        if item.kind == "not_said":
            text: Text | None = _not_said(shown(item.text), question, stood, checker, origin)
        else:
            text = _sentence(item, question, checker, origin, leave_out)
        if text is None or text.text in used:
            continue
        used.add(text.text)
        stood += text.quotes
        told += 1
        yield text
        if told == MOST:
            return


def _not_said(said: str, question: str, stood: Sequence[Quote], checker: Checker, origin: Origin) -> Text:
    """What no note tells, in the words of the question and of what was just told; else our own words for it.

    Where every sentence of it says that no note tells, it may use the words of all that were read.
    """
    words = offline_words("answers")
    denied = all(_denies(said[s.start : s.end], words["denies"]) for s in sentences(said))
    read = (*stood, *checker.sent()) if denied else stood
    if checker.holds(said, read, (question,)) and checker.is_supported(said, read, (question,)):
        return Text(said, origin=origin)
    return Text(words["not_said_besides" if stood else "not_said"], origin=origin)


def _denies(sentence: str, words: Iterable[str]) -> bool:
    folded = sentence.replace("’", "'").casefold()
    return any(word in folded for word in words)


def _sentence(item: SentenceItem, question: str, checker: Checker, origin: Origin, leave_out: LeaveOut) -> Text | None:
    words = offline_words("answers")
    said = shown(item.text)
    if item.kind == "ask":
        if checker.asks_well(said) and checker.holds(said, checker.sent()):
            return Text(words["ask"].format(question=said), tier=Tier.SUGGESTION, origin=origin)
        leave_out("form")
        return None
    quotes = checker.quotes_with(item.cites, item.text)
    if not quotes:
        leave_out("citation")
        return None
    teller = teller_of(checker.situation)
    sources = [as_evidence(quote, checker.situation.evidence) for quote in quotes]
    if checker.holds(said, quotes) and checker.is_supported(said, quotes, (question,)):
        return Text(said, quotes, tier_of_all(sources, teller), origin)
    leave_out("ground")
    return Text(cite(sources[0], teller), quotes[:1], tier_of(sources[0], teller), origin)
