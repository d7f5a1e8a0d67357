"""The JSON contract: the schemas in docs are these models, and the promised keys are there."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from ui.contract.records import NoteDeletedPayload
from ui.contract.schema import PAYLOADS, schemas

DOCS = Path(__file__).resolve().parents[2] / "docs" / "schema"
PROMISED = {
    "search": "weak hits",
    "search.hits": "note_id person_id date score quote",
    "search_batch_line": "id weak hits",
    "profile": "person passion talent customer_value weakest gaps",
    "profile.passion": "state statements",
    "profile.passion.statements": "text status evidence",
    "profile.passion.statements.evidence": "note_id quote date witness",
    "prep": "person promises new continuing resolved questions one_question avoid unknown origin",
    "prep.promises": "mine theirs",
    "prep.promises.mine": "id owner what due state note_ids",
    "prep.questions": "id text pillar why note_ids principle_id follow_up",
    "plan": "person version state threads unknown review_on origin",
    "plan.threads": "passion talent customer value first_step support measure gaps",
    "plan.threads.passion": "text evidence",
    "plan.threads.passion.evidence": "note_id quote date",
    "plan.threads.first_step": "text evidence owner due",
    "plan.threads.support": "text evidence owner due",
    "reply": "text person_id note_ids cards changes pending clarify declined unknown origin",
    "reply.cards": "id type body actions",
    "reply.changes": "kind person_id id before after undo",
    "reply.clarify": "person_id name",
    "error.error": "code message next choices",
}


def model_at(path: str) -> type[BaseModel]:
    name, *parts = path.split(".")
    found = PAYLOADS[name]
    for part in parts:
        inner = found.model_fields[part].annotation
        while not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            inner = inner.__args__[0]  # type: ignore[union-attr]
        found = inner
    return found


@pytest.mark.parametrize("path", PROMISED)
def test_the_keys_that_were_promised_are_there(path: str) -> None:
    assert set(PROMISED[path].split()) <= set(model_at(path).model_fields)


def test_the_schemas_in_docs_are_these_models() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.json")}
    assert len(written) > 20
    assert written == schemas(), "run `make schema`"


def test_every_payload_names_the_version_of_the_contract() -> None:
    given_out = {name: model for name, model in PAYLOADS.items() if name != "search_batch_query"}
    assert len(given_out) > 20
    for name, model in given_out.items():
        schema = model.model_json_schema(mode="serialization")
        assert schema["properties"]["schema"]["const"] == 1, name
        assert "schema" in schema["required"], name


def test_a_reader_may_meet_more_keys_but_we_never_write_one_by_mistake() -> None:
    assert all('additionalProperties": false' not in text for text in schemas().values())
    with pytest.raises(ValidationError):
        NoteDeletedPayload(deleted="n1", delted="n1")  # type: ignore[call-arg]
