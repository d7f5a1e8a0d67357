"""What the desk brought, put into the form in which it is measured: nouns for facts, payloads for what is read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.desk import PersonDesk
from assistant.domain.account import Account
from assistant.domain.brief import Brief
from assistant.domain.event import Text
from assistant.domain.evidence import Evidence, Facet, Quote, Tense, Tier
from assistant.domain.note import NoteId
from assistant.domain.person import Person, fold_name
from assistant.domain.plan import LINKS, Plan, Section
from assistant.domain.profile import Profile, StatementStatus
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.question import Question
from assistant.evaluation.output import Citation, Claim, Facets, PersonOutput, Seen, Shown
from ui.contract.base import Payload
from ui.present import found, talks


def person_output(desk: PersonDesk, manager: Account) -> PersonOutput:
    """Everything for one person. The plan comes last: drafting it is the only step that writes."""
    profile, brief, six = desk.profile(), desk.brief(), desk.brief(six=True)
    evidence = [e for e in desk.evidence() if speaks(e)]
    promises = desk.promises()
    plan = desk.draft_plan()
    return PersonOutput(
        person_id=desk.person.id,
        names=frozenset({*desk.person.names, manager.name, *manager.name.split()}),
        owners=_owners(desk.person, manager),
        evidence=tuple(Claim(facet, _cited(e.quote), "evidence") for e in evidence if (facet := e.topic.facet)),
        claims=(*_profile_claims(profile), *_plan_claims(plan)),
        promises=tuple(_seen(p) for p in promises if p.state is PromiseState.OPEN and not p.is_quiet(desk.desk.today)),
        settled=tuple(_seen(p) for p in promises if p.state is not PromiseState.OPEN),
        facets=_facets(profile),
        questions=six.questions.questions,
        plan=plan,
        pieces={
            "three questions": _questions(brief, "brief"),
            "six questions": _questions(six, "six questions"),
            "whole brief": [*_questions(brief, "brief"), *_lines(brief)],
            "plan": [*_plan_pieces(plan)],
        },
        shown=(
            shown("brief", talks.prep(brief)),
            shown("six questions", talks.prep(six)),
            shown("plan", talks.plan(desk.person, plan)),
            shown("profile", found.profile(profile)),
        ),
    )


def speaks(evidence: Evidence) -> bool:
    """Whether a piece of evidence stands for a facet as something that holds today."""
    return evidence.topic.facet is not None and evidence.counts and evidence.tense is Tense.CURRENT


def shown(where: str, payload: Payload) -> Shown:
    """A payload as a manager reads it: all its words, all its citations."""
    body = payload.model_dump(mode="json")
    return Shown(where, "\n".join(words_in(body)), tuple(dict.fromkeys(citations_in(body))))


def words_in(body: Any) -> Iterator[str]:
    """Every string in a JSON document."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for part in body.values():
            yield from words_in(part)
    elif isinstance(body, list):
        for part in body:
            yield from words_in(part)


def citations_in(body: Any) -> Iterator[Citation]:
    """Every note that a JSON document names: quoted passages (`note_id`, `quote`), and bare lists of `note_ids`."""
    if isinstance(body, dict):
        if isinstance(body.get("quote"), str) and isinstance(body.get("note_id"), str):
            yield Citation(NoteId(body["note_id"]), body["quote"])
        yield from (Citation(NoteId(i)) for i in body.get("note_ids") or ())
        for part in body.values():
            yield from citations_in(part)
    elif isinstance(body, list):
        for part in body:
            yield from citations_in(part)


def pieces_of(body: object) -> Iterator[Shown]:
    """The parts of what a chat showed that stand on notes."""
    if isinstance(body, Text) and body.quotes:
        yield _piece("chat", body.text, body.quotes)
    elif isinstance(body, Question):
        yield _piece("chat", f"{body.text}\n{body.why}", body.quotes)
    elif isinstance(body, Brief):
        yield from (*_questions(body, "chat"), *_lines(body))
    elif isinstance(body, Plan):
        yield from _plan_pieces(body)


def _plan_pieces(plan: Plan) -> Iterator[Shown]:
    """Links and steps with what they cite, a step also with what its thread does; words cite nothing by themselves."""
    for thread in plan.threads:
        every = [q for section in LINKS for q in thread.link(section).quotes]
        for section in Section:
            part = thread.part(section)
            if isinstance(part, str):
                yield _piece("plan", part, ())
            else:
                yield _piece("plan", part.text, part.quotes if section.is_link else (*part.quotes, *every))


def _cited(quote: Quote) -> Citation:
    return Citation(quote.note.id, quote.text)


def _piece(where: str, text: str, quotes: Iterable[Quote]) -> Shown:
    return Shown(where, text, tuple(_cited(q) for q in quotes))


def _questions(brief: Brief, where: str) -> list[Shown]:
    return [_piece(where, q.text, q.quotes) for q in brief.questions.questions]


def _lines(brief: Brief) -> Iterator[Shown]:
    for told in brief.story:
        yield _piece("brief", told.text, told.quotes)
    for promise in (*brief.mine, *brief.theirs):
        yield _piece("brief", promise.what, promise.quotes)
    for line in (*brief.new, *brief.continuing, *brief.resolved, *brief.recognition):
        yield _piece("brief", line.text, line.quotes)


def _seen(promise: Promise) -> Seen:
    return Seen(promise.owner, promise.what, frozenset(q.note.id for q in promise.quotes), promise.due)


def _facets(profile: Profile) -> Facets:
    views = {facet: profile.view(facet) for facet in Facet}
    return Facets(
        {facet: view.state for facet, view in views.items()},
        {
            f: sum(s.status is StatementStatus.CURRENT for s in (*view.statements, *view.guesses))
            for f, view in views.items()
        },
    )


def _profile_claims(profile: Profile) -> Iterator[Claim]:
    for facet in Facet:
        for statement in profile.view(facet).statements:
            if statement.status is StatementStatus.CURRENT:
                yield from (Claim(facet, _cited(e.quote), "profile") for e in statement.evidence)


def _plan_claims(plan: Plan) -> Iterator[Claim]:
    for thread in plan.threads:
        links = {Facet.PASSION: thread.passion, Facet.TALENT: thread.talent, Facet.CUSTOMER_VALUE: thread.value}
        for facet, link in links.items():
            if link.tier is Tier.SUGGESTION:  # it says itself that it is only a hint
                continue
            yield from (Claim(facet, _cited(q), "plan") for q in link.quotes)


def _owners(person: Person, manager: Account) -> dict[str, Owner]:
    """Both people by every way to write them; a first name they share means the person."""
    theirs: Sequence[str] = (person.name, person.first_name, *person.aka)
    mine = (manager.name.split()[0], manager.name)
    return {**{fold_name(n): Owner.ME for n in mine}, **{fold_name(n): Owner.THEM for n in theirs}}
