"""The page of whoever looks after this Flourish: accounts, who signed in, the backup. No desk, no note, no person."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.account import Account, AccountId
from assistant.domain.overview import PersonRow
from assistant.gate import Gate
from assistant.office import Office
from ui.web import show_accounts, show_leaving
from ui.web.about import About
from ui.web.done import Done
from ui.web.place import Deed, Place, unknown_button
from ui.web.see_leaving import Drawn, back_up
from ui.web.show import button, esc, keyed, notice, section
from ui.web.show_shell import head
from ui.web.views import Screen

LEAD = "Who uses this Flourish, who signed in, and its backup. Nobody’s notes are here."


@dataclass(frozen=True, slots=True)
class Keeping:
    """What somebody works with who looks after a home.

    Attributes:
        who: The account that asks.
        accounts: Every account of the home, as it is now.
        rows: The people of an admin who leads some as well, for the way about.
    """

    who: AccountId
    accounts: Callable[[], Sequence[Account]]
    gate: Gate
    office: Office | None
    about: Callable[[], About]
    today: date
    rows: Sequence[PersonRow] = ()


def screens(keeping: Keeping, place: Place, deed: Deed) -> Iterator[Screen]:
    """What pressing something on this page brings.

    Raises:
        FlourishError: What stands against it; nothing was changed then.
    """
    match deed.do:
        case "go":
            yield look(keeping, place)
        case "rest" | "wake":
            yield look(keeping, place, _set_active(keeping, deed))
        case "back_up":
            done = yield from _backed_up(keeping, place, deed)
            yield look(keeping, place, done.notice)
        case _:
            raise unknown_button()


def look(keeping: Keeping, place: Place, said: str = "") -> Screen:
    """The page as it is now."""
    place = Place(place.account, "accounts")
    accounts = keeping.accounts()
    came = sorted((e for a in accounts for e in keeping.gate.came(a.id)), key=lambda e: e.at, reverse=True)
    can_sign_in = {a.id for a in accounts if keeping.gate.stamp(a.id)}
    may = keeping.office is not None
    out = (
        show_accounts.everybody(accounts, can_sign_in, came, keeping.who)
        + show_accounts.came(came, {a.id: a.name for a in accounts})
        + section("Backup", show_leaving.backup(keeping.about().backup, may=may), id="backups")
    )
    return _screen(keeping, place, out, said)


def _screen(keeping: Keeping, place: Place, out: str, said: str = "") -> Screen:
    scope = head(place, "Accounts", LEAD)
    return Screen(place, keeping.today, keeping.rows, keyed(place.query, scope), said, keyed(place.query, out))


def _set_active(keeping: Keeping, deed: Deed) -> str:
    active = deed.do == "wake"
    account = keeping.gate.set_active(AccountId(deed.id), active, by=keeping.who)
    undo = button("rest" if active else "wake", "Undo", id=account.id)
    rests = "is signed out everywhere and cannot sign in. Nothing of theirs is gone."
    return notice(f"{esc(account.name)} {'can sign in again.' if active else rests}", undo)


def _backed_up(keeping: Keeping, place: Place, deed: Deed) -> Generator[Screen, None, Done]:
    brought: list[Done] = []

    def parts() -> Iterator[Drawn]:
        brought.append((yield from back_up(place, deed, keeping.office)))

    for _, (_, out) in parts():
        yield _screen(keeping, place, out)
    return brought[0]
