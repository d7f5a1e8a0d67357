"""Small disks that fill up."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Disk = Callable[[int], Path]


def disks(tmp_path: Path) -> Iterator[Disk]:
    """Makes a disk of so many kibibytes; they go when the test is over."""
    made: list[Path] = []

    def make(kibibytes: int) -> Path:
        place = tmp_path / f"disk{len(made)}"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", place]
        if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("A small disk can only be mounted by root.")
        made.append(place)
        return place

    yield make
    for place in made:
        subprocess.run(["umount", "-l", place], check=True)


def leave(folder: Path, free: int) -> Path:
    """Fill the disk until so many bytes are left; the file that does it."""
    filler = folder / "filler"
    stats = os.statvfs(folder)
    there = filler.stat().st_size if filler.exists() else 0
    size = there + stats.f_bavail * stats.f_frsize - free
    with filler.open("ab") as out:
        out.truncate(max(size, 0))
        os.posix_fallocate(out.fileno(), 0, max(size, 1))
    return filler
