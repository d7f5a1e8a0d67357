"""Where somebody grows: one passage in which they name it themselves, else one that a customer or manager observed.

An observation is told as one, with its day and its voice; nothing here is a judgement, and nobody has an edge by rule.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from assistant.actions.cite import Teller, Voice, cite, in_speech, shortened, tier_of, voice_of
from assistant.actions.tell_changes import passages_of
from assistant.actions.weigh_passage import is_about_them, is_comfort
from assistant.domain.brief import Line
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind, Span
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.situation import Situation
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import matter_of, words_in

LIVES = timedelta(days=365)
SHORTEST = 3
_OWN = {Voice.OWN_SAID, Voice.OWN_WROTE}
_CHATTER = {NoteKind.MISC, NoteKind.SURVEY_COMMENT}


def tell_growth(situation: Situation, teller: Teller) -> Line | None:
    """The newest passage in their own words that names where they grow, else the newest that somebody observed."""
    found: dict[bool, Quote] = {}
    for readable in (*situation.earlier, *situation.recent):
        if readable.closed or readable.note.kind in _CHATTER or situation.today - readable.note.day > LIVES:
            continue
        for quote in passages_of(readable):
            own = _is_own(quote, readable, teller)
            if own is not None and not _has_been_worked_on(quote, situation):
                found[own] = quote
    chosen = found.get(True) or found.get(False)
    if chosen is None:
        return None
    lead = len(chosen.text) - len(chosen.text.lstrip("-–•* "))
    shown = shortened(Quote(chosen.note, Span(chosen.span.start + lead, chosen.span.end)))
    kind = "own" if True in found else "seen"
    text = offline_words("brief")["growth"][kind].format(cited=cite(shown, teller))
    return Line(text, (shown,), tier_of(shown, teller))


def _is_own(quote: Quote, readable: Readable, teller: Teller) -> bool | None:
    """Whether they name it themselves; False where somebody observed it, None where the passage names nothing."""
    words, told = _words(readable), quote.text.lower().replace("’", "'")
    if words_in(quote.text) < SHORTEST or is_comfort(quote) or words["never"].search(told):
        return None
    own = voice_of(quote, teller) in _OWN or in_speech(quote)
    if own and words["own"].search(told):
        return True
    if not own and words["seen"].search(told) and is_about_them(quote, teller):
        return False
    return None


def _has_been_worked_on(quote: Quote, situation: Situation) -> bool:
    """Whether a promise about the same, made on that day or later, is kept by now: then it is no edge any more."""
    about = matter_of(quote.text, situation.person.names)
    kept = [p for p in situation.promises if p.state is PromiseState.DONE and p.owner is Owner.THEM]
    return any(p.made_on >= quote.day and about & matter_of(p.what, situation.person.names) for p in kept)


def _words(readable: Readable) -> Mapping[str, re.Pattern[str]]:
    language = readable.screening.language
    return _compiled(language if language in LANGUAGES else "en")


@cache
def _compiled(language: str) -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, Any] = offline_words("growth", language)
    return {name: re.compile("|".join(words[name])) for name in ("own", "seen", "never")}
