"""A real home with two managers, for the views and the handlers of the page."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from tests.ui.web.browsing import (
    browser,
    own_server,
    own_signed_in,
    own_visit,
    server,
    signed_in,
    slow_server,
    slow_signed_in,
    slow_visit,
    stable,
    visit,
    windows,
)
from tests.ui.web.signing import guest, shared
from tests.ui.web.test_show import PAYLOADS
from ui.settings import read_settings
from ui.web.openers import Openers
from ui.wiring import House, open_house

__all__ = [
    "browser",
    "guest",
    "own_server",
    "own_signed_in",
    "own_visit",
    "server",
    "shared",
    "signed_in",
    "slow_server",
    "slow_signed_in",
    "slow_visit",
    "stable",
    "visit",
    "windows",
]  # fixtures
TODAY = date(2026, 6, 15)
MIA, OLE = AccountId("mia"), AccountId("ole")
NOTES = (
    (date(2026, 3, 10), NoteKind.ONE_ON_ONE, "We spoke about the pricing course and the summer rota."),
    (date(2026, 4, 14), NoteKind.ONE_ON_ONE, "\"I love sorting out a messy invoice,\" she said."),
    (date(2026, 5, 12), NoteKind.OBSERVATION, "She walked the new colleague through a refund, step by step, until it "
     "was right."),
    (date(2026, 6, 2), NoteKind.ONE_ON_ONE, "\"I love sorting out a messy invoice. I lose track of time,\" she said "
     "again. We spoke about the summer rota."),
    (date(2026, 6, 9), NoteKind.CUSTOMER_QUOTE, "The bakery called: since Dana checks their invoices they have not "
     "had a single reminder, and they told the owner so."),
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Two managers in one home: Mia leads Dana and Petra, Ole leads Kurt."""

    house: House
    openers: Openers
    accounts: tuple[Account, ...]

    def desk(self, account: AccountId = MIA) -> Desk:
        return self.openers.desk(account)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    home: Path = tmp_path_factory.mktemp("web") / "home"
    house = open_house(read_settings(str(home), environment={}))
    accounts = (Account(MIA, "Mia Okafor"), Account(OLE, "Ole Brandt"))
    for account in accounts:
        house.records.accounts.add(account)
    for manager, id, name in ((MIA, "dana", "Dana Reyes"), (MIA, "petra", "Petra Holm"), (OLE, "kurt", "Kurt Vale")):
        house.desk(manager, TODAY).add_person(Person(manager, PersonId(id), name, role="Clerk"))
    dana = house.desk(MIA, TODAY).person("dana")
    for day, kind, text in NOTES:
        dana.add_note(text, day=day, kind=kind)
    dana.add_promise("Get Dana a seat in the pricing course", owner=Owner.ME, due=date(2026, 4, 30))
    dana.add_promise("Send the list of open invoices", owner=Owner.THEM, due=date(2026, 6, 20))
    house.desk(OLE, TODAY).person("kurt").add_note("CANARY-OF-OLE: Kurt enjoys the forklift.", day=date(2026, 6, 1))
    petra = house.desk(MIA, TODAY).person("petra")
    for number, payload in enumerate(p.replace("\x00", "").replace("\x08", "") for p in PAYLOADS):
        petra.add_note(
            f"{payload} I promised Petra {payload} by Friday.", day=date(2026, 5, 1 + number), author=payload
        )
    openers = Openers(
        lambda account: house.desk(account, TODAY), house.records.accounts.all, lambda: None, lambda: TODAY
    )
    return Office(house, openers, accounts)
