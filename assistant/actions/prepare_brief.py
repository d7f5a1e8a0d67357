"""What to read two minutes before a one-on-one. Reads a situation, asks the engine for questions, invents nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.actions.cite import Teller
from assistant.actions.find_nearest import Reading, bears_on
from assistant.actions.read_calendar import read_calendar
from assistant.actions.say_matter import with_matter
from assistant.actions.say_what_to_avoid import say_what_to_avoid
from assistant.actions.tell_changes import tell_changes
from assistant.actions.tell_growth import tell_growth
from assistant.actions.tell_pressing import tell_ahead, tell_pressing
from assistant.actions.tell_recognition import tell_recognition
from assistant.actions.word_brief import THREE, word_brief
from assistant.domain.brief import Brief, Line
from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.origin import together
from assistant.domain.person import Person, fold_name
from assistant.domain.policy import Readable
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner, Promise
from assistant.domain.question import QuestionSet
from assistant.domain.situation import Situation
from assistant.grounding import is_grounded
from assistant.ports.engine import Engine
from assistant.prompting import offline_words
from assistant.streaming import ending

SIX = 6
SILENT_AFTER_DAYS = 60
SERVED = Topic.CUSTOMER_VALUE
_SAID_MARKS = frozenset('"“„«')


def prepare_brief(situation: Situation, engine: Engine, *, six: bool = False) -> Brief:
    """The brief. The same situation gives the same brief; nothing is written down."""
    return [*brief_growing(situation, engine, six=six)][-1]


def brief_growing(situation: Situation, engine: Engine, *, six: bool = False) -> Iterator[Brief]:
    """The brief without an engine's words, at once; then with each line of its story and each question as it comes.

    The last one is the whole.
    """
    teller = Teller(situation.person, situation.manager, situation.today)
    recognition = tell_recognition(situation, teller)
    growth = tell_growth(situation, teller)
    told = (*recognition, growth) if growth else recognition
    changes = tell_changes(situation, teller, told={q.text for line in told for q in line.quotes})
    known = known_words(situation)
    calendar = read_calendar(situation)
    presses = tell_pressing(situation, calendar, teller)
    brief = Brief(
        person=situation.person,
        today=situation.today,
        since=situation.since,
        mine=_with_matter(situation.open_promises(Owner.ME), situation),
        theirs=_with_matter(situation.open_promises(Owner.THEM), situation),
        new=_grounded(_not_asked(changes.new, situation.unanswered), known),
        continuing=_grounded(changes.continuing, known),
        resolved=_grounded(changes.resolved, known),
        recognition=_grounded(recognition, known),
        questions=QuestionSet(situation.stage, (), ""),
        avoid=tuple(say_what_to_avoid(situation.left_out, teller)),
        unknown=tuple(_unknown(situation, teller)),
        origin=together((), engine.name),
        thin=situation.is_thin,
        quiet=situation.quiet_promises,
        near=situation.profile.near,
        asked=situation.unanswered,
        presses=presses,
        growth=growth,
        ahead=tell_ahead(calendar, presses, teller),
    )
    yield brief
    with ending(word_brief(situation, engine, SIX if six else THREE, known)) as growing:
        for words in growing:
            kept = words.questions
            asked = QuestionSet(situation.stage, kept, kept[0].id if kept else "")
            origins = (*(line.origin for line in words.story), *(question.origin for question in kept))
            yield replace(brief, story=words.story, questions=asked, origin=together(origins, engine.name))


def _grounded(lines: Sequence[Line], known: Sequence[str]) -> tuple[Line, ...]:
    """The lines that say only what their notes say."""
    return tuple(line for line in lines if is_grounded(line.text, line.quotes, known))


def _with_matter(promises: Sequence[Promise], situation: Situation) -> tuple[Promise, ...]:
    """The promises, each with the words that tell what it is about."""
    return tuple(with_matter(promise, _all_read(situation), situation.person) for promise in promises)


def _not_asked(lines: Sequence[Line], requests: Sequence[Promise]) -> list[Line]:
    """Without what stands under its own heading already: asked of the manager, and not answered."""
    asked = [quote for request in requests for quote in request.quotes]
    return [
        line
        for line in lines
        if not line.quotes
        or not all(any(q.note.id == a.note.id and q.span.overlaps(a.span) for a in asked) for q in line.quotes)
    ]


def known_words(situation: Situation) -> tuple[str, ...]:
    """Names and days that a sentence may say without a note: the two people, the role, the days of promises."""
    teller = Teller(situation.person, situation.manager, situation.today)
    days = {situation.today: None, situation.since.day: None}
    days |= {day: None for p in situation.promises for day in (p.made_on, p.due) if day}
    person = situation.person
    nouns: str = offline_words("asking", situation.language)["nouns"]  # not names, though written with a capital
    spoken = (nouns,) if nouns else ()
    return (*person.names, person.role, situation.manager.name, *map(teller.day, days), *spoken)


def _unknown(situation: Situation, teller: Teller) -> Iterator[str]:
    words, person, today = offline_words("brief")["unknown"], situation.person, situation.today
    if situation.notes_in_all == 0:
        yield words["none"].format(
            name=person.first_name, they=person.pronouns, want=person.pronouns.verb("wants", "want")
        )
    elif situation.is_thin:
        one = situation.notes_in_all == 1
        yield words["thin"].format(
            are="is" if one else "are", count="one" if one else "two", name=person.first_name,
            notes="note" if one else "notes",
        )  # fmt: skip
    elif not situation.since.was_meeting:
        yield words["first_time"]
    yield from situation.profile.gaps
    own = [i.day for i in situation.evidence if i.witness is Witness.SELF]
    own += [r.note.day for r in _all_read(situation) if _may_hold_words_of(person, r.note, situation)]
    if own and (today - max(own)).days > SILENT_AFTER_DAYS:
        their = person.pronouns.possessive
        yield words["own_words"].format(day=teller.day(max(own)), name=person.first_name, their=their)
    served = [i.day for i in situation.evidence if i.topic is Topic.CUSTOMER_VALUE and i.counts]
    known = situation.profile.customer_value.state not in {FacetState.UNKNOWN, FacetState.STALE}
    later = Reading(tuple(r for r in _all_read(situation) if served and r.note.day > max(served)))
    if known and served and (today - max(served)).days > SILENT_AFTER_DAYS and not bears_on(SERVED, later):
        yield words["customer"].format(day=teller.day(max(served)), name=person.first_name)


def _all_read(situation: Situation) -> tuple[Readable, ...]:
    return (*situation.earlier, *situation.recent)


def _may_hold_words_of(person: Person, note: Note, situation: Situation) -> bool:
    """Whether a note is the person's, or has something said in it that is not a customer's own words."""
    if person.is_named(note.author.partition(",")[0]):
        return True
    by_manager = not note.author or fold_name(note.author) == fold_name(situation.manager.name)
    told = by_manager or note.kind not in {NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT}
    return told and not _SAID_MARKS.isdisjoint(note.text)
