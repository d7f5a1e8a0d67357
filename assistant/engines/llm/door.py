"""The one door to chat models. LangChain speaks to the server; its errors become ours here, and nothing leaves as is.

The model is given no tools: the tool-call format may carry a reply, and there is nothing behind it to call.
"""

import json
import re
import threading
import warnings
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.engines.llm.call import Call, Fault, Piece, ServerFault, Step
from assistant.errors import FlourishError, Invalid, NotInstalled
from assistant.lane import aside

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT_SECONDS = 5.0
_FORMAT = re.compile(r"response_format|json_schema|json schema|grammar|sampler|tool|function|structured|guided", re.I)
_USAGE = re.compile(r"stream_options|include_usage", re.I)
_LENGTH = re.compile(r"context|too long|maximum|max_tokens|exceed", re.I)
_REPLY = "reply"
_SPEAKS_OPENAI = {  # a provider's name, and where its server stands when no address is given
    "openai": "https://api.openai.com/v1",
    "ollama": "http://127.0.0.1:11434/v1",
    "lmstudio": "http://127.0.0.1:1234/v1",
    "llamacpp": "http://127.0.0.1:8080/v1",
    "vllm": "http://127.0.0.1:8000/v1",
}
_ERRORS_OF = {  # what else a provider's own client raises, looked up when that provider is used
    "anthropic": "anthropic.AnthropicError",
    "google_genai": "google.genai.errors.APIError",
    "groq": "groq.GroqError",
    "mistralai": "httpx.HTTPStatusError",
    "cohere": "cohere.core.ApiError",
    "bedrock": "botocore.exceptions.BotoCoreError",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Which model on which server; the key is kept out of every text.

    Attributes:
        provider: "openai", "ollama" … or another that LangChain knows.
        url: Base address; empty for a provider of its own protocol.
    """

    provider: str
    model: str
    url: str = ""
    key: str = field(default="", repr=False)

    @property
    def lacks_key(self) -> bool:
        """Whether the server is known to want a key and there is none."""
        return not self.key and self.url == _SPEAKS_OPENAI["openai"]

    @property
    def server(self) -> str:
        """The server as a person would name it."""
        return re.sub(r"^https?://([^/@]*@)?|/v1/?$|/$", "", self.url) or self.provider


def address_of(written: str, url: str = "", key: str = "") -> Address:
    """Read `provider:model`; a bare name is a model of OpenAI's protocol.

    Raises:
        Invalid: There is no model name, or notes would travel over the network unencrypted.
    """
    provider, colon, model = written.partition(":")
    if not colon or (provider not in _SPEAKS_OPENAI and "/" in provider):
        provider, model = "openai", written
    if not model.strip():
        raise Invalid(f"{written!r} names no model.", next="For example FLOURISH_MODEL=openai:gpt-5-mini.")
    usual = _SPEAKS_OPENAI.get(provider)
    if usual is None:
        return Address(provider, model.strip(), "", key)
    where = (url or usual).strip().rstrip("/")
    if not re.match(r"https?://[^/\s]+", where):
        raise Invalid(
            f"{_shown(where)!r} is no address.", next="For example OPENAI_BASE_URL=http://127.0.0.1:11434/v1."
        )
    if not where.startswith("https://") and not is_own_machine(where):
        raise Invalid(
            f"Notes would travel unencrypted to {_shown(where)}.",
            next="Use an https address, or a server on this machine.",
        )
    sends_key = provider == "openai" or bool(url)
    return Address(provider, model.strip(), where, key if sends_key else "")


def is_own_machine(url: str) -> bool:
    """Whether an address stands on this machine."""
    host = re.sub(r"^https?://(?:[^/@]*@)?", "", url)
    return bool(re.match(r"(?:127(?:\.\d+){3}|localhost|\[::1\])(?:[:/]|$)", host))


def _shown(url: str) -> str:
    return re.sub(r"(://)[^/@]*@", r"\1***@", url)


class ChatWire:
    """A line to one chat model, opened at the first call; safe to share between threads.

    Args:
        address: Which model, and where.
        record: A file to write every exchange to.
        replay: A recording to answer from; then nothing is sent at all.
    """

    def __init__(self, address: Address, *, record: Path | None = None, replay: Path | None = None) -> None:
        self._address = address
        self._ours = bool(address.url)
        self._files = (record, replay)
        self._lock = threading.Lock()
        self._chat: BaseChatModel | None = None
        self._errors: tuple[type[BaseException], ...] = ()

    def open(self) -> "BaseChatModel":
        """Load the client, which takes seconds the first time; nothing is sent.

        Raises:
            NotInstalled: LangChain, or the provider's own package, is missing.
            Invalid: LangChain knows no such provider.
        """
        with self._lock:
            if self._chat is None:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # their deprecations are for us to read, not for a manager
                    chat = self._openai_chat() if self._ours else _other_chat(self._address)
                    self._errors = _foreign_errors(self._address.provider)
                self._chat = chat
            return self._chat

    def _openai_chat(self) -> "BaseChatModel":
        try:
            import httpx
            from langchain_openai import ChatOpenAI
        except ModuleNotFoundError as error:
            raise NotInstalled(
                f"A model needs {error.name}.", next="Install it: pip install langchain-openai openai."
            ) from error
        from assistant.engines.llm.recording import Recorder, Replayer, WithoutKey
        from assistant.engines.llm.transport import LimitedTransport

        address, (record, replay) = self._address, self._files
        inner: httpx.BaseTransport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=128, keepalive_expiry=60))
        if replay is not None:
            inner = Replayer(replay)
        else:
            inner = Recorder(inner, record) if record is not None else WithoutKey(inner)
        client = httpx.Client(
            transport=LimitedTransport(inner),
            timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            trust_env=False,
            follow_redirects=False,
        )
        weakref.finalize(self, client.close)
        return ChatOpenAI(
            model=address.model,
            base_url=address.url,
            api_key=address.key or "none",  # type: ignore[arg-type]
            max_retries=0,
            use_responses_api=False,
            http_client=client,
            timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            cache=False,
        )

    @property
    def server(self) -> str:
        """The server, without any secret."""
        return self._address.server

    @property
    def model(self) -> str:
        """The model's name there."""
        return self._address.model

    @property
    def steps(self) -> tuple[Step, ...]:
        """All three where the protocol is OpenAI's; elsewhere text, which every provider has."""
        return tuple(Step) if self._ours else (Step.TEXT,)

    @contextmanager
    def stream(self, call: Call, step: Step, *, deadline: float, usage: bool) -> Iterator[Iterator[Piece]]:
        """The reply as it comes in."""
        messages = [("system", call.system), ("user", call.user)]
        more = self._openai_options(call, step, deadline, usage) if self._ours else {}
        if self._address.lacks_key and self._files[1] is None:
            raise ServerFault(Fault.NO_KEY)
        chat = self.open()
        with aside(), self._vendor_errors_as_ours(), closing(chat.stream(messages, **more)) as chunks:  # type: ignore[type-var]
            yield self._pieces(chunks)

    def _pieces(self, chunks: Iterator[Any]) -> Iterator[Piece]:
        with self._vendor_errors_as_ours():
            for chunk in chunks:
                counts = chunk.usage_metadata or {}
                text = chunk.content if isinstance(chunk.content, str) else _text_of(chunk.content)
                envelope = "".join(part.get("args") or "" for part in chunk.tool_call_chunks)
                said = chunk.response_metadata
                yield Piece(
                    text + envelope,
                    str(said.get("finish_reason") or said.get("stop_reason") or ""),
                    int(counts.get("input_tokens") or 0),
                    int(counts.get("output_tokens") or 0),
                )

    def _openai_options(self, call: Call, step: Step, deadline: float, usage: bool) -> dict[str, Any]:
        from assistant.engines.llm.recording import KEY, key_of
        from assistant.engines.llm.transport import DEADLINE

        body: dict[str, Any] = {}
        if step is Step.SCHEMA:
            shape = {"name": call.job, "schema": call.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif step is Step.TOOL:
            envelope = {"name": _REPLY, "description": "The reply.", "parameters": call.schema}
            body["tools"] = [{"type": "function", "function": envelope}]
            body["tool_choice"] = {"type": "function", "function": {"name": _REPLY}}
        return {
            "extra_body": body or None,
            "extra_headers": {DEADLINE: repr(deadline), KEY: key_of(call, step)},
            "stream_usage": usage,
        }

    @contextmanager
    def _vendor_errors_as_ours(self) -> Iterator[None]:
        try:
            yield
        except ServerFault:
            raise
        except self._errors as error:
            raise fault_of(error) from error


def _text_of(content: Any) -> str:
    """The words of a reply that comes in blocks; thoughts and the like are left out."""
    return "".join(block.get("text", "") for block in content if isinstance(block, dict))


def _other_chat(address: Address) -> "BaseChatModel":
    """A provider of its own protocol, through LangChain's package for it."""
    try:
        from langchain.chat_models import init_chat_model
    except ModuleNotFoundError as error:
        raise NotInstalled(f"A model needs {error.name}.", next="Install it: pip install langchain.") from error
    try:
        found: BaseChatModel = init_chat_model(
            address.model, model_provider=address.provider, max_retries=0, timeout=60
        )
    except ImportError as error:
        package = f"langchain-{address.provider.replace('_', '-')}"
        raise NotInstalled(
            f"Models of {address.provider} need a package of their own.", next=f"Install it: pip install {package}."
        ) from error
    except ValueError as error:
        raise Invalid(
            f"There is no provider {address.provider!r}.",
            next=f"Known are {', '.join(_SPEAKS_OPENAI)}, and what LangChain has a package for, such as anthropic.",
        ) from error
    return found


def _foreign_errors(provider: str) -> tuple[type[BaseException], ...]:
    """Everything a client may raise that is about the server and its reply."""
    import importlib

    import httpx
    import openai
    from langchain_core.exceptions import LangChainException

    found: list[type[BaseException]] = [
        openai.OpenAIError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, LangChainException,
        OSError, ValueError, TypeError, LookupError, AttributeError,
    ]  # fmt: skip
    if provider in _ERRORS_OF:
        module, _, name = _ERRORS_OF[provider].rpartition(".")
        try:
            found.append(getattr(importlib.import_module(module), name))
        except (ImportError, AttributeError):  # another version of their client; the rest still holds
            return tuple(found)
    return tuple(found)


def fault_of(error: BaseException) -> ServerFault:
    """A vendor's error as one of ours. Its text may hold what was sent, so none of it travels on."""
    import httpx
    import openai

    from assistant.engines.llm.transport import TooLarge

    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and len(chain) < 8:
        chain.append(cause)
    for ours in (e for e in chain if isinstance(e, FlourishError)):
        raise ours
    if any(isinstance(e, TooLarge) for e in chain):
        return ServerFault(Fault.TOO_LONG)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if any(isinstance(e, openai.APITimeoutError | httpx.TimeoutException | TimeoutError) for e in chain):
        return ServerFault(Fault.TIMEOUT)
    if any(isinstance(e, httpx.ConnectError) for e in chain):
        return ServerFault(Fault.UNREACHABLE)
    if isinstance(error, openai.APIConnectionError):
        return ServerFault(Fault.UNREACHABLE)
    if isinstance(error, httpx.HTTPError | ConnectionError):
        return ServerFault(Fault.CUT)
    if isinstance(error, openai.APIError):  # the server said in the middle of the stream that it failed
        return ServerFault(Fault.BROKEN)
    return ServerFault(Fault.UNREADABLE)


def _of_status(error: Any) -> ServerFault:
    status = int(error.status_code)
    said = json.dumps(error.body, default=str)[:4000] if error.body else str(error.message)[:4000]
    if status in (401, 403):
        return ServerFault(Fault.KEY, status=status)
    if status == 404:
        return ServerFault(Fault.NO_MODEL, status=status)
    if status in (408, 409, 425, 429):
        return ServerFault(Fault.BUSY, status=status, wait=_seconds(error.response.headers.get("retry-after")))
    about_format, about_usage = bool(_FORMAT.search(said)), bool(_USAGE.search(said))
    if status >= 500:
        return ServerFault(Fault.BROKEN, status=status, format_refused=about_format, usage_refused=about_usage)
    if _LENGTH.search(said) and not about_format and not about_usage:
        return ServerFault(Fault.TOO_LONG, status=status)
    return ServerFault(Fault.REFUSED, status=status, format_refused=about_format, usage_refused=about_usage)


def _seconds(written: str | None) -> float | None:
    try:
        return max(0.0, float(written)) if written else None
    except ValueError:  # a date: we retry by our own clock
        return None
