"""How a home says that it is the sample team's: a small file with its own today. It opens no records."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.domain.account import Account, AccountId, Role
from assistant.errors import BrokenInstallation, HomeError

MARK = "demo.json"
DATA = ("people.json", "notes.jsonl")
TODAY = date(2026, 6, 15)
COACH = Account(AccountId("hr1"), "Noor Castellan", frozenset({Role.COACH}))  # reviews what the sample managers show


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sample home knows of itself.

    Attributes:
        today: The day of every view, so that the sample never grows old.
        account: Whose desk is meant when none is named.
        data: The fingerprint of the notes it was built from; empty while it is being built.
    """

    today: date
    account: str
    data: str = ""

    @property
    def banner(self) -> str:
        """What every face says about this home."""
        return f"sample team, {self.today.day} {self.today:%B %Y}"


def read_mark(home: Path) -> Mark | None:
    """The mark of a sample home; none for any other home.

    Raises:
        HomeError: The mark is there and cannot be read.
    """
    try:
        said = json.loads((home / MARK).read_text(encoding="utf-8"))
        return Mark(date.fromisoformat(said["today"]), str(said["account"]), str(said["data"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HomeError(
            f"The sample home {home} is damaged: its {MARK} cannot be read.",
            next="Delete that folder; `flourish demo` makes it anew.",
        ) from error


def write_mark(home: Path, mark: Mark) -> None:
    """Put the mark into a home, whole or not at all.

    Raises:
        HomeError: It cannot be written.
    """
    fresh = home / f"{MARK}.new"
    try:
        fresh.write_text(json.dumps({**asdict(mark), "today": mark.today.isoformat()}) + "\n", encoding="utf-8")
        fresh.replace(home / MARK)
    except OSError as error:
        raise HomeError(
            f"The sample home {home} cannot be written ({error.strerror}).",
            next="Free some space or give yourself write permission, and try again.",
        ) from error


def sample_folder() -> Path:
    """The folder with the sample team's people and notes: packed beside this file, or the checkout's own case.

    Raises:
        BrokenInstallation: It is in neither place.
    """
    here = Path(__file__).resolve().parent
    for folder in (here, here.parents[1] / "tests" / "cases" / "dev"):
        if all((folder / name).is_file() for name in DATA):
            return folder
    raise BrokenInstallation("The sample team is missing from this installation.", next="Reinstall Flourish.")


def data_fingerprint(folder: Path) -> str:
    """Sixteen hex digits that change when the sample data does."""
    digest = hashlib.sha256()
    for name in DATA:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
