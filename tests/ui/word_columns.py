"""Which columns of the records may hold words about somebody. Derived from the schema, so that a new one is noticed.

Every column of text, JSON or bytes is either planted with a canary before somebody is forgotten, or named here with the
reason why it holds no such words. What points at another table holds that table's ids and goes with its rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from sqlalchemy import JSON, Connection, LargeBinary, Table, Text, select, text

from assistant.domain.account import Role
from assistant.domain.check_in import Speaks
from assistant.domain.conversation import TurnStatus
from assistant.domain.evidence import EvidenceState, Tense, Topic, Witness
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.domain.own_card import CardKind
from assistant.domain.pending import PendingState
from assistant.domain.person import Pronouns
from assistant.domain.pillar import Pillar
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import Owner, PromiseKind, PromiseState, TellingKind
from assistant.domain.sign_in import By, Came
from assistant.domain.stage import Stage
from assistant.domain.understood import Intent
from assistant.domain.verdict import Decision, Scope, SubjectKind
from knowledge.records.tables import metadata

MADE = "an id that the program makes"
WHO_READ = "the name and version of what read it"
PART = "the name of a part of a plan: first_step, measure …"
SUBJECT = "the id of a shipped question, or a hash of the person and the words"
NO_WORDS: Mapping[str, type[Enum] | str] = {
    "account.id": "of whoever uses the program, not of somebody they lead",
    "account.name": "of whoever uses the program, not of somebody they lead",
    "account.roles": Role,
    "credential.hash": "of a password",
    "credential.stamp": "of a password",
    "sign_in.id": MADE,
    "sign_in.came": Came,
    "sign_in.by": By,
    "sign_in.device": "what a browser says it is, in words of ours",
    "sign_in.address": "of whoever uses the program",
    "meta.key": "what the home knows about itself",
    "meta.value": "its identity, its day, when it was backed up",
    "import_entry.id": MADE,
    "person.pronouns": Pronouns,
    "person.import_id": MADE,
    "note.kind": NoteKind,
    "note.ai": AiUse,
    "note.sharing": Sharing,
    "note.import_id": MADE,
    "note.fingerprint": "a hash of the person, the day and the words; it goes with the note",
    "note_vector.embedder": WHO_READ,
    "note_vector.data": "384 small numbers made of the words; they go with the note",
    "note_reading.reader": WHO_READ,
    "note_proposal.reader": WHO_READ,
    "person_reading.reader": WHO_READ,
    "person_reading.followed": WHO_READ,
    "screening.language": "en, de, es …",
    "screening.spans": "places in the note and ids of shipped topics",
    "screening.screen": WHO_READ,
    "evidence.id": "a hash of the note's id and the place",
    "evidence.topic": Topic,
    "evidence.witness": Witness,
    "evidence.tense": Tense,
    "evidence.cue": "the name of the rule that found it",
    "evidence.finder": WHO_READ,
    "verdict_on_evidence.topic": Topic,
    "verdict_on_evidence.state": EvidenceState,
    "promise.id": MADE,
    "promise.owner": Owner,
    "promise.state": PromiseState,
    "promise.finder": WHO_READ,
    "promise.kind": PromiseKind,
    "promise_quote.tells": TellingKind,
    "promise_quote.by": MADE,
    "own_card.id": MADE,
    "own_card.kind": CardKind,
    "own_card.pillar": Pillar,
    "own_card.text": "a question or a thought for anybody; a name in it goes with the mentions",
    "asked.pillar": Pillar,
    "meeting.id": MADE,
    "meeting.state": MeetingState,
    "meeting_question.question_id": SUBJECT,
    "meeting_promise.promise_id": MADE,
    "asked.question_id": SUBJECT,
    "opinion.question_id": SUBJECT,
    "plan.state": PlanState,
    "plan_state.state": PlanState,
    "plan_check_in.section": Section,
    "plan_check_in.speaks": Speaks,
    "pending.id": MADE,
    "pending.state": PendingState,
    "digest.mark": "a hash of which notes it was made of",
    "turn.id": MADE,
    "turn.conversation_id": MADE,
    "turn.status": TurnStatus,
    "turn.intent": Intent,
    "released.id": MADE,
    "released.kind": SubjectKind,
    "released.subject_id": SUBJECT,
    "released.part": PART,
    "released.pillar": Pillar,
    "released.stage": Stage,
    "released.engine": "rules, model or both",
    "coach_verdict.id": MADE,
    "coach_verdict.release_id": MADE,
    "coach_verdict.kind": SubjectKind,
    "coach_verdict.subject_id": SUBJECT,
    "coach_verdict.part": PART,
    "coach_verdict.pillar": Pillar,
    "coach_verdict.stage": Stage,
    "coach_verdict.decision": Decision,
    "coach_verdict.scope": Scope,
}
BESIDE = {  # tables that the database needs for the word index or for itself, by how their name begins
    "note_word": "planted",
    "note_fts": "the index over note_word, in its own coding; the files are searched for it",
    "sqlite_": "the database's own",
    "alembic_version": "the number of the schema",
    "spatial_ref_sys": "the database's own",
}
NOTHING_SAID = {  # names inside of JSON under which no words stand
    "id": "made", "kind": "a closed list", "type": "the name of a noun", "tier": "a closed list",
    "owner": "a closed list", "state": "closed lists, a rule and who read it", "due": "days", "own_words": "sections",
    "quotes": "places", "places": "places", "$quote": "a place", "$person": "an id", "scope": "an id",
    "before": "an id", "origin": "an engine, a prompt, a model, and shipped words about them", "settled_by_yes": "ids",
    "answered_by_yes": "ids",
}  # fmt: skip
_WORDS = (Text, JSON, LargeBinary)


def word_columns() -> list[str]:
    """Every `table.column` of the schema that can hold words and does not only point at another row."""
    return [f"{table.name}.{name}" for table in metadata.sorted_tables for name in _columns(table)]


def to_be_planted(connection: Connection) -> set[str]:
    """Those that need a canary."""
    words = "note_word.body" if connection.dialect.name == "sqlite" else "note_word.words"
    return {name for name in word_columns() if name not in NO_WORDS} | {words}


def holding(connection: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """Every column of any table in which one of these words stands in some row, with the words."""
    found: dict[str, set[str]] = {}
    for name in every_table(connection):
        if name.startswith("note_fts"):
            continue  # asked by words only; note_word is what it holds
        rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings()
        for column, value in ((column, value) for row in rows for column, value in row.items()):
            said = bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
            seen = said.encode("ascii", "replace").decode("unicode_escape", "replace") if "\\u" in said else said
            for word in words:
                if word.casefold() in said.casefold() or word.casefold() in seen.casefold():
                    found.setdefault(f"{name}.{column}", set()).add(word)
    return {column: sorted(words) for column, words in found.items()}


def every_table(connection: Connection) -> list[str]:
    """The tables that are there, whoever made them."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [str(row[0]) for row in connection.execute(text(query))]


def outside_of_closed_lists(connection: Connection) -> Iterator[str]:
    """Values that are none of those which the list above promises."""
    for column, kind in NO_WORDS.items():
        if isinstance(kind, str):
            continue
        table = metadata.tables[column.partition(".")[0]]
        nothing = table.c[column.partition(".")[2]].nullable
        known = {"", *(str(member.value) for member in kind)}
        for (value,) in connection.execute(select(table.c[column.partition(".")[2]])):
            for each in value if isinstance(value, list) else [value]:
                if str(each) not in known and not (each is None and nothing):
                    yield f"{column} holds {each!r}"


def _columns(table: Table) -> Iterator[str]:
    points = {column.name for key in table.foreign_key_constraints for column in key.columns}
    for column in table.columns:
        if isinstance(column.type, _WORDS) and column.name not in points:
            yield column.name
