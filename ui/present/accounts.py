"""Accounts as payloads, and as text for a terminal."""

from assistant.domain.account import Account
from ui.contract.home import AccountPayload, AccountsPayload, AccountView


def account(noun: Account) -> AccountView:
    """One account."""
    return AccountView(id=noun.id, name=noun.name, roles=sorted(noun.roles), active=noun.active)


def tell_account(payload: AccountPayload) -> str:
    """That somebody is here now."""
    return f"{_line(payload.account)}\nUse it: --as {payload.account.id}"


def tell_accounts(payload: AccountsPayload) -> str:
    """Everybody on a line."""
    lines = [_line(each) for each in payload.accounts]
    return "\n".join(lines) or "There is no account yet; the first command that needs one makes “me”."


def _line(view: AccountView) -> str:
    resting = "" if view.active else ", disabled"
    return f"{view.id}  {view.name} ({', '.join(role.value for role in view.roles)}{resting})"
