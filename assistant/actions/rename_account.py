"""How a manager is called from now on. Notes written before keep their author."""

from dataclasses import replace

from assistant.domain.account import Account, AccountId
from assistant.errors import Invalid, Unknown
from assistant.ports.records import Records

MOST = 120  # characters


def rename_account(records: Records, account: AccountId, name: str) -> Account:
    """The account under its new name.

    Raises:
        Invalid: It is no name, or a very long one.
        Unknown: There is no such account.
    """
    said = " ".join(name.split())
    if len(said) > MOST:
        raise Invalid(f"A name holds at most {MOST} characters.", next="Give first and last name.")
    known = next((each for each in records.accounts.all() if each.id == account), None)
    if known is None:
        raise Unknown("There is no such account.", next="Open the page again.")
    renamed = replace(known, name=said)
    records.accounts.rename(renamed)
    return renamed
