"""Holds one HTTP exchange to its limits: one deadline for all of it, one size, and no byte after either.

The HTTP library's own timeouts bound each read, so a server that sends a byte a second would never run into them.
"""

import socket
import threading
import time
from collections.abc import Iterator

import httpx

DEADLINE = "x-flourish-deadline"  # travels from the door to here, never further
MOST_BYTES = 2_000_000


class TooLarge(httpx.TransportError):
    """The reply is larger than any answer of ours could be."""


class LimitedTransport(httpx.BaseTransport):
    """Passes requests on to another transport and bounds what comes back."""

    def __init__(self, inner: httpx.BaseTransport, most_bytes: int = MOST_BYTES) -> None:
        self._inner = inner
        self._most = most_bytes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; the deadline is read from the request and taken off it."""
        deadline = float(request.headers.pop(DEADLINE, time.monotonic() + 60))
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("the time for this is over", request=request)
        timeouts = dict(request.extensions.get("timeout") or {})
        for kind in ("connect", "read", "write", "pool"):
            timeouts[kind] = min(timeouts.get(kind) or left, left)
        request.extensions = {**request.extensions, "timeout": timeouts}
        response = self._inner.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        stream = _Limited(response, response.stream, deadline, self._most)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=stream, extensions=response.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._inner.close()


class _Limited(httpx.SyncByteStream):
    """A response's bytes until the deadline or the size is reached; then the connection is cut."""

    def __init__(self, response: httpx.Response, stream: httpx.SyncByteStream, deadline: float, most: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._most = most
        self._network = response.extensions.get("network_stream")
        self._timer = threading.Timer(max(deadline - time.monotonic(), 0.0), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        try:
            for chunk in self._stream:
                seen += len(chunk)
                if seen > self._most:
                    raise TooLarge(f"more than {self._most} bytes")
                if time.monotonic() >= self._deadline:
                    raise httpx.ReadTimeout("the time for this is over")
                yield chunk
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            if time.monotonic() >= self._deadline and not isinstance(error, TooLarge):
                raise httpx.ReadTimeout("the time for this is over") from error
            raise

    def close(self) -> None:
        self._timer.cancel()
        self._stream.close()

    def _cut(self) -> None:
        """Wake a read that waits for a silent server."""
        line = self._network.get_extra_info("socket") if self._network is not None else None
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is closed already
                return
