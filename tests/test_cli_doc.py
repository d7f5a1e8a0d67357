"""docs/cli.md shows what its commands say today."""

import difflib

from tests.cli_doc import DOC, written_anew


def test_what_the_document_shows_is_what_its_commands_say() -> None:
    """After a change of words or rules: `make docs`, and read what has changed."""
    kept = DOC.read_text(encoding="utf-8")
    now = written_anew(kept)
    changed = list(difflib.unified_diff(kept.splitlines(), now.splitlines(), "docs/cli.md", "today", lineterm="", n=1))
    assert not changed, "\n".join(changed[:80])
