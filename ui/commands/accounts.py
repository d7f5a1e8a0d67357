"""account: who uses this home and may sign in on its page. Whoever may use its folder may add somebody."""

import sys
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Run, command, group, words_of

if TYPE_CHECKING:
    from assistant.domain.account import Account
    from ui.contract.home import AccountPayload, AccountView

_ROLES = ("manager", "coach", "admin")


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    account = group(groups, "account", "Who uses this home: managers, coaches, admins.")
    new = command(account, "add", "Somebody new; nobody reads anybody else's notes.", add_account)
    new.add_argument("id", metavar="ID", help="letters, digits, dot, dash; they sign in with it")
    new.add_argument("--name", metavar="NAME", required=True, help="how notes name them as author")
    new.add_argument(
        "--role", choices=_ROLES, action="append", help="what they do here, may be given more than once; else manager"
    )
    command(account, "list", "Everybody, with what they do here.", list_accounts)
    log = command(
        account, "log", "Who signed in, who tried with a wrong password, when, and from which device.", show_log,
        more="The newest two hundred of each account, for ninety days. No password and no wrong name is kept.",
    )  # fmt: skip
    log.add_argument("id", metavar="ID", nargs="?", help="one account; none: all of them")
    log.add_argument("--failed", action="store_true", help="only attempts with a wrong password")
    password = command(
        account,
        "password",
        "Set the password somebody signs in with; it is typed, or comes through the pipe.",
        set_password,
        more="It is kept as an argon2id hash. Whoever was signed in under the one before is signed out.",
    )
    disable = command(account, "disable", "Sign somebody out for good; nothing of theirs is deleted.", disable_account)
    enable = command(account, "enable", "Let somebody in again who was disabled.", enable_account)
    for parser in (password, disable, enable):
        parser.add_argument("id", metavar="ID", help="the account")


def add_account(run: Run) -> None:
    """A new account."""
    from assistant.domain.account import Account, AccountId, Role
    from ui.present import accounts

    roles = frozenset(Role(role) for role in run.args.role or ("manager",))
    made = Account(AccountId(run.args.id), words_of(run.args.name).strip(), roles)
    run.house.records.accounts.add(made)
    run.show(_payload(run, made), accounts.tell_account)


def list_accounts(run: Run) -> None:
    """Everybody."""
    from ui.contract.home import AccountsPayload
    from ui.present import accounts

    found = [_view(run, each) for each in run.house.records.accounts.all()]
    run.show(AccountsPayload(accounts=found), accounts.tell_accounts)


def show_log(run: Run) -> None:
    """Who signed in."""
    from assistant.domain.account import AccountId
    from assistant.domain.sign_in import Came
    from ui.present import accounts

    gate = run.house.gate()
    asked = [gate.account(AccountId(run.args.id))] if run.args.id else run.house.records.accounts.all()
    found = [entry for each in asked for entry in gate.came(each.id)]
    if run.args.failed:
        found = [entry for entry in found if entry.came is Came.FAILED]
    run.show(accounts.log(sorted(found, key=lambda e: e.at, reverse=True)), accounts.tell_log)


def set_password(run: Run) -> None:
    """A new password for an account."""
    from assistant.domain.account import AccountId
    from ui.present import accounts

    gate = run.house.gate()
    known = gate.account(AccountId(run.args.id))
    run.show(_payload(run, gate.set_password(known.id, _typed(known.id))), accounts.tell_password)


def disable_account(run: Run) -> None:
    """An account that rests; its sessions end at once."""
    _set_active(run, False)


def enable_account(run: Run) -> None:
    """An account that is in use again."""
    _set_active(run, True)


def _set_active(run: Run, active: bool) -> None:
    from assistant.domain.account import AccountId
    from ui.present import accounts

    run.show(_payload(run, run.house.gate().set_active(AccountId(run.args.id), active)), accounts.tell_active)


def _typed(account: str) -> str:
    """A password from the keyboard, twice and unseen, or one line from the pipe; never an argument.

    Raises:
        Invalid: The two are not the same, or the pipe holds no text.
    """
    from assistant.errors import Invalid

    if not sys.stdin.isatty():
        return words_of("-").split("\n")[0].rstrip("\r")
    from getpass import getpass

    said = getpass(f"New password for {account}: ", stream=sys.stderr)
    if getpass("Once more: ", stream=sys.stderr) != said:
        raise Invalid("The two passwords are not the same; nothing was changed.", next="Try again.")
    return said


def _payload(run: Run, noun: "Account") -> "AccountPayload":
    from ui.contract.home import AccountPayload

    return AccountPayload(account=_view(run, noun))


def _view(run: Run, noun: "Account") -> "AccountView":
    from ui.present import accounts

    return accounts.account(noun, has_password=bool(run.house.gate().stamp(noun.id)))
