"""A backup that cannot be put back is one sentence with the next step, exit 1, and a home as empty as it was."""

import gzip
import json
from pathlib import Path

import pytest

from knowledge.keeping.seal import seal, unseal
from tests.house import open_bakery
from tests.ui.conftest import Flourish

PASSPHRASE = "four words are enough"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole backup of the bakery."""
    folder = tmp_path_factory.mktemp("kept")
    bakery = open_bakery(folder)
    done = bakery.house.office().back_up(folder / "kept.age", PASSPHRASE)
    bakery.house.library.close()
    bakery.house.records.close()
    return Path(done.file)


def newer(raw: bytes) -> bytes:
    """The same backup as a newer version would have written it."""
    first, rest = gzip.decompress(unseal(raw, PASSPHRASE, "kept")).split(b"\n", 1)
    head = json.loads(first) | {"revision": "9999"}
    return seal(gzip.compress(json.dumps(head).encode() + b"\n" + rest), PASSPHRASE)


@pytest.mark.parametrize(
    ("what", "told", "following"),
    [
        ("cut", "incomplete or damaged", "Take another copy or an older backup."),
        ("changed", "incomplete or damaged", "Take another copy or an older backup."),
        ("empty", "is not a backup", "flourish backup"),
        ("no backup", "is not a backup", "flourish backup"),
        ("newer", "A newer Flourish wrote", "Update Flourish"),
        ("wrong key", "The passphrase does not open", "the one that was used"),
        ("missing", "cannot be read", "Check the name."),
    ],
)
def test_what_cannot_be_restored_leaves_an_empty_home(
    flourish: Flourish, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, told: str,
    following: str,
) -> None:  # fmt: skip
    raw, file = backup.read_bytes(), tmp_path / "kept.age"
    content = {
        "cut": raw[: len(raw) // 2], "changed": raw[:-40] + bytes(40), "empty": b"", "no backup": b"PK\x03\x04 zip",
        "newer": newer(raw) if what == "newer" else b"", "wrong key": raw,
    }  # fmt: skip
    if what in content:
        file.write_bytes(content[what])
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE.upper() if what == "wrong key" else PASSPHRASE)
    said = flourish("restore", str(file))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("flourish: ")
    assert told in said.err
    assert following in said.err
    assert "Traceback" not in said.err
    told_json = json.loads(flourish("restore", str(file), "--json").out)
    assert told_json["error"]["message"]
    assert told_json["error"]["next"]
    assert flourish("people", "list", "--json").json["people"] == []
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE)
    if what == "wrong key":  # nothing that was refused stands in the way of the right one
        assert flourish("restore", str(backup)).code == 0
        assert len(flourish("people", "list", "--as", "anna", "--json").json["people"]) == 3


def test_a_home_with_people_in_it_keeps_them(
    flourish: Flourish, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE)
    flourish("people", "add", "Uma Berg", "--id", "uma")
    said = flourish("restore", str(backup))
    assert said.code == 1
    assert "--home NEW-FOLDER" in said.err
    assert [p["id"] for p in flourish("people", "list", "--json").json["people"]] == ["uma"]


def test_of_a_deleted_note_no_byte_is_left_when_the_command_is_through(flourish: Flourish, tmp_path: Path) -> None:
    """Word index, write-ahead log and free pages included, with no other command after it."""
    flourish("people", "add", "Uma Berg", "--id", "uma")
    for number in range(30):
        flourish("note", "add", "uma", f"An ordinary talk, number {number}, about the rota.", "--date", "2026-06-01")
    words = "I will bring the Bumfuzzlement by Friday. She said: I love the Snollygoster."
    added = flourish("note", "add", "uma", words, "--date", "2026-06-01", "--json").json
    canaries = [
        form.encode(e) for w in ("umfuzzlement", "nollygoster") for form in (w,) for e in ("utf-8", "utf-16-le")
    ]
    files = [p for p in (tmp_path / "home").rglob("*") if p.is_file()]
    assert any(word in p.read_bytes() for p in files for word in canaries)
    assert flourish("note", "delete", added["note"]["id"], "--yes").code == 0
    for path in (p for p in (tmp_path / "home").rglob("*") if p.is_file()):
        assert not [word for word in canaries if word in path.read_bytes()], path
