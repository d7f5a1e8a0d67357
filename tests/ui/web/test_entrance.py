"""Signing in and out at the guarded app, against real records: what a browser without our script could try."""

from urllib.parse import urlencode

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.sign_in import By, Came
from assistant.gate import Gate
from tests.ui.web.asgi import ORIGIN, Answer, ask
from ui.settings import read_settings
from ui.web.entrance import Entrance
from ui.web.front import Front
from ui.web.guard import Guard, Receive, Scope, Send
from ui.web.sessions import TRUST_SECONDS, Sessions, Way
from ui.wiring import House, open_house

MIA, OLE = AccountId("mia"), AccountId("ole")
WORDS = "plain apples rolling"
FORM = {"origin": ORIGIN, "content-type": "application/x-www-form-urlencoded"}


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": ",".join(scope["flourish.session"].accounts).encode()})


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = open_house(read_settings(str(tmp_path_factory.mktemp("entrance") / "home"), environment={}))
    for id, name in ((MIA, "Mia Okafor"), (OLE, "Ole Brandt")):
        house.records.accounts.add(Account(id, name))
    return house


class Place:
    """A guarded app whose page says only which accounts its visitor may use."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.seconds = 1000.0
        self.sessions = Sessions(frozenset(), stands=gate.stands, now=lambda: self.seconds)
        entrance = Entrance(self.sessions, gate)
        front = Front(self.sessions, lambda: pytest.fail("not loaded here"), entrance=entrance)
        front._page = behind
        self.app = Guard(front, self.sessions, entry=entrance.page)

    def sign_in(self, name: str = "mia", password: str = WORDS, to: str = "", **headers: str) -> Answer:
        body = urlencode({"name": name, "password": password, "to": to}).encode()
        return ask(self.app, "/sign-in", method="POST", body=body, headers={**FORM, **headers})

    def look(self, cookie: str) -> Answer:
        return ask(self.app, "/app/config", headers={"cookie": cookie})


@pytest.fixture
def place(house: House) -> Place:
    gate = house.gate()
    for account in (MIA, OLE):
        gate.set_active(account, True)
        gate.set_password(account, WORDS)
    return Place(gate)


def cookie_of(answer: Answer) -> str:
    assert answer.status == 303
    return answer.headers["set-cookie"].split(";")[0]


def test_a_password_opens_ones_own_account_and_no_other(place: Place) -> None:
    assert place.look(cookie_of(place.sign_in("Mia"))).body == "mia"
    assert place.look(cookie_of(place.sign_in("ole"))).body == "ole"


def test_every_sign_in_is_a_new_session_and_one_that_was_planted_is_not_taken(place: Place) -> None:
    first, second = cookie_of(place.sign_in()), cookie_of(place.sign_in(cookie="flourish_7860=planted"))
    assert first != second
    assert "planted" not in second
    assert place.look("flourish_7860=planted").status == 401


def test_wrong_words_and_wrong_names_get_the_same_page_and_no_cookie(place: Place) -> None:
    answers = [place.sign_in("mia", "a wrong guess"), place.sign_in("nobody", "a wrong guess")]
    assert [a.status for a in answers] == [401, 401]
    assert answers[0].body.replace("mia", "nobody") == answers[1].body
    assert all("set-cookie" not in a.headers for a in answers)
    assert "Name and password do not fit together" in answers[0].body
    assert "a wrong guess" not in answers[0].body


def test_after_five_guesses_it_says_when_to_come_back_and_whoever_is_in_stays_in(place: Place) -> None:
    cookie = cookie_of(place.sign_in())
    for _ in range(5):
        assert place.sign_in("mia", "a wrong guess").status == 401
    stopped = place.sign_in()
    assert stopped.status == 429
    assert int(stopped.headers["retry-after"]) > 0
    assert "Try again in" in stopped.body
    assert place.look(cookie).status == 200


def test_what_was_typed_as_a_name_or_stands_in_the_address_is_shown_as_text(place: Place) -> None:
    answer = place.sign_in('"><script>alert(1)</script>', "x", to='?g=today&i="><script>')
    assert "<script" not in answer.body
    landed = ask(place.app, "/app/", query="g=people&i=%22%3E%3Cscript%3E")
    assert landed.status == 401
    assert "<script" not in landed.body


def test_one_lands_where_one_wanted_to_go_on_ones_own_desk_only(place: Place) -> None:
    assert place.sign_in(to="?a=mia&p=dana&v=plan").headers["location"] == "/app/?a=mia&p=dana&v=plan"
    for foreign in ("?a=ole&p=kurt", "https://elsewhere.example/", "//elsewhere.example", "\r\nset-cookie: a=b"):
        assert place.sign_in(to=foreign).headers["location"] == "/app/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"host": "elsewhere.example"}, 421),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json"}, 415),
    ],
)
def test_a_form_from_elsewhere_signs_nobody_in(place: Place, headers: dict[str, str], status: int) -> None:
    body = urlencode({"name": "mia", "password": WORDS}).encode()
    answer = ask(place.app, "/sign-in", method="POST", body=body, headers={**FORM, **headers})
    assert answer.status == status
    assert "set-cookie" not in answer.headers


def test_a_flood_of_a_form_is_not_read_to_its_end(place: Place) -> None:
    assert ask(place.app, "/sign-in", method="POST", body=b"name=" + b"x" * 20_000, headers=FORM).status == 413


@pytest.mark.parametrize("body", [b"", b"name=mia", b"password=x", b"%ff%fe=%00", b"name=%00&password=%00", b"&&&=="])
def test_a_broken_form_is_answered_with_the_page(place: Place, body: bytes) -> None:
    assert ask(place.app, "/sign-in", method="POST", body=body, headers=FORM).status == 401


def test_signing_out_ends_this_session_and_signing_out_everywhere_all_of_them(place: Place) -> None:
    one, two, three, oles = (cookie_of(place.sign_in(n)) for n in ("mia", "mia", "mia", "ole"))
    out = ask(place.app, "/sign-out", method="POST", headers={"cookie": one, "origin": ORIGIN})
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert [place.look(c).status for c in (one, two, three, oles)] == [401, 200, 200, 200]
    ask(place.app, "/sign-out-everywhere", method="POST", headers={"cookie": two, "origin": ORIGIN})
    assert [place.look(c).status for c in (one, two, three, oles)] == [401, 401, 401, 200]


@pytest.mark.parametrize("path", ["/sign-out", "/sign-out-everywhere"])
def test_nobody_signs_somebody_else_out(place: Place, path: str) -> None:
    cookie = cookie_of(place.sign_in())
    assert ask(place.app, path, method="POST", headers={"origin": ORIGIN}).status == 401
    foreign = {"cookie": cookie, "origin": "http://elsewhere.example"}
    assert ask(place.app, path, method="POST", headers=foreign).status == 403
    assert ask(place.app, path, headers={"cookie": cookie}).status == 404, "a picture's address signs nobody out"
    assert place.look(cookie).status == 200


@pytest.mark.parametrize("how", ["disabled", "new password"])
def test_who_is_disabled_or_gets_a_new_password_elsewhere_is_out_within_a_second(
    place: Place, house: House, how: str
) -> None:
    cookie = cookie_of(place.sign_in())
    assert place.look(cookie).status == 200
    beside = house.gate()  # as the command line would do it, in a process of its own
    if how == "disabled":
        beside.set_active(MIA, False)
    else:
        beside.set_password(MIA, "another set of words")
    place.seconds += TRUST_SECONDS
    assert place.look(cookie).status == 401
    assert place.sessions.count() == 0


def test_an_account_that_rests_cannot_sign_in(place: Place) -> None:
    place.gate.set_active(MIA, False)
    assert place.sign_in().status == 401


def test_a_session_ends_when_it_rests_and_after_its_whole_time(place: Place) -> None:
    idle, absolute = Way.PASSWORD.value
    cookie = cookie_of(place.sign_in())
    place.seconds += idle + 1
    assert place.look(cookie).status == 401
    cookie = cookie_of(place.sign_in())
    for _ in range(int(absolute / idle * 2)):
        assert place.look(cookie).status == 200
        place.seconds += idle / 2
    place.seconds += 1
    assert place.look(cookie).status == 401


def test_over_tls_the_cookie_is_bound_to_this_host(place: Place) -> None:
    from ui.web.replies import cookie_name, let_in

    headers = {b"host": b"flourish.lan:7860"}
    assert cookie_name(headers, secure=True) == "__Host-flourish_7860"
    cookie = dict(let_in(headers, "x", secure=True).headers)[b"set-cookie"].decode()
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= {p.strip() for p in cookie.split(";")}
    assert "Domain" not in cookie


def test_the_page_without_a_session_asks_for_name_and_password(place: Place) -> None:
    answer = ask(place.app, "/app/")
    assert answer.status == 401
    assert 'autocomplete="current-password"' in answer.body
    assert "terminal" not in answer.body, "nobody has a link here"
    assert ask(place.app, "/sign-in").status == 200


def change(place: Place, cookie: str, now: str = WORDS, new: str = "another set of words", again: str = "") -> Answer:
    body = urlencode({"now": now, "new": new, "again": again or new}).encode()
    return ask(place.app, "/password", method="POST", body=body, headers={**FORM, "cookie": cookie})


def test_whoever_knows_the_present_password_changes_it_and_every_other_device_is_out(place: Place) -> None:
    one, two = cookie_of(place.sign_in()), cookie_of(place.sign_in())
    assert ask(place.app, "/password", headers={"cookie": one}).body.count('type="password"') == 3
    newer = cookie_of(change(place, one))
    place.seconds += TRUST_SECONDS
    assert [place.look(c).status for c in (one, two, newer)] == [401, 401, 200]
    assert place.sign_in().status == 401
    assert place.sign_in(password="another set of words").status == 303


@pytest.mark.parametrize(
    ("said", "status"),
    [({"now": "a wrong guess"}, 403), ({"again": "not the same"}, 400), ({"new": "short"}, 400)],
)
def test_a_password_that_is_not_changed_stays_and_signs_nobody_out(
    place: Place, said: dict[str, str], status: int
) -> None:
    cookie = cookie_of(place.sign_in())
    answer = change(place, cookie, **said)
    assert answer.status == status
    assert 'role="alert"' in answer.body
    assert place.look(cookie).status == 200
    assert place.sign_in().status == 303


def test_a_stolen_session_does_not_guess_the_password(place: Place) -> None:
    cookie = cookie_of(place.sign_in())
    assert [change(place, cookie, now=f"guess {n}").status for n in range(7)] == [403] * 5 + [429] * 2


def test_nobody_changes_a_password_without_a_session_or_from_elsewhere(place: Place) -> None:
    assert change(place, "flourish_7860=planted").status == 401
    assert ask(place.app, "/password").status == 401
    body = urlencode({"now": WORDS, "new": "another set of words", "again": "another set of words"}).encode()
    foreign = {**FORM, "cookie": cookie_of(place.sign_in()), "origin": "http://elsewhere.example"}
    assert ask(place.app, "/password", method="POST", body=body, headers=foreign).status == 403
    assert place.sign_in().status == 303


def test_the_log_of_an_account_tells_each_sign_in_and_each_wrong_password_with_the_device(place: Place) -> None:
    before = len(place.gate.came(MIA))
    phone = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0"}
    place.sign_in("mia", "a wrong guess", **phone)
    cookie = cookie_of(place.sign_in(**phone))
    session = place.sessions.of_cookie(cookie.split("=", 1)[1])
    assert session is not None
    key = place.sessions.pairing_key(MIA, session.stamp)
    body = urlencode({"key": key}).encode()
    assert ask(place.app, "/pair", method="POST", body=body, headers=FORM).status == 303
    told = [(e.came, e.by, e.device) for e in place.gate.came(MIA)][: len(place.gate.came(MIA)) - before]
    assert told == [
        (Came.IN, By.PHONE, "A browser"),
        (Came.IN, By.PASSWORD, "Chrome on Android"),
        (Came.FAILED, By.PASSWORD, "Chrome on Android"),
    ]
    assert all(e.account_id == OLE for e in place.gate.came(OLE))
