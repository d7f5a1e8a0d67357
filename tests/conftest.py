"""No test reaches the network: loopback and unix sockets only. Every home is a throw-away one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket

from tests.house import Bakery, open_bakery
from tests.once import empty, of_the_run
from tests.spared import Spared
from ui.settings import FOR_A_MODEL, KNOWN

LONG = (
    "test_crash.py", "test_browser_double.py", "test_browser_accounts.py", "test_browser_axe.py", "test_isolation.py",
    "test_two_processes.py", "test_forgotten_for_good.py", "test_vault.py",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the prompts' renders anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first: whole files go to the workers in this order, and a long one at the end is waited for."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: (place.get(item.path.name, len(LONG)), item.get_closest_marker("browser") is None))


def pytest_sessionfinish() -> None:
    empty()


def pytest_runtest_setup() -> None:
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the home of whoever runs it."""
    monkeypatch.setenv("FLOURISH_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    for name in (*FOR_A_MODEL, *(key for key in KNOWN if key.startswith("FLOURISH_MODEL"))):
        monkeypatch.delenv(name, raising=False)  # no test can call a paid model by accident


@pytest.fixture(scope="session", autouse=True)
def _spared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spared]:
    sparing = Spared(tmp_path_factory.mktemp("empty") / "flourish.db", of_the_run(tmp_path_factory))
    with sparing.at_work():
        yield sparing


@pytest.fixture(scope="module")
def nothing_spared(_spared: Spared) -> Iterator[None]:
    """For tests of the very things that are otherwise done once for all tests."""
    with _spared.at_rest():
        yield


@pytest.fixture
def bakery(tmp_path: Path) -> Iterator[Bakery]:
    """A bakery of real parts that the test may change."""
    yield open_bakery(tmp_path)
    shutil.rmtree(tmp_path, ignore_errors=True)
