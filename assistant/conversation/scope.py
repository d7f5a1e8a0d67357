"""Whom a message is about. Nobody is guessed: a name that fits several is asked about, and every change is said."""

import re
from collections.abc import Sequence

from assistant.actions.find_person import choices
from assistant.conversation.context import Context, Units, position
from assistant.conversation.strangers import names_of, refuse_strangers
from assistant.desk import PersonDesk
from assistant.domain.conversation import KeptTurn, TurnStatus
from assistant.domain.event import Notice
from assistant.domain.person import Person, Pronouns, fold_name
from assistant.domain.understood import Intent, Understood
from assistant.errors import AmbiguousPerson, Choice, Unknown
from assistant.wording import stems

_TELLS = frozenset({Intent.NOTE, Intent.DONE, Intent.PROMISE, Intent.DEBRIEF, Intent.REVISE, Intent.MOVE})
_NAMES_SOMEBODY = frozenset(
    {Intent.PREP, Intent.PLAN, Intent.PROFILE, Intent.PROMISES, Intent.QUESTION, Intent.SWITCH, Intent.ASK}
)
_READS = _NAMES_SOMEBODY - {Intent.SWITCH}
_LOOKS_BACK = 4  # turns in which somebody was spoken of
_NAME = re.compile(r"(?<!^)(?<![.!?:“] )(?<![\w’'-])[A-Z][\w’'-]+")
_AT_THE_START = 8  # characters before a name that is what the words are about


def settled(context: Context) -> str:
    """The message that waited for whom it meant, once the answer tells; any other message as it is."""
    last = context.last
    if last is None or last.status not in (TurnStatus.ASKS, TurnStatus.REFUSED):
        return context.message
    offered = _offered(last)
    one = _chosen(context, offered)
    if one is None or (last.status is TurnStatus.REFUSED and not _says_only(context, one)):
        return context.message
    context.person = context.chosen = context.desk.person(one)
    return last.message


def _offered(turn: KeptTurn) -> tuple[Choice, ...]:
    return next((e.body.choices for e in turn.events if isinstance(e.body, Notice) and e.body.choices), ())


def _chosen(context: Context, offered: Sequence[Choice]) -> str | None:
    """Which of those offered an answer means: by number, by id, or by the words only that one has."""
    said = {w for w in re.findall(r"\w+", context.message.casefold()) if len(w) > 1}
    ids = {c.id.casefold(): c.id for c in offered}
    if by_id := [ids[word] for word in said if word in ids]:
        return by_id[0]
    numbers = context.words("order")
    if len(said) <= 3 and (places := {numbers[w] for w in said if w in numbers}):
        place = min(places)
        return offered[place - 1].id if place <= len(offered) else None
    known = {person.id for person in context.desk.persons()}
    told = {
        c.id: said & set(re.findall(r"\w+", " ".join(context.desk.person(c.id).person.names).casefold()))
        for c in offered
        if c.id in known
    }
    most = max(map(len, told.values()), default=0)
    fits = [id for id, words in told.items() if words and len(words) == most]
    return fits[0] if len(fits) == 1 else None


def _says_only(context: Context, one: str) -> bool:
    """Whether a message is a choice and nothing besides; with a word more it may be another request."""
    names = context.desk.person(one).person.names
    return stems(context.message) <= stems(" ".join((one, *names, *context.words("order"))))


def bring_into_scope(context: Context, act: Understood, people: Sequence[Person]) -> Units:
    """Put whom a request names into scope, and say so when that is somebody else.

    Raises:
        AmbiguousPerson: A name fits several.
        Unknown: Somebody is named who is not among this manager's people.
    """
    named = _named(context, act)
    if named is None and act.intent in _READS and context.person is not None and not act.person:
        named = _meant_by_pronoun(context, act, people)
    if named is not None and (context.person is None or named.person.id != context.person.person.id):
        context.person = named
        yield context.notice("scope", "scope", name=named.person.name)
    elif people and named is None and not act.person and context.chosen is None and act.intent in _NAMES_SOMEBODY:
        refuse_strangers(context, act, people)


def clear_whom(context: Context, act: Understood) -> None:
    """See to it that everybody a request names is one person.

    Raises:
        AmbiguousPerson: A name fits several.
    """
    if act.person:
        _named(context, act)


def _named(context: Context, act: Understood) -> PersonDesk | None:
    if not act.person:
        return None
    here = context.person
    for meant in filter(None, (here, context.chosen)):
        if fold_name(act.person) in {fold_name(name) for name in meant.person.names}:
            return meant
    if here is not None and act.intent in _TELLS and not _is_what_it_tells_of(act):
        return None
    head, colon, _ = context.message.partition(":")
    if here is not None and act.intent is Intent.REVISE and colon and position(head, act.person) < 0:
        return None  # somebody whom the new words of a plan's part name is not whose plan it is
    try:
        return context.desk.person(act.person)
    except Unknown:
        return None


def _is_what_it_tells_of(act: Understood) -> bool:
    """Whether words to keep begin with the name: they are about that person, and do not just mention them."""
    told = next((words for slot, words in act.slots.items() if slot in {"words", "what", "wish"}), "")
    return 0 <= position(told, act.person) < _AT_THE_START or not told


def _meant_by_pronoun(context: Context, act: Understood, people: Sequence[Person]) -> PersonDesk | None:
    """Somebody else, when "he" or "her" cannot mean the person in scope: of those lately spoken of, or as notes tell.

    Raises:
        AmbiguousPerson: Several were spoken of, or nobody was and the request needs somebody.
    """
    here = context.person
    query = act.query or context.message
    said = _pronouns(context, query, "subjects") | _pronouns(context, query, "objects")
    if here is None or len(said) != 1 or here.person.pronouns in {*said, Pronouns.THEY}:
        return None
    fits = [p for p in people if p.pronouns in said]
    lately = _spoken_of(context, fits)
    if len(lately) == 1:
        return context.desk.person(lately[0].id)
    if lately:
        raise AmbiguousPerson(context.says("whom"), choices=choices(lately))
    if act.intent is not Intent.ASK:
        if fits:
            raise AmbiguousPerson(context.says("whom"), choices=choices(fits[:20]))
        return None
    if _pronouns(context, query, "subjects") != said or _is_of_somebody_outside(context, people):
        return None
    return _as_notes_tell(context, query, fits)


def _spoken_of(context: Context, fits: Sequence[Person]) -> list[Person]:
    """Those of some people whom the last messages that name any of them named, or were about."""
    for turn in [*reversed(context.turns)][:_LOOKS_BACK]:
        told = [p for p in fits if p.id == turn.person_id or any(position(turn.message, n) >= 0 for n in p.names)]
        if told:
            return told
    return []


def _is_of_somebody_outside(context: Context, people: Sequence[Person]) -> bool:
    """Whether the last message named somebody who is not led: a customer, say. The talk stays where it is then."""
    known = stems(" ".join((*names_of(people), *context.words("about")["not_names"])))
    said = context.last.message if context.last is not None and context.language != "de" else ""
    return any(stems(name) and not stems(name) & known for name in _NAME.findall(said))


def _as_notes_tell(context: Context, query: str, fits: Sequence[Person]) -> PersonDesk | None:
    found = context.desk.search(query, limit=8)
    meant = {person.id for person in fits}
    owner = next((hit.note.person_id for hit in found.hits if hit.note.person_id in meant), None)
    return context.desk.person(owner) if owner and not found.weak else None


def _pronouns(context: Context, query: str, table: str) -> set[Pronouns]:
    words: dict[str, str] = context.words(table)
    return {Pronouns(words[word]) for word in re.findall(r"\w+", query.casefold()) if word in words}


def ask_whom(context: Context, people: Sequence[Person]) -> Units:
    """Nobody is in scope and the request needs somebody.

    Raises:
        AmbiguousPerson: Always, when there is anybody to choose from.
    """
    if people:
        raise AmbiguousPerson(context.says("whom"), choices=choices(people[:20]))
    yield context.notice("nobody", "clarify")
