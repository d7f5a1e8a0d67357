"""Search one account's notes, and let a model put what was found into order where somebody wants that."""

from dataclasses import replace
from datetime import date

from assistant.domain.account import AccountId
from assistant.domain.origin import RULES, Origin
from assistant.domain.person import Person
from assistant.domain.search import Found, Window
from assistant.errors import EngineUnavailable
from assistant.ports.model import Ranker
from assistant.ports.outside import NoteSearch
from assistant.ports.records import Records
from assistant.prompting import offline_words

LOOKS_AT = 30  # hits that a model is shown; what lies further down answers hardly ever


def search_notes(
    records: Records,
    account: AccountId,
    today: date,
    query: str,
    *,
    search: NoteSearch,
    person: Person | None = None,
    window: Window | None = None,
    limit: int = 10,
    ranker: Ranker | None = None,
) -> Found:
    """The best passages; ordered by a model only within one person's notes, since a prompt holds one person."""
    if ranker is None or person is None:
        with records.reading(account, today) as shelf:
            return search.find(shelf, query, person=person, window=window, limit=limit)
    with records.reading(account, today) as shelf:
        found = search.find(shelf, query, person=person, window=window, limit=max(limit, LOOKS_AT))
        readable = shelf.screenings.of([hit.note for hit in found.hits])
    try:
        found = ranker.rank(query, person, found, readable, today)
    except EngineUnavailable as error:
        says = offline_words("origin")["unranked"].format(why=error.message)
        found = replace(found, origin=Origin(RULES, says=says))
    return replace(found, hits=found.hits[:limit])
