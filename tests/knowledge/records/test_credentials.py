"""Passwords lie beside the accounts as hashes; a home of the schema before has none and keeps all else."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from assistant.domain.credential import Credential
from assistant.errors import Unknown
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from knowledge.records.upgrade import SCRIPTS, Migrations
from tests.knowledge.records.conftest import DATABASES, Cluster, clock
from tests.knowledge.records.nouns import ME, OTHER, account, fill, note, seen

pytestmark = pytest.mark.usefixtures("nothing_spared")

MINE = Credential(ME, "$argon2id$mine", "stamp-1", datetime(2026, 6, 15, 8, tzinfo=UTC))


def test_a_password_is_kept_per_account_and_replaced(records: SqlRecords) -> None:
    assert records.credentials.of(ME) is None
    records.credentials.put(MINE)
    assert records.credentials.of(ME) == MINE
    assert records.credentials.of(OTHER) is None
    newer = replace(MINE, hash="$argon2id$newer", stamp="stamp-2")
    records.credentials.put(newer)
    assert records.credentials.of(ME) == newer


@pytest.mark.parametrize("nobody", ["nobody", "", "a\x00b"])
def test_nobody_has_no_password_and_gets_none(records: SqlRecords, nobody: str) -> None:
    assert records.credentials.of(AccountId(nobody)) is None
    with pytest.raises(Unknown):
        records.credentials.put(replace(MINE, account_id=AccountId(nobody)))


def test_an_account_rests_and_wakes_and_keeps_all_else(records: SqlRecords) -> None:
    before = next(a for a in records.accounts.all() if a.id == ME)
    records.accounts.set_active(ME, False)
    assert next(a for a in records.accounts.all() if a.id == ME) == replace(before, active=False)
    records.accounts.set_active(ME, True)
    assert next(a for a in records.accounts.all() if a.id == ME) == before
    with pytest.raises(Unknown):
        records.accounts.set_active(AccountId("nobody"), False)


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'flourish.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.execute("CREATE DATABASE before_passwords")
    yield cluster.address("before_passwords")
    cluster.execute("DROP DATABASE before_passwords WITH (FORCE)")


def test_a_home_of_the_schema_before_opens_with_every_note_and_no_password(empty: str, tmp_path: Path) -> None:
    scripts = tmp_path / "before"
    shutil.copytree(SCRIPTS, scripts)
    for later in (scripts / "versions").glob("v0*.py"):
        if later.name >= "v0008":
            later.unlink()
    old = open_records(empty, clock=clock, migrations=Migrations(scripts))
    old.accounts.add(account(ME))
    fill(old, note(id="n1"))
    old.close()
    now = open_records(empty, clock=clock)
    with seen(now) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n1"]
    assert now.credentials.of(ME) is None
    now.credentials.put(MINE)
    assert now.credentials.of(ME) == MINE
    now.close()
