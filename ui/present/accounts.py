"""Accounts as payloads, and as text for a terminal."""

from collections.abc import Sequence

from assistant.domain.account import Account
from assistant.domain.sign_in import By, Came, SignIn
from ui.contract.home import AccountPayload, AccountsPayload, AccountView, SignInsPayload, SignInView


def account(noun: Account, *, has_password: bool) -> AccountView:
    """One account, and whether it can sign in on the page."""
    return AccountView(
        id=noun.id, name=noun.name, roles=sorted(noun.roles), active=noun.active, has_password=has_password
    )


def log(entries: Sequence[SignIn]) -> SignInsPayload:
    """Who signed in, the newest first."""
    return SignInsPayload(
        sign_ins=[
            SignInView(account_id=e.account_id, at=e.at, came=e.came, by=e.by, device=e.device, address=e.address)
            for e in entries
        ]
    )


def tell_log(payload: SignInsPayload) -> str:
    """A line for each."""
    said = {Came.IN: "signed in", Came.FAILED: "WRONG PASSWORD", Came.NEW_PASSWORD: "new password"}
    how = {By.PASSWORD: "", By.PHONE: " by a code, as a phone", By.LINK: " by the printed link"}
    lines = []
    for e in payload.sign_ins:
        where = ", ".join(filter(None, (e.device, e.address)))
        at = e.at.astimezone()
        lines.append(f"{at:%Y-%m-%d %H:%M}  {e.account_id}  {said[e.came]}{how[e.by]}{f' ({where})' if where else ''}")
    return "\n".join(lines) or "Nobody has signed in on the page in the last ninety days."


def tell_account(payload: AccountPayload) -> str:
    """That somebody is here now."""
    view = payload.account
    later = "" if view.has_password else f"\nTo sign in on the page: flourish account password {view.id}"
    return f"{_line(view)}\nUse it: --as {view.id}{later}"


def tell_active(payload: AccountPayload) -> str:
    """That somebody may, or may no longer, come in."""
    view = payload.account
    if view.active:
        return f"{_line(view)}\nMay sign in again; everything is as it was."
    return f"{_line(view)}\nSigned out on every device at once. Nothing was deleted: flourish account enable {view.id}"


def tell_password(payload: AccountPayload) -> str:
    """That a new password holds."""
    view = payload.account
    return f"The password of {view.id} is set. Whoever was signed in under another one is signed out."


def tell_accounts(payload: AccountsPayload) -> str:
    """Everybody on a line."""
    lines = [_line(each) for each in payload.accounts]
    return "\n".join(lines) or "There is no account yet; the first command that needs one makes “me”."


def _line(view: AccountView) -> str:
    marks = [*(role.value for role in view.roles)]
    if not view.active:
        marks.append("disabled")
    elif not view.has_password:
        marks.append("no password")
    return f"{view.id}  {view.name} ({', '.join(marks)})"
