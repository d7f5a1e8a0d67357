"""What a person reads on a terminal: every quote with day and note, gaps in place, nothing wider than the screen."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.ui.conftest import CASE, TODAY, Flourish
from ui.contract.base import Passage, PersonRef
from ui.contract.finds import ProfilePayload
from ui.contract.talks import PlanPayload, PrepPayload
from ui.present import tell_found, tell_prep
from ui.present.paper import ago, columns, sources, wrapped

NOTES = {n["id"]: n for n in map(json.loads, (CASE / "notes.jsonl").read_text(encoding="utf-8").splitlines())}
PLACE = re.compile(r"(d\d\d-\d\d), (\d+ \w{3} \d{4})")


def read(flourish: Flourish, home: Path, *words: str) -> str:
    said = flourish(*words, "--as", "dm1", "--today", TODAY, home=home)
    assert said.code == 0, said.err
    return said.out


@pytest.mark.parametrize(
    "words", [("prep", "d04"), ("profile", "d04"), ("search", "what gives energy", "--person", "d04")]
)
def test_every_source_is_a_note_with_its_day(words: tuple[str, ...], flourish: Flourish, imported: Path) -> None:
    places = PLACE.findall(" ".join(read(flourish, imported, *words).split()))
    assert len(places) > 3
    for note_id, day in places:
        written = date.fromisoformat(NOTES[note_id]["date"])
        assert day == f"{written.day} {written:%b %Y}"
        assert note_id.startswith("d04-")


@pytest.mark.parametrize("words", [("prep", "d01"), ("profile", "d02"), ("note", "list", "d03"), ("people", "list")])
def test_nothing_is_wider_than_the_screen(
    words: tuple[str, ...], flourish: Flourish, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns_wide in (60, 80, 200):
        monkeypatch.setenv("COLUMNS", str(columns_wide))
        longest = max(map(len, read(flourish, imported, *words).splitlines()))
        assert 30 < longest <= min(columns_wide, 120 if words[0] == "people" else 80)


def test_the_brief_opens_with_name_and_day_and_marks_the_one_question(flourish: Flourish, imported: Path) -> None:
    text = read(flourish, imported, "prep", "d01")
    assert text.startswith("Tom Brandvold: one-on-one, Monday 15 June 2026\n")
    assert text.count("★ if you ask only one") == 1
    brief = PrepPayload.model_validate(
        flourish("prep", "d01", "--as", "dm1", "--today", TODAY, "--json", home=imported).json
    )
    flat = " ".join(text.split())
    assert len(brief.questions) == 3
    for question in brief.questions:
        assert question.text in flat
        assert f"Why: {question.why}" in flat


def test_six_questions_are_six(flourish: Flourish, imported: Path) -> None:
    assert "SIX QUESTIONS" in read(flourish, imported, "prep", "d01", "--six")


def test_prep_changes_nothing_and_says_the_same_twice(flourish: Flourish, imported: Path) -> None:
    assert read(flourish, imported, "prep", "d03", "--json") == read(flourish, imported, "prep", "d03", "--json")


def test_an_asked_question_rests(flourish: Flourish, team: Path) -> None:
    as_me = ("--as", "dm1", "--today", TODAY)
    first = flourish("prep", "d01", *as_me, "--json", home=team).json["questions"][0]["id"]
    entry = flourish("asked", "d01", first, "--answer", "The shed door.", *as_me, "--json", home=team).json
    assert (entry["question_id"], entry["answer"], entry["rests_until"]) == (first, "The shed door.", "2026-12-15")
    after = flourish("prep", "d01", "--six", *as_me, "--json", home=team).json["questions"]
    assert first not in {q["id"] for q in after}
    later = flourish("asked", "d01", after[0]["id"], "--later", *as_me, home=team)
    assert "It will come back." in later.out
    wrong = flourish("asked", "d01", "q0", *as_me, home=team)
    assert wrong.code == 1


def test_a_plan_is_a_thread_with_its_gaps_in_place(flourish: Flourish, team: Path) -> None:
    as_me = ("--as", "dm1", "--today", TODAY)
    plan = PlanPayload.model_validate(flourish("plan", "d05", "draft", *as_me, "--json", home=team).json)
    assert (plan.version, plan.state) == (1, "draft")
    thread = plan.threads[0]
    assert "customer" in thread.gaps, "nobody this person serves is named in the notes"
    text = flourish("plan", "d05", "show", *as_me, home=team).out
    assert "? Customer (gap): " in text
    assert f"Ask: {thread.customer.question}" in " ".join(text.split())
    assert flourish("plan", "draft", "d05", *as_me, "--json", home=team).json["version"] == 2


def test_a_verdict_on_evidence_is_kept(flourish: Flourish, team: Path) -> None:
    as_me = ("--as", "dm1", "--today", TODAY)
    every = flourish("evidence", "list", "d01", *as_me, "--json", home=team).json["evidence"]
    one, other, third = (item["id"] for item in every[:3])
    assert flourish("evidence", "confirm", one, *as_me, "--json", home=team).json["evidence"]["state"] == "confirmed"
    assert "will not be used" in flourish("evidence", "reject", other, *as_me, home=team).out
    moved = flourish("evidence", "adjust", third, "--topic", "obstacle", *as_me, "--json", home=team).json["evidence"]
    assert (moved["topic"], moved["state"]) == ("obstacle", "confirmed")
    states = {
        i["id"]: i["state"] for i in flourish("evidence", "list", "d01", *as_me, "--json", home=team).json["evidence"]
    }
    assert (states[one], states[other]) == ("confirmed", "rejected")


def test_a_quote_the_sentence_holds_is_named_and_another_is_quoted() -> None:
    held = Passage(note_id="n1", date=date(2026, 6, 2), quote="too\nslow")
    other = Passage(note_id="n2", date=date(2026, 6, 9), quote="fast")
    assert sources([held, other], 2, said="She said “too slow” twice.") == [
        "  » n1, 2 Jun 2026",
        "  “fast” (n2, 9 Jun 2026)",
    ]


def test_a_brief_without_notes_is_short_and_says_what_is_missing() -> None:
    empty = {"date": "2026-04-16", "was_meeting": False}
    brief = PrepPayload(
        person=PersonRef(id="p", name="Sol Ray", role="", pronouns="they"), today=date(2026, 6, 15), since=empty,
        thin=True, stage="FIR", promises={"mine": [], "theirs": []}, new=[], continuing=[], resolved=[],
        recognition=[], questions=[], one_question="", avoid=[], unknown=["There is no note yet."], near=[],
        origin="offline",
        written_by={"engine": "offline", "prompt": "", "model": "", "note_ids": [], "says": ""},
    )  # type: ignore[arg-type]  # fmt: skip
    assert tell_prep.prep(brief).splitlines() == [
        "Sol Ray: one-on-one, Monday 15 June 2026",
        "no one-on-one in the notes yet, so this looks back to 16 Apr 2026",
        "",
        "NOT SETTLED YET",
        "  - There is no note yet.",
    ]


def test_lines_hang_below_their_mark_and_keep_their_paragraphs() -> None:
    assert wrapped("one\ntwo", 2, mark="- ") == "  - one\n    two"


def test_a_table_leaves_empty_columns_out_and_takes_brackets_for_words() -> None:
    table = columns([("a1", "[bold]Ann", ""), ("a2", "Bo", "")], ("id", "name", "next"))
    assert [line.split() for line in table.splitlines()] == [["id", "name"], ["a1", "[bold]Ann"], ["a2", "Bo"]]


@pytest.mark.parametrize(
    ("days", "told"), [(0, "today"), (1, "yesterday"), (12, "12 days ago"), (90, "3 months ago"), (-1, "tomorrow")]
)
def test_how_long_ago_in_words(days: int, told: str) -> None:
    today = date(2026, 6, 15)
    assert ago(date.fromordinal(today.toordinal() - days), today) == told


def test_a_profile_reads_through_where_nothing_is_sure_and_something_may_point_to_it(
    flourish: Flourish, imported: Path
) -> None:
    profile = _profile_of("d02", flourish, imported)
    told = profile.talent.model_copy(update={"statements": []})
    text = tell_found.profile(profile.model_copy(update={"talent": told}))
    assert "May point to it" in text
    assert all(guess.text.split()[-1] in text for guess in told.may_point_to_it)


def test_what_speaks_against_a_statement_stands_under_it_and_under_no_other(flourish: Flourish, imported: Path) -> None:
    profile = _profile_of("d02", flourish, imported)
    against = profile.passion.statements[0].evidence
    disputed = profile.talent.statements[0].model_copy(update={"against": against})
    for guesses in (profile.talent.may_point_to_it, []):
        told = profile.talent.model_copy(update={"statements": [disputed], "may_point_to_it": guesses})
        text = tell_found.profile(profile.model_copy(update={"talent": told}))
        assert text.count("Against it:") == 1
        assert not guesses or text.index("Against it:") < text.index("May point to it")


def _profile_of(person_id: str, flourish: Flourish, imported: Path) -> ProfilePayload:
    said = flourish("profile", person_id, "--as", "dm1", "--today", TODAY, "--json", home=imported)
    profile = ProfilePayload.model_validate(said.json)
    assert profile.talent.statements
    assert profile.talent.may_point_to_it
    return profile
