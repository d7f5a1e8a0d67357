"""A process is killed in the middle of a write; the next one finds every acknowledged note and nothing by halves."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.harness import Stage, chosen, postgres_stage, sqlite_stage
from tests.crash.scenes import SCENES
from tests.knowledge.records.conftest import Cluster

KILLS = 2  # a scene


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("crash")
    if request.param == "sqlite":
        yield sqlite_stage(folder)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        yield postgres_stage(folder, cluster.address, cluster.execute)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_was_acknowledged_survives_a_kill_at_any_step(stage: Stage, scene) -> None:
    for step in chosen(stage.course(scene).steps, KILLS):
        assert stage.kill(scene, step).wrong == ()
