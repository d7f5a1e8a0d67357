"""The seal on a backup: the age format with a passphrase. Any `age` program opens it, so no backup depends on us."""

from typing import Any

from assistant.errors import Invalid, NotAllowed, NotInstalled

SHORTEST = 12


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
    """
    age = _age()
    if not sealed.startswith(b"age-encryption.org/v1\n-> scrypt "):
        raise Invalid(f"{name} is not a backup of Flourish.", next="Give the .age file that `flourish backup` wrote.")
    try:
        return bytes(age.passphrase.decrypt(sealed, passphrase))
    except age.DecryptError as error:
        if str(error) == "Decryption failed":  # the passphrase opens the header; the rest is checked piece by piece
            raise NotAllowed(
                f"The passphrase does not open {name}.", next="Try the one that was used when it was made."
            ) from error
        raise Invalid(
            f"{name} is incomplete or damaged, so nothing was restored.", next="Take another copy or an older backup."
        ) from error


def _age() -> Any:
    try:
        import pyrage
    except ModuleNotFoundError as error:
        raise NotInstalled("Backups need their seal.", next="pip install pyrage") from error
    return pyrage
