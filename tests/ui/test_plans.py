"""A plan's life and a debrief from the command line, over the sample team."""

from pathlib import Path

import pytest

from tests.ui.conftest import TODAY, Flourish
from ui.contract.schema import PAYLOADS

TOLD = (
    "Good talk in the truck. He put the half page on paper: what we'd get out of the sensor, I read it twice. "
    '"I like it when the number on the screen is true," he said. I will ask Orrin for a second sight glass by Friday.'
)
WHO = ("--as", "dm1", "--today", TODAY)


@pytest.fixture
def tom(flourish: Flourish, team: Path) -> Path:
    """A home in which Tom Szymanski has a plan."""
    assert flourish("plan", "d02", "draft", *WHO, home=team).code == 0
    return team


def test_a_plan_goes_through_its_life(flourish: Flourish, tom: Path) -> None:
    def plan(*words: str) -> dict:  # type: ignore[type-arg]
        said = flourish("plan", "d02", *words, *WHO, "--json", home=tom)
        assert said.code == 0, said.out
        return dict(said.json)

    assert plan("revise", "step", "make", "it", "smaller")["version"] == 2
    own = plan("revise", "measure", "--own", "The school's line stays quiet for a month")
    assert own["threads"][0]["own_words"] == ["measure"]
    assert plan("show", "--version", "1")["version"] == 1
    assert plan("agree")["state"] == "agreed"
    assert (plan("start")["state"], plan("undo")["plan"]["state"]) == ("active", "agreed")
    (changed,) = [c for c in plan("diff", "2", "3")["changes"] if c["section"]]
    assert changed["after"] == "The school's line stays quiet for a month"
    assert [v["version"] for v in plan("versions")["versions"]] == [1, 2, 3]
    check = plan("checkin", "The half page is written and on my desk.")
    assert check["note_id"]
    assert {each["speaks"] for each in check["check_ins"]} <= {"for", "against", "not at all"}
    for name, payload in (("plan_check", check), ("plan_diff", plan("diff")), ("plan_versions", plan("versions"))):
        assert PAYLOADS[name].model_validate(payload)


def test_a_plan_whose_review_has_passed_says_so_wherever_it_is_shown(flourish: Flourish, tom: Path) -> None:
    flourish("plan", "d02", "agree", *WHO, home=tom)
    late = ("--as", "dm1", "--today", "2026-09-20")
    said = flourish("plan", "d02", "show", *late, home=tom).out
    assert "!! It was to be looked at on 11 September." in said
    assert "!!" not in flourish("plan", "d02", "show", *WHO, home=tom).out
    assert len(flourish("plan", "d02", "show", *late, "--json", home=tom).json["stale"]) >= 1


def test_what_a_manager_types_is_no_markup_in_the_markdown(flourish: Flourish, tom: Path) -> None:
    flourish("plan", "d02", "revise", "measure", "--own", "[x](http://h) <b>now</b> # `y`", *WHO, home=tom)
    for more in ((), ("--share",)):
        text = flourish("plan", "d02", "export", *more, *WHO, "--json", home=tom).json["markdown"]
        assert "\\[x\\](http://h) \\<b\\>now\\</b\\> \\# \\`y\\`" in text


def test_a_share_copy_is_written_once_and_holds_no_private_passage(
    flourish: Flourish, tom: Path, tmp_path: Path
) -> None:
    whole = flourish("plan", "d02", "export", *WHO, "--json", home=tom).json
    file = tmp_path / "copy.md"
    shared = flourish("plan", "d02", "export", "--share", "--to", str(file), *WHO, "--json", home=tom).json
    assert file.read_text() == shared["markdown"]
    threads = flourish("plan", "d02", "show", *WHO, "--json", home=tom).json["threads"]
    parts = ("passion", "talent", "customer", "value", "first_step")
    quoted = [passage["quote"] for t in threads for part in parts for passage in t[part]["evidence"]]
    assert quoted
    assert all(quote in whole["markdown"].replace("\\", "") for quote in quoted)
    assert not any(quote in shared["markdown"] for quote in quoted)
    assert "Dahlke" not in shared["markdown"]
    again = flourish("plan", "d02", "export", "--to", str(file), *WHO, home=tom)
    assert (again.code, "is there already" in again.err) == (1, True)
    told = flourish("plan", "d02", "export", "--share", *WHO, home=tom).out
    assert "READ IT ALOUD" in told
    assert "--sharing shareable" in " ".join(told.split())


def test_the_managers_part_that_is_not_settled_yet_asks_in_a_whole_sentence(flourish: Flourish, tom: Path) -> None:
    shared = flourish("plan", "d02", "export", "--share", *WHO, "--json", home=tom).json["markdown"]
    part = next(line for line in shared.splitlines() if "What I do for it" in line)
    assert part.split("**: ")[1].startswith("To be agreed by")
    assert part.endswith("tell me what you need from me for it.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fly"], "cannot 'fly'"),
        (["revise"], "which section"),
        (["revise", "measure"], "how it should be"),
        (["revise", "sausage", "smaller"], "no section"),
        (["revise", "measure", "smaller", "--own", "x"], "two changes"),
        (["revise", "passion", "something about rockets"], "no other passion"),
        (["revise", "measure", "another", "--thread", "2"], "no thread 2"),
        (["agree", "now"], "takes no more words"),
        (["start"], "does not become active"),
        (["diff", "1"], "two versions"),
        (["diff"], "none before it"),
        (["show", "--version", "9"], "no version 9"),
        (["revise", "first_step", "--due", "2027-01-01"], "out of reach"),
    ],
)
def test_what_cannot_be_done_says_what_can(flourish: Flourish, tom: Path, words: list[str], says: str) -> None:
    said = flourish("plan", "d02", *words, *WHO, home=tom)
    assert said.code == 1
    assert says in said.err
    assert said.err.count("\n") == 1 or "no section" in said.err


def test_a_debrief_waits_is_confirmed_and_undone_from_the_terminal(flourish: Flourish, tom: Path) -> None:
    told = flourish("debrief", "d02", "-", *WHO, "--json", home=tom, stdin=TOLD).json
    assert PAYLOADS["debrief"].model_validate(told)
    assert (told["kept"], told["state"]) == (True, "waiting")
    numbers = [i["number"] for k in ("evidence", "promises", "settled", "answers", "check_ins") for i in told[k]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(i["passage"]["quote"] in TOLD for k in ("evidence", "promises", "settled") for i in told[k])
    listed = flourish("pending", "list", *WHO, "--json", home=tom).json["pending"]
    assert [each["pending"] for each in listed] == [told["pending"]]
    assert "Yes to all of it" in flourish("pending", "list", *WHO, home=tom).out
    done = flourish("pending", "confirm", told["pending"], "--without", "1", *WHO, "--json", home=tom).json
    assert (done["state"], len(done["evidence"])) == ("confirmed", len(told["evidence"]) - 1)
    gone = flourish("pending", "undo", told["pending"], *WHO, "--json", home=tom).json
    assert gone["note_id"] == told["note_id"]
    assert flourish("note", "show", told["note_id"], *WHO, home=tom).code == 1
    assert "Nothing waits" in flourish("pending", "list", *WHO, home=tom).out


def test_where_one_thing_was_found_there_is_no_second_to_leave_out(flourish: Flourish, tom: Path) -> None:
    words = "We had coffee. I will ask Orrin for a second sight glass by Friday."
    told = flourish("debrief", "d02", "-", *WHO, home=tom, stdin=words).out
    assert "  1. " in told
    assert "  2. " not in told
    assert "--without" not in told
    assert "Yes: flourish pending confirm" in told


def test_a_debrief_at_a_keyboard_asks_once(flourish: Flourish, tom: Path) -> None:
    said = flourish("debrief", "d02", TOLD, "--confirm", *WHO, home=tom)
    assert "Confirmed. Take all of it back" in said.out
    dry = flourish("debrief", "d02", TOLD, "--dry-run", *WHO, home=tom)
    assert "Nothing was written." in dry.out
    assert flourish("debrief", "d02", *WHO, home=tom).code == 1


def test_a_crisis_sentence_shows_the_card_alone(flourish: Flourish, tom: Path) -> None:
    said = flourish("debrief", "d02", f"{TOLD} He said there is no point in living.", *WHO, home=tom)
    assert "talk to this person today" in said.out
    assert "PROMISES" not in said.out
    assert "sight glass" not in said.out
    assert flourish("pending", "list", *WHO, "--json", home=tom).json["pending"] == []


def test_another_manager_gets_nothing(flourish: Flourish, tom: Path) -> None:
    told = flourish("debrief", "d02", TOLD, *WHO, "--json", home=tom).json
    for words in (("confirm",), ("drop",), ("undo",)):
        said = flourish("pending", *words, told["pending"], "--as", "dm2", "--today", TODAY, home=tom)
        assert (said.code, "Nothing waits" in said.err) == (1, True)
    assert flourish("plan", "d02", "show", "--as", "dm2", "--today", TODAY, home=tom).code == 1
