"""Whether a model's words may be shown: cited, grounded, decent, in the right language. The model has no say in it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from assistant.actions.prepare_brief import known_words
from assistant.domain.account import Account
from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import Note, Span
from assistant.domain.person import Person
from assistant.domain.policy import PolicyTopic
from assistant.domain.situation import Situation
from assistant.engines.llm.clean import cleaned, one_line
from assistant.engines.llm.context import Context, IsSensitive, Passage
from assistant.engines.llm.shapes import Cite
from assistant.grounding import in_english_days, is_german_noun_by_form, is_grounded, set_apart
from assistant.lint import MOST_WORDS, faults, own_words
from assistant.policy import stopping_topic
from assistant.prompting import llm_words, offline_words
from assistant.wording import MONTHS, stems, words_in

SUPPORTED = 0.4  # share of a claim's meaning words that stand in what it cites
FORESEEN = 0.2  # the same of what something could cost, where the note itself is quoted and the whole is sent
MOST_QUOTES = 3
SHORTEST_SHARED = 2  # stems that a miscopied sentence has in common with the true one
FEWEST_CARRIED = 4  # words of a quote that can speak for a sentence in another language
GIVES_AWAY = 7  # words from which on a text is sure to show its language
_MARKUP = re.compile(
    r"https?:|www\.|<[a-z/!]|!?\[[^\]]*\]\(|\]\s*\[|```|^\s*#|javascript:|data:|\bmailto:",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_OPENS = re.compile(r"(?:^|[.!?:;]\s+)[¿¡]?([A-ZÀ-ÖØ-Þ][\w-]+)")
_WRITTEN_SMALL = re.compile(r"(?<![\w'’-])[a-zà-öø-ÿ][\w'’-]+")
_OPEN_MARK = re.compile(r"“[^”]*$")
WitnessOf = Callable[[Person, Account, Note, Span], Witness]
_MONTH = "|".join(MONTHS)
_SAID_DAY = re.compile(
    rf"(?<!\w)(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?P<of>{_MONTH})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<month>{_MONTH}) (?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<years>\d{{4}}))?"
    rf"|(?P<alone>{_MONTH}) (?P<of_year>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))(?!\w)"
)
_SUPPOSING = frozenset(("if", "wenn", "falls", "si"))
_STRAIGHT = re.compile(r'"([^"“”]+)"')


@dataclass(frozen=True, slots=True)
class Senses:
    """How words are read that are about to be sent or shown; rules, not a model.

    Attributes:
        is_sensitive: Whether a text touches health, family and the like.
        language: ISO 639-1 code of a text.
        topics: What must stop.
        witness: Whose knowledge a passage of a note rests on; a model's opinion of that is not enough.
    """

    is_sensitive: IsSensitive
    language: Callable[[str], str]
    topics: Sequence[PolicyTopic]
    witness: WitnessOf


@dataclass(frozen=True)
class Checker:
    """Checks words about one person against what was sent."""

    situation: Situation
    context: Context
    senses: Senses
    known: tuple[str, ...]

    @classmethod
    def of(cls, situation: Situation, context: Context, senses: Senses) -> "Checker":
        """A checker for one job."""
        return cls(situation, context, senses, known_words(situation))

    def quotes(self, cites: Iterable[Cite]) -> tuple[Quote, ...]:
        """The citations that hold: a note that was sent, words that stand in what was sent of it."""
        found = []
        for cite in cites:
            passage = self.context.passages.get(cite.note.strip("[]() ").upper())
            quote = passage.quote(cite.quote.strip(' “”"')) if passage else None
            if quote is not None:
                found.append(quote)
        return _few(found)

    def quotes_with(self, cites: Iterable[Cite], *texts: str) -> tuple[Quote, ...]:
        """The citations that hold, and with them the passages that the texts themselves quote word for word."""
        quotes = self.quotes(cites)
        said = (words for text in texts for words in set_apart(shown(text)))
        strange = [words for words in said if not any(words in q.note.text for q in quotes)]
        more = (p.quote(words) for words in strange for p in self.context.passages.values())
        return _few((*quotes, *filter(None, more)))

    def meant(self, cites: Iterable[Cite]) -> tuple[Quote, ...]:
        """What citations that do not hold letter for letter point at: the sentence of that note that is nearest."""
        found: list[Quote] = []
        for cite in cites:
            passage = self.context.passages.get(cite.note.strip("[]() ").upper())
            if passage is not None and passage.quote(cite.quote.strip(' “”"')) is None:
                found += _nearest(passage, cite.quote)
        return _few(found)

    def sent(self) -> tuple[Quote, ...]:
        """A passage of every note that was sent: a question may name what any of them tells of."""
        return tuple(Quote(p.note, p.allowed[0]) for p in self.context.passages.values())

    def is_decent(self, text: str) -> bool:
        """Whether words may be shown: plain text, the right language, no verdict, nothing sensitive, nothing done."""
        own = own_words(text)
        return bool(own) and not (
            _MARKUP.search(text)
            or _OPEN_MARK.search(text)
            or _unfit().search(own)
            or self.senses.is_sensitive(own)
            or self.senses.is_sensitive(text)
            or stopping_topic(own, self.senses.topics)
            or not self._is_in_our_language(own)
        )

    def _is_in_our_language(self, own: str) -> bool:
        """Whether words are in the language that was asked for; the few of a short lead-in may give none away."""
        spoken, wanted = self.senses.language(own), self.situation.language
        return spoken == wanted or (wanted != "en" and len(own.split()) < GIVES_AWAY)

    def holds(self, text: str, quotes: Sequence[Quote], more: Iterable[str] = ()) -> bool:
        """Whether a sentence is decent and says only what its notes say: quotes, numbers, days and names."""
        told = tuple(more)
        known = (*self.known, *told)
        return (
            self.is_decent(text)
            and is_grounded(text, quotes, known)
            and self._counts_right(text, quotes, told)
            and self._opens_plainly(text, quotes, known)
        )

    def _opens_plainly(self, text: str, quotes: Sequence[Quote], known: Iterable[str]) -> bool:
        """Whether no sentence opens with a word that could be a name: there a capital does not tell one apart."""
        openers = {word.casefold() for word in _OPENS.findall(in_english_days(own_words(text)))}
        language = self.situation.language
        plain = _openings(language) | _small_words(language) | self._common
        strange = {w for w in openers if stems(w) and w not in plain}
        if language == "de":
            strange = {word for word in strange if not is_german_noun_by_form(word)}
        ground = stems(" ".join((*known, *(f"{q.note.text} {q.note.author}" for q in quotes))))
        asks = offline_words("asking", language)["opens"]
        return all(stems(word) <= ground or bool(asks and re.match(asks, word)) for word in strange)

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that a note which was sent writes small: where they open a sentence they are no names."""
        texts = (p.note.text[s.start : s.end] for p in self.context.passages.values() for s in p.allowed)
        return frozenset(word for text in texts for word in _WRITTEN_SMALL.findall(text)) - _also_names()

    def _counts_right(self, text: str, quotes: Sequence[Quote], told: Sequence[str]) -> bool:
        """Whether each number outside of a day stands in a note: the 14 of 14 April is no ground for 14 ovens."""
        today, since = self.situation.today, self.situation.since.day
        days = {q.day for q in quotes} | {today, since}
        days |= {day for p in self.situation.promises for day in (p.made_on, p.due) if day}
        own = in_english_days(own_words(text))
        rest = _SAID_DAY.sub(lambda said: " " if _is_one_of(said, days) else said.group(), own)
        ground = set(_NUMBER.findall(" ".join((*told, *(f"{q.note.text} {q.note.author}" for q in quotes)))))
        return set(_NUMBER.findall(rest)) <= ground

    def is_supported(
        self,
        text: str,
        quotes: Sequence[Quote],
        more: Iterable[str] = (),
        *,
        share: float = SUPPORTED,
        plain: Iterable[str] = (),
    ) -> bool:
        """Whether a claim keeps to the words of what it cites, as far as words can tell; plain ones claim nothing."""
        ground = " ".join((*(f"{q.note.text} {q.note.author}" for q in quotes), *more))
        said = _SAID_DAY.sub(" ", in_english_days(own_words(text)))  # days are held against the notes elsewhere
        language = self.situation.language
        claims_nothing = (*self.known, *_small_words(language), *plain)
        own = stems(said) - _telling() - stems(" ".join(claims_nothing))
        if not own or len(own & stems(ground)) / len(own) >= share:
            return True
        carried = sum(
            words_in(part) for part in set_apart(text)
        )  # in another language than the notes the quote says it
        return language != "en" and carried >= max(len(own), FEWEST_CARRIED)

    def is_told(self, text: str, each: Sequence[Sequence[Quote]], more: Iterable[str] = ()) -> bool:
        """Whether one of several grounds supports a sentence; an "if" that quotes its note claims no more than that."""
        quoted = sum(words_in(part) for part in set_apart(text))
        return (supposes(text) and quoted >= FEWEST_CARRIED) or any(self.is_supported(text, one, more) for one in each)

    def is_foreseen(self, text: str, quotes: Sequence[Quote], told: Sequence[Quote]) -> bool:
        """Whether what something could cost begins with what a cited note says, in its words, and stays near the notes.

        Args:
            text: The sentence.
            quotes: What it cites.
            told: What else of the notes was sent.
        """
        carried = sum(words_in(part) for part in set_apart(text) if any(part in q.note.text for q in quotes))
        return carried >= FEWEST_CARRIED and self.is_supported(text, (*quotes, *told), share=FORESEEN)

    def asks_well(self, text: str) -> bool:
        """Whether a question is one, open, unpressing, and not a near copy of one asked lately."""
        language = self.situation.language
        well = not faults(text) if language == "en" else _asks_plainly(text, language)
        return well and self.is_decent(text)


def _nearest(passage: Passage, words: str) -> Iterator[Quote]:
    """The sentence that shares most with miscopied words; none where it would be less than half of them."""
    meant = stems(words)
    scored = [(len(stems(q.text) & meant), -n, q) for n, q in enumerate(passage.sentences())]
    shared, _, best = max(scored, default=(0, 0, None), key=lambda each: each[:2])
    if best is not None and shared >= SHORTEST_SHARED and 2 * shared >= len(meant):
        yield best


def _few(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """As many as one sentence may stand on, each once; of more the newest is kept, since it is the last word."""
    each = tuple(dict.fromkeys(quotes))
    if len(each) <= MOST_QUOTES:
        return each
    newest = last_word(each)
    first = [quote for quote in each if quote != newest][: MOST_QUOTES - 1]
    return tuple(quote for quote in each if quote in first or quote == newest)


def last_word(quotes: Sequence[Quote]) -> Quote:
    """The newest passage; of several of one day the one that stands last."""
    return max(enumerate(quotes), key=lambda each: (each[1].day, each[0]))[1]


def _asks_plainly(text: str, language: str) -> bool:
    """The form of a question in another language: one, short, open where we know its openers, and pressing nobody."""
    words = offline_words("asking", language)
    own = own_words(text).casefold().strip()
    if own.count("?") != 1 or not own.endswith("?") or words_in(own) > MOST_WORDS:
        return False
    if words["presses"] and re.search(words["presses"], own):
        return False
    clauses = (clause.strip() for clause in re.split(r"[,:;.!]", own))
    return not words["opens"] or any(re.match(words["opens"], clause) for clause in clauses)


def supposes(text: str) -> bool:
    """Whether a sentence says what may be, and not what is: it begins with an "if"."""
    return text[:1] != "" and text.split(maxsplit=1)[0].casefold() in _SUPPOSING


def shown(text: str) -> str:
    """A model's words as they would be shown: on one line, nothing unseen, quotes in typographic marks."""
    return _STRAIGHT.sub(r"“\1”", one_line(cleaned(text).replace("**", "").replace("`", "'")))


def _is_one_of(said: re.Match[str], days: Collection[date]) -> bool:
    """Whether a day, as one says or writes it, is one of these; one without a year may be of any."""
    if said["iso"]:
        return any(said["iso"] == day.isoformat() for day in days)
    if said["alone"]:
        return any((MONTHS[d.month - 1], str(d.year)) == (said["alone"], said["of_year"]) for d in days)
    number, month = int(said["before"] or said["after"]), said["of"] or said["month"]
    year = said["year"] or said["years"] or ""
    return any((d.day, MONTHS[d.month - 1]) == (number, month) and year in ("", str(d.year)) for d in days)


@cache
def _unfit() -> re.Pattern[str]:
    lists = llm_words("limits")
    phrases = [p for name in ("judging", "acting", "about_itself", "hype") for p in lists[name]]
    either = "|".join(re.escape(p).replace(r"\*", r"[\w'-]*") for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


@cache
def _openings(language: str) -> frozenset[str]:
    """Words that a sentence of a language may open with; those of English in any."""
    limits = llm_words("limits")
    words, others = limits["opening"].split(), limits["opening_elsewhere"].get(language, "").split()
    return frozenset((*words, *others, *(doing for word in words for doing in _doing(word))))


@cache
def _also_names() -> frozenset[str]:
    """Words of the language that are names of people too."""
    return frozenset(offline_words("names")["words"].split())


def _doing(verb: str) -> tuple[str, ...]:
    """The forms in -ing that a verb may have: "make" gives "making", "put" gives "putting"."""
    return (f"{verb}ing", f"{verb.removesuffix('e')}ing", f"{verb}{verb[-1]}ing")


@cache
def _small_words(language: str) -> frozenset[str]:
    """Words of another of our languages that carry no meaning alone; English ones are left out of stems anyway."""
    return frozenset(offline_words("language", language)["words"].split()) if language in ("de", "es") else frozenset()


@cache
def _telling() -> frozenset[str]:
    """Stems that only lead a quote in."""
    return stems(llm_words("limits")["telling"])
