"""What is kept: people, notes, one-on-ones, imports, promises, each through the command line and back."""

from pathlib import Path

import pytest

from tests.ui.conftest import CASE, TODAY, Flourish
from ui.contract.schema import PAYLOADS
from ui.present import paper

NOTE = "She said: “I could do nothing but weld all day.”"


@pytest.fixture
def sam(flourish: Flourish) -> str:
    """The id of somebody in a fresh home."""
    said = flourish("people", "add", "Sam Okoro", "--role", "Welder", "--pronouns", "she", "--json")
    found: str = said.json["person"]["id"]
    return found


def test_somebody_is_added_changed_and_listed(flourish: Flourish, sam: str) -> None:
    changed = flourish("people", "edit", "sam", "--aka", "Sammy, S. Okoro", "--every", "14", "--json").json["person"]
    assert (changed["id"], changed["aka"], changed["cadence_days"]) == (sam, ["Sammy", "S. Okoro"], 14)
    assert changed["role"] == "Welder"
    row = flourish("people", "list", "--json").json["people"][0]
    assert (row["name"], row["notes"], row["last_met"]) == ("Sam Okoro", 0, None)
    assert "Sam Okoro" in flourish("people", "list").out


def test_an_id_is_never_cut_short_in_a_list_however_narrow_the_screen(
    flourish: Flourish, sam: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "_screen", lambda: 60)
    flourish("meeting", "sam", "plan", "2027-01-04")
    flourish("note", "add", "sam", "I promised her the new mask. She will bring the seam.", "--kind", "one_on_one")
    flourish("people", "edit", "sam", "--role", "Welder of pressure vessels and of whatever else comes in on a Friday")
    told = flourish("people", "list").out
    assert sam in told
    assert "Sam Okoro" in told


def test_an_empty_home_says_how_to_begin(flourish: Flourish) -> None:
    assert "flourish import PATH" in flourish("people", "list").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["people", "edit", "sam"], "--role"),
        (["people", "edit", "sam", "--pronouns", "xe"], "she, he, they"),
        (["people", "edit", "sam", "--every", "0"], "366"),
        (["people", "edit", "sam", "--every", "weekly"], "--every off"),
        (["meeting", "sam", "plan", "2026-06-20", "--question", "q0"], "prep --json"),
        (["note", "add", "sam", "words", "--sharing", "public"], "private, shareable"),
        (["note", "list", "sam", "--kind", "poem"], "one_on_one"),
        (["evidence", "list", "sam", "--state", "guilty"], "suggested, confirmed, rejected"),
        (["note", "add", "sam", "  "], "at least one sentence"),
        (["note", "add", "sam", "words", "--kind", "poem"], "one_on_one"),
        (["note", "add", "sam", "words", "--date", "9 June"], "YYYY-MM-DD"),
        (["note", "add", "sam", "words", "--date", "2031-01-01"], "2031-01-01"),
        (["note", "add", "nobody", "words"], "flourish people list"),
        (["meeting", "sam", "held"], "needs a day"),
        (["meeting", "sam", "held", "2031-01-01"], "2031-01-01"),
        (["promise", "add", "sam", " ", "--owner", "me"], "who does what"),
        (["search", " "], "flourish search"),
        (["search", "x", "--k", "0"], "1 to 200"),
        (["search", "x", "--since", "2026-06-02", "--until", "2026-06-01"], "Swap"),
        (["evidence", "adjust", "e1", "--topic", "luck"], "passion, talent"),
        (["plan", "sam", "sing"], "draft"),
        (["plan", "sam", "show"], "plan"),
        (["import", "/nowhere/at/all"], "/nowhere/at/all"),
        (["import", str(CASE), "--person", "Tom"], "written=ID"),
        (["import", "undo", "i9"], "i9"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_next_step(
    words: list[str], told: str, flourish: Flourish, sam: str
) -> None:
    said = flourish(*words, "--today", TODAY)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("flourish: ")
    assert told in said.err


def test_a_note_is_kept_word_for_word_changed_moved_and_deleted(flourish: Flourish, sam: str) -> None:
    other = flourish("people", "add", "Lena Dahl", "--json").json["person"]["id"]
    note = flourish("note", "add", "Sam", NOTE, "--today", TODAY, "--kind", "one-on-one", "--json").json["note"]
    assert (note["text"], note["date"], note["kind"], note["person_id"]) == (NOTE, TODAY, "one_on_one", sam)
    edited = flourish("note", "edit", note["id"], "--ai", "never", "--today", TODAY, "--json").json["note"]
    assert (edited["revision"], edited["ai"], edited["text"]) == (2, "never", NOTE)
    moved = flourish("note", "move", note["id"], "Lena", "--today", TODAY, "--json").json["note"]
    assert moved["person_id"] == other
    assert flourish("note", "list", "Sam", "--today", TODAY, "--json").json["notes"] == []
    assert flourish("note", "delete", note["id"], "--yes", "--today", TODAY, "--json").json["deleted"] == note["id"]
    assert flourish("note", "show", note["id"], "--today", TODAY, "--json").json["error"]["code"] == "unknown"


def test_a_note_is_read_from_the_pipe(flourish: Flourish, sam: str) -> None:
    said = flourish("note", "add", sam, "-", "--json", stdin="First line.\nSecond line — schön.\n")
    assert said.json["note"]["text"] == "First line.\nSecond line — schön.\n"


def test_nothing_is_deleted_without_somebody_to_ask(flourish: Flourish, sam: str) -> None:
    note = flourish("note", "add", sam, "Words.", "--json").json["note"]["id"]
    said = flourish("note", "delete", note)
    assert said.code == 1
    assert "--yes" in said.err
    assert flourish("note", "show", note).code == 0


@pytest.mark.parametrize(("answer", "kept"), [("y\n", False), ("n\n", True), ("\n", True)])
def test_somebody_who_watches_is_asked_before_a_note_goes(
    answer: str, kept: bool, flourish: Flourish, sam: str
) -> None:
    note = flourish("note", "add", sam, "Words.", "--json").json["note"]["id"]
    said = flourish("note", "delete", note, stdin=answer, watched=True)
    assert "for good? [y/N]" in said.err
    assert said.code == (1 if kept else 0)
    assert (flourish("note", "show", note).code == 0) is kept


def test_today_is_a_view_in_which_later_notes_do_not_exist(flourish: Flourish, imported: Path) -> None:
    def count(day: str) -> int:
        return len(
            flourish("note", "list", "d01", "--as", "dm1", "--today", day, "--json", home=imported).json["notes"]
        )

    assert 0 < count("2025-12-31") < count(TODAY) == 21
    said = flourish("note", "list", "d01", "--as", "dm1", "--today", TODAY, "--since", "2026-06-01", home=imported)
    assert "d01-" in said.out
    row = flourish("people", "list", "--as", "dm1", "--today", "2025-01-01", "--json", home=imported).json["people"][0]
    assert (row["notes"], row["last_met"]) == (0, None)


def test_a_one_on_one_is_planned_held_and_skipped(flourish: Flourish, sam: str) -> None:
    def meet(*words: str) -> tuple[str, str]:
        made = flourish("meeting", sam, *words, "--today", TODAY, "--json").json["meeting"]
        return made["date"], made["state"]

    assert meet("plan", "2026-06-20") == ("2026-06-20", "planned")
    assert meet("skip") == ("2026-06-20", "skipped")
    assert meet("held", "today") == (TODAY, "held")
    row = flourish("people", "list", "--today", TODAY, "--json").json["people"][0]
    assert (row["last_met"], row["next_planned"]) == (TODAY, None)
    assert [m["state"] for m in flourish("meeting", sam, "list", "--json").json["meetings"]] == ["held", "skipped"]


def test_a_promise_is_written_down_kept_and_opened_again(flourish: Flourish, sam: str) -> None:
    day = ("--today", TODAY)
    made = flourish("promise", "add", sam, "Order the mask", "--owner", "me", "--due", "2026-06-10", *day, "--json")
    promise = made.json["promise"]
    assert (promise["owner"], promise["due"], promise["overdue"], promise["state"]) == (
        "me",
        "2026-06-10",
        True,
        "open",
    )
    assert "overdue" in flourish("prep", sam, *day).out
    assert flourish("promise", "done", promise["id"], *day, "--json").json["promise"]["state"] == "done"
    assert flourish("prep", sam, *day, "--json").json["promises"]["mine"] == []
    assert flourish("promise", "reopen", promise["id"], *day, "--json").json["promise"]["state"] == "open"
    assert [p["what"] for p in flourish("promise", "list", sam, *day, "--json").json["promises"]] == ["Order the mask"]


def test_a_rhythm_says_what_is_due_and_late_until_it_is_off(flourish: Flourish, sam: str) -> None:
    def row() -> tuple[object, object]:
        found = flourish("people", "list", "--today", TODAY, "--json").json["people"][0]
        return found["due"], found["overdue_days"]

    flourish("meeting", sam, "held", "2026-06-01", "--today", TODAY)
    flourish("people", "edit", sam, "--cadence", "7")
    assert row() == ("2026-06-08", 7)
    assert "7 days late" in flourish("people", "list", "--today", TODAY).out
    listed = flourish("meeting", sam, "list", "--today", TODAY)
    assert "overdue by 7 days" in listed.out
    flourish("meeting", sam, "plan", "2026-06-18", "--today", TODAY)
    assert row() == ("2026-06-08", 0)
    flourish("people", "edit", sam, "--every", "off")
    assert row() == (None, 0)


def test_a_planned_day_that_passed_is_said_to_be_open(flourish: Flourish, sam: str) -> None:
    flourish("meeting", sam, "plan", "2026-06-10", "--today", "2026-06-09")
    assert "say held or skip" in flourish("meeting", sam, "list", "--today", TODAY).out
    said = flourish("meeting", sam, "list", "--today", TODAY, "--json").json
    assert (said["meetings"][0]["missed"], said["since"]["was_meeting"]) == (True, False)


def test_what_was_asked_is_listed_and_says_until_when_it_rests(flourish: Flourish, team: Path) -> None:
    said = {"home": team}
    day = ("--as", "dm1", "--today", TODAY)
    first, second = (q["id"] for q in flourish("prep", "d04", *day, "--json", **said).json["questions"][:2])
    assert "Mark one with" in flourish("asked", "d04", *day, **said).out
    flourish("meeting", "d04", "plan", TODAY, "--question", second, *day, **said)
    flourish("asked", "d04", first, "--answer", "The crane.", *day, **said)
    flourish("asked", "d04", second, "--later", *day, **said)
    entries = flourish("asked", "d04", *day, "--json", **said).json["asked"]
    assert [(e["question_id"], e["answer"], e["rests"]) for e in entries] == [
        (second, "", False), (first, "The crane.", True),
    ]  # fmt: skip
    chosen = flourish("meeting", "d04", "list", *day, "--json", **said).json["meetings"][-1]["questions"]
    assert [q["id"] for q in chosen] == [second, first]
    assert "not said which question" in flourish("asked", "d04", "--later", *day, **said).err


def test_an_edit_tells_what_it_took_and_the_older_words_stay(flourish: Flourish, team: Path) -> None:
    day = ("--as", "dm1", "--today", TODAY)
    found = flourish("evidence", "list", "d04", "--state", "suggested", *day, "--json", home=team).json["evidence"]
    item = found[-1]
    flourish("evidence", "confirm", item["id"], *day, home=team)
    assert [e["id"] for e in flourish("evidence", "list", "d04", "--state", "confirmed", *day, "--json",
                                      home=team).json["evidence"]] == [item["id"]]  # fmt: skip
    old = flourish("note", "show", item["note_id"], *day, "--json", home=team).json["note"]
    edited = flourish("note", "edit", old["id"], "--text", "Other words.", "--sharing", "shareable", *day, home=team)
    assert "You had confirmed" in edited.out
    assert item["quote"] in " ".join(edited.out.split())
    history = flourish("note", "show", old["id"], "--revisions", *day, "--json", home=team).json["revisions"]
    assert [(r["revision"], r["text"]) for r in history] == [(1, old["text"]), (2, "Other words.")]
    assert "revision 1, until" in flourish("note", "show", old["id"], "--revisions", *day, home=team).out
    late = flourish("note", "edit", old["id"], "--text", "Late.", "--revision", "1", *day, home=team)
    assert (late.code, "at revision 2" in late.err) == (1, True)
    asked = flourish("note", "delete", old["id"], *day, home=team, stdin="n\n", watched=True)
    assert asked.code == 1


def test_before_a_note_goes_it_is_said_what_it_carries(flourish: Flourish, team: Path) -> None:
    day = ("--as", "dm1", "--today", TODAY)
    asked = flourish("note", "delete", "d04-12", *day, home=team, stdin="n\n", watched=True)
    assert "It carries" in asked.err
    assert "1 one-on-one" in asked.err
    gone = flourish("note", "delete", "d04-12", "--yes", *day, "--json", home=team).json
    assert "meeting" in {item["kind"] for item in gone["lost"]}


def test_a_rejection_teaches_says_so_and_is_taken_back(flourish: Flourish, team: Path) -> None:
    day = ("--as", "dm1", "--today", TODAY)
    every = flourish("evidence", "list", "d04", *day, "--json", home=team).json["evidence"]
    assert len(every) > 1
    for item in every:
        done = flourish("evidence", "reject", item["id"], *day, "--json", home=team).json["evidence"]
        assert done["state"] == "rejected"
    told = " ".join(flourish("evidence", "list", "d04", *day, home=team).out.split())
    learnt = flourish("evidence", "list", "d04", *day, "--json", home=team).json["learnt"]
    assert learnt
    assert "is no longer suggested" in told
    for lesson in learnt:
        first = lesson["rejected"][0]["id"]
        assert f"flourish evidence reopen {first}" in told
        assert flourish("evidence", "reopen", first, *day, "--json", home=team).json["evidence"]["state"] == "suggested"
    assert flourish("evidence", "list", "d04", *day, "--json", home=team).json["learnt"] == []


def test_a_timeline_can_be_one_kind_and_names_where_others_notes_name_somebody(flourish: Flourish, team: Path) -> None:
    day = ("--as", "dm1", "--today", TODAY)
    some = flourish("note", "list", "d01", "--kind", "peer-feedback", *day, "--json", home=team).json
    assert {n["kind"] for n in some["notes"]} == {"peer_feedback"}
    whole = flourish("note", "list", "d01", *day, home=team).out
    assert "from a note about Tom Szymanski" in " ".join(whole.split())


def test_an_import_is_listed_and_taken_back(flourish: Flourish, tmp_path: Path) -> None:
    journal = tmp_path / "Sam Okoro.md"
    journal.write_text(
        "# Sam Okoro\n\n## 2026-05-04\n\nWelded the frame alone.\n\n## 2026-05-11\n\nAsked for the mask.\n"
    )
    report = flourish("import", str(journal), "--today", TODAY, "--json").json
    assert report["added"] == 2
    again = flourish("import", str(journal), "--today", TODAY, "--json").json
    assert (again["added"], again["files"][0]["known"]) == (0, 2)
    assert [i["id"] for i in flourish("import", "list", "--json").json["imports"]] == [report["id"]]
    assert flourish("import", "undo", report["id"], "--json").json["notes"] == 2
    assert flourish("people", "list", "--json").json["people"] == []


def test_days_that_could_be_two_are_read_as_the_flag_says_and_the_refusal_names_it(
    flourish: Flourish, tmp_path: Path
) -> None:
    home, file = tmp_path / "home", tmp_path / "book.txt"
    file.write_text("Rob Kilbride, 03/04/26\nSaw him turn round the guy with the frame.\n")
    refused = flourish("import", str(file), home=home)
    assert (refused.code, "--dates d/m/y" in refused.err) == (1, True)
    assert flourish("import", str(file), "--dates", "d/m/y", "--today", "2026-06-15", home=home).code == 0
    found = flourish("search", "frame", "--person", "Rob", "--today", "2026-06-15", "--json", home=home).json["hits"]
    assert [hit["date"] for hit in found] == ["2026-04-03"]


def test_an_ambiguous_name_lists_the_choices(flourish: Flourish, imported: Path) -> None:
    said = flourish("prep", "Tom", "--as", "dm1", "--today", TODAY, home=imported)
    assert said.code == 1
    assert "  d01  Tom Brandvold" in said.err
    assert "  d02  Tom Szymanski" in said.err
    error = flourish("prep", "Tom", "--as", "dm1", "--today", TODAY, "--json", home=imported).json["error"]
    assert error["code"] == "ambiguous_person"
    assert [c["id"] for c in error["choices"]] == ["d01", "d02"]


def test_two_people_become_one(flourish: Flourish, sam: str) -> None:
    flourish("people", "add", "Samantha Okoro", "--role", "Fitter")
    flourish("note", "add", "Samantha", "Welds overhead without a jig.", "--today", TODAY)
    merged = flourish("people", "merge", sam, "Samantha", "--today", TODAY, "--json").json["person"]
    assert merged["id"] == sam
    assert "Samantha Okoro" in merged["aka"]
    assert flourish("people", "list", "--json", "--today", TODAY).json["people"][0]["notes"] == 1


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("people", ["people", "list"]),
        ("note", ["note", "show", "d01-01"]),
        ("notes", ["note", "list", "d01"]),
        ("meetings", ["meeting", "d01", "list"]),
        ("imports", ["import", "list"]),
        ("search", ["search", "what gives energy"]),
        ("search", ["search", "what gives energy", "--person", "d01", "--k", "3"]),
        ("profile", ["profile", "d01"]),
        ("evidence_list", ["evidence", "list", "d01"]),
        ("note", ["note", "show", "d01-01", "--revisions"]),
        ("asked_list", ["asked", "d01"]),
        ("reindex", ["reindex"]),
        ("promises", ["promise", "list", "d01"]),
        ("prep", ["prep", "d01"]),
        ("prep", ["prep", "d05", "--six"]),
        ("doctor", ["doctor"]),
        ("path", ["path"]),
        ("error", ["prep", "nobody"]),
    ],
)
def test_what_a_command_writes_is_what_the_contract_says(
    payload: str, words: list[str], flourish: Flourish, imported: Path
) -> None:
    said = flourish(*words, "--as", "dm1", "--today", TODAY, "--json", home=imported)
    PAYLOADS[payload].model_validate_json(said.out)
    assert said.json["schema"] == 1
