"""Accounts for whoever looks after a Flourish: what each may do, when they came, who may not come in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.sign_in import Came, SignIn
from ui.web.show import button, count, day_words, esc, folded, section
from ui.web.show_devices import came_row

DOES = {
    Role.MANAGER: "leads people", Role.COACH: "reviews questions", Role.ADMIN: "looks after this Flourish",
}  # fmt: skip
SHOWN = 8  # lines of the log before the rest is folded
HOW_TO = (
    "Add somebody in a terminal, <code>flourish account add ID --name NAME</code>, and give them a password there, "
    "<code>flourish account password ID</code>: nobody who could sign in as a manager is made on a page."
)


def everybody(
    accounts: Sequence[Account], can_sign_in: Collection[AccountId], came: Sequence[SignIn], who: AccountId
) -> str:
    """Every account, and the way to let one rest.

    Args:
        accounts: All of the home.
        can_sign_in: Those that have a password.
        came: The log of all of them, the newest first.
        who: Whoever looks at it; they cannot shut themselves out.
    """
    last: dict[AccountId, datetime] = {}
    for entry in came:
        if entry.came is Came.IN:
            last.setdefault(entry.account_id, entry.at)
    rows = "".join(_row(a, a.id in can_sign_in, last.get(a.id), a.id == who) for a in accounts)
    hint = f"{count(len(accounts), 'account')}. {HOW_TO}"
    return section("Who uses it", f'<ul class="fl-list">{rows}</ul>', id="accounts", hint=hint)


def _row(account: Account, can_sign_in: bool, last: datetime | None, is_own: bool) -> str:
    does = ", ".join(DOES[role] for role in Role if role in account.roles)
    seen = f"last signed in {day_words(last.astimezone().date())}" if last else "has not signed in lately"
    word = "" if can_sign_in else '<span class="fl-late">no password yet</span>'
    if is_own:
        state, act = '<span class="fl-state">you</span>', ""
    elif account.active:
        state = ""
        act = button("rest", "Sign out and lock", id=account.id, name=f"Sign out and lock {account.name}",
                     style="fl-plainly")  # fmt: skip
    else:
        state = '<span class="fl-state fl-resting">locked</span>'
        act = button("wake", "Let in again", id=account.id, name=f"Let {account.name} in again")
    return (
        f'<li class="fl-row"><div><p class="fl-text"><strong>{esc(account.name)}</strong> {state}</p>'
        f'<p class="fl-meta"><span>{esc(account.id)}</span><span>{does}</span><span>{seen}</span>{word}</p></div>'
        f'<div class="fl-acts">{act}</div></li>'
    )


def came(entries: Sequence[SignIn], names: Mapping[AccountId, str]) -> str:
    """Who signed in and who tried, over all accounts."""
    rows = [came_row(entry, names.get(entry.account_id, entry.account_id)) for entry in entries]
    failed = sum(entry.came is Came.FAILED for entry in entries)
    tries = f"{count(failed, 'attempt')} with a wrong password. " if failed else ""
    hint = f"{tries}The last ninety days, the newest first. Each account sees its own lines under Settings."
    if not rows:
        return section("Who signed in", '<p class="fl-quiet">Nobody in the last ninety days.</p>', id="came")
    return section("Who signed in", folded(rows, SHOWN, "earlier"), id="came", hint=hint)
