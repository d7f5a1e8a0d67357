"""What is new, what goes on and what is settled since last time, each an exact passage with its voice and day."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from assistant.actions.cite import Teller, Voice, cite, shortened, tier_of, voice_of
from assistant.actions.list_customers import is_answered
from assistant.actions.weigh_passage import is_about_them, is_clear, is_comfort, weigh_passage
from assistant.domain.brief import Line
from assistant.domain.evidence import Evidence, Quote, Tense, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.policy import Readable
from assistant.domain.promise import PromiseState
from assistant.domain.situation import Situation, newest_first
from assistant.prompting import offline_words
from assistant.wording import matter_of, overlap, sentences, stems, words_in

MOST_NEW, MOST_CONTINUING, MOST_RESOLVED = 3, 3, 3
OPEN_FOR = timedelta(days=120)
AGAIN_WITHIN = timedelta(days=270)
_CUSTOMERS = {NoteKind.CUSTOMER_COMPLAINT, NoteKind.CUSTOMER_QUOTE}
_LIVE = {Topic.OBSTACLE, Topic.ENERGY_DRAIN, Topic.ASPIRATION}
_ASIDES = {NoteKind.SURVEY_COMMENT, NoteKind.MISC}
TALKS = {NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF, NoteKind.TRANSCRIPT}
_CHATTER = 2
_ASKED = re.compile(r"(?:I |Then |Also )?asked (?:him|her|them|what|how|why|where|when|again)\b", re.IGNORECASE)
_URGENCY = (
    Topic.OBSTACLE, Topic.ENERGY_DRAIN, Topic.ASPIRATION, Topic.CUSTOMER_VALUE, Topic.PASSION, Topic.TALENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """What a brief says about the time since last time."""

    new: tuple[Line, ...]
    continuing: tuple[Line, ...]
    resolved: tuple[Line, ...]


def tell_changes(situation: Situation, teller: Teller, told: Collection[str] = ()) -> Changes:
    """New, continuing and resolved; a passage that was told elsewhere, or under one of them, is not told again."""
    resolved = tuple(_resolved(situation, teller))[:MOST_RESOLVED]
    told = {*told, *(q.text for line in resolved for q in line.quotes)}
    since = situation.since.day
    promised = {q.text for p in situation.promises for q in p.quotes if q.day >= since}
    new = tuple(_new(situation, teller, told | promised))[:MOST_NEW]
    told |= {q.text for line in new for q in line.quotes}
    return Changes(new, tuple(_continuing(situation, teller, told))[:MOST_CONTINUING], resolved)


def teller_of(situation: Situation) -> Teller:
    """For whom passages of a situation are set apart."""
    return Teller(situation.person, situation.manager, situation.today)


def passages_of(readable: Readable) -> list[Quote]:
    """The sentences of a note that may be quoted."""
    if readable.closed:
        return []
    spans = [s for s in sentences(readable.note.text) if readable.allows(s)]
    return [Quote(readable.note, span) for span in spans]


def weightiest(passages: Sequence[Quote]) -> Quote:
    """The passage that says most, the first of equals."""
    return max(passages, key=lambda q: (min(len(stems(q.text)), 10), -q.span.start))


def _line(passage: Quote | Evidence, teller: Teller, words: str = "", **values: str) -> Line:
    quote = shortened(passage.quote if isinstance(passage, Evidence) else passage)
    shown = replace(passage, quote=quote) if isinstance(passage, Evidence) else quote
    template = offline_words("brief")["lines"][words] if words else "{cited}"
    return Line(template.format(cited=cite(shown, teller), **values), (quote,), tier_of(shown, teller))


def _new(situation: Situation, teller: Teller, told: Collection[str]) -> Iterator[Line]:
    """One passage a new note: wishes, work and customers first, then the newest; chatter only where nothing else is."""
    fresh = [r for r in situation.recent if not r.closed and r.note.day >= situation.since.day]
    found = [p for r in fresh if (p := _noteworthy(r, situation, teller, told)) is not None]
    found.sort(key=lambda p: (_rank(p), -p.note.day.toordinal(), p.note.id))
    weighty = [p for p in found if _rank(p) < _CHATTER]
    for passage in weighty or found:
        yield _line(passage, teller)


def _rank(passage: Quote | Evidence) -> int:
    """0 for a wish, an obstacle of the work or a customer's voice, 1 for other news, 2 for surveys and asides."""
    topic = passage.topic if isinstance(passage, Evidence) else None
    kind = passage.note.kind
    if kind in _ASIDES and topic not in {Topic.ASPIRATION, Topic.PASSION}:
        return _CHATTER
    return 0 if topic in _LIVE or kind in _CUSTOMERS else 1


def _noteworthy(
    readable: Readable, situation: Situation, teller: Teller, told: Collection[str]
) -> Quote | Evidence | None:
    """The passage of a note that matters most: evidence by urgency, a customer's words, a decision; else none."""
    note = readable.note
    mine = [i for i in situation.evidence if i.note.id == note.id and readable.allows(i.quote.span)]
    mine = [i for i in mine if i.witness is not Witness.HEARSAY and i.counts and not _said(i.quote, told)]
    mine = [i for i in mine if is_clear(i, teller) and is_about_them(i, teller)]
    if mine:
        return min(mine, key=lambda i: (_URGENCY.index(i.topic), -i.strength, i.quote.span.start))
    rumours = [i.quote.span for i in situation.evidence if i.note.id == note.id and i.witness is Witness.HEARSAY]
    passages = [q for q in passages_of(readable) if not _said(q, told)]
    passages = [q for q in passages if not any(q.span.overlaps(span) for span in rumours)]
    if note.kind in _CUSTOMERS and passages:
        return weightiest(passages)
    if passages and voice_of(passages[0], teller) is Voice.OTHER:
        asked = [q for q in passages if _any_of("asked_of_us").search(q.text) and words_in(q.text) > 4]
        return asked[0] if asked else None
    cues = [_any_of("decided"), *([_any_of("told")] if note.kind in TALKS else [])]
    full = [q for q in passages if words_in(q.text) > 4 and is_clear(q, teller) and not _ASKED.match(q.text)]
    for cue in cues:
        if found := [q for q in full if cue.search(q.text)]:
            return max(found, key=lambda q: (weigh_passage(q, teller), -q.span.start))
    return None


def comes_back(quote: Quote) -> bool:
    """Whether a passage of a talk tells of something that asks to be taken up again: a decision, a wish, a plan."""
    return any(_any_of(cue).search(quote.text) for cue in ("decided", "plans"))


def _said(quote: Quote, told: Collection[str]) -> bool:
    return any(quote.text in other or other in quote.text for other in told)


def _continuing(situation: Situation, teller: Teller, told: Collection[str]) -> Iterator[Line]:
    """Complaints without an answer, obstacles nobody reported gone, matters a new note takes up again."""
    for readable in unanswered(situation):
        if readable.note.day < situation.since.day:
            yield _line(weightiest(passages_of(readable)), teller, "still_waiting")
    for item in standing_obstacles(situation):
        grumble = item.note.kind in _ASIDES
        if item.day < situation.since.day and item.quote.text not in told and not grumble:
            yield _line(item, teller, "still_open")
    yield from _again(situation, teller, told)


def unanswered(situation: Situation) -> Iterator[Readable]:
    """Complaints of the last months that no later note comes back to, newest first."""
    for readable in reversed(situation.recent):
        if readable.note.kind is not NoteKind.CUSTOMER_COMPLAINT or not passages_of(readable):
            continue
        if situation.today - readable.note.day <= OPEN_FOR and not is_answered(readable, situation.recent):
            yield readable


def standing_obstacles(situation: Situation) -> Iterator[Evidence]:
    """Obstacles of the last months that no later note reports gone, newest first, one a matter."""
    seen: list[Evidence] = []
    names = situation.person.names
    promises = [q for p in situation.promises for q in p.quotes]
    for item in newest_first(situation.about(Topic.OBSTACLE)):
        fits = item.topic is Topic.OBSTACLE and item.counts and item.tense is Tense.CURRENT
        fits = fits and is_clear(item, teller_of(situation)) and not is_comfort(item)
        if not fits or item.note.kind is NoteKind.CUSTOMER_COMPLAINT or situation.today - item.day > OPEN_FOR:
            continue
        about = matter_of(item.quote.text, names)
        told = any(overlap(about, matter_of(other.quote.text, names)) > 0.3 for other in seen)
        promised = any(q.note.id == item.note.id and q.span.overlaps(item.quote.span) for q in promises)
        if told or promised or _settled_by(item, situation):
            continue
        seen.append(item)
        yield item


def _again(situation: Situation, teller: Teller, told: Collection[str]) -> Iterator[Line]:
    """New sentences that take up what older evidence or an open promise spoke of."""
    since = situation.since.day
    live = [i for i in situation.evidence if i.topic in _LIVE and i.counts]
    older = [i.quote for i in live if i.day < since and situation.today - i.day <= AGAIN_WITHIN]
    older += [q for p in situation.promises if p.state is PromiseState.OPEN for q in p.quotes if q.day < since]
    names = situation.person.names
    matters = {matter_of(o.text, names) for o in older}
    for readable in reversed(situation.recent):
        if readable.note.day < since:
            break
        for quote in passages_of(readable):
            words = matter_of(quote.text, names)
            shared = any(len(matter & words) >= 3 for matter in matters)
            if shared and not _said(quote, told) and is_clear(quote, teller):
                yield _line(quote, teller, "again")
                break


def _resolved(situation: Situation, teller: Teller) -> Iterator[Line]:
    """Promises a note shows kept since last time, and obstacles a new note reports gone."""
    since = situation.since.day
    for promise in situation.promises:
        if promise.state is PromiseState.DONE and promise.closed_by and promise.closed_by.day >= since:
            what = promise.what.strip().rstrip(".")
            after = promise.due is not None and promise.closed_by.day > promise.due
            line = _line(
                promise.closed_by, teller, "kept_after" if after else "kept", what=f"{what[:1].upper()}{what[1:]}.",
                due=teller.day(promise.due) if promise.due else "",
            )  # fmt: skip
            yield Line(line.text, (*promise.quotes, *line.quotes), line.tier)
    for item in situation.evidence:
        if item.topic is Topic.OBSTACLE and item.day < since and situation.today - item.day <= OPEN_FOR:
            settled = _settled_by(item, situation)
            if settled is not None and settled.day >= since:
                yield _line(settled, teller, "settled")


def _settled_by(item: Evidence, situation: Situation) -> Quote | None:
    """A later sentence on the same matter that reports it gone, without taking that back."""
    matter = matter_of(item.quote.text, situation.person.names)
    done, but = _any_of("settled"), _any_of("not_settled")
    for readable in situation.recent:
        if readable.note.day <= item.day:
            continue
        for quote in passages_of(readable):
            plain = quote.text.replace("’", "'").replace("n't", " not")
            if matter & stems(quote.text) and done.search(plain) and not but.search(plain):
                return quote
    return None


@lru_cache(maxsize=8)
def _any_of(cues: str) -> re.Pattern[str]:
    listed: Sequence[str] = offline_words("brief")["cues"][cues]
    joined = "|".join(re.escape(cue) for cue in sorted(listed, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
