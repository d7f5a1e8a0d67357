"""`flourish review`: a manager hands a masked suggestion over, a coach decides, the next brief follows."""

from pathlib import Path

from assistant.domain.account import Account, AccountId, Role
from tests.ui.conftest import TODAY, Flourish
from ui.contract.schema import PAYLOADS
from ui.settings import Settings, sqlite_in
from ui.wiring import open_house


def with_coach(home: Path) -> None:
    house = open_house(Settings(home=home, database=sqlite_in(home)))
    house.records.accounts.add(Account(AccountId("coach"), "Carla", frozenset({Role.COACH})))
    house.records.close()


def test_a_review_from_the_mask_to_the_next_brief_and_back(flourish: Flourish, team: Path) -> None:
    with_coach(team)

    def run(who: str, *words: str) -> object:
        said = flourish(*words, "--as", who, "--today", TODAY, "--json", home=team)
        assert said.code == 0, said.out
        return said.json

    shown = run("dm1", "review", "show", "d01")
    PAYLOADS["review_masks"].model_validate(shown)
    first = shown["suggestions"][0]  # type: ignore[index]
    assert all("Brandvold" not in each["masked"] for each in shown["suggestions"])  # type: ignore[index]
    copy = run("dm1", "review", "release", "d01", first["name"], "--yes")["released"]  # type: ignore[index]
    assert copy["text"] == first["masked"]
    queue = run("coach", "review", "list")
    assert [c["id"] for c in queue["copies"]] == [copy["id"]]  # type: ignore[index]
    assert queue["counts"]["waiting"] == 1  # type: ignore[index]
    made = run("coach", "review", "retire", copy["id"], "--reason", "Too close.", "--scope", "this")
    PAYLOADS["review_verdict"].model_validate(made)
    brief = run("dm1", "prep", "d01")
    assert first["name"] not in {q["id"] for q in brief["questions"]}  # type: ignore[index]
    own = run("dm1", "review", "list")
    assert own["copies"][0]["verdict"]["reason"] == "Too close."  # type: ignore[index]
    assert own["counts"] is None  # type: ignore[index]
    run("coach", "review", "rollback", made["verdict"]["id"])  # type: ignore[index]
    again = run("dm1", "prep", "d01")
    assert again["questions"][0]["id"] == first["name"]  # type: ignore[index]
    assert len(run("coach", "review", "list", "--all")["decisions"]) == 1  # type: ignore[index]
    run("dm1", "review", "withdraw", copy["id"])
    assert run("coach", "review", "list", "--all")["copies"] == []  # type: ignore[index]


def test_nothing_is_released_before_its_words_were_seen(flourish: Flourish, team: Path) -> None:
    to = ("--as", "dm1", "--today", TODAY)
    name = flourish("review", "show", "d01", *to, "--json", home=team).json["suggestions"][0]["name"]
    words = ("review", "release", "d01", name, *to)
    unseen = flourish(*words, "--json", home=team)
    assert unseen.code == 1
    assert "A coach would read" in unseen.json["error"]["message"]
    assert "--yes" in unseen.json["error"]["next"]
    refused = flourish(*words, home=team, stdin="n\n", watched=True)
    assert refused.code == 1
    assert "Nothing was released." in refused.err
    done = flourish(*words, home=team, stdin="y\n", watched=True)
    assert done.code == 0
    assert "Take it back: flourish review withdraw r" in done.out
    listed = flourish("review", "list", "--as", "dm1", "--today", TODAY, home=team)
    assert "waiting" in listed.out


def test_a_manager_is_no_coach_and_is_told_what_to_do(flourish: Flourish, team: Path) -> None:
    said = flourish("review", "retire", "CON-REG-1", "--reason", "No.", "--as", "dm1", home=team)
    assert said.code == 1
    assert said.err.startswith("flourish: Only a coach reviews. ")


def test_whoever_works_alone_is_their_own_coach(flourish: Flourish, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert flourish("people", "add", "Dana Whitlock", home=home).code == 0
    shown = flourish("prep", "Dana", "--json", home=home).json["questions"][0]
    done = flourish("review", "retire", shown["id"], "--reason", "Asked too often here.", home=home)
    assert done.code == 0
    assert "Take it back: flourish review rollback" in done.out
    after = flourish("prep", "Dana", "--json", home=home).json["questions"]
    assert shown["id"] not in {q["id"] for q in after}
    told = flourish("review", "list", "--all", home=home).out
    assert "Asked too often here." in told
    names = flourish("review", "prompts", home=home).out.splitlines()
    assert any(name.startswith("llm/ask_questions@") for name in names)
