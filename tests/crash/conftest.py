"""One stage on each database; homes are prepared once and copied for every kill."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.harness import Stage, postgres_stage, sqlite_stage
from tests.knowledge.records.conftest import Cluster, cluster

__all__ = ["cluster"]


@pytest.fixture(scope="package", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("crash")
    if request.param == "sqlite":
        yield sqlite_stage(folder)
    else:
        owned: Cluster = request.getfixturevalue("cluster")
        yield postgres_stage(folder, owned.address, owned.execute)
    shutil.rmtree(folder, ignore_errors=True)
