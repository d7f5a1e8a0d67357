"""Data files in which every key knows its line, so that an error can point at it. No question or card is known here."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import LibraryError

_NEXT = "Correct it there; if you did not change the file, reinstall Flourish."


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping out of a file.

    Attributes:
        file: The file's path inside the library.
        line: Where the mapping begins.
        values: What it holds: text, numbers, truth values, tuples, tables.
        lines: Where each key stands.
    """

    file: str
    line: int
    values: Mapping[str, object]
    lines: Mapping[str, int]

    def error(self, message: str, key: str = "", next: str = _NEXT) -> LibraryError:
        """The error to raise about this mapping, or about one of its keys."""
        return LibraryError(f"{self.file}:{self.lines.get(key, self.line)}: {message}", next=next)

    def check_keys(self, needed: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse a key too few or too many.

        Raises:
            LibraryError: The message names the key.
        """
        for key in needed:
            if key not in self.values:
                raise self.error(f"`{key}` is missing.", next=f"Add `{key}`; needed are {', '.join(needed)}.")
        for key in self.values:
            if key not in needed and key not in optional:
                known = ", ".join([*needed, *optional])
                raise self.error(f"`{key}` is not known here.", key, next=f"Remove it; known are {known}.")

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """A text."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"`{key}` is a text.", key, next="Put it in quotation marks.")
        if not value.strip() and not may_be_empty:
            raise self.error(f"`{key}` is empty.", key, next="Write it, or take the whole entry out.")
        return value.strip()

    def number(self, key: str) -> int:
        """A whole number."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"`{key}` is a whole number.", key)
        return value

    def truth(self, key: str) -> bool:
        """True or false."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.error(f"`{key}` is true or false.", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is absent."""
        value = self.values.get(key, ())
        if not isinstance(value, tuple):
            raise self.error(f"`{key}` is a list.", key)
        texts = tuple(item for item in value if isinstance(item, str) and item.strip())
        if len(texts) != len(value):
            raise self.error(f"`{key}` is a list of texts.", key, next="Put each item in quotation marks.")
        return texts

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of mappings, at least one."""
        value = self.values.get(key, ())
        if not isinstance(value, tuple) or not value:
            raise self.error(f"`{key}` is a list with at least one entry.", key)
        tables = tuple(item for item in value if isinstance(item, Table))
        if len(tables) != len(value):
            raise self.error(f"`{key}` is a list of entries with keys.", key)
        return tables


def read_yaml(root: Path, name: str) -> Table:
    """A YAML file whose top is a mapping.

    Raises:
        LibraryError: It is missing, broken, or holds something else.
    """
    try:
        node = yaml.compose(_read(root, name), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise LibraryError(f"{name}:{mark.line + 1 if mark else 1}: this is not YAML.", next=_NEXT) from error
    value = _value(node, name) if node is not None else None
    if not isinstance(value, Table):
        raise LibraryError(f"{name}:1: the file holds keys at its top.", next=_NEXT)
    return value


def read_card(root: Path, name: str) -> tuple[Table, str]:
    """A text with a TOML head between lines of `+++`: the head, and the body as one paragraph.

    Raises:
        LibraryError: It is missing, or has no such head.
    """
    found = re.fullmatch(r"\+\+\+\n(.*?\n)\+\+\+\n(.*)", _read(root, name), re.DOTALL)
    if found is None:
        raise LibraryError(f"{name}:1: no head between two lines of +++.", next=_NEXT)
    head, body = found.groups()
    try:
        values = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) + 1 if place else 1
        raise LibraryError(f"{name}:{line}: the head is not TOML ({error}).", next=_NEXT) from error
    keys = (re.match(r"(\w+)\s*=", line) for line in head.splitlines())
    lines = {key.group(1): number for number, key in enumerate(keys, start=2) if key}
    return Table(name, 1, values, lines), " ".join(body.split())


def _read(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise LibraryError(f"{name}:1: the file is missing.", next="Reinstall Flourish.") from error
    except UnicodeDecodeError as error:
        raise LibraryError(f"{name}:1: the file is not UTF-8 text.", next="Save it as UTF-8.") from error


def _value(node: yaml.Node, file: str) -> object:
    if isinstance(node, yaml.MappingNode):
        return _table(node, file)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(item, file) for item in node.value)
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value)
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value == "true"
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _table(node: yaml.MappingNode, file: str) -> Table:
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in values:
            raise LibraryError(f"{file}:{line}: `{key}` stands twice.", next="Remove one of the two.")
        values[key], lines[key] = _value(value_node, file), line
    return Table(file, node.start_mark.line + 1, values, lines)
