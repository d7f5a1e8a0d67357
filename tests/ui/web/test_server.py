import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from assistant.errors import NotAllowed, Refused
from ui.web.listening import Wish, check, listen

ROOT = Path(__file__).resolve().parents[3]
# A server whose page needs no records: what is tested is how it starts, listens and stops.
SERVE = """
import sys
from datetime import date
from assistant.domain.account import Account, AccountId
from assistant.errors import HomeError, Unknown
from ui.web.openers import Openers
from ui.web.listening import Wish
from ui.web.server import serve
def desk(account): raise Unknown("There is nobody here.")
def warm():
    if sys.argv[1] == "broken": raise HomeError("The home is locked.", next="Close the other one.")
openers = Openers(desk, lambda: [Account(AccountId("me"), "Me")], warm, lambda: date(2026, 6, 15))
try:
    serve(openers, Wish(port=0), open_browser=False)
except HomeError as error:
    print("FAILED", error)
"""


def start(how: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-u", "-c", SERVE, how], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )  # fmt: skip


@pytest.fixture
def running() -> Iterator["subprocess.Popen[str]"]:
    process = start("well")
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def get(port: int, path: str) -> int:
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        door.request("GET", path)
        return door.getresponse().status
    finally:
        door.close()


def test_the_server_answers_early_says_how_to_get_in_and_stops_cleanly(running: "subprocess.Popen[str]") -> None:
    assert running.stdout is not None
    said = [running.stdout.readline(), running.stdout.readline()]
    assert "Only this machine can reach it" in said[0]
    found = re.search(r"http://127\.0\.0\.1:(\d+)/start\?key=(\S+)", said[1])
    assert found
    port = int(found[1])
    assert get(port, "/healthz") == 200
    end = time.monotonic() + 120
    while get(port, "/readyz") != 200:
        assert time.monotonic() < end
        time.sleep(0.1)
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("GET", f"/start?key={found[2]}")
    answer = door.getresponse()
    cookie = str(answer.getheader("set-cookie")).split(";")[0]
    answer.read()
    door.request("GET", "/app/gradio_api/heartbeat/abc", headers={"cookie": cookie})  # an open page: it never ends
    assert door.getresponse().status == 200
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    door.close()
    assert time.monotonic() - begun < 30, "the open page does not hold it up"
    assert running.returncode == 0
    assert "Everything is saved" in out
    assert "Traceback" not in err


def test_what_keeps_the_page_from_loading_ends_the_server_with_its_sentence() -> None:
    process = start("broken")
    out, err = process.communicate(timeout=120)
    assert "FAILED The home is locked. Close the other one." in out
    assert "Traceback" not in err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "example.org", ""])
def test_an_address_that_others_could_reach_is_refused(host: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        check(Wish(host, 0), None)
    assert "127.0.0.1" in str(caught.value)


def test_a_port_that_is_taken_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with pytest.raises(Refused) as caught:
            listen(Wish(port=taken.getsockname()[1]))
    assert "taken" in caught.value.message
    assert "--port" in caught.value.next


def test_this_machine_by_name_is_bound_to_its_loopback_address() -> None:
    with listen(Wish("localhost", 0)).socket as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
