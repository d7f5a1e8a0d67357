"""What can be set, read once from flags, environment and settings.toml. It opens nothing and writes no secret down.

A key comes from the environment alone and is kept out of every text.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.errors import HomeError, Invalid

KNOWN = {
    "FLOURISH_HOME": "the folder that holds everything",
    "FLOURISH_DATABASE": "the records as a SQLAlchemy URL; default SQLite in the home",
    "FLOURISH_TODAY": "the day of every view, YYYY-MM-DD; what is dated later does not exist",
    "FLOURISH_HOST": "where `serve` listens",
    "FLOURISH_PORT": "the port `serve` listens on",
    "FLOURISH_MODEL": "the language model that writes, provider:model; without it the rules write alone",
    "FLOURISH_JUDGE": "the language model that rates for `eval --judge`; without it the one that writes",
    "FLOURISH_MODEL_SECONDS": "how long a model may take for one answer, 1 to 600; default 50",
    "FLOURISH_MODEL_PRICE": "what a million tokens cost, sent/received, for the meter; for example 0.25/2.00",
    "FLOURISH_MODEL_RECORD": "a file to write the model's replies to; they quote notes",
    "FLOURISH_MODEL_REPLAY": "a recording to answer from instead of a server",
    "FLOURISH_BACKUP_PASSPHRASE": "seals and opens backups; from the environment only, kept nowhere",
}
FOR_A_MODEL = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")
# Switches of the test suite; the program inherits them and has nothing to do with them.
_NOT_OURS = frozenset({"FLOURISH_REQUIRE_POSTGRES", "FLOURISH_REQUIRE_BROWSER"})
_IN_FILE = ("database", "today", "host", "port", "model", "model_seconds", "model_price")
FOLDERS = ("library", "tmp", "backups", "log")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model that writes.

    Attributes:
        name: `provider:model`, as FLOURISH_MODEL says it.
        url: Another address than the provider's own.
        key: The secret; never shown.
        seconds: The deadline of one answer.
        price: What a million tokens cost, sent and received, when that was said.
        record, replay: Files for a recording.
    """

    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    seconds: float = 50.0
    price: tuple[float, float] | None = None
    record: Path | None = None
    replay: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything lies and how it is served.

    Attributes:
        home: An absolute path; it need not exist yet.
        database: A SQLAlchemy URL.
        today: The day every view is fixed to, when one was set.
        model: The language model, when one is named.
        judge: The model that rates, when asked to; the same one unless another is named.
        hints: Names of settings for a model that are present while none is named.
        passphrase: For backups; never shown and never written.
        zone: The time zone days are told in, as `TZ` says; empty for the machine's own.
    """

    home: Path
    database: str
    today: date | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    model: ModelSettings | None = None
    judge: ModelSettings | None = None
    hints: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)
    zone: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise Invalid(f"{self.port} is not a port.", next="Use one between 1 and 65535, for example 7860.")

    def folder(self, name: str) -> Path:
        """One of the home's folders."""
        return self.home / name

    @property
    def on_sqlite(self) -> Path | None:
        """The database file, when the records lie in one of the home's own."""
        return self.home / "flourish.db" if self.database == sqlite_in(self.home) else None

    @property
    def demo(self) -> "Settings":
        """The same machine with the sample team's home, which lies beside the home and never elsewhere."""
        home = self.home.with_name(f"{self.home.name}-demo")
        return replace(self, home=home, database=sqlite_in(home))


def read_settings(home: str | None = None, *, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this run: the flag wins over the environment, and that over settings.toml in the home.

    Args:
        home: What `--home` said.
        environment: Instead of the process's own, for tests.

    Raises:
        Invalid: A setting has a name or a value that does not exist; the error names those that do.
    """
    env = os.environ if environment is None else environment
    unknown = sorted(k for k in env if k.startswith("FLOURISH_") and k not in KNOWN and k not in _NOT_OURS)
    if unknown:
        raise Invalid(f"There is no setting {', '.join(unknown)}.", next=f"Known are: {', '.join(KNOWN)}.")
    place = Path(home or env.get("FLOURISH_HOME") or default_home()).expanduser().absolute()
    said = _in_file(place / "settings.toml")
    said |= {key: env[f"FLOURISH_{key.upper()}"] for key in _IN_FILE if env.get(f"FLOURISH_{key.upper()}")}
    judge = env.get("FLOURISH_JUDGE", "").strip()
    model = _model(said, env, judges=bool(judge))
    return Settings(
        home=place,
        database=said.get("database") or sqlite_in(place),
        today=day_of(said["today"], "today") if "today" in said else None,
        host=said.get("host", "127.0.0.1"),
        port=_port(said.get("port", "7860")),
        model=model,
        judge=_named(judge, said, env) if judge else model,
        hints=() if model else tuple(key for key in FOR_A_MODEL if env.get(key)),
        passphrase=env.get("FLOURISH_BACKUP_PASSPHRASE", ""),
        zone=env.get("TZ", ""),
    )


def _model(said: Mapping[str, str], env: Mapping[str, str], *, judges: bool) -> ModelSettings | None:
    """The model that is named. A server on this machine that is named by its address alone is taken as one too.

    Where a judge is named, the address is the judge's, and what it rates may be the rules'.
    """
    url = env.get("OPENAI_BASE_URL", "").strip()
    name = said.get("model", "").strip()
    if not name and not judges and _is_here(url):
        name = f"openai:{env.get('OPENAI_MODEL', '').strip() or 'default'}"
    return _named(name, said, env) if name else None


def _named(name: str, said: Mapping[str, str], env: Mapping[str, str]) -> ModelSettings:
    """A model by name, with all else that is set for models."""
    record, replay = env.get("FLOURISH_MODEL_RECORD"), env.get("FLOURISH_MODEL_REPLAY")
    return ModelSettings(
        name=name,
        url=env.get("OPENAI_BASE_URL", "").strip(),
        key=env.get("OPENAI_API_KEY", "").strip(),
        seconds=_seconds(said.get("model_seconds", "50")),
        price=_price(said["model_price"]) if "model_price" in said else None,
        record=Path(record) if record else None,
        replay=Path(replay) if replay else None,
    )


def _is_here(url: str) -> bool:
    """Whether an address stands on this machine."""
    import re
    from urllib.parse import urlsplit

    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host in {"localhost", "::1"} or bool(re.fullmatch(r"127(\.\d+){3}", host))


def no_tracing() -> None:
    """Keep LangChain from sending what it is given to a tracing service, whatever this machine is set up for."""
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ[name] = "false"


def default_home() -> str:
    """Where this system keeps a program's data."""
    import platformdirs

    return platformdirs.user_data_dir("flourish", appauthor=False)


def sqlite_in(home: Path) -> str:
    """The address of the database that lies in a home."""
    return f"sqlite:///{(home / 'flourish.db').as_posix()}"


def without_password(url: str) -> str:
    """A database address as it may be shown."""
    import re

    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def day_of(written: str, what: str = "day", *, today: date | None = None) -> date:
    """A day as people type it on a command line: 2026-06-15, or "today" when it is known which day that is.

    Raises:
        Invalid: It is neither.
    """
    if today is not None and written.strip().casefold() == "today":
        return today
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise Invalid(f"{written!r} is not a {what}.", next="Write it as YYYY-MM-DD, for example 2026-06-15.") from None


def make_home(settings: Settings) -> None:
    """Make the home and its folders, for this user's eyes only; a home that is there is left as it is.

    Raises:
        HomeError: The folder cannot be made or written.
    """
    home = settings.home
    try:
        fresh = not home.exists()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if fresh or not any(home.iterdir()):
            home.chmod(0o700)  # mkdir's mode is cut by the umask, and an empty folder becomes ours
        for name in FOLDERS:
            settings.folder(name).mkdir(mode=0o700, exist_ok=True)
    except (NotADirectoryError, FileExistsError):
        raise HomeError(f"{home} is not a folder.", next="Choose a folder with --home or FLOURISH_HOME.") from None
    except OSError as error:
        raise _not_usable(home, error) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise _not_usable(home, None)


def is_private(home: Path) -> bool:
    """Whether nobody but its owner may look into the home."""
    return not stat.S_IMODE(home.stat().st_mode) & 0o077


def _not_usable(home: Path, error: OSError | None) -> HomeError:
    why = f" ({error.strerror})" if error and error.strerror else ""
    return HomeError(
        f"The home {home} cannot be written{why}.",
        next="Give yourself write permission, or choose another folder with --home or FLOURISH_HOME.",
    )


def _in_file(path: Path) -> dict[str, str]:
    """What settings.toml says, as text; nothing when there is none."""
    import tomllib

    try:
        if not path.is_file():
            return {}
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} is not TOML: {error}.", next="Correct the line, or remove the file.") from error
    except OSError as error:
        raise _not_usable(path.parent, error) from error
    unknown = sorted(found.keys() - set(_IN_FILE))
    if unknown:
        raise Invalid(f"{path} sets {', '.join(unknown)}.", next=f"Known are: {', '.join(_IN_FILE)}.")
    return {key: str(value) for key, value in found.items()}


def _port(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise Invalid(f"{written!r} is not a port.", next="Use one between 1 and 65535, for example 7860.") from None


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 600:
        raise Invalid(f"{written!r} is no number of seconds for a model.", next="Use 1 to 600, for example 50.")
    return seconds


def _price(written: str) -> tuple[float, float]:
    sent, _, received = written.partition("/")
    try:
        price = float(sent), float(received)
    except ValueError:
        price = -1.0, -1.0
    if min(price) < 0:
        raise Invalid(
            f"{written!r} is no price.", next="Write what a million tokens cost, sent/received, for example 0.25/2.00."
        )
    return price
