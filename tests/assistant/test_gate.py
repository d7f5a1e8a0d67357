"""Who is let in: one answer for a wrong name, a wrong password and a disabled account, and few attempts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.credential import Credential
from assistant.domain.sign_in import MOST, By, Came, SignIn
from assistant.errors import Invalid, NotAllowed, Unknown
from assistant.gate import Gate, TooManyTries
from assistant.throttle import MOST_KEYS, PER_ADDRESS, PER_NAME, WINDOW, Throttle

ANA = AccountId("Ana.Moe")
WORDS = "plain apples rolling"


@dataclass
class People:
    """Accounts and their credentials in memory."""

    known: dict[str, Account] = field(default_factory=dict)
    hashes: dict[str, Credential] = field(default_factory=dict)

    def all(self) -> Sequence[Account]:
        return list(self.known.values())

    def get(self, account_id: AccountId) -> Account:
        if account_id not in self.known:
            raise Unknown(f"There is no account {account_id}.")
        return self.known[account_id]

    def add(self, account: Account) -> None:
        self.known[account.id] = account

    def rename(self, account: Account) -> None:
        self.known[account.id] = account

    def set_active(self, account_id: AccountId, active: bool) -> None:
        self.known[account_id] = replace(self.known[account_id], active=active)

    def of(self, account_id: AccountId) -> Credential | None:
        return self.hashes.get(account_id)

    def put(self, credential: Credential) -> None:
        self.hashes[credential.account_id] = credential


@dataclass
class Plain:
    """Compares without cost, and counts how often."""

    compared: int = 0
    cost: str = "1"

    def hash(self, password: str) -> str:
        return f"{self.cost}:{password}"

    def matches(self, hash: str, password: str) -> bool:
        self.compared += 1
        return hash.partition(":")[2] == password

    def is_outdated(self, hash: str) -> bool:
        return hash.partition(":")[0] != self.cost


@dataclass
class Log:
    """Who came in, in memory, and how often something was written."""

    kept: list[SignIn] = field(default_factory=list)
    written: int = 0

    def of(self, account_id: AccountId, most: int = MOST) -> Sequence[SignIn]:
        return [entry for entry in reversed(self.kept) if entry.account_id == account_id][:most]

    def add(self, entry: SignIn | None) -> None:
        self.written += 1
        self.kept += [entry] if entry else []


@dataclass
class House:
    people: People
    hasher: Plain
    gate: Gate
    now: list[float]
    log: Log


@pytest.fixture
def house() -> House:
    people, hasher, now, made, log = People(), Plain(), [0.0], iter(range(1000)), Log()
    people.add(Account(ANA, "Ana Moe"))
    gate = Gate(
        people, people, hasher, Throttle(), lambda: datetime(2026, 6, 15, tzinfo=UTC), lambda: now[0],
        lambda: f"stamp{next(made)}", log,
    )  # fmt: skip
    gate.set_password(ANA, WORDS)
    return House(people, hasher, gate, now, log)


def refusal(house: House, name: str, password: str = "a guess", address: str = "10.0.0.1") -> str:
    with pytest.raises(NotAllowed) as told:
        house.gate.enter(name, password, address)
    return str(told.value)


@pytest.mark.parametrize("name", ["Ana.Moe", "ana.moe", " ANA.MOE "])
def test_name_in_any_case_and_password_let_somebody_in(house: House, name: str) -> None:
    entry = house.gate.enter(name, WORDS, "10.0.0.1")
    assert entry.account.id == ANA
    assert house.gate.stands(ANA, entry.stamp)


@pytest.mark.parametrize("name", ["Ana Moe", " ana  moe "])
def test_a_full_name_that_one_account_has_lets_its_own_in(house: House, name: str) -> None:
    assert house.gate.enter(name, WORDS, "10.0.0.1").account.id == ANA
    assert "do not fit together" in refusal(house, name), "the password still counts"


def test_a_full_name_that_two_accounts_have_lets_nobody_in_and_an_id_stands_before_it(house: House) -> None:
    other = AccountId("other")
    house.people.add(Account(other, "Ana Moe"))
    house.gate.set_password(other, "pears in a row of five")
    assert "short name" in refusal(house, "Ana Moe", WORDS)
    house.people.add(Account(AccountId("third"), "ana.moe"))
    assert house.gate.enter("ana.moe", WORDS, "10.0.0.1").account.id == ANA


def test_guesses_under_a_full_name_are_counted_like_any_other(house: House) -> None:
    for number in range(PER_NAME + 1):
        refusal(house, "Ana Moe" if number % 2 else "ANA  MOE", f"guess {number}", f"10.0.0.{number}")
    with pytest.raises(TooManyTries):
        house.gate.enter("Ana Moe", WORDS, "10.9.9.9")


def test_of_two_names_that_differ_in_case_each_lets_its_own_in(house: House) -> None:
    twin = AccountId("ANA.MOE")
    house.people.add(Account(twin, "Ana Moe the younger"))
    house.gate.set_password(twin, "pears in a row of five")
    assert house.gate.enter("ANA.MOE", "pears in a row of five", "x").account.id == twin
    assert house.gate.enter("Ana.Moe", WORDS, "x").account.id == ANA


def test_wrong_name_wrong_password_and_disabled_account_read_and_cost_the_same(house: House) -> None:
    said = [refusal(house, "nobody", WORDS, "10.0.0.1")]
    said.append(refusal(house, "ana.moe", "something else", "10.0.0.1"))
    house.gate.set_active(ANA, False)
    said.append(refusal(house, "ana.moe", WORDS, "10.0.0.1"))
    house.people.add(Account(AccountId("bo"), "Bo"))
    said.append(refusal(house, "bo", "", "10.0.0.1"))
    assert len(set(said)) == 1
    assert house.hasher.compared == 4, "each attempt compares exactly once"


def test_of_a_thousand_guesses_at_a_name_few_are_compared_and_it_says_when_to_come_back(house: House) -> None:
    for number in range(1000):
        refusal(house, "ana.moe", f"guess {number}", f"10.0.{number % 200}.1")
        house.now[0] += 0.5
    assert house.hasher.compared <= 10
    with pytest.raises(TooManyTries) as told:
        house.gate.enter("ana.moe", WORDS, "10.9.9.9")
    assert "Try again in" in str(told.value)
    assert told.value.seconds > 0


def test_the_same_holds_for_a_name_that_is_not_there(house: House) -> None:
    said = [refusal(house, "nobody", "guess", f"10.0.0.{n}") for n in range(PER_NAME + 1)]
    known = [refusal(house, "ana.moe", "guess", f"10.0.1.{n}") for n in range(PER_NAME + 1)]
    assert said == known


def test_many_names_from_one_address_are_stopped_too_and_others_go_on(house: House) -> None:
    for number in range(100):
        refusal(house, f"name{number}", "guess", "10.0.0.66")
    assert house.hasher.compared == PER_ADDRESS
    assert house.gate.enter("ana.moe", WORDS, "10.0.0.1").account.id == ANA


def test_attempts_are_forgotten_after_a_while_and_by_success(house: House) -> None:
    for _ in range(PER_NAME - 1):
        refusal(house, "ana.moe", "guess", "10.0.0.1")
    house.gate.enter("ana.moe", WORDS, "10.0.0.1")
    for _ in range(PER_NAME):
        refusal(house, "ana.moe", "guess", "10.0.0.1")
    assert "often" in refusal(house, "ana.moe", WORDS, "10.0.0.1")
    house.now[0] += WINDOW + 1
    assert house.gate.enter("ana.moe", WORDS, "10.0.0.1").account.id == ANA


def test_what_is_counted_stays_bounded() -> None:
    throttle = Throttle()
    for number in range(MOST_KEYS * 2):
        throttle.begin(f"n{number}", f"a{number}", 0.0)
    assert len(throttle._tried) <= MOST_KEYS


@pytest.mark.parametrize("end", ["password", "everywhere", "disable"])
def test_a_session_ends_with_its_password_its_account_or_by_signing_out_everywhere(house: House, end: str) -> None:
    stamp = house.gate.enter("ana.moe", WORDS, "x").stamp
    {
        "password": lambda: house.gate.set_password(ANA, "another set of words"),
        "everywhere": lambda: house.gate.end_sessions(ANA),
        "disable": lambda: house.gate.set_active(ANA, False),
    }[end]()
    assert not house.gate.stands(ANA, stamp)
    assert house.gate.stands(ANA, "") is (end != "disable"), "without a password only the account itself counts"


def test_a_disabled_account_that_is_enabled_again_signs_in_anew(house: House) -> None:
    stamp = house.gate.enter("ana.moe", WORDS, "x").stamp
    house.gate.set_active(ANA, False)
    house.gate.set_active(ANA, True)
    assert not house.gate.stands(ANA, stamp)
    assert house.gate.enter("ana.moe", WORDS, "x").account.active


@pytest.mark.parametrize(
    "typed", ["short", "a" * 20, "Ana Moe 12345", "flourish2026", "x" * 1001 + "abc", "two\nlines of it"]
)
def test_a_password_that_protects_nothing_is_refused_and_the_old_one_stays(house: House, typed: str) -> None:
    with pytest.raises(Invalid):
        house.gate.set_password(ANA, typed)
    assert house.gate.enter("ana.moe", WORDS, "x").account.id == ANA


def test_the_same_letters_from_another_keyboard_are_the_same_password(house: House) -> None:
    house.gate.set_password(ANA, "ein süßer Äpfelkorb")
    assert house.gate.enter("ana.moe", "ein su\u0308ßer A\u0308pfelkorb", "x").account.id == ANA


def test_a_hash_of_an_older_cost_is_made_anew_and_the_session_goes_on(house: House) -> None:
    stamp = house.gate.enter("ana.moe", WORDS, "x").stamp
    house.hasher.cost = "2"
    assert house.gate.enter("ana.moe", WORDS, "x").stamp == stamp
    assert house.people.hashes[ANA].hash.startswith("2:")


def test_an_account_that_is_not_there_gets_no_password(house: House) -> None:
    with pytest.raises(Unknown):
        house.gate.set_password(AccountId("nobody"), WORDS)


def test_no_hash_and_no_stamp_is_printed_by_accident(house: House) -> None:
    credential = house.people.hashes[ANA]
    assert credential.hash not in repr(credential)
    assert credential.stamp not in repr(credential)


def test_the_log_tells_who_came_in_who_tried_and_from_where_and_never_a_wrong_name_or_word(house: House) -> None:
    house.gate.enter("ana.moe", WORDS, "10.0.0.7", "Chrome on Android")
    refusal(house, "ana.moe", "a secret guess", "10.0.0.9")
    written = house.log.written
    refusal(house, "my password typed here", "x", "10.0.0.9")
    assert house.log.written == written + 1, "a wrong name takes as long"
    house.gate.note(ANA, By.PHONE, "Safari on iPhone", "10.0.0.8")
    told = [(e.came, e.by, e.device, e.address) for e in house.gate.came(ANA)]
    assert told == [
        (Came.IN, By.PHONE, "Safari on iPhone", "10.0.0.8"),
        (Came.FAILED, By.PASSWORD, "", "10.0.0.9"),
        (Came.IN, By.PASSWORD, "Chrome on Android", "10.0.0.7"),
        (Came.NEW_PASSWORD, By.PASSWORD, "", ""),
    ]
    assert "secret" not in str(house.log.kept)
    assert "typed here" not in str(house.log.kept)
