"""What is done with a question: asked, put off, answered, found helpful or not; every step can be taken back."""

from dataclasses import replace

from assistant.desk import Desk
from assistant.domain.opinion import Opinion
from assistant.domain.pillar import Pillar
from assistant.errors import Invalid
from ui.web import show_forms, show_question
from ui.web.done import Done
from ui.web.place import Deed, Place
from ui.web.show import button, esc, notice

SHOWN = 90  # characters of a question in the word about it


def asked(desk: Desk, place: Place, deed: Deed) -> Done:
    """Mark it as asked, or as one to come back to."""
    later = deed.do == "later"
    pillar = next((each for each in Pillar if each == deed.said.get("pillar")), None)
    entry = desk.person(deed.to or place.person).asked(
        deed.id, later=later, words=deed.said.get("words", ""), pillar=pillar
    )
    if later:
        return Done(place, notice(f"It will come back: “{esc(entry.text)}”"))
    back = button("later", "Come back to it instead", id=deed.id, to=deed.to, words=entry.text)
    return Done(place, notice(f"Marked as asked; it rests for half a year: “{esc(entry.text)}”", back))


def answer(desk: Desk, place: Place, deed: Deed) -> Done:
    """Keep what was said to it."""
    said = deed.said.get("answer", "").strip()
    if not said:
        raise Invalid("There is no answer yet.", next="Write what was said, in a sentence.")
    entry = desk.person(place.person).asked(deed.id, answer=said)
    draft = show_forms.kept(f"answer:{place.person}:{deed.id}")
    return Done(place, notice(f"Kept under: “{esc(entry.text)}”{draft}"))


def rate(desk: Desk, place: Place, deed: Deed) -> Done:
    """Helpful, or not; one that was not makes room for another at once."""
    person = desk.person(deed.to or place.person)
    opinion = person.rate(deed.id, helpful=deed.do == "helpful", words=deed.said.get("words", ""))
    if opinion.helpful:
        return Done(place, notice(f"Good to know: “{esc(opinion.text)}”", _undo(opinion)))
    short = opinion.text if len(opinion.text) <= SHOWN else opinion.text[:SHOWN].rsplit(" ", 1)[0] + " …"
    said = f"Not suggested for {esc(person.person.first_name)} again: “{esc(short)}”"
    return Done(place, notice(said, _undo(opinion)) + show_question.instead(opinion))


def unrate(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take the word back."""
    opinion = desk.person(deed.to or place.person).unrate(deed.id)
    again = "" if opinion.helpful else " It may be suggested again."
    return Done(place, notice(f"Taken back.{again}"))


def instead(desk: Desk, place: Place, deed: Deed) -> Done:
    """Keep what it should have said."""
    person = desk.person(deed.to or place.person)
    before = next((o for o in person.opinions() if o.question_id == deed.id), None)
    opinion = person.rate(
        deed.id, helpful=False, instead=deed.said.get("text", ""), words=before.text if before else ""
    )  # fmt: skip
    draft = show_forms.kept(f"instead:{opinion.person_id}:{opinion.question_id}")
    coach = button("mask", "Share with a coach", id=opinion.question_id, to=opinion.person_id, slow=True)
    there = replace(place, item="" if place.note else place.item)
    if not opinion.instead:
        return Done(there, notice(f"Kept as not helpful.{draft}", _undo(opinion)))
    said = f"Kept. A coach reads it only if you share it, masked.{draft}"
    return Done(there, notice(said, coach + _undo(opinion)))


def _undo(opinion: Opinion) -> str:
    return button("unrate", "Undo", id=opinion.question_id, to=opinion.person_id)


DEEDS = {
    "asked": asked, "later": asked, "answer": answer, "helpful": rate, "unhelpful": rate, "unrate": unrate,
    "instead": instead,
}  # fmt: skip
