"""Writes `prompts/versions.toml`: `python -m tests.prompt_lock`. Refuses changed words under an old version."""

import sys
import tomllib
from pathlib import Path

from assistant.prompting import Prompt, fingerprint

PROMPTS = Path(__file__).resolve().parents[1] / "prompts"
LOCK = PROMPTS / "versions.toml"


def words() -> dict[str, tuple[int, str]]:
    """Version and digest of every file with words, by its path below `prompts/`."""
    found = {}
    for path in sorted([*PROMPTS.rglob("*.toml"), *PROMPTS.rglob("*.md")]):
        if path == LOCK:
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(PROMPTS).as_posix()
        version = tomllib.loads(text)["version"] if path.suffix == ".toml" else Prompt.parse(text, name).version
        found[name] = (version, fingerprint(text))
    return found


def locked() -> dict[str, tuple[int, str]]:
    """What the lock says."""
    if not LOCK.exists():
        return {}
    return {name: (entry["version"], entry["sha256"]) for name, entry in tomllib.loads(LOCK.read_text()).items()}


def main() -> int:
    """Write the lock, unless words changed without a new version."""
    old, new = locked(), words()
    stuck = [n for n, (version, digest) in new.items() if n in old and old[n][0] == version and old[n][1] != digest]
    if stuck and "--force" not in sys.argv:
        print(f"Raise the version in {', '.join(stuck)}: the words changed.", file=sys.stderr)
        return 1
    lines = ["# Name, version and digest of every file with words. Written by `python -m tests.prompt_lock`.\n"]
    lines += [f'["{name}"]\nversion = {version}\nsha256 = "{digest}"\n' for name, (version, digest) in new.items()]
    LOCK.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
