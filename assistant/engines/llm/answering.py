"""A model's answer, sentence by sentence. A sentence that does not hold gives way to the passage it cites, or goes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.cite import cite, tier_of, tier_of_all
from assistant.actions.tell_changes import teller_of
from assistant.domain.event import Text
from assistant.domain.evidence import Quote, Tier
from assistant.domain.origin import Origin
from assistant.engines.llm.asking import LeaveOut
from assistant.engines.llm.checks import Checker, last_word, shown
from assistant.engines.llm.planning import as_evidence
from assistant.engines.llm.shapes import SentenceItem
from assistant.prompting import llm_words, offline_words
from assistant.wording import sentences

MOST = 6
LONGEST = 600  # characters of a sentence that is shown as it was written
_WORD = re.compile(r"[^\W_]+")


def checked_sentences(
    items: Iterable[SentenceItem], question: str, checker: Checker, origin: Origin, leave_out: LeaveOut
) -> Iterator[Text]:
    """The sentences that hold, in the model's order; each passage once, and once that the notes do not say.

    An answer that is too long keeps its last place for the newest word: what was outdated must not stand alone.
    """
    told, gave_way = 0, False
    used: set[str] = set()
    stood: list[Quote] = []
    rest: list[list[Text]] = []
    for item in items:
        if item.kind == "not_said":
            texts = [_not_said(shown(item.text), question, stood, checker, origin)]
        else:
            texts = _sentence(item, question, checker, origin, leave_out, alone=gave_way)
            gave_way = not texts or (bool(texts[0].quotes) and texts[0].text != shown(item.text))
        texts = [text for text in texts if text.text not in used]
        if not texts:
            continue
        used.update(text.text for text in texts)
        told += 1
        if told >= MOST:
            rest.append(texts)
            continue
        stood += (quote for text in texts for quote in text.quotes)
        yield from texts
    if rest:
        yield from max(rest, key=_newest)


def _newest(texts: Sequence[Text]) -> date:
    return max((quote.day for text in texts for quote in text.quotes), default=date.min)


def _not_said(said: str, question: str, stood: Sequence[Quote], checker: Checker, origin: Origin) -> Text:
    """What no note tells, in the words of the question and of what was just told; else our own words for it.

    Where every sentence of it says that no note tells, it may use the words of all that were read.
    """
    words = offline_words("answers", checker.situation.language)
    denies = offline_words("answers")["denies"]
    denied = all(_denies(said[s.start : s.end], denies) for s in sentences(said))
    read = (*stood, *checker.sent()) if denied else stood
    if checker.holds(said, read, (question,)) and checker.is_supported(said, read, (question,)):
        return Text(said, origin=origin)
    return Text(words["not_said_besides" if stood else "not_said"], origin=origin)


def _denies(sentence: str, words: Iterable[str]) -> bool:
    folded = sentence.replace("’", "'").casefold()
    return any(word in folded for word in words)


def _leans(said: str) -> bool:
    """Whether a sentence says something only together with the one before it: "That day she kept."."""
    opening = f"{' '.join(_WORD.findall(said.casefold())[:2])} "
    return any(opening.startswith(f"{word} ") for word in llm_words("limits")["leaning"])


def _sentence(
    item: SentenceItem, question: str, checker: Checker, origin: Origin, leave_out: LeaveOut, *, alone: bool
) -> list[Text]:
    """A sentence, or the passages it stood for; `alone` after one that gave way, so that it must not lean on that."""
    words = offline_words("answers", checker.situation.language)
    said = shown(item.text)
    if item.kind == "ask":
        if checker.asks_well(said) and checker.holds(said, checker.sent()):
            return [Text(words["ask"].format(question=said), tier=Tier.SUGGESTION, origin=origin)]
        leave_out("form")
        return []
    quotes = checker.quotes_with(item.cites, item.text)
    teller = teller_of(checker.situation)
    stands = bool(quotes) and len(said) <= LONGEST and not (alone and _leans(said))
    if stands and checker.holds(said, quotes) and checker.is_supported(said, quotes, (question,)):
        sources = [as_evidence(quote, checker.situation.evidence) for quote in quotes]
        return [Text(said, quotes, tier_of_all(sources, teller), origin)]
    leave_out("ground" if quotes else "citation")
    return [*_passages(_bounds((*quotes, *checker.meant(item.cites))), checker, origin)]


def _bounds(quotes: Sequence[Quote]) -> Sequence[Quote]:
    """The passage cited first, and the newest: where notes differ, that is the last word."""
    if not quotes:
        return ()
    first, last = quotes[0], last_word(quotes)
    return (first,) if first == last else (first, last)


def _passages(quotes: Sequence[Quote], checker: Checker, origin: Origin) -> Iterator[Text]:
    """Passages set apart, for a sentence that does not hold."""
    teller = replace(teller_of(checker.situation), language=checker.situation.language)
    for quote in quotes:
        source = as_evidence(quote, checker.situation.evidence)
        yield Text(cite(source, teller), (quote,), tier_of(source, teller), origin)
