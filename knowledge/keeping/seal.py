"""The seal on a backup: the age format with a passphrase. Any `age` program opens it, so no backup depends on us."""

import time
from typing import Any

from assistant.errors import Invalid, NotAllowed, NotInstalled, Refused

SHORTEST = 12
_TOO_MUCH = "Excessive work"  # what age says when opening would take much longer than sealing should
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # seconds between two looks at how busy the machine is


def check_passphrase(passphrase: str) -> None:
    """Refuse one that is quickly guessed.

    Raises:
        Invalid: It is too short.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise Invalid(
            f"The passphrase has fewer than {SHORTEST} characters, so it would be guessed.",
            next="Take four or five words; write them down where the backup is not.",
        )


def seal(content: bytes, passphrase: str) -> bytes:
    """The content, sealed."""
    return bytes(_age().passphrase.encrypt(content, passphrase))


def unseal(sealed: bytes, passphrase: str, name: str) -> bytes:
    """The content of a sealed file.

    Raises:
        Invalid: It is no sealed file, or is incomplete or changed.
        NotAllowed: The passphrase is another one.
        Refused: The machine is too busy, or far too slow, for the work that opens it.
    """
    age = _age()
    if not sealed.startswith(b"age-encryption.org/v1\n-> scrypt "):
        raise Invalid(f"{name} is not a backup of Flourish.", next="Give the .age file that `flourish backup` wrote.")
    try:
        return _decrypted(age, sealed, passphrase)
    except age.DecryptError as error:
        if _TOO_MUCH in str(error):
            raise Refused(
                f"This machine is too busy at the moment, or too slow, to open {name}. Nothing was changed.",
                next="Try again when less is going on; on another machine `age --decrypt` opens it as well.",
            ) from error
        if str(error) == "Decryption failed":  # the passphrase opens the header; the rest is checked piece by piece
            raise NotAllowed(
                f"The passphrase does not open {name}.", next="Try the one that was used when it was made."
            ) from error
        raise Invalid(
            f"{name} is incomplete or damaged, so nothing was restored.", next="Take another copy or an older backup."
        ) from error


def _decrypted(age: Any, sealed: bytes, passphrase: str) -> bytes:
    """The content. age measures how fast the machine is, and a busy one looks slow: then it is measured again."""
    for wait in (*_WAITS, None):
        try:
            return bytes(age.passphrase.decrypt(sealed, passphrase))
        except age.DecryptError as error:
            if wait is None or _TOO_MUCH not in str(error):
                raise
            time.sleep(wait)
    raise AssertionError("the last try returns or raises")


def _age() -> Any:
    try:
        import pyrage
    except ModuleNotFoundError as error:
        raise NotInstalled("Backups need their seal.", next="pip install pyrage") from error
    return pyrage
