"""A server reads about people of many managers by turns; what was made for one is still there when they come again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.actions.build_profile import _profile, build_profile
from assistant.actions.find_mentions import _names_of as _names_in_text
from assistant.actions.find_stage import _expressions
from assistant.actions.weigh_passage import _names_of, _talk
from assistant.domain.account import Account, AccountId
from assistant.domain.person import Person, PersonId
from assistant.engines.offline.asking.deed import _heads
from assistant.engines.offline.asking.turning import _patterns

MANAGERS = 100
TODAY = date(2026, 6, 15)
MADE: tuple[tuple[Any, Callable[[Person], object]], ...] = (
    (_profile, lambda p: build_profile(p, Account(p.account_id, "Manager"), TODAY, [], 0)),
    (_expressions, _expressions),
    (_talk, _talk),
    (_names_of, _names_of),
    (_names_in_text, lambda p: _names_in_text((p,))),
    (_heads, _heads),
    (_patterns, _patterns),
)


@pytest.mark.parametrize(("kept", "make"), MADE, ids=[f"{k.__module__}.{k.__name__}" for k, _ in MADE])
def test_what_is_made_for_one_person_outlasts_a_round_of_a_hundred_managers(
    kept: Any, make: Callable[[Person], object]
) -> None:
    kept.cache_clear()
    people = [Person(AccountId(f"m{n}"), PersonId("p1"), f"Dana{n} Fox") for n in range(MANAGERS)]
    for person in people + people:
        make(person)
    assert kept.cache_info().misses == MANAGERS
    assert kept.cache_info().hits == MANAGERS
    kept.cache_clear()
