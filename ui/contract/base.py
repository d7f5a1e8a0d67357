"""What every payload is made of: the version of the contract, and pieces that several payloads share."""

from datetime import date as Day
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.evidence import EvidenceState, Witness
from assistant.domain.person import Pronouns
from assistant.domain.promise import Owner, PromiseState, TellingKind


class Part(BaseModel):
    """Something inside a payload. A surplus key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Payload(Part):
    """One JSON document, with the version of this contract."""

    schema_: Literal[1] = 1

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.rstrip("_"),
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


class PersonRef(Part):
    """Whom a payload is about."""

    id: str
    name: str
    role: str
    pronouns: Pronouns


class Passage(Part):
    """A word-for-word quote with its place."""

    note_id: str
    date: Day
    quote: str


class WitnessedPassage(Passage):
    """A quote that speaks for a facet, and whose knowledge it rests on."""

    witness: Witness
    evidence_id: str
    state: EvidenceState


class Since(Part):
    """Since when things count as new; without a held one-on-one the last sixty days."""

    date: Day
    was_meeting: bool


class Choice(Part):
    """One of several things a name could have meant."""

    id: str
    name: str
    hint: str = ""


class TellingView(Passage):
    """What a note tells of how a promise stands, word for word.

    `until`: the new day, where it was moved or more time was asked for. `done` and `left`: how many, where the notes
    count. `replaced_by`: the id of the promise in its place.
    """

    tells: TellingKind
    until: Day | None
    done: int | None
    left: int | None
    replaced_by: str


class PromiseView(Part):
    """A promise; `owner` "me" is the manager. `carried_over_since`: the first one-on-one that passed with it open.

    `quiet`: it is open, and no note has spoken of it for half a year. `standing`: what notes tell of it beside its
    state, newest first: done in part, moved, more time asked for, done late, replaced, or merely spoken of. What
    `seems_done`, `seems_partly` or `seems_over` was pointed out by a model and closes nothing.
    """

    id: str
    person_id: str
    owner: Owner
    what: str
    made_on: Day
    due: Day | None
    overdue: bool
    overdue_since: Day | None
    quiet: bool = False
    carried_over_since: Day | None
    state: PromiseState
    note_ids: list[str]
    evidence: list[Passage]
    closed_by: Passage | None
    standing: list[TellingView] = []


class Failure(Part):
    """What went wrong, and what to do now."""

    code: str
    message: str
    next: str
    choices: list[Choice] | None = None


class ErrorPayload(Payload):
    """Any command that failed."""

    error: Failure
