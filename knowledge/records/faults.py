"""Foreign errors stop here: what a database says becomes one sentence with the next step, and no note's words."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import exc

from assistant.errors import HomeError, Invalid

_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock detected", "could not serialize")
_FULL = ("disk is full", "no space left", "disk full")
_READ_ONLY = ("readonly database", "read-only", "permission denied")
_DAMAGED = ("malformed", "not a database", "corrupt", "invalid page", "unsupported file format")
_FAILING = ("disk i/o error",)
_HARDLY_ANY = 64 * 1024  # bytes; the shared memory of a log takes 32 KB


@contextmanager
def vendor_errors_as_ours(place: str) -> Iterator[None]:
    """Turn what the database raises inside into a `FlourishError`.

    Args:
        place: Where the records lie, as the person may read it (no password).

    Raises:
        HomeError: The database is busy, away, full, read-only or damaged.
        Invalid: The values cannot be kept.
    """
    try:
        yield
    except exc.IntegrityError as error:
        raise Invalid(
            "This does not fit what is on record: something it hangs on is not there, or it is there already.",
            next="Nothing was changed; look again and repeat the step.",
        ) from error
    except (exc.DataError, UnicodeEncodeError) as error:
        raise Invalid(
            "This holds a character that cannot be kept.", next="Remove control characters and try again."
        ) from error
    except (exc.DBAPIError, exc.TimeoutError) as error:
        raise told(error, place) from error


def damaged(place: str) -> HomeError:
    """What stands there cannot be trusted; it is left as it is, and a backup is put elsewhere."""
    return HomeError(
        f"The records in {place} are damaged, or are not Flourish records. Nothing was changed.",
        next="Restore your newest backup into an empty home: flourish restore FILE --home NEW-FOLDER.",
    )


def _is_full(place: str) -> bool:
    """Whether the disk under a file has hardly a page left; without room for its log, SQLite only says "I/O error"."""
    with suppress(OSError, ValueError):
        return disk_usage(Path(place).parent).free < _HARDLY_ANY
    return False


def told(error: Exception, place: str) -> HomeError:
    """What a database error means for the person."""
    said = str(getattr(error, "orig", None) or error).casefold()
    if isinstance(error, exc.TimeoutError) or any(words in said for words in _BUSY):
        return HomeError("The records are busy with another change.", next="Wait a moment and try again.")
    if any(words in said for words in _FULL) or (any(words in said for words in _FAILING) and _is_full(place)):
        return HomeError(f"There is no room left for the records in {place}.", next="Free some space and try again.")
    if any(words in said for words in _READ_ONLY):
        return HomeError(
            f"The records in {place} cannot be written.", next="Give yourself write permission, or use another home."
        )
    if any(words in said for words in _FAILING):
        return HomeError(
            f"The disk did not take or give what the records in {place} hold. Nothing was changed.",
            next="Look whether it is full or failing, then try again.",
        )
    if any(words in said for words in _DAMAGED):
        return damaged(place)
    return HomeError(
        f"The records in {place} cannot be opened.", next="Check that the place exists and that you may use it."
    )
