"""Whether a passage speaks for itself when it stands alone. It weighs words for choosing, and judges nobody."""

import re
from functools import lru_cache

from assistant.actions.cite import Teller, Voice, voice_of
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.person import Person
from assistant.prompting import offline_words
from assistant.wording import MONTHS, stems

CLEAR, CLEAR_IN_OWN_WORDS = 3, 2
_MOST = 8
_FULL_NAME = re.compile(r"[A-Z][\w'’-]+ [A-Z][\w'’-]+(?= [a-z])")
_INSIDE_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_FOUND = re.compile(  # to find it is no fault, nor is there one where none is found
    r"\bwhat(?:['’]s| is| was| went| goes) wrong\b"
    r"|\b(?:no|not|none|never|without)(?: [\w'’-]+){0,2} (?:wrong|mistakes?|late|missed|failures?)\b",
    re.IGNORECASE,
)
_CALENDAR = frozenset((*MONTHS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_MANAGER_ACTS = re.compile(
    r"^(?:When |Then |So |And |But )?(?:I|We|My)\b"
    r"|^(?:Ha(?:ve|s|d)|Do(?:es)?|Did|Is|Was|Ca|Could)n['’]t\b"  # "Haven't asked yet": whose, the note does not say
)


def weigh_passage(passage: Quote | Evidence, teller: Teller) -> int:
    """How much a passage says without its surroundings: meaning words, less for an opening that leans on others."""
    text = (passage.quote if isinstance(passage, Evidence) else passage).text
    weight = min(len(stems(text) - _names(teller)), _MOST)
    first = re.match(r"\W*([\w'’]+)", text)
    if first and first.group(1).casefold() in _listed("leaning"):
        weight -= 2
    return weight


def is_clear(passage: Quote | Evidence, teller: Teller) -> bool:
    """Whether a reader who has not seen the note learns something from it."""
    own = voice_of(passage, teller) in {Voice.OWN_SAID, Voice.OWN_WROTE}
    return weigh_passage(passage, teller) >= (CLEAR_IN_OWN_WORDS if own else CLEAR)


def is_about_them(passage: Quote | Evidence, teller: Teller) -> bool:
    """Whether the person is its subject: not the manager, and nobody else the note names."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    if voice_of(passage, teller) is not Voice.MANAGER:
        return True
    head = len(" ".join(quote.text.split()[:3]))
    others = (m.span for m in quote.note.mentions)
    named_first = any(quote.span.start <= span.start < quote.span.start + head for span in others)
    full_name = _FULL_NAME.match(quote.text)
    named_first = named_first or bool(full_name and not stems(full_name.group()) & _names(teller))
    return not named_first and not _MANAGER_ACTS.match(quote.text)


def is_praise(passage: Quote | Evidence, teller: Teller) -> bool:
    """Whether it may be said to somebody's face as something good: theirs, clear, and no word of fault in it."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    unfit = has_fault(quote)
    talk = _talk(teller.person).match(quote.text) and voice_of(passage, teller) is Voice.MANAGER
    return not unfit and not talk and is_clear_and_theirs(passage, teller)


def has_fault(passage: Quote | Evidence) -> bool:
    """Whether it holds a word of fault, or wishes for what is not there."""
    text = _FOUND.sub("", (passage.quote if isinstance(passage, Evidence) else passage).text)
    return bool(_any_of("faults").search(text) or _any_of("wishes").search(text))


def is_clear_and_theirs(passage: Quote | Evidence, teller: Teller) -> bool:
    """Whether it stands alone and the person is its subject."""
    return is_clear(passage, teller) and is_about_them(passage, teller)


def names_others(passage: Quote | Evidence, teller: Teller) -> bool:
    """Whether it may name somebody else (any capital inside a sentence may): then it is not read out."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    if any(mention.span.overlaps(quote.span) for mention in quote.note.mentions):
        return True
    inside = _INSIDE_NAME.findall(quote.text)
    return any(word not in _CALENDAR and not stems(word) <= _names(teller) for word in inside)


def is_comfort(passage: Quote | Evidence) -> bool:
    """Whether it is about coffee, chairs or parking rather than about the work."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    return _any_of("comforts").search(quote.text) is not None


@lru_cache(maxsize=256)
def _talk(person: Person) -> re.Pattern[str]:
    """A sentence that only tells what the person said or asked."""
    who = "|".join(map(re.escape, (*person.names, person.pronouns.value)))
    verbs = "|".join(map(re.escape, sorted(_listed("talk"))))
    return re.compile(rf"\W*(?:(?:{who})\s+)?(?:{verbs})\b", re.IGNORECASE)


def _names(teller: Teller) -> frozenset[str]:
    return _names_of(teller.person)


@lru_cache(maxsize=256)
def _names_of(person: Person) -> frozenset[str]:
    return stems(" ".join(person.names))


@lru_cache(maxsize=4)
def _listed(name: str) -> frozenset[str]:
    return frozenset(offline_words("passages")[name])


@lru_cache(maxsize=4)
def _any_of(name: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(_listed(name), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
