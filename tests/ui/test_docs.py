"""docs/cli.md and the parser tell the same: every command, every option, and settings by their names."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from ui.cli import build_parser
from ui.settings import KNOWN

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser, name: str = "flourish") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command at the end of a line."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, below in group.choices.items():
            yield from commands(below, f"{name} {word}")


def test_every_command_is_told_and_none_that_is_not_there() -> None:
    known = {name for name, _ in commands(build_parser())}
    assert len(known) > 25
    told = {
        heading.rstrip(".") for heading in re.findall(r"^##+ `(flourish [a-z ]+?)(?: [A-Z].*)?`$", DOCS, re.MULTILINE)
    }
    groups = {name.rsplit(" ", 1)[0] for name in known if name.count(" ") == 2}
    assert told - groups == known


def test_every_option_of_a_command_is_told_in_its_section() -> None:
    sections = re.split(r"^##+ `", DOCS, flags=re.MULTILINE)
    everywhere = {"--json", "--today", "--as", "--home", "--help"}
    missing = []
    for name, parser in commands(build_parser()):
        words = " ".join(part for part in sections if part.startswith(name))
        around = words + (" ".join(sections) if name in ("flourish people edit", "flourish demo") else "")
        for option in {o for a in parser._actions for o in a.option_strings if o.startswith("--")} - everywhere:
            if option not in around:
                missing.append(f"{name} {option}")
    assert missing == []


def test_every_setting_is_told() -> None:
    assert [name for name in KNOWN if f"`{name}`" not in DOCS] == []


def test_the_form_of_an_export_names_every_table_that_is_in_one() -> None:
    from knowledge.records.archive import tables

    told = (Path(__file__).resolve().parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
    assert len(tables()) > 10
    assert [name for name in tables() if f"| `{name}` |" not in told] == []
