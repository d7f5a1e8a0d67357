"""Note that a question was asked, with its answer or to come back to it. Only this makes a question rest."""

import re
from collections.abc import Mapping

from assistant.actions.keep_meeting import meeting_of_today
from assistant.domain.ask_ledger import Asked
from assistant.domain.meeting import Chosen
from assistant.domain.person import PersonId
from assistant.domain.question import is_worded, said_words, worded_id
from assistant.errors import Unknown
from assistant.ports.outside import Library
from assistant.ports.records import Shelf

_SLOT = re.compile(r"\{\w+\|([^{}|]+)\}")


def mark_asked(
    shelf: Shelf,
    library: Library,
    person_id: PersonId,
    question_id: str,
    known_texts: Mapping[str, str],
    answer: str,
    later: bool,
) -> Asked:
    """The ledger's new entry; today's one-on-one keeps that it was asked there.

    `known_texts` holds today's questions, id to words; the bank and earlier entries are tried after them. A question
    may also be named by its words: so one that a model wrote is marked, or one that the manager thought of.

    Raises:
        Unknown: No question has this id.
    """
    person = shelf.people.get(person_id)
    named = question_named(shelf, library, person_id, question_id, known_texts)
    entry = Asked(person.account_id, person.id, named.question_id, named.text, shelf.today, answer.strip(), later)
    shelf.ledger.add(entry)
    meeting = meeting_of_today(shelf, person_id)
    if meeting is not None:
        shelf.meetings.save([meeting.with_question(named.question_id, named.text)])
    return entry


def question_named(
    shelf: Shelf, library: Library, person_id: PersonId, named: str, known_texts: Mapping[str, str]
) -> Chosen:
    """The id and words of a question: as it is put today, as it was asked before, or as the bank has it.

    Named by its words it has the id under which these words are known, else one made of them.

    Raises:
        Unknown: No question has this id.
    """
    earlier = {entry.question_id: entry.text for entry in shelf.ledger.of(person_id)}
    bank = {q.id: _SLOT.sub(r"\1", q.ask) for q in library.questions()}
    if is_worded(named):
        words = said_words(named)
        known = (id for texts in (known_texts, earlier, bank) for id, text in texts.items() if text == words)
        return Chosen(next(known, worded_id(person_id, words)), words)
    text = known_texts.get(named) or earlier.get(named) or bank.get(named)
    if text is None:
        raise Unknown(
            f"There is no question {named}.",
            next="Take its id from `prep --json`, or give the question in its own words.",
        )
    return Chosen(named, text)
