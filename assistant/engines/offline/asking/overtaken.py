"""What is no longer, or not yet, what a passage makes of it: a wish under way, a liking that is only a promise."""

from datetime import timedelta

from assistant.domain.evidence import Quote
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.threads import latest_word
from assistant.wording import stems

WISHED_LONG_AGO = timedelta(days=60)
LONG_WORD, UNDER_WAY = 5, 2  # letters of a word that names a matter; later notes that show it goes on
_GOES_ON = {"aspiration", "thread_wish", "thread_doubt", "thread_pending", "thread_ahead"}
_WISHES = ("wants", "wanted", "would", "likes", "hopes", "möchte", "würde", "gerne", "quiere", "quisiera", "gustaría")


def is_overtaken(kind: str, quote: Quote, situation: Situation) -> bool:
    """Whether a later note goes on with what a passage leaves open: then that note is the one to ask about."""
    if kind not in _GOES_ON:
        return False
    if kind in {"aspiration", "thread_wish"} and is_under_way(quote, situation):
        return True
    return latest_word(quote, situation) is not None


def is_under_way(wish: Quote, situation: Situation) -> bool:
    """Whether later notes speak of what somebody wished for two months ago or before: one word of it is enough then."""
    if situation.today - wish.day <= WISHED_LONG_AGO:
        return False
    told = stems(wish.text) - stems(" ".join((*situation.person.names, *_WISHES)))
    matter = {stem for stem in told if len(stem) >= LONG_WORD}
    later = (r.note for r in situation.recent if not r.closed and r.note.day > wish.day)
    return sum(bool(matter & stems(note.text)) for note in later) >= UNDER_WAY


def is_promised(quote: Quote, situation: Situation) -> bool:
    """Whether a passage is what somebody took on: that is no liking and no deed yet."""
    made = (q for p in situation.promises for q in p.quotes[:1])
    return any(q.note.id == quote.note.id and q.span.overlaps(quote.span) for q in made)
