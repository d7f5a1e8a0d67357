"""Beyond this machine: never without passwords, never unencrypted by accident, never under a foreign name."""

import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest

from assistant.domain.account import Account, AccountId
from assistant.errors import Invalid, NotAllowed, Refused, Unknown
from assistant.gate import Gate
from tests.ui.web.asgi import ask
from tests.ui.web.test_entrance import behind
from ui.settings import read_settings
from ui.web.devices import Devices
from ui.web.entrance import Entrance
from ui.web.front import Front
from ui.web.guard import Guard
from ui.web.listening import Tls, Wish, check, listen, told
from ui.web.qr import drawn
from ui.web.sessions import PAIRING_SECONDS, Sessions, Way
from ui.wiring import open_house

MIA, OLE = AccountId("mia"), AccountId("ole")
LAN = "192.168.1.20:7860"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    house = open_house(read_settings(str(tmp_path_factory.mktemp("lan") / "home"), environment={}))
    for id in (MIA, OLE):
        house.records.accounts.add(Account(id, id.title()))
    made = house.gate()
    made.set_password(MIA, "plain apples rolling")
    return made


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return certificate(tmp_path_factory.mktemp("tls"))


def certificate(folder: Path) -> Tls:
    """A pair that nobody vouches for."""
    made = Tls(folder / "cert.pem", folder / "key.pem")
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=flourish.test"]
    subprocess.run([*words, "-out", str(made.cert), "-keyout", str(made.key)], check=True, capture_output=True)
    return made


@pytest.mark.parametrize("wish", [Wish("0.0.0.0"), Wish("192.168.1.20", plain=True), Wish(names=("notes.lan",))])
def test_nobody_is_let_in_from_elsewhere_where_there_is_no_password(wish: Wish) -> None:
    with pytest.raises(NotAllowed) as told:
        check(wish, None)
    assert "flourish account password" in str(told.value)


def test_a_network_without_tls_needs_to_be_wanted(gate: Gate, tls: Tls) -> None:
    with pytest.raises(NotAllowed) as said:
        check(Wish("0.0.0.0"), gate)
    assert "--without-tls" in str(said.value)
    check(Wish("0.0.0.0", plain=True), gate)
    check(Wish("0.0.0.0", tls=tls), gate)
    check(Wish(names=("notes.example.org",)), gate)  # the proxy in front of it holds the certificate
    check(Wish(), None)


@pytest.mark.parametrize("name", ["", "a b", "http://x.org", "x.org:80", "-x.org", "x..org", "*", "ü.org", "x" * 300])
def test_what_is_no_name_is_refused(gate: Gate, name: str) -> None:
    with pytest.raises(Invalid):
        check(Wish(names=(name,)), gate)


def test_a_certificate_that_cannot_be_used_is_told_before_anything_is_served(tmp_path: Path, tls: Tls) -> None:
    other = certificate(tmp_path)
    (tmp_path / "words.pem").write_text("no certificate")
    for pair in (Tls(tls.cert, other.key), Tls(tmp_path / "none.pem", tls.key), Tls(tmp_path / "words.pem", tls.key)):
        with pytest.raises(Refused) as said:
            check(Wish(tls=pair), None)
        assert "PEM" in str(said.value)


def test_an_address_this_machine_does_not_have_is_one_clear_sentence() -> None:
    with pytest.raises(Refused) as said:
        listen(Wish("192.0.2.77", 0, plain=True))
    assert "no address" in str(said.value)


def test_all_addresses_are_listened_on_and_named_and_no_other_name_is_answered(tls: Tls) -> None:
    wish = Wish("0.0.0.0", 0, names=("studio.local",), tls=tls)
    with (listening := listen(wish, lambda: ("192.168.1.20",))).socket as bound:
        assert bound.getsockname()[0] == "0.0.0.0"
        port = bound.getsockname()[1]
    assert listening.elsewhere == (f"https://studio.local:{port}", f"https://192.168.1.20:{port}")
    assert listening.here == f"https://192.168.1.20:{port}"
    assert {"studio.local", "192.168.1.20", "127.0.0.1", "localhost"} <= listening.hosts
    assert "0.0.0.0" not in listening.hosts
    assert "password" in told(wish, listening, ())[0]


def test_it_says_who_cannot_sign_in_yet_and_what_no_tls_means(gate: Gate) -> None:
    wish = Wish("0.0.0.0", 0, plain=True)
    with (listening := listen(wish, lambda: ("192.168.1.20",))).socket:
        said = " ".join(told(wish, listening, [a.id for a in gate.without_password()]))
    assert "ole" in said
    assert "can read passwords and notes" in said


class Lan:
    """A guarded app for a network, seen from a browser in it."""

    def __init__(self, gate: Gate) -> None:
        self.seconds = 1000.0
        self.sessions = Sessions(frozenset(), stands=gate.stands, now=lambda: self.seconds)
        entrance = Entrance(self.sessions, gate)
        front = Front(self.sessions, lambda: pytest.fail("not loaded here"), entrance=entrance)
        front._page = behind
        self.app = Guard(front, self.sessions, hosts={"192.168.1.20"}, entry=entrance.page)
        cookie = self.sessions.open(MIA, gate.stamp(MIA), "Firefox on Linux")
        session = self.sessions.of_cookie(cookie)
        assert session is not None
        self.devices = Devices(self.sessions, session, MIA, (f"http://{LAN}",))

    def pair(self, key: str, **headers: str) -> "tuple[int, str]":
        said = {"host": LAN, "origin": f"http://{LAN}", "content-type": "application/x-www-form-urlencoded"} | headers
        agent = {"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"}
        body = urlencode({"key": key}).encode()
        answer = ask(self.app, "/pair", method="POST", body=body, headers=said | agent)
        return answer.status, answer.headers.get("set-cookie", "").split(";")[0]


@pytest.fixture
def lan(gate: Gate) -> Lan:
    return Lan(gate)


def key_of(link: str) -> str:
    return link.split("key=")[1]


def test_a_code_signs_one_phone_in_once_and_it_is_listed_and_signed_out(lan: Lan) -> None:
    link = lan.devices.pairing_link()
    assert link.startswith(f"http://{LAN}/pair?key=")
    look = ask(lan.app, "/pair", query=f"key={key_of(link)}", headers={"host": LAN})
    assert look.status == 200
    assert "set-cookie" not in look.headers, "a look alone, as a messenger takes it, uses nothing up"
    status, cookie = lan.pair(key_of(link))
    assert status == 303
    assert ask(lan.app, "/app/config", headers={"host": LAN, "cookie": cookie}).body == "mia"
    assert lan.pair(key_of(link))[0] == 401, "only once"
    phone = lan.devices.all()[0].session
    assert (phone.device, phone.way) == ("Chrome on Android", Way.PHONE)
    lan.devices.end(phone.id)
    assert ask(lan.app, "/app/config", headers={"host": LAN, "cookie": cookie}).status == 401


def test_a_code_ends_after_five_minutes_and_with_the_next_one(lan: Lan) -> None:
    old = key_of(lan.devices.pairing_link())
    lan.seconds += PAIRING_SECONDS + 1
    assert lan.pair(old)[0] == 401
    first, second = key_of(lan.devices.pairing_link()), key_of(lan.devices.pairing_link())
    assert lan.pair(first)[0] == 401
    assert lan.pair(second)[0] == 303


def test_a_phone_is_out_with_a_new_password(lan: Lan, gate: Gate) -> None:
    _, cookie = lan.pair(key_of(lan.devices.pairing_link()))
    unused = key_of(lan.devices.pairing_link())
    gate.set_password(MIA, "another set of words")
    lan.seconds += 1
    assert ask(lan.app, "/app/config", headers={"host": LAN, "cookie": cookie}).status == 401
    _, late = lan.pair(unused)
    assert ask(lan.app, "/app/config", headers={"host": LAN, "cookie": late}).status == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421), ({"host": "127.0.0.1:7860"}, 421), ({"host": "0.0.0.0:7860"}, 421),
        ({"origin": "http://evil.example"}, 403), ({"origin": "https://192.168.1.20:7860"}, 403),
        ({"origin": "http://192.168.1.20:9999"}, 403), ({"origin": "null"}, 403),
    ],
)  # fmt: skip
def test_a_foreign_name_or_page_uses_no_code_and_signs_nobody_in(
    lan: Lan, headers: dict[str, str], status: int
) -> None:
    key = key_of(lan.devices.pairing_link())
    assert lan.pair(key, **headers) == (status, "")
    assert lan.pair(key)[0] == 303, "the code still works for its owner"


def test_no_account_ends_or_sees_anothers_devices(lan: Lan, gate: Gate) -> None:
    mine = lan.devices.session
    cookie = lan.sessions.open(OLE, "", "Safari on iPhone")
    theirs = lan.sessions.of_cookie(cookie)
    assert theirs is not None
    oles = Devices(lan.sessions, theirs, OLE, lan.devices.reach)
    assert [seen.session.id for seen in oles.all()] == [theirs.id]
    with pytest.raises(Unknown):
        oles.end(mine.id)
    assert lan.sessions.of_id(mine.id) == mine


def test_where_only_this_machine_reaches_the_page_no_code_is_made(lan: Lan) -> None:
    with pytest.raises(NotAllowed):
        Devices(lan.sessions, lan.devices.session, MIA).pairing_link()


def test_the_code_is_drawn_without_anything_fetched_and_has_a_name() -> None:
    picture = drawn("https://192.168.1.20:7860/pair?key=abc", "Code that signs your phone in")
    assert picture.startswith("<svg")
    assert "Code that signs your phone in" in picture
    assert "href" not in picture
