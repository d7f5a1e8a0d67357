"""A library that does not hold together is refused, with file, line and the next step."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from knowledge.library import load
from knowledge.library.load import load_policy, load_principles, load_questions, load_stages

CARD = "principles/purpose.md"
BANK = "questions/en.yaml"
STAGES = "stages.yaml"
POLICY = "policy/en.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(load.SHIPPED, tmp_path / "library", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "library"


def change(root: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old`; the line on which it begins."""
    text = (root / name).read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{old!r} is not in {name}"
    (root / name).write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def refusal(loader: Callable[[Path], object], root: Path) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        loader(root)
    assert caught.value.next, "an error says the next step"
    return caught.value


def test_a_copy_of_what_ships_is_accepted(root: Path) -> None:
    assert load_principles(root) == load_principles()
    assert load_questions(root) == load_questions()
    assert load_stages(root) == load_stages()
    assert load_policy(root) == load_policy()


CARD_FAULTS = {
    "an unknown grade": ('evidence = "C"', 'evidence = "D"', "no grade is called 'D'"),
    "a grade with the words of another": ('strength = "practice"', 'strength = "single study"', "grade C reads"),
    "an unknown pillar": ('pillar = "passion"', 'pillar = "money"', "no pillar is called 'money'"),
    "an id that is not the file's name": ('id = "purpose"', 'id = "purposes"', "'purposes'"),
    "an id with capitals": ('id = "purpose"', 'id = "Purpose"', "'Purpose'"),
    "an empty text": ('licence = "Apache-2.0"', 'licence = " "', "`licence` is empty"),
    "a text that is a number": ('licence = "Apache-2.0"', "licence = 2", "`licence` is a text"),
    "a truth value in quotes": ("verified = true", 'verified = "true"', "`verified` is true or false"),
    "an unknown key": ('author = "Flourish"', 'authors = "Flourish"\nauthor = "F"', "`authors` is not known"),
    "a broken head": ("verified = true", "verified = ", "the head is not TOML"),
}


@pytest.mark.parametrize(("old", "new", "said"), CARD_FAULTS.values(), ids=CARD_FAULTS.keys())
def test_a_card_is_refused_for(root: Path, old: str, new: str, said: str) -> None:
    line = change(root, CARD, old, new)
    message = refusal(load_principles, root).message
    assert message.startswith(f"{CARD}:{line}: ")
    assert said in message


def test_a_card_that_was_read_needs_the_address_of_its_source(root: Path) -> None:
    address = next(card.url for card in load_principles() if card.id == "purpose")
    line = change(root, CARD, address, "")
    assert refusal(load_principles, root).message.startswith(f"{CARD}:{line}: a source that was read has an address")


def test_a_card_without_a_key_names_the_key(root: Path) -> None:
    change(root, CARD, 'author = "Flourish"\n', "")
    error = refusal(load_principles, root)
    assert error.message == f"{CARD}:1: `author` is missing."
    assert error.next.startswith("Add `author`")


def test_a_card_without_a_head_is_refused(root: Path) -> None:
    (root / CARD).write_text("Only words.\n", encoding="utf-8")
    assert refusal(load_principles, root).message == f"{CARD}:1: no head between two lines of +++."


def test_a_card_without_a_body_is_refused(root: Path) -> None:
    head = (root / CARD).read_text(encoding="utf-8").rpartition("+++\n")[0]
    (root / CARD).write_text(f"{head}+++\n", encoding="utf-8")
    assert refusal(load_principles, root).message == f"{CARD}:1: the card says nothing."


def test_a_library_without_cards_is_refused(root: Path) -> None:
    shutil.rmtree(root / "principles")
    assert refusal(load_principles, root).next == "Reinstall Flourish."


BANK_FAULTS = {
    "an unknown card": ("principle: know-the-passion", "principle: know-it-all", "there is no card 'know-it-all'"),
    "an unknown pillar": ("pillar: PAS", "pillar: PAX", "no pillar has the code 'PAX'"),
    "an id that does not fit": ("id: PAS-FIR-1", "id: TAL-FIR-1", "the id 'TAL-FIR-1'"),
    "an unknown stage in also": ("also: [CAR, REE]", "also: [CAR, XXX]", "no stage has the code 'XXX'"),
    "its own stage in also": ("also: [CAR, REE]", "also: [FIR, REE]", "every other stage once"),
    "also as a text": ("also: [CAR, REE]", "also: CAR", "`also` is a list"),
    "too much trust": ("    trust: 1", "    trust: 4", "`trust` is 1, 2 or 3"),
    "trust in words": ("    trust: 1", "    trust: one", "`trust` is a whole number"),
    "an empty follow-up": ("follow_up: What was", 'follow_up: ""\n    # What was', "`follow_up` is empty"),
    "a yes or no question": ("ask: Of all the work", "ask: Did you like it, of all the work", "main clause opens"),
    "two questions in one": ("ask: Of all the work", "ask: What else? Of all the work", "exactly one thing"),
    "a past why": ("follow_up: What was it", "follow_up: Why did you stop; what was it", "asks why"),
    "an unknown slot": ("{recent_work|", "{salary|", "no slot is called salary"),
}


@pytest.mark.parametrize(("old", "new", "said"), BANK_FAULTS.values(), ids=BANK_FAULTS.keys())
def test_a_question_is_refused_for(root: Path, old: str, new: str, said: str) -> None:
    line = change(root, BANK, old, new)
    message = refusal(load_questions, root).message
    assert message.startswith(f"{BANK}:{line}: ")
    assert said in message


def test_a_question_without_a_key_is_refused_where_it_begins(root: Path) -> None:
    line = change(root, BANK, "    listen_for:", "    listens_for:") - 6
    assert refusal(load_questions, root).message == f"{BANK}:{line}: `listen_for` is missing."


def test_a_question_with_an_unknown_key_is_refused_there(root: Path) -> None:
    line = change(root, BANK, "    author: Flourish", "    mood: sunny\n    author: Flourish")
    assert refusal(load_questions, root).message == f"{BANK}:{line}: `mood` is not known here."


def test_two_questions_of_one_id_are_refused_at_the_second(root: Path) -> None:
    line = change(root, BANK, "id: PAS-FIR-2", "id: PAS-FIR-1")
    assert refusal(load_questions, root).message == f"{BANK}:{line}: 'PAS-FIR-1' stands twice."


def test_a_key_that_stands_twice_is_refused(root: Path) -> None:
    line = change(root, BANK, "    author: Flourish", "    trust: 2\n    author: Flourish")
    assert refusal(load_questions, root).message == f"{BANK}:{line}: `trust` stands twice."


def test_a_cell_with_fewer_than_two_questions_is_refused(root: Path) -> None:
    path = root / BANK
    alone = re.sub(r"also: \[.*\]", "also: []", path.read_text(encoding="utf-8"))
    path.write_text(alone, encoding="utf-8")
    change(
        root, BANK, "id: PAS-SET-2\n    pillar: PAS\n    stage: SET", "id: PAS-REG-9\n    pillar: PAS\n    stage: REG"
    )
    error = refusal(load_questions, root)
    assert error.message.startswith(f"{BANK}:6: PAS x SET has 1 questions; at least two")
    assert error.next.startswith("Add PAS-SET-2 ")


def test_broken_yaml_is_refused_where_it_breaks(root: Path) -> None:
    line = change(root, BANK, "also: [CAR, REE]", "also: [CAR, REE")
    message = refusal(load_questions, root).message
    assert message.endswith("this is not YAML.")
    assert abs(int(message.split(":")[1]) - line) <= 1


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_without_keys_is_refused(root: Path, text: str) -> None:
    (root / BANK).write_text(text, encoding="utf-8")
    assert refusal(load_questions, root).message == f"{BANK}:1: the file holds keys at its top."


def test_an_empty_list_of_questions_is_refused(root: Path) -> None:
    (root / BANK).write_text("questions: []\n", encoding="utf-8")
    assert "at least one entry" in refusal(load_questions, root).message


def test_a_missing_file_is_refused(root: Path) -> None:
    (root / STAGES).unlink()
    assert refusal(load_stages, root).message == f"{STAGES}:1: the file is missing."


def test_a_file_in_another_encoding_is_refused(root: Path) -> None:
    (root / POLICY).write_bytes("topics: [é]".encode("latin-1"))
    assert refusal(load_policy, root).message == f"{POLICY}:1: the file is not UTF-8 text."


STAGE_FAULTS = {
    "another precedence": ("precedence: [RET, SET", "precedence: [SET, RET", "differs from the program's"),
    "an unknown question": ("[CON-FIR-1, PAS-FIR-1", "[CON-FIR-9, PAS-FIR-1", "there is no question CON-FIR-9"),
    "a question of another stage": ("[CON-FIR-1, PAS-FIR-1", "[CON-SET-1, PAS-FIR-1", "CON-SET-1 does not fit"),
    "five questions": ("[CON-FIR-1, PAS-FIR-1", "[PAS-FIR-1", "six different questions"),
    "one question twice": ("[CON-FIR-1, PAS-FIR-1", "[PAS-FIR-1, PAS-FIR-1", "six different questions"),
    "trust 2 in a first meeting": ("[CON-FIR-1, PAS-FIR-1", "[CON-FIR-2, PAS-FIR-1", "only questions of trust 1"),
    "an opener of trust 3": ("[PAS-STA-1, GRO-STA-1", "[FBM-REE-1, GRO-STA-1", "too much trust to open"),
    "two questions of trust 3": ("[PAS-STA-1, GRO-STA-1", "[PAS-STA-1, FBM-REE-1", "more than one question"),
    "an unknown stage": ("code: WIN", "code: WON", "no stage has the code 'WON'"),
    "an empty rule": ("first_rule: expectations in writing", 'first_rule: ""', "`first_rule` is empty"),
}


@pytest.mark.parametrize(("old", "new", "said"), STAGE_FAULTS.values(), ids=STAGE_FAULTS.keys())
def test_a_stage_is_refused_for(root: Path, old: str, new: str, said: str) -> None:
    line = change(root, STAGES, old, new)
    message = refusal(load_stages, root).message
    assert message.startswith(f"{STAGES}:{line}: ")
    assert said in message


def test_a_missing_stage_is_refused(root: Path) -> None:
    text = (root / STAGES).read_text(encoding="utf-8")
    (root / STAGES).write_text(text[: text.index("  - code: PRO")], encoding="utf-8")
    assert "no guide for PRO" in refusal(load_stages, root).message


RAIN = """topics:
  - id: rain
    name: Rain
    kind: refuse
    point_to: HR
    message: Ask HR.
    requests: [will it rain]
    instead: Ask for the weather.
  - id: snow
    name: Snow
    kind: crisis
    point_to: HR
    message: Ask HR.
    requests: [snow*, ice/hail ... tomorrow]
"""
POLICY_FAULTS = {
    "an unknown kind": ("    kind: refuse", "    kind: loud", "no kind is called 'loud'"),
    "an id with capitals": ("  - id: rain", "  - id: Rain", "the id 'Rain'"),
    "an id twice": ("  - id: snow", "  - id: rain", "'rain' stands twice"),
    "an empty message": ("    message: Ask HR.", '    message: ""', "`message` is empty"),
    "an unknown key": ("    message: Ask HR.", "    message: Ask.\n    mood: sunny", "`mood` is not known here"),
    "a phrase with capitals": ("[will it rain]", "[Will it rain]", "'Will it rain' is no phrase"),
    "an expression for a phrase": ("[will it rain]", '["will it (rain|snow)"]', "is no phrase"),
    "a gap at the end": ("[will it rain]", "[will it ...]", "is no phrase"),
    "phrases as one text": ("[will it rain]", "will it rain", "`requests` is a list"),
    "a number as a phrase": ("[will it rain]", "[12]", "is a list of texts"),
    "no phrases": ("    requests: [will it rain]\n", "", "needs `requests` and `instead`"),
    "nothing instead": ("    instead: Ask for the weather.\n", "", "needs `requests` and `instead`"),
    "something instead of help": ("    requests: [snow*", "    instead: Wait.\n    requests: [snow*", "in a crisis"),
}


@pytest.mark.parametrize(("old", "new", "said"), POLICY_FAULTS.values(), ids=POLICY_FAULTS.keys())
def test_a_topic_is_refused_for(root: Path, old: str, new: str, said: str) -> None:
    (root / POLICY).write_text(RAIN, encoding="utf-8")
    line = change(root, POLICY, old, new)
    if not new:
        line = 2  # what is missing is reported where the topic begins
    elif "mood" in new:
        line += 1
    message = refusal(load_policy, root).message
    assert message.startswith(f"{POLICY}:{line}: ")
    assert said in message
