"""Reads `prompts/`: prompts with declared variables, and the offline engine's words. Holds no words itself."""

import hashlib
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from assistant.errors import PromptError

LANGUAGES = ("en", "de", "es")
_ROOT: Traversable = files("prompts")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text with a name, a version and declared variables written `$name`."""

    name: str
    version: int
    variables: tuple[str, ...]
    text: str

    @classmethod
    def parse(cls, raw: str, where: str) -> "Prompt":
        """Read front matter between `+++` lines, then the words.

        Raises:
            PromptError: The head is not TOML, a key is missing, or declared and used variables differ.
        """
        try:
            _, head, text = raw.split("+++\n", 2)
            meta = tomllib.loads(head)
            prompt = cls(meta["name"], meta["version"], tuple(meta["variables"]), text)
        except (ValueError, KeyError, tomllib.TOMLDecodeError) as error:
            raise PromptError(
                f"{where}: the head cannot be read ({error}).", next="Compare with another prompt."
            ) from error
        if set(string.Template(text).get_identifiers()) != set(prompt.variables):
            raise PromptError(f"{where}: declared and used variables differ.", next="Correct `variables`.")
        return prompt

    def render(self, **values: str) -> str:
        """Fill every declared variable; a missing or a surplus one is an error. Values are data, never templates."""
        if set(values) != set(self.variables):
            raise PromptError(f"{self.name} takes {sorted(self.variables)}, was given {sorted(values)}.")
        return string.Template(self.text).substitute(values)


@cache
def offline_words(name: str, language: str = "en") -> Mapping[str, Any]:
    """The offline engine's words in `prompts/offline/<language>/<name>.toml`.

    A language without that file falls back to English; `offline_language` tells which one was used.

    Raises:
        PromptError: There is no such file in English either, or it is not TOML.
    """
    where = _ROOT / "offline" / offline_language(name, language) / f"{name}.toml"
    try:
        return MappingProxyType(tomllib.loads(where.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PromptError(f"{where.name}: cannot be read ({error}).", next="Reinstall Flourish.") from error


def offline_language(name: str, language: str) -> str:
    """The language whose words are used: the asked one when it has that file, else English."""
    return language if (_ROOT / "offline" / language / f"{name}.toml").is_file() else "en"


@cache
def words_fingerprint(*names: str) -> str:
    """Twelve hex digits over the offline engine's files of these names in every language; other words, other digits."""
    digest = hashlib.sha256()
    for name in names:
        for language in LANGUAGES:
            where = _ROOT / "offline" / language / f"{name}.toml"
            digest.update(f"{language}/{name}\n".encode())
            digest.update(where.read_bytes() if where.is_file() else b"")
    return digest.hexdigest()[:12]


def fingerprint(text: str) -> str:
    """The digest that `prompts/versions.toml` keeps for a file's words."""
    return hashlib.sha256(text.encode()).hexdigest()
