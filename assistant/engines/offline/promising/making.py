"""Reads promises out of one note: whose, what, due when. Says nothing about whether they were kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner
from assistant.due import due_date, due_of_a_deed
from assistant.engines.offline.language import language_within
from assistant.engines.offline.promising.clauses import clauses, items, unquoted
from assistant.engines.offline.promising.matter import matter, small_words
from assistant.engines.offline.promising.phrases import Phrases, phrases
from assistant.engines.offline.sentences import Sentence, fold, sentences
from assistant.engines.offline.voice import Voice

_TALKS = frozenset({NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF, NoteKind.GOAL, NoteKind.TRANSCRIPT})
_MESSAGES = frozenset({NoteKind.CHAT_MESSAGE, NoteKind.EMAIL})
_LOGS = frozenset({NoteKind.CHAT_MESSAGE, NoteKind.EMAIL, NoteKind.PROJECT_LOG, NoteKind.GOAL})
LONGEST = 150  # characters of what is shown
SAYS_ITSELF = 5  # words of "must find a better way to ask", which can be read alone
_CUT = re.compile(
    r"[;:]\s|\s[-–—]\s|,\s+(?:because|since|but|so|which|as|though|weil|denn|aber|damit|porque|pero|para que"
    r"|(?:he|she|they) (?:said|says)|sagt|dice)\b|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\d)\.\s(?=[A-ZÄÖÜ])"
)
_HEADING = re.compile(r"^(?:[-*•]\s+)?([^:]{4,60}):\s")
_BULLET = re.compile(r"(?:^|\n)\s*[-*•]\s*$")
_WHOLE = re.compile(r"^")
_THEY = re.compile(r"(?:he|she|they|her|his|their)\b")
_TURN = re.compile(r"^([A-ZÄÖÜÁÉÍÓÚ][\w .'-]{0,30}):\s")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÄÖÜÁÉÍÓÚ][a-zäöüßáéíóúñ]+\b")
_GERMAN_SUBJECT = re.compile(r"([A-ZÄÖÜ][a-zäöüß]+) [a-zäöüß]+t\b")
_NO_NAMES = frozenset(
    "I Ich Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Easter Christmas Montag Dienstag Mittwoch Donnerstag Freitag".split()
)


@dataclass(frozen=True, slots=True)
class Made:
    """A promise as one note tells it, or a new day for one that was made before (`again`).

    Attributes:
        matter: Stems of what it is about.
        around: Stems of the sentences that lead up to it; they help to find what it goes back to.
        again: Whether it only says anew, or re-dates, what was promised before.
        own: How many telling words stand in the clause itself; with none, what led up to it says what is meant.
        points: Whether it speaks of "it", something named before.
        clipped: Whether it is a fragment with a day, which may leave out what it is about.
        names: Stems that only stand in names.
        theirs: Whether a day is said anew by the person, not agreed by both: only a promise of theirs is meant.
        any_of_them: Whether the one open promise is meant, whatever its words.
    """

    owner: Owner
    what: str
    quote: Quote
    due: date | None
    matter: frozenset[str]
    around: frozenset[str] = frozenset()
    again: bool = False
    clipped: bool = False
    own: int = 2
    points: bool = False
    any_of_them: bool = False
    names: frozenset[str] = frozenset()
    theirs: bool = False
    asker: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read one note."""

    readable: Readable
    person: Person
    manager: str
    voice: Voice
    said: Phrases

    @property
    def language(self) -> str:
        """The language of the note."""
        return self.readable.screening.language

    def in_its_language(self, sentence: Sentence) -> "Reader":
        """The same for a sentence in another language than the note: "I order the heating" among Spanish ones."""
        language = language_within(sentence.text, self.language)
        if language == self.language:
            return self
        readable = replace(self.readable, screening=replace(self.readable.screening, language=language))
        return replace(self, readable=readable, said=phrases(language, self.person, self.manager))

    @property
    def talk(self) -> bool:
        """Whether the note tells a conversation, where a clipped line is an agreement."""
        return self.voice.kind in _TALKS


def promises_in(reader: Reader) -> Iterator[Made]:
    """The promises of one note, at most one a clause; a day said right after one belongs to it."""
    found = items(sentences(reader.readable.note.text))
    last: Made | None = None
    at = number = -9
    for place, sentence in enumerate(found):
        if not reader.readable.allows(sentence.span):
            continue
        speaking = reader.in_its_language(sentence)
        for clause in clauses(sentence):
            made = _promise(speaking, found, place, clause)
            if made is None:
                continue
            if last and not last.again and _goes_on(last, made, number == clause.number, place - at):
                last = _with(last, made, number == clause.number)
                continue
            if made.again and number != clause.number and clause.start > sentence.start and not made.any_of_them:
                made = replace(made, again=False, what=_shortened(sentence.text), quote=_quote(reader, sentence),
                               matter=matter(sentence.text, reader.language), clipped=True)  # fmt: skip
            if last:
                yield last
            last, at, number = made, place, clause.number
    if last:
        yield last


def _with(last: Made, made: Made, together: bool) -> Made:
    """A promise with what the next clause adds: its day, and its words where both stand in one sentence."""
    note = last.quote.note
    quote = Quote(note, Span(last.quote.span.start, max(last.quote.span.end, made.quote.span.end)))
    if made.points and not together and last.own < 2:
        return replace(last, due=made.due or last.due, quote=quote)
    if made.again or made.points or not together:
        return replace(last, due=made.due or last.due)
    return replace(last, due=made.due or last.due, quote=quote, what=_shortened(quote.text),
                   matter=last.matter | made.matter)  # fmt: skip


def _goes_on(last: Made, made: Made, together: bool, away: int) -> bool:
    """Whether a clause only adds to the promise before: "put it on paper. He said a week".

    Args:
        last: The promise before.
        made: What the clause says.
        together: Whether both stand in one sentence.
        away: How many sentences lie between.
    """
    free = last.due is None or made.due is None or last.due == made.due
    if made.any_of_them or away > 3 or not free:
        return False
    if made.points and away == 1 and last.owner is made.owner:
        return True
    return made.again or together and (last.owner is made.owner or made.points)


def _promise(reader: Reader, found: tuple[Sentence, ...], place: int, clause: Sentence) -> Made | None:
    folded = unquoted(clause)
    whole = " ".join(s.folded for s in found if s.number == clause.number)
    owner, match = _whose(reader, found, place, clause, folded)
    again = None if match else reader.said.again.search(folded)
    start = match or again
    day = reader.readable.note.day
    due = due_of_a_deed(folded, day, reader.language) if start else None
    if start and start.re in (reader.said.by_day, reader.said.by_day_them) and (due is None or due < day):
        return None
    asks = folded.rstrip("\"' ").endswith("?")
    undone = start is not None and start.re in (reader.said.undone, reader.said.undone_by_them)
    if start is None or asks or (due is None and not undone and _frees(reader, folded, start)):
        return None
    if reader.said.dropped.search(whole):
        return None  # "is to look into the course, but decided against it"
    if reader.said.earlier.search(folded):
        return None  # "The lamp I promised is on her table"
    spoken = clause.quoted or reader.voice.kind is NoteKind.TRANSCRIPT
    if reader.said.joke.search(whole) and (spoken or due is None):
        return None
    if due is None and (_is_weak(reader, folded, start) or (again and not _says_it_again(reader, folded))):
        return None
    if due is None and reader.said.together.match(folded, start.start()) and reader.voice.kind is not NoteKind.GOAL:
        return None  # "We're going to test it" binds nobody by name
    if due is None and clause.quoted and reader.voice.told_by is Witness.MANAGER:
        return None  # what is only said in passing binds nobody
    return _made(reader, found, place, clause, owner, start, due)


def _frees(reader: Reader, folded: str, start: re.Match[str]) -> bool:
    """Whether a clause says that it binds nobody; not in what it asks: "I need to ask if visitors may come in"."""
    aside = reader.said.aside.search(folded, start.start())
    return bool(reader.said.never.search(folded[: aside.end()] if aside else folded))


def _made(
    reader: Reader, found: tuple[Sentence, ...], place: int, clause: Sentence, owner: Owner, start: re.Match[str],
    due: date | None,
) -> Made | None:  # fmt: skip
    before = _told_before(reader.readable, found, place)
    repeated = bool(reader.said.repeated.search(clause.folded))
    fragment = start.re in (reader.said.dated, reader.said.listed, reader.said.side, _WHOLE)
    again = bool(start.re is reader.said.again or repeated)
    theirs = again and not repeated and bool(_THEY.match(start[0]))
    what = _what(clause, 0 if fragment or theirs else start.start(), reader.said)
    words = matter(what, reader.language) | matter(_heading(found[place], clause), reader.language)
    heading = _heading(found[place], clause)
    quote = _quote(reader, _with_heading(found[place], clause) if heading else clause)
    if len(words) < 2 and matter(clause.text, reader.language) > words:
        what, words = _shortened(clause.text), matter(clause.text, reader.language)
    own = len(words)
    points_back = not words or (own < 2 and bool(reader.said.it.search(clause.folded)))
    bare = not fragment and due is None and len(clause.folded[start.end() :].split()) < 2  # "is to enroll": in what?
    bare = bare and not points_back
    if (points_back or bare) and before and not again:  # "I'll order one": what "one" is stands before it
        says_itself = not fragment and not reader.said.it.search(clause.folded) and len(what.split()) >= SAYS_ITSELF
        if clause.end - before.start <= 2 * LONGEST and not says_itself:
            both = Quote(reader.readable.note, Span(before.start, clause.end))
            what, quote = both.text, quote if bare else both
        words |= matter(before.text, reader.language)
    if not words and not again:
        return None
    around = frozenset() if start.re in (reader.said.listed, _WHOLE) else _around(reader, found, place, own)
    clipped = start.re is reader.said.dated
    return Made(owner, what[: 2 * LONGEST], quote, due, words, around, again, clipped, own, points_back, repeated,
                _names_in(quote.text, reader.language), theirs)  # fmt: skip


def _names_in(text: str, language: str) -> frozenset[str]:
    """Stems of words with a capital inside a sentence; German gives every noun one, so there is none to tell."""
    named = " ".join(name for name in _NAME.findall(text) if name not in _NO_NAMES)
    plain = matter(" ".join(word for word in text.split() if word[:1].islower()), language)
    return frozenset() if language == "de" else matter(named, language) - plain


def _heading(sentence: Sentence, clause: Sentence) -> str:
    """What a line is headed with: "Deposition summaries: Caleb to have the set on my desk"."""
    head = _HEADING.match(sentence.text)
    return head[1] if head and clause.end > sentence.start + head.end() else ""


def _with_heading(sentence: Sentence, clause: Sentence) -> Sentence:
    """The clause together with the heading right before it."""
    between = sentence.text[: max(0, clause.start - sentence.start)]
    if not re.fullmatch(r"[^:]+:\s*", between):
        return clause
    return Sentence(sentence.start, sentence.text[: clause.end - sentence.start], clause.quoted, clause.number)


def _quote(reader: Reader, sentence: Sentence) -> Quote:
    return Quote(reader.readable.note, sentence.span)


def _around(reader: Reader, found: tuple[Sentence, ...], place: int, known: int) -> frozenset[str]:
    """The words of the two sentences before, where a note names its topic; of more where the promise names nothing."""
    back = 2 if known > 1 else 8
    near = (s for s in found[max(0, place - back) : place] if reader.readable.allows(s.span))
    return frozenset().union(*(matter(s.text, reader.language) for s in near))


def _told_before(readable: Readable, found: tuple[Sentence, ...], place: int) -> Sentence | None:
    """The sentence before, where it is told, usable, and not a part of this one."""
    before = found[place - 1] if place else None
    if before is None or before.quoted or before.number == found[place].number:
        return None
    return before if readable.allows(before.span) else None


def _is_weak(reader: Reader, folded: str, start: re.Match[str]) -> bool:
    """Whether a bare "need to" stands in a note that is no talk and names nobody it is for."""
    if reader.talk or not reader.said.weak.match(folded, start.start()):
        return False
    named = reader.voice.names.search(folded) or reader.voice.pronouns & set(re.findall(r"\w+", folded))
    return not named


def _says_it_again(reader: Reader, folded: str) -> bool:
    return bool(reader.said.repeated.search(folded))


def _whose(
    reader: Reader, found: tuple[Sentence, ...], place: int, clause: Sentence, folded: str
) -> tuple[Owner, re.Match[str] | None]:
    said, voice = reader.said, reader.voice
    speaker = _speaker(reader, found, place)
    if (side := _on_my_side(reader, folded)) and not clause.quoted:
        return (Owner.ME if speaker is Witness.MANAGER else Owner.THEM), side
    if said.repeated.search(folded) and speaker is Witness.MANAGER:
        return Owner.ME, said.repeated.search(folded)
    told = not clause.quoted and (reader.talk or (speaker is Witness.SELF and voice.kind in _LOGS))
    listed = (said.dated.search(folded) or _item(reader, clause, folded)) if told else None
    boss = said.mine.search(folded)
    if speaker is Witness.SELF:
        if clause.quoted and voice.told_by is Witness.SELF:
            return Owner.THEM, None  # they quote somebody else
        if boss and (listed or due_date(folded, reader.readable.note.day, reader.language)):
            return Owner.ME, boss
        return Owner.THEM, said.own.search(folded) or listed
    if speaker is not Witness.MANAGER:
        return Owner.THEM, None
    mine = said.own.search(folded) if voice.kind is NoteKind.TRANSCRIPT else said.me.search(folded)
    theirs = said.them.search(folded) or (said.present.search(folded) if reader.talk else None)
    if voice.kind in _MESSAGES and not theirs:
        theirs = said.you.search(folded)
    if not clause.quoted and (undone := said.undone.search(folded)):
        return Owner.ME, undone
    if not clause.quoted and (undone := said.undone_by_them.search(folded)):
        return Owner.THEM, undone
    if mine and not (theirs and theirs.start() < mine.start()):
        return Owner.ME, mine
    if theirs and not _somebody_else(clause.text[: theirs.start()], reader):
        return Owner.THEM, theirs
    if listed and boss:
        return Owner.ME, listed
    if listed and not _somebody_else(clause.text[: 40 * (listed.re is said.dated)], reader):
        return Owner.THEM, listed
    return _by_day(reader, clause, folded) if told else (Owner.THEM, None)


def _by_day(reader: Reader, clause: Sentence, folded: str) -> tuple[Owner, re.Match[str] | None]:
    """What either does, told in the present beside a day that lies ahead: "I present him to Mr Okonjo by the ninth"."""
    mine, theirs = reader.said.by_day.search(folded), reader.said.by_day_them.search(folded)
    if not reader.said.ahead.search(folded):
        return Owner.THEM, None
    if mine and not (theirs and theirs.start() < mine.start()):
        return Owner.ME, mine
    return Owner.THEM, theirs if theirs and not _somebody_else(clause.text[: theirs.start()], reader) else None


def _on_my_side(reader: Reader, folded: str) -> re.Match[str] | None:
    """Where a clause with a day says that it lies on the side of who writes: "new wheels by May (on my side)"."""
    side = reader.said.side.search(folded)
    return side if side and due_date(folded, reader.readable.note.day, reader.language) else None


def _item(reader: Reader, clause: Sentence, folded: str) -> re.Match[str] | None:
    """An item of a list binds in a goal; elsewhere where it names who does it."""
    if reader.voice.kind is NoteKind.TRANSCRIPT:
        return None
    match = reader.said.listed.search(folded)
    if (
        match is None
        and reader.voice.kind is NoteKind.GOAL
        and _BULLET.search(reader.readable.note.text[: clause.start])
    ):
        return _WHOLE.match(folded)
    if match and match["named"] and not match.start("named") and _is_heading(reader, clause, folded):
        return None
    if match is None or reader.voice.kind is NoteKind.GOAL or any(match.groupdict().values()):
        return match
    return None if re.match(r"[-*•\d]", folded) else match


def _is_heading(reader: Reader, clause: Sentence, folded: str) -> bool:
    """Whether a line only opens a note: "Petra: wheels lathe", with more below it and no day it would be due."""
    below = reader.readable.note.text[clause.end :].strip(" .")
    return clause.start == 0 and bool(below) and due_date(folded, reader.readable.note.day, reader.language) is None


def _speaker(reader: Reader, found: tuple[Sentence, ...], place: int) -> Witness:
    """Whose words these are; in a transcript the manager's turns are theirs."""
    speaker = reader.voice.speaker(found, place)
    if reader.voice.kind is not NoteKind.TRANSCRIPT or speaker is Witness.SELF:
        return speaker
    for sentence in reversed(found[: place + 1]):
        match = _TURN.match(sentence.text)
        if match:
            manager = fold(reader.manager)
            return Witness.MANAGER if fold(match[1]) in (manager, manager.split()[0]) else speaker
    return speaker


def _somebody_else(before: str, reader: Reader) -> bool:
    """Whether another name stands before a pronoun, so that it may not mean this person."""
    own = {part for name in (*reader.person.names, reader.manager) for part in name.split()}
    if reader.language == "de":  # every noun has a capital: only a subject at the front can be told to be a name
        first = _GERMAN_SUBJECT.match(before)
        return bool(first) and first is not None and first[1] not in own and fold(first[1]) not in small_words()
    return any(name not in own and name not in _NO_NAMES for name in _NAME.findall(before))


def _what(sentence: Sentence, start: int, phrases: Phrases) -> str:
    """The clause that promises, in the note's own words."""
    words = sentence.text[start:]
    cut = _CUT.search(words)
    if cut and len(words[: cut.start()].split()) > 4:
        words = words[: cut.start()]
    trimmed = words.strip()
    front = phrases.trim.match(fold(trimmed))
    return _shortened(trimmed[front.end() :] if front else trimmed) or sentence.text


def _shortened(words: str) -> str:
    """At most `LONGEST` characters, with a capital."""
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    said = words.strip(' .,;:"“”')
    return said[:1].upper() + said[1:]
