"""Note that a question was asked, with its answer or to come back to it. Only this makes a question rest."""

import re
from collections.abc import Mapping

from assistant.actions.keep_meeting import meeting_of_today
from assistant.domain.ask_ledger import Asked
from assistant.domain.person import PersonId
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

    `known_texts` holds today's questions, id to words; the bank and earlier entries are tried after them.

    Raises:
        Unknown: No question has this id.
    """
    person = shelf.people.get(person_id)
    text = question_words(shelf, library, person_id, question_id, known_texts)
    entry = Asked(person.account_id, person.id, question_id, text, shelf.today, answer.strip(), later)
    shelf.ledger.add(entry)
    meeting = meeting_of_today(shelf, person_id)
    if meeting is not None:
        shelf.meetings.save([meeting.with_question(question_id, text)])
    return entry


def question_words(
    shelf: Shelf, library: Library, person_id: PersonId, question_id: str, known_texts: Mapping[str, str]
) -> str:
    """The words of a question: as it is put today, as it was asked before, or as the bank has it.

    Raises:
        Unknown: No question has this id.
    """
    earlier = {entry.question_id: entry.text for entry in shelf.ledger.of(person_id)}
    bank = {q.id: _SLOT.sub(r"\1", q.ask) for q in library.questions()}
    text = known_texts.get(question_id) or earlier.get(question_id) or bank.get(question_id)
    if text is None:
        raise Unknown(
            f"There is no question {question_id}.", next="Take the id from the brief, for example with `prep --json`."
        )
    return text
