"""The layout is a promise; this file keeps it. Lower lines may not import higher ones."""

import ast
import dataclasses
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import assistant.domain

ROOT = Path(__file__).resolve().parents[1]
LAYERS = (  # lowest first; names on one line may not import each other
    ("prompts",),
    ("assistant.errors",),
    ("assistant.domain",),
    ("assistant.ports", "assistant.stemming"),
    ("assistant.wording", "assistant.phrases", "assistant.streaming"),
    ("assistant.prompting", "assistant.grounding", "assistant.policy", "assistant.lane"),
    ("assistant.lint", "assistant.due"),
    ("assistant.actions",),
    ("assistant.engines.offline", "assistant.engines.llm"),
    ("assistant.engines.fallback",),
    ("assistant.throttle",),
    ("assistant.desk", "assistant.bench", "assistant.office", "assistant.gate"),
    ("assistant.conversation",),
    ("assistant.evaluation",),
    ("knowledge.embedding", "knowledge.library", "knowledge.reading"),
    ("knowledge.records",),
    ("knowledge.keeping",),
    ("knowledge.search",),
    ("ui.settings", "ui.contract", "ui.demo", "ui.standing"),
    ("ui.present", "ui.export"),
    ("ui.web",),
    ("ui.wiring_model", "ui.wiring_page"),
    ("ui.wiring",),
    ("ui.evaluation", "ui.upkeep"),
    ("ui.commands",),
    ("ui.cli", "ui.mcp_server"),
)
DOORS = {  # third-party package -> the only places that may import it
    "sqlalchemy": ("knowledge/records/",),
    "alembic": ("knowledge/records/",),
    "psycopg": ("knowledge/records/",),
    "chromadb": ("knowledge/search/",),
    "onnxruntime": (
        "knowledge/embedding/local.py",
        "knowledge/embedding/minilm/make_model.py",
        "knowledge/embedding/reader/make_reader.py",
    ),
    "tokenizers": ("knowledge/embedding/local.py", "knowledge/embedding/reader/make_reader.py"),
    "langchain": ("assistant/engines/llm/",),
    "langchain_openai": ("assistant/engines/llm/", "knowledge/embedding/remote.py"),
    "langchain_core": ("assistant/engines/llm/", "knowledge/search/langchain.py"),
    "openai": ("assistant/engines/llm/", "knowledge/embedding/remote.py"),
    "gradio": ("ui/web/",),
    "snowballstemmer": ("assistant/stemming.py",),
    "docx": ("knowledge/reading/",),
    "pyrage": ("knowledge/keeping/seal.py",),
    "segno": ("ui/web/qr.py",),
    "argon2": ("knowledge/keeping/passwords.py",),
    "defusedxml": ("knowledge/reading/",),
    "pypdf": ("knowledge/reading/",),
    "openpyxl": ("knowledge/reading/",),
    "icalendar": ("knowledge/reading/",),
}
OURS = ("prompts", "assistant", "knowledge", "ui")
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
LIGHT = (
    "sqlalchemy numpy onnxruntime tokenizers chromadb gradio fastapi pydantic langchain_core docx alembic "
    "pypdf openpyxl icalendar pyrage argon2 segno"
).split()


def place(module: str) -> tuple[int, str] | None:
    """The layer number and the name in it that `module` belongs to."""
    for number, names in enumerate(LAYERS):
        for name in names:
            if f"{module}.".startswith(f"{name}."):
                return number, name
    return None


def imports(tree: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: write absolute imports"
            yield node.module or ""


def sources() -> Iterator[tuple[str, str, ast.AST]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(ROOT).as_posix(), text, ast.parse(text)


def import_complaints() -> Iterator[str]:
    for name, _, tree in sources():
        module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        here = place(module)
        if here is None and not name.endswith("__init__.py"):
            yield f"{name} belongs to no layer"
        for target in imports(tree, name):
            head = target.split(".")[0]
            if head in DOORS and not name.startswith(DOORS[head]):
                yield f"{name} imports {head}; its only door is {DOORS[head]}"
            elif head in OURS and here:
                there = place(target)
                if there is None:
                    yield f"{name} imports {target}, which is in no layer"
                elif there[1] != here[1] and there[0] >= here[0]:
                    yield f"{name} imports {target}, which is not below it"


def test_imports_point_to_the_left() -> None:
    assert len(list(sources())) > 40, "looked in the wrong folder"
    assert list(import_complaints()) == []


def test_files_and_functions_stay_readable() -> None:
    complaints = []
    for name, text, tree in sources():
        if "/migrations/versions/" in name:
            continue
        if (lines := len(text.splitlines())) > 400:
            complaints.append(f"{name} has {lines} lines; what are the two things in it?")
        if not ast.get_docstring(tree):  # type: ignore[arg-type]
            complaints.append(f"{name} opens without its idea")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 60:
                    complaints.append(f"{name}:{node.lineno} {node.name} has {length} lines")
    assert complaints == []


def test_prompts_hold_words_and_no_code() -> None:
    python = [p.name for p in (ROOT / "prompts").rglob("*.py")]
    assert python == ["__init__.py"]
    assert len(ast.parse((ROOT / "prompts/__init__.py").read_text()).body) == 1


def test_every_noun_is_frozen() -> None:
    seen, loose = 0, []
    for info in pkgutil.iter_modules(assistant.domain.__path__):
        module = importlib.import_module(f"assistant.domain.{info.name}")
        for thing in vars(module).values():
            if isinstance(thing, type) and thing.__module__ == module.__name__ and not issubclass(thing, Enum):
                seen += 1
                if not (dataclasses.is_dataclass(thing) and thing.__dataclass_params__.frozen):  # type: ignore[attr-defined]
                    loose.append(thing.__qualname__)
    assert seen > 30
    assert loose == []


def test_the_assistant_has_no_clock_no_environment_and_swallows_nothing() -> None:
    complaints = []
    for name, _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if (node.value.id, node.attr) in CLOCKS and not name.startswith(("ui/wiring.py", "ui/web/")):
                    complaints.append(f"{name}:{node.lineno} reads the clock; it comes in as an argument")
                if (node.value.id, node.attr) == ("os", "environ") and not name.startswith(
                    ("ui/settings.py", "ui/web/")
                ):
                    complaints.append(f"{name}:{node.lineno} reads the environment outside of settings")
            if isinstance(node, ast.ExceptHandler) and getattr(node.type, "id", "bare") in ("Exception", "bare"):
                if not isinstance(node.type, ast.Attribute | ast.Tuple):
                    complaints.append(f"{name}:{node.lineno} catches everything")
    assert complaints == []


def test_help_stays_light() -> None:
    code = f"import sys, ui.cli; print([m for m in {LIGHT} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
