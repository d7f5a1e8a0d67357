"""Writes exchanges with a model down and plays them back through the very same client.

A recording is keyed by job, prompt with version, step and the digest of the variables. It holds what was answered,
never what was sent; what was answered quotes notes, so record with the sample team, not with your own.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from assistant.engines.llm.call import Call, Step
from assistant.errors import PromptError, Refused

KEY = "x-flourish-call"  # travels from the door to here, never further


def key_of(call: Call, step: Step) -> str:
    """What an exchange is filed under."""
    return "|".join((call.job, call.prompt, step.value, call.variables))


def digest(*variables: str) -> str:
    """Sixteen hex digits over everything that was filled into a prompt."""
    return hashlib.sha256("\x1f".join(variables).encode()).hexdigest()[:16]


class WithoutKey(httpx.BaseTransport):
    """Takes the key off a request before it leaves."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange."""
        request.headers.pop(KEY, None)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close every connection."""
        self._inner.close()


class Recorder(httpx.BaseTransport):
    """Passes on and writes down each good reply, one JSON object a line, readable by its owner only.

    What the file holds already is not asked for again, so a run that was stopped goes on, and one question has one
    reply, as it will have when it is played back.
    """

    def __init__(self, inner: httpx.BaseTransport, path: Path) -> None:
        """Read what the file holds, if it is there.

        Raises:
            Refused: It is no recording.
        """
        self._inner = inner
        self._path = path
        self._lock = threading.Lock()
        self._known = _replies_in(path) if path.exists() else {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; a reply is written down when it has come in whole."""
        key = request.headers.pop(KEY, "")
        if key in self._known:
            return _played(self._known[key])
        model = json.loads(request.content or b"{}").get("model", "")
        response = self._inner.handle_request(request)
        if not key or response.status_code != 200:
            return response
        assert isinstance(response.stream, httpx.SyncByteStream)
        stream = _Listening(response.stream, lambda raw: self._keep(key, model, raw))
        return httpx.Response(200, headers=response.headers, stream=stream, extensions=response.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._inner.close()

    def _keep(self, key: str, model: str, raw: bytes) -> None:
        reply = reply_of(raw)
        if not reply["finish"]:
            return
        job, prompt, step, variables = key.split("|")
        line = {"job": job, "prompt": prompt, "step": step, "variables": variables, "model": model, **reply}
        with self._lock:
            self._known[key] = line
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(file, "a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


class Replayer(httpx.BaseTransport):
    """Answers from a recording. What was not recorded is an error, never a guess."""

    def __init__(self, path: Path) -> None:
        """Read the recording.

        Raises:
            Refused: The file cannot be read as one.
        """
        self._replies = _replies_in(path)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The recorded reply.

        Raises:
            PromptError: There is none for this prompt version, or none for these variables.
        """
        key = request.headers.pop(KEY, "")
        reply = self._replies.get(key)
        if reply is None:
            raise PromptError(self._why(key), next="Record again.")
        return _played(reply)

    def _why(self, key: str) -> str:
        job, prompt, _, _ = (key or "|||").split("|")
        name = prompt.partition("@")[0]
        versions = sorted({r["prompt"] for r in self._replies.values() if r["prompt"].partition("@")[0] == name})
        if prompt not in versions:
            held = ", ".join(versions) or "nothing of it"
            return f"The recording holds {held}, and this is {prompt or 'no call of ours'}."
        return f"The recording holds no reply to this {job} of {prompt}: what was sent has changed."


def _replies_in(path: Path) -> dict[str, dict[str, Any]]:
    """Replies by what they are filed under.

    Raises:
        Refused: The file cannot be read as a recording.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {"|".join((r["job"], r["prompt"], r["step"], r["variables"])): r for r in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{path} is no recording.", next="Make one with FLOURISH_MODEL_RECORD.") from error


def _played(reply: Mapping[str, Any]) -> httpx.Response:
    """A recorded reply as a server would stream it."""
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=b"".join(_events(reply)))


class _Listening(httpx.SyncByteStream):
    """A reply that is listened to. A reader may leave early; what is written down is the whole reply all the same."""

    def __init__(self, stream: httpx.SyncByteStream, keep: Any) -> None:
        self._stream = stream
        self._chunks = iter(stream)
        self._keep = keep
        self._heard = b""

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._heard += chunk
            yield chunk

    def close(self) -> None:
        try:
            for chunk in self._chunks:
                self._heard += chunk
        except httpx.HTTPError:  # it broke off: what has no end is not written down
            pass
        self._stream.close()
        heard, self._heard = self._heard, b""
        if heard:
            self._keep(heard)


def reply_of(raw: bytes) -> dict[str, Any]:
    """The words of a streamed reply, with why it ended and what it cost."""
    text, envelope, finish = "", "", ""
    usage: dict[str, Any] = {}
    for line in raw.decode("utf-8", "replace").splitlines():
        if not line.startswith("data:") or line.strip() == "data: [DONE]":
            continue
        chunk = json.loads(line[5:])
        usage = chunk.get("usage") or usage
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or {}
            text += delta.get("content") or ""
            envelope += "".join(c.get("function", {}).get("arguments") or "" for c in delta.get("tool_calls") or ())
            finish = choice.get("finish_reason") or finish
    return {"content": text, "envelope": envelope, "finish": finish, "usage": usage}


def _events(reply: Mapping[str, Any]) -> Iterator[bytes]:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": reply["content"]}]
    if reply["envelope"]:
        called = {"name": "reply", "arguments": reply["envelope"]}
        deltas.append({"tool_calls": [{"index": 0, "id": "call_0", "type": "function", "function": called}]})
    for delta in deltas:
        yield _event(reply, [{"index": 0, "delta": delta, "finish_reason": None}])
    yield _event(reply, [{"index": 0, "delta": {}, "finish_reason": reply["finish"]}])
    if reply["usage"]:
        yield _event(reply, [], usage=reply["usage"])
    yield b"data: [DONE]\n\n"


def _event(reply: Mapping[str, Any], choices: list[dict[str, Any]], **more: Any) -> bytes:
    head = {"id": "recorded", "object": "chat.completion.chunk", "created": 0, "model": reply["model"]}
    return b"data: " + json.dumps(head | {"choices": choices} | more, ensure_ascii=False).encode() + b"\n\n"
