"""The seal opens with its passphrase and says plainly why it does not open."""

from types import SimpleNamespace

import pytest

from assistant.errors import Refused
from knowledge.keeping import seal as seals

pytestmark = pytest.mark.usefixtures("nothing_spared")


class TooMuchError(Exception):
    """As age says it on a machine that looks slow."""


class Busy:
    """age on a machine that is busy for some tries."""

    def __init__(self, tries: int) -> None:
        self.tries = tries
        self.DecryptError = TooMuchError
        self.passphrase = SimpleNamespace(decrypt=self._decrypt)

    def _decrypt(self, sealed: bytes, passphrase: str) -> bytes:
        self.tries -= 1
        if self.tries >= 0:
            raise TooMuchError("Excessive work parameter for passphrase.\nDecryption would take around 32 seconds.")
        return b"content"


SEALED = b"age-encryption.org/v1\n-> scrypt abc 18\n"


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []
    monkeypatch.setattr(seals, "time", SimpleNamespace(sleep=seconds.append))
    return seconds


def test_a_machine_that_looks_slow_for_a_moment_is_measured_again(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    monkeypatch.setattr(seals, "_age", lambda: Busy(3))
    assert seals.unseal(SEALED, "four words are enough", "kept.age") == b"content"
    assert len(waited) == 3


def test_a_machine_that_stays_too_slow_is_no_damaged_backup(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    monkeypatch.setattr(seals, "_age", lambda: Busy(1_000))
    with pytest.raises(Refused, match="too busy at the moment, or too slow") as caught:
        seals.unseal(SEALED, "four words are enough", "kept.age")
    assert "age --decrypt" in str(caught.value)
    assert sum(waited) < 10
