"""What was removed is held for ten minutes in memory, for the browser that removed it, and nowhere else."""

import pytest

from assistant.domain.account import AccountId
from assistant.domain.removed import Removed
from assistant.errors import Unknown
from ui.web.lately import KEPT_SECONDS, MOST, Lately

MIA = AccountId("mia")
GONE = Removed(MIA, (), "e1")


class Watch:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_it_is_given_back_once_and_to_its_own_browser_and_account_alone() -> None:
    lately = Lately(Watch())
    id = lately.keep("here", GONE)
    for session, account in (("there", MIA), ("here", AccountId("ole"))):
        with pytest.raises(Unknown, match="no longer be undone"):
            lately.take(session, account, id)
    assert lately.take("here", MIA, id) is GONE
    with pytest.raises(Unknown):
        lately.take("here", MIA, id)


def test_it_is_let_go_after_ten_minutes_with_its_session_and_when_somebody_is_forgotten() -> None:
    watch = Watch()
    lately = Lately(watch)
    ids = [lately.keep(session, GONE) for session in ("here", "ended")]
    lately.sweep(lambda session: session == "here")
    with pytest.raises(Unknown):
        lately.take("ended", MIA, ids[1])
    watch.time = KEPT_SECONDS + 1
    lately.sweep(lambda session: True)
    assert not lately._kept
    lately.keep("here", GONE)
    lately.forget(AccountId("ole"))
    assert lately._kept
    lately.forget(MIA)
    assert not lately._kept


def test_one_browser_holds_on_to_so_many_and_lets_the_oldest_go() -> None:
    lately = Lately(Watch())
    ids = [lately.keep("here", GONE) for _ in range(MOST + 1)]
    with pytest.raises(Unknown):
        lately.take("here", MIA, ids[0])
    assert lately.take("here", MIA, ids[1]) is GONE
