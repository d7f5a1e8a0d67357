"""Everything on record about one person as a page to read: plain HTML, no script, nothing fetched from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.desk import PersonDesk
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.exported import Exported
from assistant.domain.note import Note
from assistant.domain.plan import Link, Plan, Section, Step
from assistant.domain.promise import Owner, Promise, Telling
from ui.standing import says

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "article{border-top:1px solid #ccc;padding:.5rem 0}p.words{white-space:pre-wrap}small{color:#555}"
)

_STEPS = {
    Section.FIRST_STEP: "First step", Section.SECOND_STEP: "Second step", Section.THIRD_STEP: "Third step",
    Section.SUPPORT: "Support",
}  # fmt: skip


def page(desk: PersonDesk, exported: Exported) -> str:
    """The page of one person; `desk` should look from the end of all days, so that nothing is left out."""
    person = desk.person
    parts = [
        f"<h1>{escape(person.name)}</h1>",
        f"<p>Everything that {escape(exported.account_name)} keeps on record about {escape(person.name)}.</p>",
        _section("Who", _details(desk)),
        _section("Notes", _notes(desk.notes(), _by_note(exported, "note_revision"))),
        _section("What was found in them", map(_found, desk.evidence())),
        _section("Promises", (_promise(p, person.name) for p in desk.promises())),
        _section("Asked of you", (_promise(p, person.name) for p in desk.requests())),
        _section("One-on-ones", (f"{m.day.isoformat()}: {escape(m.state.value)}" for m in desk.meetings())),
        _section("Questions asked", _asked(exported, person.id)),
        _section("Development plans", map(_plan, desk.plans())),
        _section(
            "Named in notes about others",
            (
                f"{note.day.isoformat()}, note {escape(note.id)}: {escape(words)}"
                for note, words in desk.every_mention()
            ),
        ),
    ]
    title = escape(person.name)
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    head += f"<style>{_STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _section(title: str, entries: Iterable[str]) -> str:
    told = "".join(f"<article>{entry}</article>" for entry in entries)
    return f"<section><h2>{title}</h2>{told or '<p>Nothing.</p>'}</section>"


def _details(desk: PersonDesk) -> Iterable[str]:
    person = desk.person
    for label, value in (
        ("Id", person.id),
        ("Also written", ", ".join(person.aka)),
        ("Pronouns", person.pronouns.value),
        ("Role", person.role),
        ("Here since", person.start.isoformat() if person.start else ""),
        ("Whom the work serves", person.customers),
        ("Days between one-on-ones", str(person.cadence_days or "")),
    ):
        if value:
            yield f"<small>{label}</small> {escape(value)}"


def _notes(notes: Sequence[Note], revisions: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterable[str]:
    for note in notes:
        head = [note.day.isoformat(), note.kind.words, note.author, f"note {note.id}", note.sharing.value]
        if note.ai.value == "never":
            head.append("the assistant builds nothing on it")
        told = f"<small>{escape(', '.join(filter(None, head)))}</small><p class='words'>{escape(note.text)}</p>"
        for older in revisions.get(note.id, ()):
            when = escape(str(older["replaced_at"])[:10])
            words = f"<p class='words'>{escape(older['text'])}</p>"
            told += f"<details><summary>As written until {when}</summary>{words}</details>"
        yield told


def _found(item: Evidence) -> str:
    head = f"{item.topic.value.replace('_', ' ')}, {item.state.value}, by {item.witness.value}"
    return f"<small>{escape(head)}</small> {_quote(item.quote)}"


def _promise(promise: Promise, name: str) -> str:
    owner = "You" if promise.owner is Owner.ME else name
    due = f", due {promise.due.isoformat()}" if promise.due else ""
    told = "; ".join(map(_quote, promise.quotes))
    closed = f" Closed by {_quote(promise.closed_by)}" if promise.closed_by else ""
    head = f"{escape(owner)}: {escape(promise.what)} ({promise.state.value}, {promise.made_on.isoformat()}{due})"
    standing = "".join(f" {_stands(telling)}" for telling in promise.standing)
    return f"{head} {told}{closed}{standing}"


def _stands(told: Telling) -> str:
    until = told.until.isoformat() if told.until else ""
    return f"{says(told.kind, until, told.done, told.left).capitalize()}: {_quote(told.quote)}"


def _asked(exported: Exported, person_id: str) -> Iterable[str]:
    for row in exported.tables.get("asked", ()):
        if row["person_id"] == person_id:
            answer = f" <small>Answer:</small> {escape(row['answer'])}" if row["answer"] else ""
            yield f"{escape(row['day'])}: {escape(row['text'])}{answer}"


def _plan(plan: Plan) -> str:
    told = [f"<h3>Version {plan.version}, {plan.state.value}, {plan.day.isoformat()}</h3>"]
    for thread in plan.threads:
        for name, link in (
            ("Passion", thread.passion),
            ("Talent", thread.talent),
            ("Customer", thread.customer),
            ("What gets better", thread.value),
        ):
            told.append(f"<p><small>{name}</small> {_link(link)}</p>")
        for section, step in thread.steps.items():
            told.append(f"<p><small>{_STEPS[section]}</small> {_step(step)}</p>")
        for words in (thread.goal, thread.measure, thread.sentence, thread.obstacle, thread.move, thread.watch_out):
            if words:
                told.append(f"<p>{escape(words)}</p>")
    told += [f"<p><small>Not known</small> {escape(question)}</p>" for question in plan.unknown]
    told.append(f"<small>To be looked at on {plan.review_on.isoformat()}. Words by {escape(str(plan.origin))}.</small>")
    return "".join(told)


def _link(link: Link) -> str:
    return f"{escape(link.text or link.question)} {'; '.join(map(_quote, link.quotes))}"


def _step(step: Step) -> str:
    who = "you" if step.owner is Owner.ME else "they"
    other = f"; {escape(step.who)} is to be asked" if step.who else ""
    return f"{escape(step.text)} ({who}, by {step.due.isoformat()}{other})"


def _quote(quote: Quote) -> str:
    return f"<q>{escape(quote.text)}</q> <small>({escape(quote.note.id)}, {quote.day.isoformat()})</small>"


def _by_note(exported: Exported, table: str) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in exported.tables.get(table, ()):
        found.setdefault(row["note_id"], []).append(row)
    return found
