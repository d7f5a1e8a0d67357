"""What is made or worked out once for all processes of a run is the same for each of them."""

from pathlib import Path

import pytest

from tests.once import Remembered, made_once


def test_what_one_process_worked_out_is_taken_over_by_the_others_in_whatever_order_they_ask(tmp_path: Path) -> None:
    one, other = (Remembered(tmp_path / "kept.pickles", most=3) for _ in range(2))
    worked: list[str] = []

    def work(text: str) -> int:
        worked.append(text)
        return len(text)

    for asked in (one, other, one):
        assert [asked.get(text, lambda text=text: work(text)) for text in ("a", "bb")] == [1, 2]
    assert other.get("ccc", lambda: work("ccc")) == 3
    assert one.get("ccc", lambda: work("ccc")) == 3
    assert worked == ["a", "bb", "ccc"]
    assert [one.get("dddd", lambda: work("dddd")) for _ in range(2)] == [4, 4]
    assert worked[3:] == ["dddd", "dddd"], "it holds no more than it may"


def test_a_folder_that_somebody_failed_at_is_made_anew_and_then_left_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tries: list[Path] = []

    def make(folder: Path) -> None:
        tries.append(folder)
        folder.mkdir()
        (folder / f"{len(tries)}").touch()
        if len(tries) == 1:
            raise OSError("It broke off.")

    with pytest.raises(OSError, match="broke off"):
        made_once(tmp_path_factory, "made-for-this-test", make)
    for _ in range(2):
        made = made_once(tmp_path_factory, "made-for-this-test", make)
        assert [file.name for file in made.iterdir()] == ["2"]
