"""Several managers at one server over HTTP, each at a desk of their own, with something slow in the model's place."""

import re

import pytest

from benchmarks import hundred_users
from ui.web.page import AT_ONCE, THREADS
from ui.web.sessions import MOST_SESSIONS


def test_ten_managers_at_once_get_their_own_answers_and_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hundred_users, "THINKS", 0.5)
    seen = hundred_users.measure(users=10, turns=1)
    assert (seen.errors, seen.mixed) == ([], [])
    assert (len(seen.turns), len(seen.quick)) == (10, 10)
    assert seen.cited == 10  # each answer holds the word that stands in this manager's notes alone
    assert min(seen.turns) > 0  # nobody was answered before the model was


def test_a_strangers_word_would_be_seen() -> None:
    words = [hundred_users.canary(n) for n in range(200)]
    assert len({*words}) == 200
    assert all(hundred_users.OWN.fullmatch(word) for word in words)
    assert re.findall(hundred_users.OWN, f"the {words[3]} ledger, the {words[40]} rota") == [words[3], words[40]]


def test_there_is_room_for_a_hundred_users() -> None:
    assert MOST_SESSIONS >= 100
    assert THREADS > AT_ONCE >= 90  # what is quick finds a thread even when every turn waits for a model
