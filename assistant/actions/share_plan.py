"""The copy of a plan that its person reads, without the private basis.

In it stand the manager's own words, passages of notes that were released, and plain lines that name nobody. What the
plan knows from other notes becomes an open line: it is to be found out together.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.actions.cite import Teller, Voice, set_apart, tier_of, voice_of
from assistant.actions.compare_plans import version_of
from assistant.actions.recheck_plan import recheck
from assistant.actions.round_off_plan import called, goals_of
from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import Note, NoteId, Sharing
from assistant.domain.person import Person, PersonId
from assistant.domain.plan import CITED, LATER, LINKS, Link, Plan, Section, Thread
from assistant.domain.shared_plan import SharedLine, SharedPlan
from assistant.grounding import is_grounded
from assistant.lint.aloud import Ear, read_aloud
from assistant.ports.engine import Finder
from assistant.ports.records import Shelf
from assistant.prompting import offline_words

ORDER = (
    Section.PASSION, Section.TALENT, Section.CUSTOMER, Section.VALUE, Section.GOAL, Section.FIRST_STEP,
    *LATER, Section.SUPPORT, Section.MEASURE, Section.OBSTACLE, Section.MOVE, Section.WATCH_OUT,
)  # fmt: skip


def share_plan(shelf: Shelf, person_id: PersonId, version: int | None, finder: Finder) -> SharedPlan:
    """The copy of a version, by default the newest, read aloud once.

    Raises:
        Unknown: There is no such person or version.
    """
    person = shelf.people.get(person_id)
    plan = recheck(shelf, version_of(shelf.plans.versions(person_id), version))
    teller = Teller(person, shelf.account, shelf.today)
    released = _released(shelf, plan)
    words = offline_words("share")
    threads = tuple(tuple(_lines(thread, released, teller)) for thread in plan.threads)
    told = {line.text for thread in threads for line in thread}
    copy = SharedPlan(
        person_id, plan.version, words["title"].format(name=person.first_name),
        words["opening"].format(day=teller.day(plan.drafted_on)),
        words["closing"].format(day=teller.day(plan.review_on)),
        plan.drafted_on, threads, tuple(_questions(plan, told, teller)), _left_out(plan, released),
        holds=len(released), could_hold=_could_hold(shelf, plan, released, teller),
    )  # fmt: skip
    return replace(copy, findings=read_aloud(_spoken(copy), _ear(shelf, person, plan, finder)))


def _released(shelf: Shelf, plan: Plan) -> frozenset[Quote]:
    """The quotes of notes that the manager marked as shareable and that touch nothing private."""
    quotes = [q for thread in plan.threads for part in _quoting(thread) for q in part]
    notes = {q.note.id: q.note for q in quotes if q.note.sharing is Sharing.SHAREABLE}
    allowed = {r.note.id: r for r in shelf.screenings.of([*notes.values()])}
    return frozenset(q for q in quotes if q.note.id in allowed and allowed[q.note.id].allows(q.span))


def _could_hold(shelf: Shelf, plan: Plan, released: frozenset[Quote], teller: Teller) -> tuple[Quote, ...]:
    """What the links of the plan stand on first of all and keep to themselves only because of a mark on the note."""
    open_links = (
        thread.link(section)
        for thread in plan.threads
        for section in LINKS
        if section not in thread.own_words and released.isdisjoint(thread.link(section).quotes)
    )
    first = dict.fromkeys(quote for link in open_links for quote in link.quotes[:1])
    own = [q for q in first if q.note.person_id == plan.person_id and q.note.sharing is not Sharing.SHAREABLE]
    allowed = {r.note.id: r for r in shelf.screenings.of(list({q.note.id: q.note for q in own}.values()))}
    found = [q for q in own if q.note.id in allowed and allowed[q.note.id].allows(q.span)]
    return tuple(sorted(found, key=lambda q: tier_of(q, teller) is not Tier.THEIR_WORDS))


def _quoting(thread: Thread) -> Iterator[Sequence[Quote]]:
    yield from (thread.link(section).quotes for section in LINKS)
    yield from (step.quotes for step in thread.steps.values())
    yield from (thread.grounds_of(section) for section in CITED)


def _lines(thread: Thread, released: Collection[Quote], teller: Teller) -> Iterator[SharedLine]:
    labels = offline_words("share")["labels"]
    told: set[str] = set()
    if thread.sentence and all(q in released for section in LINKS for q in thread.link(section).quotes[:1]):
        yield SharedLine(None, labels["sentence"], thread.sentence)
    for section in ORDER:
        text, is_open = _text(thread, section, released, teller)
        if text and text not in told:  # customer and value may stand on one passage: it is read once
            told.add(text)
            yield SharedLine(section, labels[section.value], text, is_open)


def _text(thread: Thread, section: Section, released: Collection[Quote], teller: Teller) -> tuple[str, bool]:
    """A section as the person may read it, and whether it is only an open line."""
    words, part = offline_words("share"), thread.part(section)
    if section in thread.own_words:
        return part if isinstance(part, str) else part.text, False
    if isinstance(part, str):
        return _told_plainly(thread, section, part, teller), False
    said = next((q for q in part.quotes if q in released), None)
    if isinstance(part, Link):
        if said is not None:
            return _told(said, teller, theirs=part.tier is Tier.THEIR_WORDS), False
        return words["open"][section.value], True
    day = teller.day(part.due)
    if section in LATER:
        plain = not part.quotes and _names_nobody(part.text, thread, teller)
        return (f"{part.text} ({day})", False) if plain else (words["open"]["then"].format(day=day), True)
    if said is not None and len(part.quotes) == 1:
        return f"{_told(said, teller)} ({day})", False
    if not part.quotes and section is Section.FIRST_STEP and _names_nobody(part.text, thread, teller):
        return f"{part.text} ({day})", False
    return words["open"][section.value].format(day=day), True


def _told_plainly(thread: Thread, section: Section, text: str, teller: Teller) -> str:
    """Words that nobody else is named in and no note is quoted in; otherwise nothing, or what may always be said."""
    words = offline_words("share")
    if section is Section.MEASURE:
        plain: str = words["open"]["measure"]
        return plain
    if section is Section.GOAL:
        ours = (kind for kind, goal in goals_of(thread, teller.person).items() if goal == text)
        if (kind := next(ours, None)) is not None:
            told: str = words["goal"][kind]
            return told
    return text if _names_nobody(text, thread, teller) else ""


def _names_nobody(text: str, thread: Thread, teller: Teller) -> bool:
    """Whether words quote no note, hold no name and no number, and speak of no witness, by a role either."""
    return is_grounded(text, (), _own(teller)) and not any(name in text for name in _witnesses(thread))


def _witnesses(thread: Thread) -> set[str]:
    """Everybody who wrote or said what a thread stands on, as one would name them in a sentence."""
    authors = {quote.note.author for part in _quoting(thread) for quote in part if quote.note.author}
    return {name for author in authors if (name := called(author))}


def _told(quote: Quote, teller: Teller, *, theirs: bool = False) -> str:
    """A released passage, told to the person; who else said it is not named."""
    said, voice = offline_words("share")["said"], voice_of(quote, teller)
    kinds = {Voice.OWN_WROTE: "wrote", Voice.OWN_SAID: "own", Voice.MANAGER: "own" if theirs else "mine"}
    kind = kinds.get(voice, "own" if theirs else "served")
    if kind == "served" and "customer" not in quote.note.kind.value:
        kind = "other"
    text: str = said[kind].format(day=teller.day(quote.day), quote=set_apart(quote))
    return text


def _own(teller: Teller) -> tuple[str, ...]:
    return (*teller.person.names, teller.person.role, teller.manager.name)


def _questions(plan: Plan, told: Collection[str], teller: Teller) -> Iterator[str]:
    """Open questions that name nobody and stand nowhere else in the copy; they are put to the person anyway."""
    yield from (q for q in plan.unknown if q not in told and is_grounded(q, (), _own(teller)))


def _left_out(plan: Plan, released: Collection[Quote]) -> int:
    quotes = {q for thread in plan.threads for part in _quoting(thread) for q in part}
    return len(quotes - {*released})


def _spoken(copy: SharedPlan) -> list[tuple[str, str]]:
    lines = [(line.label, line.text) for thread in copy.threads for line in thread if not line.open]
    return [*lines, *((offline_words("share")["questions"], question) for question in copy.questions)]


def _ear(shelf: Shelf, person: Person, plan: Plan, finder: Finder) -> Ear:
    """The person, and everybody else that the records name: other people, and who wrote a note the plan stands on."""
    others = [p for p in shelf.people.all() if p.id != person.id]
    names = {name for p in others for name in (*p.names, p.first_name)}
    for thread in plan.threads:
        for name in _witnesses(thread):
            names |= {name, *(() if name.startswith("the ") else (name.split()[0],))}
    own = {*person.names, person.first_name, shelf.account.name, *shelf.account.name.split()}

    def is_private(sentence: str) -> bool:
        note = Note(person.account_id, NoteId("words"), person.id, shelf.today, sentence)
        screening = finder.screen([note])[0]
        return screening.whole or bool(screening.spans)

    return Ear(person, (shelf.account.name, person.role), names - own, is_private)
