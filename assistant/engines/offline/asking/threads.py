"""What the newest notes leave open: a wish, a request, a doubt, something undone, a day ahead. It judges nobody."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from assistant.actions.cite import Teller, Voice, shortened, voice_of
from assistant.actions.tell_changes import TALKS, passages_of, teller_of
from assistant.actions.weigh_passage import CLEAR, CLEAR_IN_OWN_WORDS, is_comfort, is_praise, weigh_passage
from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import Note, NoteId, NoteKind, Span
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.due import due_date
from assistant.engines.offline.cues import cues
from assistant.engines.offline.sentences import fold
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems, words_in

LIVES = timedelta(days=75)  # after that, what a sentence leaves open is history
SOON = timedelta(days=75)
WANES = 2.5  # days of age that cost one point
SHORTEST = 5
_BASE = {"request": 62, "wish": 60, "doubt": 60, "pending": 58, "ahead": 58, "change": 46, "news": 38}
_CHATTER = {NoteKind.MISC: 14, NoteKind.SURVEY_COMMENT: 4}
_CUSTOMERS = {NoteKind.CUSTOMER_COMPLAINT, NoteKind.CUSTOMER_QUOTE}
_CLAUSE = re.compile(r"[,;:—–](?=\s)|\s[-–—](?=\s)|\s(?:and|but|because|while|und|aber|y|pero)\b")
_MARKS = ('"', "“")
_SPEECH = re.compile(r"[\"“][^\"“”]*[\"”]")
_ASIDE = re.compile(r"\s*\((?:I|we|why)\b[^()]*\)\W*$")
_LEAD = re.compile(r"[\s\-–—*•>]+")
_WORD = re.compile(r"[^\W\d_]+")
_THEY = frozenset("he she they him her them his their er sie ihn ihm ihr él ella le".split())
_I = frozenset("i ich yo".split())
_MINE = re.compile(r"^(?:I|We|My)\b(?! (?:asked|told|said|offered|suggested|proposed|promised|showed)\b)")

_ASKED_BACK = re.compile(r"^(?:Then |Also )?[Aa]sked (?:who|what|how|why|where|when|which)\b")  # by whom, is not said
_ASKED = re.compile(r"^(?:I|We)\b (?:\w+ )?asked (?:who|what|how|why|where|when|which|whether|if|about)\b")


@dataclass(frozen=True, slots=True)
class Thread:
    """A passage that leaves something open.

    Attributes:
        kind: "request", "wish", "doubt", "pending", "ahead", "change", or "news" where nothing of that is said.
        due: The day it speaks of, when that lies ahead.
    """

    kind: str
    weight: float
    quote: Quote
    due: date | None = None


def open_threads(situation: Situation, within: timedelta = LIVES) -> list[Thread]:
    """What the notes of the last weeks leave open, the most pressing first, each sentence once."""
    taken = _taken(situation)
    notes = [r for r in situation.recent if not r.closed and _is_live(r.note, situation, within)]
    found = [t for r in notes for t in _threads(r, situation, taken.get(r.note.id, ()))]
    return sorted(found, key=lambda t: (-t.weight, -t.quote.day.toordinal(), t.quote.note.id, t.quote.span.start))


def still_live(threads: Iterable[Thread], situation: Situation, within: timedelta = LIVES) -> list[Thread]:
    """Those of some open threads that a shorter look back finds too, in the same order."""
    return [t for t in threads if _is_live(t.quote.note, situation, within)]


def sounds_like(cue: str, quote: Quote, situation: Situation) -> bool:
    """Whether a recent passage sounds like one of the further cues: "customers", "served", "past_work"."""
    return _heard(quote, cue, next(r for r in situation.recent if r.note.id == quote.note.id))


def is_chatter(kind: NoteKind, situation: Situation) -> bool:
    """Whether a kind of note is for asides and grumbles, with a manager who files talks as talks."""
    return kind in _CHATTER and any(r.note.kind in TALKS for r in situation.recent)


def names_served(text: str) -> bool:
    """Whether somebody served is named, by name or as a customer."""
    return any(re.search(cue, fold(text)) for cue in offline_words("threads")["served"])


def tells_effect(quote: Quote) -> bool:
    """Whether a customer speaks of what was done or what it changed, rather than only of themselves."""
    return any(_cues(language)["effect"].search(fold(quote.text)) for language in LANGUAGES)


def _is_live(note: Note, situation: Situation, within: timedelta) -> bool:
    return situation.today - note.day <= within or note.day >= situation.since.day


def _taken(situation: Situation) -> Mapping[NoteId, list[Span]]:
    """By note, what is asked about as a promise, or is hearsay and not asked about at all."""
    taken = defaultdict[NoteId, list[Span]](list)
    for promise in situation.promises:
        for quote in promise.quotes:
            taken[quote.note.id].append(quote.span)
    for item in situation.evidence:
        if item.witness is Witness.HEARSAY:
            taken[item.note.id].append(item.quote.span)
    return taken


def _threads(readable: Readable, situation: Situation, taken: Sequence[Span]) -> Iterator[Thread]:
    teller = teller_of(situation)
    chatter = is_chatter(readable.note.kind, situation)
    for passage in passages_of(readable):
        if any(span.overlaps(passage.span) for span in taken):
            continue
        quote = sayable(passage, teller)
        if quote is None or is_comfort(quote) or _is_hobby(passage, readable) or _heard(quote, "never", readable):
            continue
        by_manager = voice_of(quote, teller) is Voice.MANAGER
        if by_manager and (_ASKED_BACK.match(quote.text) or _is_passed_on(quote, readable, teller)):
            continue
        thread = _thread(quote, readable, situation, teller)
        if chatter and (thread.kind == "news" or thread.kind == "wish" and by_manager):
            continue
        if thread.kind != "news" or voice_of(quote, teller) is not Voice.OTHER or _praises(quote, teller):
            yield thread


def _thread(quote: Quote, readable: Readable, situation: Situation, teller: Teller) -> Thread:
    told, cues = _told(quote), _cues(_language(readable))
    signals = [s for s in _BASE if s != "news" and cues[s].search(told)]
    voice = voice_of(quote, teller)
    if voice is Voice.OTHER:
        signals = [s for s in signals if s == "request"]
    else:
        signals = [s for s in signals if s != "request" or voice in {Voice.OWN_WROTE, Voice.OWN_SAID}]
    if voice is Voice.MANAGER and _ASKED.match(quote.text):
        signals = [s for s in signals if s != "wish"]
    day = due_date(fold(quote.text), quote.day, _language(readable))
    due = day if day and situation.today <= day <= situation.today + SOON else None
    if due and voice is not Voice.OTHER:
        signals = ["ahead", *signals]
    kind = signals[0] if signals else "news"
    age = (situation.today - quote.day).days
    weight = _BASE[kind] + 5 * max(0, len(set(signals)) - 1) + weigh_passage(quote, teller) - age / WANES
    weight += 4 * (voice is Voice.OWN_WROTE or readable.note.kind in TALKS) - _CHATTER.get(readable.note.kind, 0)
    return Thread(kind, weight, quote, due)


def _is_hobby(passage: Quote, readable: Readable) -> bool:
    """Whether a sentence tells of somebody's free time, with no word that brings it to work."""
    turns = cues(_language(readable)).turned(fold(passage.text))
    return "hobby" in turns and "to_work" not in turns


def _is_passed_on(quote: Quote, readable: Readable, teller: Teller) -> bool:
    """Whether the manager only passes on what somebody else says of the person."""
    folded, person = fold(quote.text), teller.person
    told = _cues(_language(readable))["told"].search(folded)
    if told is None:
        return False
    who = {*_THEY, *(word for name in person.names for word in fold(name).split())}
    subject, of = (set(_WORD.findall(part)) for part in (folded[: told.start()], folded[told.end() :]))
    return bool(subject) and not subject & (who | _I) and bool(of & who)


def _praises(quote: Quote, teller: Teller) -> bool:
    """Whether somebody else speaks well of the person, or to whom they work for of them."""
    who = "|".join(map(re.escape, (*teller.person.names, teller.person.pronouns.value, "your", "you")))
    return is_praise(quote, teller) and re.search(rf"\b(?:{who})\b", quote.text, re.IGNORECASE) is not None


def sayable(passage: Quote, teller: Teller, voice: Voice | None = None) -> Quote | None:
    """A passage as one may say it aloud: a full thought, no question, nobody of the team named; else nothing.

    Args:
        passage: The words.
        teller: The person, the manager and the day.
        voice: Who speaks in it, where the finder has read that.
    """
    unnamed = _before_names(passage)
    if unnamed is None or words_in(unnamed.text) < SHORTEST:
        return None
    lead = _LEAD.match(unnamed.text)
    quote = shortened(Quote(unnamed.note, Span(unnamed.span.start + (lead.end() if lead else 0), unnamed.span.end)))
    aside = _ASIDE.search(quote.text)
    if aside and aside.start():
        quote = Quote(quote.note, Span(quote.span.start, quote.span.start + aside.start()))
    voice = voice or voice_of(quote, teller)
    own = voice in {Voice.OWN_SAID, Voice.OWN_WROTE}
    full = SHORTEST <= words_in(quote.text) and "?" not in quote.text
    full = full and quote.text.count("(") == quote.text.count(")") and quote.text.lstrip("\"“'‘¿¡")[:1].isalnum()
    clear = weigh_passage(quote, teller) >= (CLEAR_IN_OWN_WORDS if own else CLEAR)
    private = voice is Voice.MANAGER and _MINE.match(quote.text)
    return quote if full and clear and not private else None


def _before_names(passage: Quote) -> Quote | None:
    """The clauses before the first name of the team: nobody else is read out."""
    named = [m.span.start for m in passage.note.mentions if m.span.overlaps(passage.span)]
    if not named:
        return passage
    head = passage.note.text[passage.span.start : min(named)]
    cuts = [m.start() for m in _CLAUSE.finditer(head) if m.start() > 1]
    return Quote(passage.note, Span(passage.span.start, passage.span.start + cuts[-1])) if cuts else None


def latest_word(quote: Quote, situation: Situation) -> Quote | None:
    """The newest later sentence on the same matter: it shares two words of meaning, or is headed with one of them."""
    teller, matter = teller_of(situation), stems(quote.text) - stems(" ".join(situation.person.names))
    for readable in reversed(situation.recent):
        if readable.closed or readable.note.day <= quote.day or readable.note.kind in _CUSTOMERS:
            continue
        told = [shortened(q) for q in passages_of(readable) if "?" not in q.text]
        near = [q for q in told if _goes_on(q, matter) and voice_of(q, teller) is not Voice.HEARSAY]
        if near:
            return max(near, key=lambda q: (len(matter & stems(q.text)), -q.span.start))
    return None


def _goes_on(quote: Quote, matter: frozenset[str]) -> bool:
    head, colon, _ = quote.text.partition(":")
    return len(matter & stems(quote.text)) >= 2 or bool(colon and len(head) < 30 and matter & stems(head))


def _language(readable: Readable) -> str:
    return readable.screening.language if readable.screening.language in LANGUAGES else "en"


def _heard(quote: Quote, signal: str, readable: Readable) -> bool:
    """Whether a passage sounds so."""
    return _cues(_language(readable))[signal].search(_told(quote)) is not None


def _told(quote: Quote) -> str:
    """What a passage says itself, folded: what it quotes inside opens nothing."""
    return fold(quote.text if quote.text[:1] in _MARKS else _SPEECH.sub(" ", quote.text))


@cache
def _cues(language: str) -> Mapping[str, re.Pattern[str]]:
    words = offline_words("threads", language)
    return {name: re.compile("|".join(listed)) for name, listed in words.items() if name != "version"}
