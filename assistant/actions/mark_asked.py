"""Note that a question was asked, with its answer or to come back to it. Only this makes a question rest."""

from collections.abc import Mapping

from assistant.actions.keep_meeting import meeting_of_today
from assistant.domain.ask_ledger import Asked
from assistant.domain.meeting import Chosen
from assistant.domain.person import PersonId
from assistant.domain.question import is_worded, said_words, worded_id
from assistant.errors import Unknown
from assistant.ports.outside import Library
from assistant.ports.records import Shelf


def mark_asked(
    shelf: Shelf,
    library: Library,
    person_id: PersonId,
    question_id: str,
    known: Mapping[str, Chosen],
    answer: str,
    later: bool,
) -> Asked:
    """The ledger's new entry; today's one-on-one keeps that it was asked there.

    `known` holds today's questions by id; the bank and earlier entries are tried after them. A question may also be
    named by its words: so one that a model wrote is marked, or one that the manager thought of.

    Raises:
        Unknown: No question has this id.
    """
    person = shelf.people.get(person_id)
    named = question_named(shelf, library, person_id, question_id, known)
    entry = Asked(
        person.account_id, person.id, named.question_id, named.text, shelf.today, answer.strip(), later, named.pillar
    )
    shelf.ledger.add(entry)
    meeting = meeting_of_today(shelf, person_id)
    if meeting is not None:
        shelf.meetings.save([meeting.with_question(named.question_id, named.text)])
    return entry


def question_named(
    shelf: Shelf, library: Library, person_id: PersonId, named: str, known: Mapping[str, Chosen]
) -> Chosen:
    """A question as it is put today, as it was asked before, or as the bank has it.

    Named by its words it has the id under which these words are known, else one made of them.

    Raises:
        Unknown: No question has this id.
    """
    earlier = {e.question_id: Chosen(e.question_id, e.text, e.pillar) for e in shelf.ledger.of(person_id)}
    bank = {q.id: Chosen(q.id, q.plain, q.pillar) for q in library.questions()}
    sources = (known, earlier, bank)
    if is_worded(named):
        words = said_words(named)
        same = (each for source in sources for each in source.values() if each.text == words)
        return next(same, Chosen(worded_id(person_id, words), words))
    found = [source[named] for source in sources if named in source]
    if not any(each.text for each in found):
        raise Unknown(
            f"There is no question {named}.",
            next="Take its id from `prep --json`, or give the question in its own words.",
        )
    text = next(each.text for each in found if each.text)
    return Chosen(named, text, next((each.pillar for each in found if each.pillar), None))
