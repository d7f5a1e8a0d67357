"""Answers a question from found passages: exact quotes with day and voice, or plainly that the notes do not say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from assistant.actions.cite import Teller, cite, day_in, set_apart, shortened
from assistant.domain.event import Text
from assistant.domain.evidence import Evidence, Quote, Tense, Topic
from assistant.domain.note import Span
from assistant.domain.promise import Owner
from assistant.domain.search import Found, Hit
from assistant.domain.situation import Situation, newest_first
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import sentences, stems, words_in

MOST = 4  # passages of evidence on a topic
FROM_HITS = 4
NEAR_BEST = 0.55  # of the best hit's score
NEAR = 2
PROMISES = "promise"
OTHER = "other"


def answer_from(question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
    """Up to four sentences that answer; or that the notes do not say, what comes near and what would find out."""
    topic = topic_of(question)
    if topic == PROMISES and situation is not None:
        yield from _promises(situation)
        return
    told = _evidence(topic, found, situation) if _is_general(question, topic, situation) else []
    if told:
        yield from (Text(_said(item, situation), (_quote(item),)) for item in _in_order(told))
        return
    hits = _passages(question, found.hits, situation)
    if found.weak or not hits or (topic in set(Topic) and _is_general(question, topic, situation)):
        yield from _not_said(topic, found, hits, situation)
        return
    yield from (Text(_said(item, situation), (_quote(item),)) for item in hits)


def _is_general(question: str, topic: str, situation: Situation | None) -> bool:
    """Whether a question asks for the topic as such: "what does she love?", not "did she love the trip to X?"."""
    turn = dict(_asks()).get(topic)
    most = 0 if turn and turn.search(_plain(question)) else 1  # a whole turn of speech leaves nothing else to ask for
    return len(stems(question) - _names(situation) - _about(topic)) <= most


@cache
def _about(topic: str) -> frozenset[str]:
    """The words with which any of our languages asks for a topic, small ones among them."""
    told = [offline_words("answers", language) for language in LANGUAGES]
    topics = [words["topics"][topic] for words in told]
    cues = (cue for each in topics for cue in (*each["cues"], each.get("words", "")))
    return stems(" ".join((*cues, *(words["small"] for words in told))))


def topic_of(question: str) -> str:
    """What a question is about: a topic of evidence, promises, or something else."""
    plain = _plain(question)
    return next((name for name, pattern in (*_asks(), *_cues().items()) if pattern.search(plain)), OTHER)


def _plain(question: str) -> str:
    return question.casefold().replace("’", "'").strip()


def _evidence(topic: str, found: Found, situation: Situation | None) -> list[Evidence]:
    """Current evidence on the topic asked for, within the days asked for, one a note, the strongest first."""
    if situation is None or topic not in set(Topic):
        return []
    items = [i for i in newest_first(situation.about(Topic(topic))) if i.counts and i.tense is Tense.CURRENT]
    if found.window is not None:
        items = [i for i in items if found.window.holds(i.day)]
    rank = {hit.note.id: n for n, hit in enumerate(found.hits)}
    items.sort(key=lambda i: (rank.get(i.note.id, len(rank)), -i.strength, -i.day.toordinal(), i.place))
    one_a_note = {item.note.id: item for item in reversed(items)}
    return [_short(i) for i in items if one_a_note[i.note.id] is i][:MOST]


def _passages(question: str, hits: Sequence[Hit], situation: Situation | None) -> list[Quote | Evidence]:
    """The sentences of the best hits that fit best, the best first, with the voice that evidence knows."""
    asked = stems(question) - _names(situation)
    known = {i.note.id: i for i in situation.evidence} if situation else {}
    found: list[Quote | Evidence] = []
    for hit in _with_last_word([*_best(hits)], hits, asked):
        quote = _fitting(hit.quote, asked)
        item = known.get(hit.note.id)
        overlaps = item is not None and item.quote.span.overlaps(quote.span)
        found.append(replace(item, quote=quote) if item is not None and overlaps else quote)
    return found


def _best(hits: Sequence[Hit]) -> Iterator[Hit]:
    return takewhile(lambda hit: hit.score >= hits[0].score * NEAR_BEST, hits[:FROM_HITS])


def _with_last_word(best: Sequence[Hit], hits: Sequence[Hit], asked: frozenset[str]) -> Iterator[Hit]:
    """The best, and the newest that tells as much of what is asked: an outdated word must not stand alone."""
    yield from best
    told = max((len(stems(hit.quote.text) & asked) for hit in best), default=0)
    alike = [hit for hit in hits if told and len(stems(hit.quote.text) & asked) >= told]
    newest = max(alike, key=lambda hit: hit.quote.day, default=None)
    if newest is not None and newest.quote.day > max(hit.quote.day for hit in best):
        yield newest


def _fitting(quote: Quote, asked: frozenset[str]) -> Quote:
    """The run of sentences in a passage that shares most words with the question, short enough to read."""
    spans = list(sentences(quote.text))
    if words_in(quote.text) <= 45 or len(spans) < 2:
        return shortened(quote, 45)
    scored = [(len(stems(quote.text[s.start : s.end]) & asked), -n) for n, s in enumerate(spans)]
    at = -max(scored)[1]
    start = quote.span.start + spans[at].start
    end = quote.span.start + spans[min(at + 1, len(spans) - 1)].end
    return shortened(Quote(quote.note, Span(start, end)), 45)


def _promises(situation: Situation) -> Iterator[Text]:
    words, name = offline_words("answers", situation.language), situation.person.first_name
    told = False
    for owner, key in ((Owner.ME, "open_mine"), (Owner.THEM, "open_theirs")):
        for promise in situation.open_promises(owner)[:MOST]:
            told = True
            quotes = tuple(shortened(q) for q in promise.quotes[-1:])
            quote = set_apart(quotes[0]) if quotes else promise.what
            said_on = quotes[0].day if quotes else promise.made_on
            day = day_in(situation.language, said_on, situation.today)
            yield Text(words[key].format(day=day, quote=quote, name=name), quotes)
    if not told:
        yield Text(words["none_open"])


def _not_said(
    topic: str, found: Found, hits: Sequence[Quote | Evidence], situation: Situation | None
) -> Iterator[Text]:
    language = situation.language if situation else "en"
    words = offline_words("answers", language)
    yield Text(words["not_said" if found.weak or not hits else "not_plain"])
    if found.nearest:
        near = found.nearest[0].day
        yield Text(words["nearest"].format(day=day_in(language, near, situation.today if situation else near)))
    else:
        for item in _none_opposite(topic, hits, situation)[:NEAR]:
            yield Text(words["near"].format(cited=_said(item, situation)), (_quote(item),))
    yield Text(words["ask"].format(question=words["topics"][topic]["question"]))


def _none_opposite(
    topic: str, hits: Sequence[Quote | Evidence], situation: Situation | None
) -> Sequence[Quote | Evidence]:
    """What comes near: of a drain of energy only what tells of one, since what lies near it is often its opposite."""
    if topic != Topic.ENERGY_DRAIN or situation is None:
        return hits
    drains = [item.quote for item in situation.about(Topic.ENERGY_DRAIN)]
    return [
        hit for hit in hits
        if any(q.note.id == _quote(hit).note.id and q.span.overlaps(_quote(hit).span) for q in drains)
    ]  # fmt: skip


def _in_order(items: Sequence[Quote | Evidence]) -> list[Quote | Evidence]:
    """Oldest first, as the story went."""
    return sorted(items, key=lambda i: (_quote(i).day, _quote(i).note.id, _quote(i).span.start))


def _quote(item: Quote | Evidence) -> Quote:
    return item.quote if isinstance(item, Evidence) else item


def _short(item: Evidence) -> Evidence:
    return replace(item, quote=shortened(item.quote))


def _names(situation: Situation | None) -> frozenset[str]:
    return stems(" ".join(situation.person.names)) if situation else frozenset()


def _said(item: Quote | Evidence, situation: Situation | None) -> str:
    """The passage set apart; without a situation nobody's own words are told from others'."""
    if situation is not None:
        return cite(item, Teller(situation.person, situation.manager, situation.today, situation.language))
    quote = _quote(item)
    frame: str = offline_words("frames")["plain"]
    return frame.format(day=day_in("en", quote.day, quote.day), quote=set_apart(quote))


@cache
def _asks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is asked for in whole turns of speech, before any single word decides."""
    topics = offline_words("answers")["topics"]
    return tuple((name, re.compile("|".join(words["asks"]))) for name, words in topics.items() if words.get("asks"))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    topics = [offline_words("answers", language)["topics"] for language in LANGUAGES]
    cues = {name: [cue.casefold() for each in topics for cue in each[name]["cues"]] for name in topics[0]}
    order = sorted(cues, key=lambda name: name != PROMISES)
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, cues[name]))})(?!\w)") for name in order if cues[name]
    }
