"""Which accounts this server may show. A home of several managers without passwords shows nobody's notes."""

from collections.abc import Sequence

from assistant.domain.account import SOLO, Account, Role
from assistant.errors import NotAllowed
from assistant.gate import Gate


def usable_accounts(accounts: Sequence[Account], *, demo: bool) -> list[Account]:
    """Whom this server may show: in the demo every manager and the coach, else the one account of this machine.

    Raises:
        NotAllowed: There are several accounts and none is "me"; they sign in with passwords.
    """
    managers = [a for a in accounts if a.active and Role.MANAGER in a.roles]
    if managers and demo:
        return managers + [a for a in accounts if a.active and a not in managers and Role.COACH in a.roles]
    if len(managers) == 1:
        return managers
    mine = [a for a in managers if a.id == SOLO]
    if not mine:
        raise NotAllowed(
            "This home has no single account that the page could open." if managers else "There is no account yet.",
            next="Name one with --as, or give each a password: flourish account password ID."
            if managers
            else "Import notes first: flourish import PATH.",
        )
    return mine


def link_accounts(accounts: Sequence[Account], gate: Gate | None, *, demo: bool) -> list[Account]:
    """Whom the printed link lets in. Where people sign in with passwords it may be nobody.

    Raises:
        NotAllowed: Nobody could come in at all.
    """
    try:
        return usable_accounts(accounts, demo=demo)
    except NotAllowed:
        if gate is not None and gate.has_passwords():
            return []
        raise
