"""Files that were sent to the page and wait for a yes: their folder tells whose they are, so an erasure finds them."""

import shutil
from hashlib import sha256
from pathlib import Path

from assistant.domain.account import AccountId
from assistant.errors import HomeError


def sent_mark(account: AccountId) -> str:
    """How the folder of everything that was sent for this account begins; an account's id may not be a file's name."""
    return f"sent-{sha256(account.encode()).hexdigest()[:12]}-"


def drop_sent(passing: Path, account: AccountId) -> int:
    """Delete what was sent for this account and waits; how many sendings that were.

    Raises:
        HomeError: Something cannot be removed.
    """
    waiting = [path for path in passing.glob(f"{sent_mark(account)}*") if path.is_dir()]
    for path in waiting:
        try:
            shutil.rmtree(path)
        except FileNotFoundError:  # the page was quicker
            continue
        except OSError as error:
            raise HomeError(
                f"What was sent to the page cannot be removed from {path} ({error.strerror}).",
                next="Remove that folder by hand.",
            ) from error
    return len(waiting)
