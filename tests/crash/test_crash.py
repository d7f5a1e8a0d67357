"""A process is killed in the middle of a write; the next one finds every acknowledged note and nothing by halves."""

import pytest

from tests.crash.bakery import Scene
from tests.crash.harness import Stage, chosen
from tests.crash.scenes import SCENES
from tests.crash.steps import COMMITTED, name_of

ON_POSTGRES = {"note write", "note edit", "import of a case folder", "migration"}  # the rest is in `make crash`


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_was_acknowledged_survives_a_kill_at_a_named_step(
    stage: Stage, scene: Scene, request: pytest.FixtureRequest
) -> None:
    if "postgres" in request.node.name and scene.name not in ON_POSTGRES:
        pytest.skip("played on PostgreSQL by `make crash`")
    steps = stage.course(scene).steps
    for step in {len(steps) // 2, _after_the_first_commit(steps)}:
        assert stage.kill(scene, step).wrong == ()


def _after_the_first_commit(steps: tuple[str, ...]) -> int:
    """Where it is kept and nobody has been told yet; the last step where nothing is committed."""
    return steps.index(COMMITTED) if COMMITTED in steps else len(steps) - 1


def test_a_kill_at_any_moment_loses_nothing(stage: Stage) -> None:
    scene = next(scene for scene in SCENES if scene.name == "note write")
    seconds = stage.seconds(scene)
    for share in (0.3, 0.7):
        assert stage.kill_after(scene, share * seconds).wrong == ()


def test_the_harness_finds_what_is_lost_half_done_or_there_twice(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is not what a killed run may leave: a vector, promises or a role went astray."""
    scene = next(scene for scene in SCENES if scene.name == "note write")
    course = stage.course(scene)
    step = max(number for number, name in enumerate(course.steps) if name == COMMITTED)
    for statement, said in (
        ("DELETE FROM note_vector WHERE note_id = (SELECT min(note_id) FROM note_vector)", "has no vector"),
        ("DELETE FROM promise", "promise"),
        ("UPDATE person SET role = 'Another'", "stopped between two commits: ['person']"),
    ):
        with monkeypatch.context() as once:
            once.setattr(stage, "before_looking", statement)
            outcome = stage.kill(scene, step)
        assert any(said in wrong for wrong in outcome.half), outcome


def test_steps_are_named_after_what_reaches_the_database() -> None:
    said = {
        "INSERT INTO note (id) VALUES (?)": "insert into note",
        'DELETE FROM "note" WHERE 1': "delete from note",
        "\n  CREATE VIRTUAL TABLE note_fts USING fts5(x)": "create virtual table note_fts",
        "UPDATE note SET text=?": "update note",
        "SELECT * FROM note": None,
        "PRAGMA journal_mode=WAL": None,
    }
    assert {statement: name_of(statement) for statement in said} == said


def test_of_many_steps_each_name_is_chosen_first() -> None:
    steps = ["a", "b", "a", "b", "c"]
    assert [steps[n] for n in chosen(steps, 3)] == ["a", "b", "c"]
    assert chosen(steps, 4) == [0, 1, 2, 4]
    assert chosen(steps, 2) == [0, 4]
