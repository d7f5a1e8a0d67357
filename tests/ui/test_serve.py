"""`flourish demo` as a process: it says where the page is, answers at once, and leaves on Ctrl-C."""

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path


def test_the_demo_tells_its_address_at_once_answers_and_stops_quietly(tmp_path: Path) -> None:
    words = ["demo", "--no-open", "--port", "0", "--home", str(tmp_path / "mine")]
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            sample, here, link = (server.stdout.readline() for _ in range(3))
            assert "sample team, 15 June 2026" in sample
            address = re.search(r"http://127\.0\.0\.1:\d+", here)
            assert address, here
            assert f"{address[0]}/start?key=" in link
            with urllib.request.urlopen(f"{address[0]}/healthz", timeout=60) as answer:
                assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=60)
    assert server.returncode == 0
    assert "Stopped. Everything is saved." in out
    assert err == ""
