"""Who signed in, on each database: an account's own lines, two hundred at most, for ninety days."""

from dataclasses import replace
from datetime import timedelta

from assistant.domain.account import AccountId
from assistant.domain.sign_in import KEPT, MOST, By, Came, SignIn
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import ME, OTHER


def entry(id: str, who: AccountId = ME, before: timedelta = timedelta()) -> SignIn:
    return SignIn(who, id, clock() - before, Came.IN, By.PASSWORD, "Chrome on Mac", "10.0.0.7")


def test_each_account_reads_its_own_newest_first(records: SqlRecords) -> None:
    early, late = entry("e1", before=timedelta(hours=2)), entry("e2")
    for each in (late, early, entry("e1", OTHER)):
        records.sign_ins.add(each)
    records.sign_ins.add(None)
    assert [*records.sign_ins.of(ME)] == [late, early]
    assert [*records.sign_ins.of(OTHER)] == [entry("e1", OTHER)]
    assert [*records.sign_ins.of(AccountId("nobody\x00"))] == []


def test_what_is_old_goes_and_no_flood_of_tries_grows_without_end(records: SqlRecords) -> None:
    old = entry("old", before=KEPT + timedelta(days=1))
    records.sign_ins.add(old)
    records.sign_ins.add(entry("other", OTHER))
    for number in range(MOST + 5):
        at = clock() + timedelta(seconds=number)
        records.sign_ins.add(replace(entry(f"e{number:03}"), at=at, came=Came.FAILED))
    kept = records.sign_ins.of(ME)
    assert len(kept) == MOST
    assert kept[0].id == f"e{MOST + 4}"
    assert len(records.sign_ins.of(OTHER)) == 1
