"""What went well by a fact: so many of so many, none wrong since, a day early. For thanks, never for marks."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from assistant.actions.cite import Teller
from assistant.actions.tell_changes import passages_of
from assistant.actions.weigh_passage import has_fault, is_about_them, is_comfort
from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import NoteKind
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.situation import Situation
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import words_in

SHORTEST = 4
NEARLY_ALL = 0.8
_OF = re.compile(r"\b(?P<part>\d{1,4}) ?(?:out of|of|von|de|/) ?(?P<whole>\d{1,4})\b(?! ?[/.]\d)")
_OF_THEM = re.compile(r"\b(?P<whole>\d{1,4}) [^\d.;]{1,40}, (?P<part>\d{1,4}) (?:davon|of them|of those|de ell[ao]s)\b")
FEWEST = 5  # of fewer, nearly all says little


def kept_lately(situation: Situation, within: timedelta) -> Iterator[Promise]:
    """What the person said they would do and a note of these days shows done in good time, newest first."""
    kept = [p for p in situation.promises if p.state is PromiseState.DONE and p.owner is Owner.THEM and p.closed_by]
    for promise in sorted(kept, key=lambda p: (p.closed_by is not None and p.closed_by.day, p.id), reverse=True):
        closed = promise.closed_by
        in_time = closed is not None and (promise.due is None or closed.day <= promise.due)
        if closed and in_time and situation.today - closed.day <= within and not has_fault(closed):
            yield promise


def tell_gains(situation: Situation, teller: Teller, within: timedelta) -> Iterator[Quote]:
    """Sentences of these days that hold such a fact about the person's work, newest first, one a note."""
    told = [i.quote for i in situation.evidence if i.witness is Witness.HEARSAY]
    for readable in reversed(situation.recent):
        if readable.note.kind is NoteKind.CUSTOMER_COMPLAINT or situation.today - readable.note.day > within:
            continue
        for quote in passages_of(readable):
            second_hand = any(q.note.id == quote.note.id and q.span.overlaps(quote.span) for q in told)
            if not second_hand and _is_gain(quote, readable, teller):
                yield quote
                break


def _is_gain(quote: Quote, readable: Readable, teller: Teller) -> bool:
    """Whether a fact shows it went well, it is the person's, and nothing else in the sentence takes it back."""
    language = readable.screening.language
    named = any(mention.span.overlaps(quote.span) for mention in quote.note.mentions)
    theirs = not named if language == "de" else is_about_them(quote, teller)  # German nouns look like names
    if words_in(quote.text) < SHORTEST or is_comfort(quote) or not theirs:
        return False
    words = _words(language if language in LANGUAGES else "en")
    told = quote.text.lower().replace("’", "'")
    rest = words["good"].sub(" ", told)
    share = any(_is_nearly_all(int(m["part"]), int(m["whole"])) for of in (_OF, _OF_THEM) for m in of.finditer(told))
    return (share or rest != told) and not words["bad"].search(rest)


def _is_nearly_all(part: int, whole: int) -> bool:
    return whole >= FEWEST and NEARLY_ALL <= part / whole <= 1


@cache
def _words(language: str) -> dict[str, re.Pattern[str]]:
    words = offline_words("gains", language)
    return {name: re.compile("|".join(words[name])) for name in ("good", "bad")}
