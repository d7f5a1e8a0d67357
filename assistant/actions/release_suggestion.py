"""A manager hands a suggestion to the coaches: masked first, seen by the manager, and kept in exactly those words."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.follow_guidance import PLAN_PARTS, line_id, line_of, whom_in
from assistant.actions.mask_text import Whom, check_mask, mask_text, small_words
from assistant.domain.brief import Brief
from assistant.domain.note import Note, NoteId
from assistant.domain.opinion import Opinion
from assistant.domain.person import Person
from assistant.domain.pillar import PILLAR_OF_CODE
from assistant.domain.plan import Plan, Step
from assistant.domain.question import is_worded, kept_id, said_words
from assistant.domain.released import Masked, Released, Suggestion
from assistant.domain.situation import Situation
from assistant.domain.verdict import Subject, SubjectKind
from assistant.errors import Choice, Refused, Unknown
from assistant.ports.engine import Finder
from assistant.ports.outside import Ids, Library
from assistant.ports.records import Shelf

_CODE = 3  # letters at the head of a bank question's id


def suggestions(
    situation: Situation, brief: Brief | None, plan: Plan | None, opinions: Sequence[Opinion] = ()
) -> tuple[tuple[str, Suggestion], ...]:
    """What can be released about one person now, each with the name it is called by.

    A question goes by its id, a line of the plan by `plan:THREAD.PART`, as in `plan:1.first_step`. A question that the
    manager thought something of is among them, suggested today or not, and what they thought goes along.
    """
    found = []
    thought = {opinion.question_id: opinion for opinion in opinions if opinion.text}
    for question in brief.questions.questions if brief else ():
        subject = Subject(SubjectKind.QUESTION, question.id, "", question.pillar, situation.stage)
        suggestion = Suggestion(subject, question.text, question.origin.engine)
        found.append((question.id, _thought_of(suggestion, thought.pop(question.id, None))))
    for id, opinion in thought.items():
        subject = Subject(SubjectKind.QUESTION, id, "", PILLAR_OF_CODE.get(id[:_CODE]), situation.stage)
        found.append((id, _thought_of(Suggestion(subject, opinion.text, ""), opinion)))
    for number, thread in enumerate(plan.threads if plan else (), 1):
        for part in PLAN_PARTS:
            line = line_of(thread, part)
            text = line.text if isinstance(line, Step) else line
            if text:
                about = Subject(SubjectKind.PLAN_LINE, line_id(text), part, None, situation.stage)
                found.append((f"plan:{number}.{part}", Suggestion(about, text, plan.origin.engine if plan else "")))
    return tuple(found)


def _thought_of(suggestion: Suggestion, opinion: Opinion | None) -> Suggestion:
    return replace(suggestion, helpful=opinion.helpful, instead=opinion.instead) if opinion else suggestion


def suggestion_named(named: str, known: Sequence[tuple[str, Suggestion]], situation: Situation) -> Suggestion:
    """The suggestion of that name, or the question in these words.

    Raises:
        Unknown: There is none today; the error lists what there is.
    """
    found = next((s for name, s in known if named in (name, s.text)), None)
    if found is not None:
        return found
    if is_worded(named):
        subject = Subject(SubjectKind.QUESTION, kept_id(situation.person.id, named), "", None, situation.stage)
        return Suggestion(subject, said_words(named), "")
    choices = tuple(Choice(name, s.text) for name, s in known)
    raise Unknown(f"Nothing is suggested under {named} today.", next="Name one of these.", choices=choices)


def whom(situation: Situation, others: Sequence[Person], library: Library) -> Whom:
    """Whom the mask must know: everybody on record, their customers, and what are plain words."""
    about = whom_in(situation)
    shipped = (text for q in library.questions() for text in (q.ask, q.follow_up, q.listen_for))
    cards = (text for p in library.principles() for text in (p.body, p.use))
    registered = [part.strip() for p in (*others, situation.person) for part in p.customers.split(",")]
    return replace(
        about,
        others=tuple(p for p in others if p.id != situation.person.id),
        customers=(*about.customers, *(name for name in registered if name[:1].isupper())),
        plain=about.plain | small_words([*shipped, *cards]),
    )


def masked(suggestion: Suggestion, about: Whom, situation: Situation) -> Masked:
    """What a coach would read."""
    return mask_text(suggestion.text, about, situation.today)


def masked_instead(suggestion: Suggestion, about: Whom, situation: Situation) -> Masked:
    """What a coach would read of what the manager says it should have said."""
    return mask_text(suggestion.instead, about, situation.today)


def release(
    shelf: Shelf, suggestion: Suggestion, text: str, instead: str, about: Whom, *, finder: Finder, ids: Ids
) -> Released:
    """Keep a masked copy, in the words that the manager saw or wrote. The same copy is kept once.

    `instead` goes along, masked as well: what it should have said, where the manager said so.

    Raises:
        Refused: The words name somebody on record, a customer or an address, or touch a private matter.
    """
    said, better = check_mask(text, about), check_mask(instead, about)
    person = about.person
    looked_at = [Note(person.account_id, NoteId("mask"), person.id, shelf.today, t) for t in (said, better) if t]
    if any(screening.spans for screening in finder.screen(looked_at)):
        raise Refused("This touches a private matter, so it is not shown to a coach.", next="Leave that part out.")
    for known in shelf.releases.of(person.id):
        if (known.subject, known.text, known.instead) == (suggestion.subject, said, better):
            return known
    made = Released(
        f"r{ids()[-10:]}", suggestion.subject, said, suggestion.engine, shelf.today, suggestion.helpful, better
    )
    shelf.releases.add(person.id, made)
    return made
