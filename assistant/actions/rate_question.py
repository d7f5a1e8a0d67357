"""Say that a suggested question was helpful, or not and what it should have said. It can be taken back."""

from collections.abc import Mapping

from assistant.actions.mark_asked import question_named
from assistant.domain.meeting import Chosen
from assistant.domain.opinion import Opinion
from assistant.domain.person import PersonId
from assistant.domain.question import kept_id
from assistant.errors import Unknown
from assistant.ports.outside import Library
from assistant.ports.records import Shelf


def rate_question(
    shelf: Shelf,
    library: Library,
    person_id: PersonId,
    named: str,
    known: Mapping[str, Chosen],
    *,
    helpful: bool,
    instead: str = "",
) -> Opinion:
    """The word on one question, in place of an earlier one. One that was not helpful is not suggested again.

    A question is named as in `mark_asked`; one that was rated before is known by its id.

    Raises:
        Unknown: No question has this id.
        Invalid: Other words for a helpful one, or too many.
    """
    person = shelf.people.get(person_id)
    rated = {o.question_id: Chosen(o.question_id, o.text) for o in shelf.opinions.of(person_id)}
    found = question_named(shelf, library, person_id, named, {**rated, **known})
    opinion = Opinion(
        person.account_id, person.id, kept_id(person.id, found.question_id), found.text, shelf.today, helpful,
        " ".join(instead.split()),
    )  # fmt: skip
    shelf.opinions.put(opinion)
    return opinion


def unrate_question(shelf: Shelf, person_id: PersonId, named: str) -> Opinion:
    """Take the word on a question back; it may be suggested again. What was taken back.

    Raises:
        Unknown: There is none.
    """
    wanted = kept_id(person_id, named)
    found = next((o for o in shelf.opinions.of(person_id) if o.question_id == wanted or o.text == named), None)
    if found is None:
        raise Unknown("Nothing was said about this question.", next="`flourish helpful PERSON` lists what was.")
    shelf.opinions.remove(person_id, found.question_id)
    return found
