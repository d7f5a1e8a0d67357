"""What waits on a day: what the manager still owes, and to whom, in the same number everywhere."""

from dataclasses import replace
from datetime import timedelta

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.promise import Owner
from tests.assistant.actions.conftest import JON, MAJA, TODAY


def owed(desk: Desk) -> list[str]:
    return [item.promise.what for item in desk.agenda().owed]


def test_what_went_quiet_is_neither_counted_nor_listed_among_what_is_owed(desk: Desk) -> None:
    jon = desk.person(JON.id)
    jon.add_promise("Order the glass", owner=Owner.ME, due=TODAY + timedelta(days=3))
    jon.add_promise("Ask about the hose", owner=Owner.ME)
    later = replace(desk, today=TODAY + timedelta(days=150))
    later.person(JON.id).add_promise("Look at the gate", owner=Owner.ME)
    late = replace(desk, today=TODAY + timedelta(days=250))
    assert {"Order the glass", "Ask about the hose"} <= set(owed(desk))
    assert [what for what in owed(late) if what in ("Order the glass", "Ask about the hose", "Look at the gate")] == [
        "Look at the gate"
    ]
    row = next(row for row in late.people() if row.person.id == JON.id)
    assert row.mine_open == sum(item.person.id == JON.id for item in late.agenda().owed) == 1


def test_overdue_promises_come_first_and_another_account_owes_nothing(desk: Desk) -> None:
    desk.person(JON.id).add_promise("Order the glass", owner=Owner.ME, due=TODAY - timedelta(days=3))
    desk.person(MAJA.id).add_promise("Call the baker", owner=Owner.ME, due=TODAY + timedelta(days=3))
    listed = owed(desk)
    assert listed.index("Order the glass") < listed.index("Call the baker")
    other = Account(AccountId("other"), "Somebody Else")
    desk.records.accounts.add(other)
    assert owed(replace(desk, account=other.id)) == []
