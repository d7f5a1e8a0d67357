"""Where the server listens, and who can reach it. Beyond this machine: only with passwords, and with TLS or a clear no.

Nothing is served here; what comes out is a socket, the names the server answers to, and the addresses to tell people.
"""

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import Invalid, NotAllowed, Refused
from assistant.gate import Gate
from ui.web.guard import LOOPBACK

_HERE = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1", "[::1]": "::1"}
_EVERY = ("0.0.0.0", "::")  # noqa: S104


@dataclass(frozen=True, slots=True)
class Tls:
    """A certificate and its key, as PEM files."""

    cert: Path
    key: Path

    def check(self) -> None:
        """Refuse a pair that no browser could be served with.

        Raises:
            Refused: A file cannot be read, or the two do not belong together.
        """
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.cert, self.key, password="")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", "") or "they do not belong together"
            raise Refused(
                f"The certificate {self.cert} with the key {self.key} cannot be used ({why}).",
                next="Give two PEM files that belong together, the key without a passphrase.",
            ) from error


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to serve.

    Attributes:
        host: An address to listen on.
        names: Names that browsers reach it by, through a proxy or a name server.
        tls: With which certificate; None for none.
        plain: Whether they said that passwords and notes may cross the network unencrypted.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    names: tuple[str, ...] = ()
    tls: Tls | None = None
    plain: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it listens to this machine alone."""
        return self.host in _HERE

    @property
    def is_shared(self) -> bool:
        """Whether anybody beyond this machine is to reach it, directly or through a proxy."""
        return not self.is_local or bool(self.names)


@dataclass(frozen=True, slots=True)
class Listening:
    """A bound server.

    Attributes:
        here: Its address as this machine's browser opens it.
        elsewhere: Its addresses as other devices open them; the first is shown to phones.
        hosts: Names it answers to.
    """

    socket: socket.socket
    here: str
    elsewhere: tuple[str, ...]
    hosts: frozenset[str]


def check(wish: Wish, gate: Gate | None) -> None:
    """Refuse to be reached by others without passwords, or unencrypted by accident.

    Raises:
        NotAllowed: Nobody has a password, or there is neither TLS nor the word that there need be none.
        Invalid: A name is none.
        Refused: The certificate cannot be used.
    """
    for name in wish.names:
        if not re.fullmatch(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", name):
            raise Invalid(f"{name!r} is not a host name.", next="Give the name alone, for example notes.example.org.")
    if wish.tls:
        wish.tls.check()
    if not wish.is_shared:
        return
    if gate is None or not gate.has_passwords():
        raise NotAllowed(
            "Others could reach Flourish there, and no account has a password.",
            next="Set one for everybody who should come in (flourish account password ID), or use --host 127.0.0.1.",
        )
    if not wish.is_local and wish.tls is None and not wish.plain:
        raise NotAllowed(
            "Passwords and notes would cross the network unencrypted.",
            next="Give --tls-cert FILE and --tls-key FILE (docs/accounts.md says how), or say --without-tls.",
        )


def listen(wish: Wish, addresses_here: Callable[[], tuple[str, ...]] | None = None) -> Listening:
    """A socket that listens where somebody wants, with its names; `addresses_here` instead of looking them up.

    Raises:
        Refused: Something else listens there already, or this machine has no such address.
    """
    listening = _bind(_HERE.get(wish.host, wish.host.strip("[]")), wish.port)
    port = listening.getsockname()[1]
    scheme = "https" if wish.tls else "http"
    if wish.is_local:
        here = _url(scheme, _HERE[wish.host], port)
        elsewhere = tuple(f"https://{name}" for name in wish.names)  # a proxy of one's own stands in front
        return Listening(listening, here, elsewhere, LOOPBACK | {*wish.names})
    addresses = (addresses_here or own_addresses)() if wish.host in _EVERY else (wish.host.strip("[]"),)
    reached = (*wish.names, *addresses)
    names = {_host(address) for address in reached} | {wish.host.lower()} - set(_EVERY)
    return Listening(
        listening,
        _url(scheme, addresses[0] if addresses else "127.0.0.1", port),
        tuple(_url(scheme, address, port) for address in reached),
        LOOPBACK | names,
    )


def _bind(address: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError, IndexError):
        raise _no_address(address) from None
    listening = socket.socket(found[0], socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == 99 or not address:  # EADDRNOTAVAIL
            raise _no_address(address) from None
        raise Refused(
            f"Port {port} is taken, perhaps by another Flourish.", next="Stop that one, or choose another: --port 7861."
        ) from None
    return listening


def _no_address(address: str) -> Refused:
    return Refused(
        f"This machine has no address {address!r}.",
        next="Use one it has, 0.0.0.0 for all of them, or 127.0.0.1 for this machine alone.",
    )


def own_addresses() -> tuple[str, ...]:
    """This machine's addresses in its networks, the one towards the outside first. Nothing is sent."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of no one; connecting a datagram socket only looks up a route
            found.append(str(probe.getsockname()[0]))
        except OSError:
            pass
    try:
        found += [str(item[4][0]) for item in socket.getaddrinfo(socket.gethostname(), None)]
    except OSError:
        pass
    known = dict.fromkeys(address.partition("%")[0] for address in found)
    return tuple(a for a in known if not ipaddress.ip_address(a).is_loopback)


def _host(address: str) -> str:
    return f"[{address}]" if ":" in address else address.lower()


def _url(scheme: str, address: str, port: int) -> str:
    return f"{scheme}://{_host(address)}:{port}"


def told(wish: Wish, listening: Listening, accounts_without: Sequence[str]) -> list[str]:
    """What to print: where it is, who can reach it, and what to look out for."""
    if not wish.is_shared:
        return [f"Flourish is at {listening.here}. Only this machine can reach it; Ctrl-C stops it."]
    where = " or ".join(listening.elsewhere) or listening.here
    lines = [f"Flourish is at {where}. Everybody signs in with name and password; Ctrl-C stops it."]
    if wish.plain and not wish.tls and not wish.is_local:
        lines.append(
            "Without TLS, whoever listens in this network can read passwords and notes: use a network of your own."
        )
    if accounts_without:
        lines.append(f"Without a password, so not yet able to sign in: {', '.join(accounts_without)}.")
    return lines
