"""A case folder small enough to know every right answer: two managers of a joinery, two people, six notes."""

import json
from pathlib import Path
from typing import Any

TODAY = "2026-06-15"
NOTES = (
    ("n1", "k1", "2026-05-04", "one_on_one", "Mara Lind",
     'Kim said: "I love fitting the old window frames." I promised to order the new chisels by the end of May.'),
    ("n2", "k1", "2026-05-20", "observation", "Mara Lind",
     "Kim showed the apprentice how to plane the oak door without being asked, and it closed at once."),
    ("n3", "k1", "2026-05-22", "customer_quote", "Mrs Dahl", "Since Kim fixed the sash our hall is warm again."),
    ("n4", "k1", "2026-06-01", "one_on_one", "Mara Lind", "Confidential: her blood test came back, she is worried."),
    ("n5", "k2", "2026-05-06", "one_on_one", "Otto Berg", "Jo drives the delivery round on his own now."),
    ("n6", "k2", "2026-05-09", "misc", "Otto Berg", "Jo sails on Sundays and never talks about anything else."),
)  # fmt: skip


def quoted(note: str, quote: str) -> dict[str, str]:
    return {"note_id": note, "quote": quote}


def stated(text: str, status: str, *evidence: dict[str, str]) -> dict[str, Any]:
    return {"statement": text, "status": status, "evidence": list(evidence), "against": []}


GOLD: list[dict[str, Any]] = [
    {
        "person_id": "k1",
        "passions": [stated("Fitting old windows", "current", quoted("n1", "I love fitting the old window frames."))],
        "talents": [stated("Shows others how", "current", quoted("n2", "showed the apprentice how to plane"))],
        "customer_value": [stated("Warm homes", "current", quoted("n3", "our hall is warm again"))],
        "actions": [{"status": "open", "owner": "Mara Lind", "due": "2026-05-31", "what": "Order new chisels",
                     "evidence": [quoted("n1", "I promised to order the new chisels")], "closed_by": []}],
        "sensitive": [{"note_id": "n4", "category": "health", "whole_note": True, "spans": []}],
        "pillar_status": {"passion": "known", "talent": "known", "value": "known"},
        "must_touch": [{"topic": "The chisels that Mara owes her", "note_ids": ["n1"]}],
        "must_not": [{"item": "The blood test", "note_ids": ["n4"]}],
    },
    {
        "person_id": "k2",
        "false_friends": [{"what": "Sailing", "evidence": [quoted("n6", "Jo sails on Sundays")]}],
        "pillar_status": {"passion": "unknown", "talent": "unknown", "value": "unknown"},
    },
]  # fmt: skip
QUERIES: list[dict[str, Any]] = [
    {"id": "q1", "scope": "person", "manager_id": "ma", "person_id": "k1", "asked_on": TODAY, "tags": ["action"],
     "query": "What tools do I still owe her?", "answerable": True, "relevant": {"n1": 3}},
    {"id": "q2", "scope": "team", "manager_id": "mb", "person_id": None, "asked_on": TODAY, "tags": [],
     "query": "Who drives the delivery round?", "answerable": True, "relevant": {"n5": 3, "n6": 1}},
    {"id": "q3", "scope": "person", "manager_id": "mb", "person_id": "k2", "asked_on": TODAY, "tags": ["no_answer"],
     "query": "What did the auditors write about the boiler?", "answerable": False, "relevant": {}},
]  # fmt: skip
CHATS: list[dict[str, Any]] = [
    {"id": "c1", "manager_id": "ma", "today": TODAY, "turns": [
        {"turn": 1, "manager": "prep Kim", "expect": [
            {"check": "resolves", "ids": ["k1"]}, {"check": "cites_any", "ids": ["n1", "n2"]},
            {"check": "cites_none", "ids": ["n4"]}, {"check": "mentions_none", "strings": ["blood"]},
            {"check": "fact", "what": "is short"}]},
        {"turn": 2, "manager": "note that the chisels are on the way", "expect": [
            {"check": "stores", "person_id": "k1", "what": "the chisels are on the way"}]},
    ]},
]  # fmt: skip


def write_case(folder: Path, **files: Any) -> Path:
    """Write the case; a keyword replaces the rows of a file (gold=[…]), or leaves the file out (gold=None)."""
    folder.mkdir(parents=True, exist_ok=True)
    people = {
        "today": TODAY,
        "managers": [{"id": "ma", "name": "Mara Lind"}, {"id": "mb", "name": "Otto Berg"}],
        "people": [
            {"id": "k1", "name": "Kim Okafor", "pronouns": "she", "role": "Joiner", "manager": "ma"},
            {"id": "k2", "name": "Jo Brandt", "pronouns": "he", "role": "Driver", "manager": "mb"},
        ],
    }
    (folder / "people.json").write_text(json.dumps(people), encoding="utf-8")
    names = ("id", "person_id", "date", "kind", "author", "text")
    rows: dict[str, Any] = {"notes": [dict(zip(names, note, strict=True)) for note in NOTES], "gold": GOLD,
                            "queries": QUERIES, "chats": CHATS} | files  # fmt: skip
    for name, lines in rows.items():
        if lines is not None:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def write_csv(folder: Path) -> None:
    """Mara's notes again as a table, and what must come back from it."""
    below = folder / "import"
    below.mkdir()
    own = [note for note in NOTES if note[1] == "k1"]
    rows = "".join(f'{day},Kim Okafor,{kind},{author},"{text.replace(chr(34), chr(34) * 2)}"\n'
                   for _, _, day, kind, author, text in own)  # fmt: skip
    (below / "team.csv").write_text(f"Date,Employee,Kind,Author,Note\n{rows}", encoding="utf-8")
    records = [{"note_id": note[0], "file": "team.csv", "date": note[2]} for note in own]
    told = {"managers": {"ma": {"csv": {"records": records}}}}
    (below / "expected.json").write_text(json.dumps(told), encoding="utf-8")
