"""search, profile, evidence: what the notes say, with day and note."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, group

if TYPE_CHECKING:
    from datetime import date

    from assistant.desk import Desk
    from assistant.domain.evidence import EvidenceState
    from ui.contract.finds import BatchQuery

MOST_HITS = 200


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    look = command(
        groups, "search", "Find the passages that answer a question, in one person's notes or in all.", search
    )
    look.add_argument("query", metavar="QUERY", nargs="*", help="a question or some words")
    look.add_argument("--person", metavar="PERSON", help="only in this person's notes")
    look.add_argument("--k", type=int, default=10, metavar="N", help="how many at most (10)")
    look.add_argument("--since", metavar="DATE")
    look.add_argument("--until", metavar="DATE")
    look.add_argument(
        "--with-model", action="store_true", help="let the model put one person's passages in order; takes its time"
    )
    look.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help="many at once: a line {id, query, person_id, as, today} in, a line {id, weak, hits} out; - for the pipe",
    )
    profile = command(
        groups, "profile", "What is known of somebody's passion, talent and customers, and what is not.", know
    )
    profile.add_argument("person", metavar="PERSON")
    evidence = group(groups, "evidence", "The quotes that speak for a facet, and your verdict on them.")
    every = command(evidence, "list", "All quotes found for one person, oldest first.", list_evidence)
    every.add_argument("person", metavar="PERSON")
    every.add_argument("--state", metavar="STATE", help="only those suggested, confirmed or rejected")
    yes = command(evidence, "confirm", "This quote shows what it is filed under.", confirm)
    yes.add_argument("evidence", metavar="ID")
    other = command(
        evidence, "adjust", "Confirm a quote for another topic, or with other words of the same note.", adjust
    )
    other.add_argument("evidence", metavar="ID")
    other.add_argument("--topic", required=True, metavar="TOPIC", help="passion, talent, customer_value, obstacle …")
    other.add_argument("--words", help="the words of the same note that show it")
    no = command(evidence, "reject", "This quote shows nothing of the kind; it is not used again.", reject)
    no.add_argument("evidence", metavar="ID")
    back = command(evidence, "reopen", "Take your verdict back; the quote is a suggestion again.", reopen)
    back.add_argument("evidence", metavar="ID")


def search(run: Run) -> None:
    """One search, or a whole file of them."""
    from assistant.domain.search import Window
    from assistant.errors import Invalid
    from ui.present import found, tell_found

    limit = run.args.k
    if not 1 <= limit <= MOST_HITS:
        raise Invalid(f"--k {limit} is not possible.", next=f"Ask for 1 to {MOST_HITS}.")
    if run.args.batch is not None:
        search_batch(run, limit)
        return
    query = " ".join(run.args.query).strip()
    if not query:
        raise Invalid("There is nothing to search for.", next="For example: flourish search 'what gives energy'.")
    since, until = run.day(run.args.since), run.day(run.args.until)
    window = Window(since, until) if since or until else None
    person = run.desk.person(run.args.person).person.id if run.args.person else None
    answer = run.desk.search(query, person=person, window=window, limit=limit, with_model=run.args.with_model)
    run.show(found.search(query, person, answer), tell_found.search)


def search_batch(run: Run, limit: int) -> None:
    """Every line is read and every name checked before the first answer is written."""
    from ui.present import found

    queries = list(read_batch(run.args.batch))
    desks: dict[tuple[str | None, date | None], Desk] = {}
    for query in queries:
        key = (query.as_, query.today)
        if key not in desks:
            desks[key] = run.house.desk(run.house.account(query.as_ or run.named), query.today)
    people = {key: {row.person.id for row in desk.people()} for key, desk in desks.items()}
    for query in queries:
        key = (query.as_, query.today)
        if query.person_id and query.person_id not in people[key]:
            desks[key].person(query.person_id)
    for query in queries:
        desk = desks[query.as_, query.today]
        answer = desk.search(query.query, person=query.person_id or None, limit=limit, with_model=run.args.with_model)
        print(found.batch_line(query.id, answer).model_dump_json())


def read_batch(name: str) -> "Iterator[BatchQuery]":
    """The queries of a file, in order.

    Raises:
        Invalid: The file cannot be read, or a line is no query; the error names the line.
    """
    from pydantic import ValidationError

    from assistant.errors import Invalid
    from ui.contract.finds import BatchQuery

    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()
        lines = raw.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise Invalid(f"{name} cannot be read ({error.strerror}).", next="Check the name.") from error
    except UnicodeDecodeError:
        raise Invalid(f"{name} is not UTF-8 text.", next="Save it as UTF-8 and try again.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            query = BatchQuery.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise Invalid(
                f"Line {number} of {name} is no query: {where + ': ' if where else ''}{first['msg']}.",
                next='A line looks like {"id": "1", "query": "…", "person_id": null}.',
            ) from None
        if not query.query.strip():
            raise Invalid(f"Line {number} of {name} asks nothing.", next="Give it a query.")
        yield query


def know(run: Run) -> None:
    """The profile of one person."""
    from ui.present import found, tell_found

    run.show(found.profile(run.person.profile()), tell_found.profile)


def list_evidence(run: Run) -> None:
    """All evidence on one person."""
    from assistant.domain.evidence import EvidenceState
    from ui.commands.people import one_of
    from ui.present import found, tell_found

    state = one_of(EvidenceState, run.args.state, "state") if run.args.state is not None else None
    person = run.person
    run.show(found.evidence_list(person.person, person.evidence(state), person.learnt()), tell_found.evidence_list)


def confirm(run: Run) -> None:
    """Say yes to evidence."""
    from assistant.domain.evidence import EvidenceState

    _judged(run, EvidenceState.CONFIRMED)


def reject(run: Run) -> None:
    """Say no to evidence."""
    from assistant.domain.evidence import EvidenceState

    _judged(run, EvidenceState.REJECTED)


def reopen(run: Run) -> None:
    """Take a verdict back."""
    from assistant.domain.evidence import EvidenceState

    _judged(run, EvidenceState.SUGGESTED)


def adjust(run: Run) -> None:
    """Confirm evidence as something else."""
    from assistant.domain.evidence import Topic
    from ui.commands.people import one_of
    from ui.present import found, tell_found

    topic = one_of(Topic, run.args.topic, "topic")
    item = run.desk.adjust_evidence(run.args.evidence, topic=topic, words=run.args.words)
    run.show(found.evidence(item), tell_found.evidence)


def _judged(run: Run, state: "EvidenceState") -> None:
    from ui.present import found, tell_found

    item = run.desk.judge_evidence(run.args.evidence, state)
    run.show(found.evidence(item), tell_found.evidence)
