import pytest

from knowledge.keeping.passwords import Argon2

pytestmark = pytest.mark.usefixtures("nothing_spared")


def test_a_password_is_kept_as_argon2id_at_a_cost_that_makes_guessing_slow() -> None:
    hasher = Argon2()
    made = hasher.hash("plain apples rolling")
    assert made.startswith("$argon2id$")
    cost = dict(part.split("=") for part in made.split("$")[3].split(","))
    assert int(cost["m"]) >= 19 * 1024
    assert int(cost["t"]) >= 2
    assert "apples" not in made
    assert made != hasher.hash("plain apples rolling")
    assert hasher.matches(made, "plain apples rolling")
    assert not hasher.matches(made, "plain apples rollin")
    assert not hasher.is_outdated(made)


def test_what_is_no_hash_fits_nothing() -> None:
    assert not Argon2().matches("nonsense", "plain apples rolling")
