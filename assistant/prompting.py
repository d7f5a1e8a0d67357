"""Reads `prompts/`: prompts with declared variables, and the offline engine's words. Holds no words itself."""

import hashlib
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """A text with a name, a version and declared variables written `$name`.

    Attributes:
        output: The shape its reply has, for prompts to a model.
        purpose: One sentence for whoever improves the words.
    """

    name: str
    version: int
    variables: tuple[str, ...]
    text: str
    output: str = ""
    purpose: str = ""

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @classmethod
    def parse(cls, raw: str, where: str) -> "Prompt":
        """Read front matter between `+++` lines, then the words.

        Raises:
            PromptError: The head is not TOML, a key is missing, or declared and used variables differ.
        """
        try:
            _, head, text = raw.split("+++\n", 2)
            meta = tomllib.loads(head)
            prompt = cls(
                meta["name"], meta["version"], tuple(meta["variables"]), text,
                meta.get("output", ""), meta.get("purpose", ""),
            )  # fmt: skip
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

    def parts_with(self, **values: str) -> tuple[str, str]:
        """The standing words before a line of three hyphens, unfilled, and what stands after it, filled."""
        standing, _, around = self.text.partition("\n---\n")
        framed = replace(self, text=around)
        return standing.strip(), framed.render(**values).strip()


@cache
def llm_prompt(name: str) -> Prompt:
    """A prompt to a model, `prompts/llm/<name>.md`; the voice that all of them share is `prompts/voice.md`.

    Raises:
        PromptError: There is none of that name, or its head breaks the schema.
    """
    where = _ROOT / "voice.md" if name == "voice" else _ROOT / "llm" / f"{name}.md"
    try:
        return Prompt.parse(where.read_text(encoding="utf-8"), where.name)
    except OSError as error:
        raise PromptError(f"{where.name}: cannot be read ({error}).", next="Reinstall Flourish.") from error


@cache
def llm_words(name: str) -> Mapping[str, Any]:
    """Words and lists that go with the prompts, `prompts/llm/<name>.toml`.

    Raises:
        PromptError: There is no such file, or it is not TOML.
    """
    where = _ROOT / "llm" / f"{name}.toml"
    try:
        return MappingProxyType(tomllib.loads(where.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PromptError(f"{where.name}: cannot be read ({error}).", next="Reinstall Flourish.") from error


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


@cache
def shipped_prompts() -> Mapping[str, str]:
    """Everything with words that Flourish ships, name@version to its text: `llm/ask_questions@1`, `offline/plan@3`.

    The offline engine's words are the English ones.
    """
    found = {f"voice@{llm_prompt('voice').version}": llm_prompt("voice").text}
    for folder, under in (("llm", _ROOT / "llm"), ("offline", _ROOT / "offline" / "en")):
        for path in sorted(under.iterdir(), key=lambda p: p.name):
            text = path.read_text(encoding="utf-8") if path.name.endswith((".md", ".toml")) else ""
            name = path.name.rpartition(".")[0]
            if path.name.endswith(".md"):
                prompt = Prompt.parse(text, path.name)
                found[f"{folder}/{name}@{prompt.version}"] = prompt.text
            elif text:
                found[f"{folder}/{name}@{tomllib.loads(text)['version']}"] = text
    return MappingProxyType(dict(sorted(found.items())))


def fingerprint(text: str) -> str:
    """The digest that `prompts/versions.toml` keeps for a file's words."""
    return hashlib.sha256(text.encode()).hexdigest()
