import pytest

from assistant.domain.account import AccountId
from ui.web.sessions import ABSOLUTE_SECONDS, IDLE_SECONDS, MOST_BY_LINK, Sessions


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(frozenset({AccountId("me")}), now=clock)


def test_a_key_opens_one_session_and_only_once(sessions: Sessions) -> None:
    key = sessions.fresh_key()
    cookie = sessions.redeem(key)
    assert cookie is not None
    assert cookie != key
    assert sessions.redeem(key) is None
    assert sessions.count() == 1


@pytest.mark.parametrize("guess", ["", "x", "ä", "0" * 43])
def test_a_guess_opens_nothing(sessions: Sessions, guess: str) -> None:
    sessions.fresh_key()
    assert sessions.redeem(guess) is None


def test_a_newer_key_makes_the_older_one_useless(sessions: Sessions) -> None:
    old = sessions.fresh_key()
    sessions.fresh_key()
    assert sessions.redeem(old) is None


def test_a_session_ends_when_nobody_uses_it(sessions: Sessions, clock: Clock) -> None:
    cookie = sessions.redeem(sessions.fresh_key()) or ""
    clock.seconds += IDLE_SECONDS - 1
    assert sessions.of_cookie(cookie) is not None
    clock.seconds += IDLE_SECONDS - 1
    assert sessions.of_cookie(cookie) is not None, "using it is a sign of life"
    clock.seconds += IDLE_SECONDS + 1
    assert sessions.of_cookie(cookie) is None


def test_a_session_ends_after_a_day_however_much_it_is_used(sessions: Sessions, clock: Clock) -> None:
    cookie = sessions.redeem(sessions.fresh_key()) or ""
    end = clock.seconds + ABSOLUTE_SECONDS
    while clock.seconds < end:
        assert sessions.of_cookie(cookie) is not None
        clock.seconds += IDLE_SECONDS / 2
    clock.seconds += 1
    assert sessions.of_cookie(cookie) is None


def test_the_public_name_of_a_session_is_not_its_cookie(sessions: Sessions) -> None:
    cookie = sessions.redeem(sessions.fresh_key()) or ""
    session = sessions.of_cookie(cookie)
    assert session is not None
    assert session.id not in cookie
    assert sessions.of_cookie(session.id) is None
    assert sessions.of_id(session.id) == session
    assert sessions.of_id(cookie) is None


def test_an_ended_session_takes_its_windows_along(sessions: Sessions, clock: Clock) -> None:
    session = sessions.of_cookie(sessions.redeem(sessions.fresh_key()) or "")
    assert session is not None
    assert sessions.owns_tab(session, "a")
    clock.seconds += ABSOLUTE_SECONDS + 1
    assert sessions.count() == 0
    assert not sessions.owns_tab(session, "a")


def test_there_are_never_more_sessions_than_a_server_should_hold(sessions: Sessions) -> None:
    first = sessions.redeem(sessions.fresh_key()) or ""
    for _ in range(MOST_BY_LINK):
        sessions.redeem(sessions.fresh_key())
    assert sessions.count() == MOST_BY_LINK
    assert sessions.of_cookie(first) is None
