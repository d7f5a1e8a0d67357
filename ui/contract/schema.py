"""All payloads by name, and their JSON Schemas as they stand in docs/schema."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ui.contract import base, chats, finds, home, measures, outs, plans, records, reviews, shelves, talks

PAYLOADS: dict[str, type[BaseModel]] = {
    "people": records.PeoplePayload,
    "people_check": records.MisfiledPayload,
    "person": records.PersonPayload,
    "note": records.NotePayload,
    "notes": records.NotesPayload,
    "note_deleted": records.NoteDeletedPayload,
    "meeting": records.MeetingPayload,
    "meetings": records.MeetingsPayload,
    "import": records.ImportPayload,
    "imports": records.ImportsPayload,
    "import_undone": records.ImportUndonePayload,
    "search": finds.SearchPayload,
    "search_batch_query": finds.BatchQuery,
    "search_batch_line": finds.BatchLine,
    "profile": finds.ProfilePayload,
    "evidence": finds.EvidencePayload,
    "evidence_list": finds.EvidenceListPayload,
    "promise": finds.PromisePayload,
    "promises": finds.PromisesPayload,
    "prep": talks.PrepPayload,
    "asked": talks.AskedPayload,
    "asked_list": talks.AskedListPayload,
    "opinion": talks.OpinionPayload,
    "opinions": talks.OpinionsPayload,
    "plan": talks.PlanPayload,
    "plan_versions": plans.PlanVersionsPayload,
    "plan_diff": plans.PlanDiffPayload,
    "plan_undone": plans.PlanUndonePayload,
    "plan_check": plans.PlanCheckPayload,
    "plan_export": plans.PlanExportPayload,
    "debrief": plans.DebriefPayload,
    "pending": plans.PendingPayload,
    "debrief_undone": plans.DebriefUndonePayload,
    "library": shelves.LibraryPayload,
    "own_card": shelves.OwnCardPayload,
    "reply": talks.ReplyPayload,
    "conversations": chats.ConversationsPayload,
    "conversation": chats.ConversationPayload,
    "conversation_renamed": chats.ConversationRenamedPayload,
    "conversation_deleted": chats.ConversationDeletedPayload,
    "review_masks": reviews.MaskedPayload,
    "review_released": reviews.ReleasedPayload,
    "review_withdrawn": reviews.WithdrawnPayload,
    "review_list": reviews.ReviewPayload,
    "review_verdict": reviews.VerdictPayload,
    "review_prompts": reviews.PromptsPayload,
    "export": outs.ExportPayload,
    "forgotten": outs.ForgottenPayload,
    "backup": outs.BackupPayload,
    "restored": outs.RestoredPayload,
    "account": home.AccountPayload,
    "accounts": home.AccountsPayload,
    "sign_ins": home.SignInsPayload,
    "doctor": home.DoctorPayload,
    "path": home.PathPayload,
    "demo": home.DemoPayload,
    "eval": measures.EvalPayload,
    "eval_saved": measures.EvalSavedPayload,
    "reindex": home.ReindexPayload,
    "error": base.ErrorPayload,
}


def schemas() -> dict[str, str]:
    """The JSON Schema of every payload as it stands in docs/schema, by file name."""
    found = {}
    for name, model in PAYLOADS.items():
        schema = model.model_json_schema(mode="validation" if model is finds.BatchQuery else "serialization")
        found[f"{name}.json"] = json.dumps(_open(schema), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return found


def write_schemas(folder: Path) -> None:
    """Write every schema, and remove those of payloads that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    found = schemas()
    for old in folder.glob("*.json"):
        if old.name not in found:
            old.unlink()
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")


def _open(schema: Any) -> Any:
    """The schema without "nothing else": more keys may come, and a reader should not break on them."""
    if isinstance(schema, dict):
        return {k: _open(v) for k, v in schema.items() if (k, v) != ("additionalProperties", False)}
    return [_open(part) for part in schema] if isinstance(schema, list) else schema
