"""How long until the page is ready and shows a first brief, beside the bare `import gradio` nobody can avoid.

Both are timed in the same run, in fresh processes, one after the other. The sample team's home is built before.

    python -m benchmarks.start [--runs 3] [--json]

Goal: /readyz answers 200 and a following prep is whole within bare `import gradio` + 5 s; resident memory < 600 MB.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

MORE_SECONDS = 5.0
MOST_MEGABYTES = 600.0


@dataclass(frozen=True, slots=True)
class Run:
    """One start. Seconds count from the moment the process was started; memory is resident, after the prep."""

    import_gradio: float
    healthy: float
    ready: float
    prepped: float
    megabytes: float

    @property
    def good(self) -> bool:
        """Whether this start reached the goal."""
        return self.prepped <= self.import_gradio + MORE_SECONDS and self.megabytes < MOST_MEGABYTES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", metavar="HOME", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.serve:
        serve_sample(Path(said.serve))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        build_sample(home)
        runs = [one_run(home) for _ in range(said.runs)]
    report(runs, as_json=said.json)
    return 0 if all(run.good for run in runs) else 1


def one_run(home: Path) -> Run:
    """Time the bare import, then a start with a first prep."""
    quiet = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True, env=quiet)
    import_gradio = time.perf_counter() - begun

    command = [sys.executable, "-u", "-m", "benchmarks.start", "--serve", str(home)]
    begun = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port, key = way_in(server.stdout)
        wait_for(port, "/healthz")
        healthy = time.perf_counter() - begun
        wait_for(port, "/readyz")
        ready = time.perf_counter() - begun
        prep(port, key)
        prepped = time.perf_counter() - begun
        megabytes = resident(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)
    return Run(import_gradio, healthy, ready, prepped, megabytes)


def way_in(out: IO[str]) -> tuple[int, str]:
    """Port and one-time key, out of what the server prints."""
    for line in out:
        if found := re.search(r":(\d+)/start\?key=(\S+)", line):
            return int(found[1]), found[2]
    raise SystemExit("The server ended before it said where it is.")


def wait_for(port: int, path: str, seconds: float = 120) -> None:
    """Ask until the answer is 200."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        try:
            if get(port, path)[0] == 200:
                return
        except ConnectionError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{path} did not answer 200 within {seconds:.0f} s.")


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
    """One GET: status, headers in lower case, body."""
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        door.request("GET", path, headers=headers or {})
        answer = door.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        door.close()


def prep(port: int, key: str) -> None:
    """Open the page as a browser does, at the first person of the sample, and wait for the whole brief."""
    cookie = get(port, f"/start?key={key}")[1]["set-cookie"].split(";")[0]
    headers = {"cookie": cookie, "origin": f"http://127.0.0.1:{port}", "content-type": "application/json"}
    config = json.loads(get(port, "/app/config", headers)[2])
    load = next(f["id"] for f in config["dependencies"] if f["targets"][0][1] == "load")
    body = json.dumps({"fn_index": load, "session_hash": "bench", "data": []})
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("POST", "/app/gradio_api/queue/join?a=dm1&p=d01&v=prep", body, headers)
    assert door.getresponse().status == 200
    door.close()
    seen = "".join(events(port, headers))
    assert "questions worth asking" in seen, "no brief came"


def events(port: int, headers: dict[str, str]) -> Iterator[str]:
    """What the page streams, until the function has ended."""
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("GET", "/app/gradio_api/queue/data?session_hash=bench", headers=headers)
    answer = door.getresponse()
    while line := answer.readline().decode():
        yield line
        if "process_completed" in line:
            break
    door.close()


def resident(pid: int) -> float:
    """Resident memory of a process, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def build_sample(home: Path) -> None:
    """The sample team's home, built before anything is timed."""
    from ui.settings import read_settings
    from ui.wiring import open_demo

    open_demo(read_settings(str(home), environment={}))


def serve_sample(home: Path) -> None:
    """What `flourish demo` does, on any free port and without a browser."""
    from ui.settings import read_settings
    from ui.web.listening import Wish
    from ui.web.server import serve
    from ui.wiring import open_house, openers

    house = open_house(read_settings(str(home), environment={}))
    serve(openers(house), Wish(port=0), open_browser=False, demo=True)


def report(runs: list[Run], *, as_json: bool) -> None:
    """Say what was measured, with the goal beside it."""
    if as_json:
        goal = {"more_seconds": MORE_SECONDS, "megabytes": MOST_MEGABYTES}
        print(json.dumps({"runs": [asdict(run) for run in runs], "goal": goal, "good": all(r.good for r in runs)}))
        return
    print(f"{'seconds from start':<28}{'median':>8}{'worst':>8}   n={len(runs)}")
    names = {"import_gradio": "bare import gradio", "healthy": "/healthz 200", "ready": "/readyz 200",
             "prepped": "first prep whole", "megabytes": "resident memory, MB"}  # fmt: skip
    for field, name in names.items():
        values = [float(getattr(run, field)) for run in runs]
        print(f"{name:<28}{statistics.median(values):>8.2f}{max(values):>8.2f}")
    beyond = [run.prepped - run.import_gradio for run in runs]
    print(f"{'prep beyond the import':<28}{statistics.median(beyond):>8.2f}{max(beyond):>8.2f}   goal {MORE_SECONDS}")
    print("reached" if all(run.good for run in runs) else "NOT reached")


if __name__ == "__main__":
    raise SystemExit(main())
