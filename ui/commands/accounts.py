"""account: who uses this home. Whoever may use its folder may add somebody."""

from ui.commands.base import Groups, Run, command, group, words_of

_ROLES = ("manager", "coach", "admin")


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    account = group(groups, "account", "Who uses this home: managers, coaches, admins.")
    new = command(account, "add", "Somebody new; nobody reads anybody else's notes.", add_account)
    new.add_argument("id", metavar="ID", help="letters, digits, dot, dash")
    new.add_argument("--name", metavar="NAME", required=True, help="how notes name them as author")
    new.add_argument(
        "--role", choices=_ROLES, action="append", help="what they do here, may be given more than once; else manager"
    )
    command(account, "list", "Everybody, with what they do here.", list_accounts)


def add_account(run: Run) -> None:
    """A new account."""
    from assistant.domain.account import Account, AccountId, Role
    from ui.contract.home import AccountPayload
    from ui.present import accounts

    roles = frozenset(Role(role) for role in run.args.role or ("manager",))
    made = Account(AccountId(run.args.id), words_of(run.args.name).strip(), roles)
    run.house.records.accounts.add(made)
    run.show(AccountPayload(account=accounts.account(made)), accounts.tell_account)


def list_accounts(run: Run) -> None:
    """Everybody."""
    from ui.contract.home import AccountsPayload
    from ui.present import accounts

    found = [accounts.account(each) for each in run.house.records.accounts.all()]
    run.show(AccountsPayload(accounts=found), accounts.tell_accounts)
