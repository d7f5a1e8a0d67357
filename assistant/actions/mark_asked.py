"""Note that a question was asked, with its answer or to come back to it. Only this makes a question rest."""

import re
from collections.abc import Mapping

from assistant.domain.ask_ledger import Asked
from assistant.domain.person import PersonId
from assistant.domain.question import is_worded, worded_id
from assistant.errors import Unknown
from assistant.ports.outside import Library
from assistant.ports.records import Shelf

MOST_CHARACTERS = 400
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
    """The ledger's new entry.

    `known_texts` holds today's questions, id to words; the bank and earlier entries are tried after them. A question
    may also be named by its words: so one that a model wrote is marked, or one that the manager thought of.

    Raises:
        Unknown: No question has this id.
    """
    person = shelf.people.get(person_id)
    earlier = {entry.question_id: entry.text for entry in shelf.ledger.of(person_id)}
    bank = {q.id: _SLOT.sub(r"\1", q.ask) for q in library.questions()}
    if is_worded(question_id):
        words = " ".join(question_id.split())[:MOST_CHARACTERS]
        question_id = next((id for id, known in known_texts.items() if known == words), worded_id(person_id, words))
        known_texts = {question_id: words}
    text = known_texts.get(question_id) or earlier.get(question_id) or bank.get(question_id)
    if text is None:
        raise Unknown(
            f"There is no question {question_id}.",
            next="Take the id from the brief, or give the question in its own words.",
        )
    entry = Asked(person.account_id, person.id, question_id, text, shelf.today, answer.strip(), later)
    shelf.ledger.add(entry)
    return entry
