"""The page itself: a few Gradio components, and handlers that gather, call and show. They hold no note.

Every handler finds out anew who is asking, from the session behind the request, and whether the account is theirs.
What the browser says (place, person, promise, note ids) is looked up at that account's own desk, where others do not
exist.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.bench import Bench
from assistant.desk import Desk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.overview import PersonRow
from assistant.errors import BrokenInstallation, FlourishError, NotAllowed, Unknown
from assistant.lane import Lane
from assistant.streaming import ending
from ui.web import see_account, see_accounts, see_coach, show, show_shell, views
from ui.web.answering import Answering
from ui.web.around import Around
from ui.web.breaths import Updates, in_breaths
from ui.web.devices import Devices
from ui.web.lately import Back, Lately
from ui.web.openers import Openers
from ui.web.place import Deed, Place
from ui.web.see_accounts import Keeping
from ui.web.sessions import Session, Sessions, Way
from ui.web.trays import Files, Trays
from ui.web.turns import Turn, Turns
from ui.web.views import Screen

FAULT = BrokenInstallation(
    "Something in Flourish itself went wrong; what you had kept is safe.",
    next="Load the page again. If it stays, please report the last lines in the terminal.",
)
AT_ONCE = 96  # turns with a model that may be under way: each waits far more than it works
COMPUTING = 2  # of them that compute at once; the others wait for a model, or for these
THREADS = AT_ONCE + 32  # one for each of them, and some for what is quick
LOOK_SECONDS = (
    0.01  # between two looks of Gradio's for waiting presses; its own thousand a second never let threads work
)
SELDOM_SECONDS = 1.0  # between two looks for Gradio's own progress bars, which nothing here has
LACKS = {
    Role.MANAGER: "no people and no notes", Role.COACH: "nothing to review", Role.ADMIN: "no accounts to look after",
}  # fmt: skip
LOOKS = frozenset({"go", "find", "say", "again", "edit_turn"})  # deeds that leave every account as it was
Screens = Callable[[], Iterator[Screen]]


@dataclass(frozen=True, slots=True)
class Foot:
    """What depends on the account alone: whose desk it is, and the pages it has."""

    html: str
    pages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is behind one request: found out anew for every press, and once for it.

    Attributes:
        browser: The public name of the session.
        session: None when it has ended.
        accounts: In use, and this session's to work as; none when it has ended.
        everybody: Who there is in this home; nobody when the session has ended.
        only_looks: Whether nothing of the accounts can change by this press.
    """

    browser: str
    session: Session | None
    accounts: Sequence[Account]
    everybody: Sequence[Account]
    only_looks: bool


class Page:
    """The components of one page and what happens when they are used."""

    def __init__(
        self,
        openers: Openers,
        sessions: Sessions,
        trays: Trays | None = None,
        reach: tuple[str, ...] = (),
        lately: Lately | None = None,
        answering: Answering | None = None,
    ) -> None:
        self._openers = openers
        self._sessions = sessions
        self._trays = trays or Trays(None)
        self._turns = Turns()
        self._reach = reach
        self._answering = answering or Answering()
        self._lately = lately or Lately()
        self._lane = Lane(COMPUTING)
        self._threads = ThreadPoolExecutor(THREADS, "press")

    def build(self) -> gr.Blocks:
        """Lay the components out and tie them to the handlers."""
        blocks = gr.Blocks(title="Flourish", analytics_enabled=False, fill_width=True)
        with blocks:
            with gr.Row(elem_id="fl-shell"):
                self.nav = self._html("fl-side")
                with gr.Column(elem_id="fl-main"):
                    self.scope = self._html("fl-scope")
                    self.notice = self._html("fl-notice-box")
                    self.out = self._html("fl-out")
            # Two ways to the server, so that what is quick never waits behind a model.
            self.wire = self._html("fl-wire")
            self.slow_wire = self._html("fl-wire-slow")
            self._tie(blocks)
        blocks.max_threads = THREADS  # before the queue, which takes its size from it
        blocks.queue(max_size=256, default_concurrency_limit=8, api_open=False)
        blocks._queue.sleep_when_free = LOOK_SECONDS
        blocks._queue.progress_update_sleep_when_free = SELDOM_SECONDS
        return blocks

    def _html(self, elem_id: str) -> gr.HTML:
        script = files("ui.web").joinpath("assets", "wire.js").read_text(encoding="utf-8")
        return gr.HTML("", elem_id=elem_id, js_on_load=script, apply_default_css=False, padding=False)

    def _tie(self, blocks: gr.Blocks) -> None:
        quiet: dict[str, Any] = {
            "outputs": [self.nav, self.scope, self.notice, self.out], "show_progress": "hidden",
            "api_visibility": "private", "trigger_mode": "multiple",
            "postprocess": False,  # of HTML it only looks for scripts, in a thread for every component of every update
        }  # fmt: skip
        blocks.load(self.load, None, concurrency_id="load", concurrency_limit=8, **quiet)
        self.wire.click(self.press, None, concurrency_id="quick", concurrency_limit=8, **quiet)
        self.slow_wire.click(self.slow_press, None, concurrency_id="slow", concurrency_limit=AT_ONCE, **quiet)

    # what Gradio calls: the handlers below, each in a thread of its own

    async def load(self, request: gr.Request) -> AsyncIterator[Updates]:
        """A tab opened."""
        async for updates in in_breaths(self.on_load(request), self._threads):
            yield updates

    async def press(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Updates]:
        """Something inside our HTML was pressed."""
        async for updates in in_breaths(self.on_press(event, request), self._threads):
            yield updates

    async def slow_press(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Updates]:
        """Something that may need a model was pressed."""
        async for updates in in_breaths(self.on_slow_press(event, request), self._threads):
            yield updates

    # handlers: gather, call, show

    def on_load(self, request: gr.Request) -> Iterator[Updates]:
        """A tab opened: the place in its address, or the first page."""
        wanted = Place.of(dict(request.query_params))
        turn = self._turns.begin(request.session_hash)
        visit = self._visit(request, only_looks=True)
        accounts = visit.accounts
        if not accounts:
            yield {self.notice: turn.mark + show.trouble(signed_out())}
            return
        if not accounts[0].roles:
            yield {self.nav: self._foot(Place(), visit).html, self.notice: turn.mark + show.trouble(no_page())}
            return
        home = Place(accounts[0].id, show_shell.first_page(accounts[0].roles))
        if not wanted.account:
            wanted = replace(home if wanted == Place() else wanted, account=home.account)
        try:
            yield from self._drawn(self._look(wanted, visit), turn, visit)
        except FlourishError as error:  # a stale link: say so, and show where to go on from
            own = wanted.account == home.account and isinstance(error, Unknown)
            at, error = elsewhere(wanted, home, error) if own else (home, error)
            said = show.trouble(error)
            yield from self._told(lambda: self._look(at, visit, said), turn, visit)

    def _leads_nobody(self, place: Place, visit: Visit) -> Account | None:
        """Somebody at the settings of an account that is theirs and has no desk; None for anybody else."""
        here = [a for a in visit.accounts if a.id == place.account and place.page == "settings"]
        return next((a for a in here if a.roles and Role.MANAGER not in a.roles), None)

    def _look(self, place: Place, visit: Visit, said: str = "") -> Iterator[Screen]:
        account = self._leads_nobody(place, visit)
        if account is not None:
            yield see_account.look(account, place, self._openers.today(), self._around(place, visit), said)
            return
        if place.page == "coach":
            yield see_coach.look(self._bench(place, visit), place, said, self._rows(place, visit, Role.COACH))
            return
        if place.page == "accounts":
            yield see_accounts.look(self._keeping(place, visit), place, said)
            return
        yield from views.look(self._desk(place, visit), place, said, around=self._around(place, visit))

    def on_press(self, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Something inside our HTML was pressed."""
        tab = request.session_hash
        does = event._data.get("do") if isinstance(event._data, dict) else None
        if does == "stop":
            self._turns.stop(tab)  # whoever is answering shows where it stopped
            return
        turn = self._turns.begin(tab)
        visit = self._visit(request, only_looks=does in LOOKS)

        def begin() -> Iterator[Screen]:
            deed = Deed.of(event._data)
            place = Place.read(deed.to) if deed.do == "go" else deed.place
            account = self._leads_nobody(place, visit)
            if account is not None:
                around = self._around(place, visit)
                yield see_account.screen(account, place, deed, self._openers.today(), around)
                return
            if place.page == "coach":
                rows = self._rows(place, visit, Role.COACH)
                yield from see_coach.screens(self._bench(place, visit), place, deed, rows)
                return
            if place.page == "accounts":
                yield from see_accounts.screens(self._keeping(place, visit), place, deed)
                return
            yield from views.screens(
                self._desk(place, visit), place, deed, lambda: turn.is_stopped, self._around(place, visit)
            )

        yield from self._told(begin, turn, visit)

    def on_slow_press(self, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Something that may need a model was pressed: a few compute at a time, so that what is quick is quick."""
        yield from self._lane.paced(self.on_press(event, request))

    # who is asking, and what they get to see

    def _desk(self, place: Place, visit: Visit) -> Desk:
        """The desk of a place, if the session behind this request may sit at it."""
        return self._openers.desk(self._account(place, visit, Role.MANAGER).id)

    def _bench(self, place: Place, visit: Visit) -> Bench:
        """The bench of a place, if the session behind this request is a coach's."""
        account = self._account(place, visit, Role.COACH)
        if self._openers.bench is None:
            raise NotAllowed("Nothing is reviewed here.", next="Choose another page.")
        return self._openers.bench(account.id)

    def _keeping(self, place: Place, visit: Visit) -> Keeping:
        """What whoever looks after this home works with, if the session behind this request is theirs."""
        who, doors = self._account(place, visit, Role.ADMIN).id, self._openers
        if doors.gate is None:
            raise NotAllowed("Nobody signs in here.", next="Choose another page.")
        office = doors.office() if doors.office else None
        rows = self._rows(place, visit, Role.ADMIN)
        return Keeping(who, doors.accounts, doors.gate, office, doors.about, doors.today(), rows)

    def _rows(self, place: Place, visit: Visit, role: Role) -> Sequence[PersonRow]:
        """The people of a coach or an admin who leads some as well, for the way about."""
        roles = self._account(place, visit, role).roles
        return self._desk(place, visit).people() if Role.MANAGER in roles else ()

    def _account(self, place: Place, visit: Visit, role: Role) -> Account:
        """The account of a place, if it is this session's, in use, and what it has to be."""
        if visit.session is None:
            raise signed_out()
        account = next((a for a in visit.accounts if a.id == place.account), None)
        if account is None:
            raise Unknown("There is no such account here.", next="Choose one from the list.")
        if role not in account.roles:
            raise NotAllowed(f"This account has {LACKS[role]}.", next="Choose a page from the list.")
        return account

    def _visit(self, request: gr.Request, *, only_looks: bool) -> Visit:
        browser = str(request.username or "")
        session = self._sessions.of_id(browser)
        everybody = self._openers.accounts() if session else []
        return Visit(browser, session, self._own(session, everybody), everybody, only_looks)

    def _own(self, session: Session | None, everybody: Sequence[Account]) -> list[Account]:
        mine = session.accounts if session else frozenset()
        return [a for a in everybody if a.id in mine and a.active]

    def _around(self, place: Place, visit: Visit) -> Around:
        """What else the page of a place may need; files are those that this very browser sent."""
        files = Files(self._trays, visit.browser, AccountId(place.account))
        session = visit.session
        devices = Devices(self._sessions, session, AccountId(place.account), self._reach) if session else None
        looks_after = any(a.id == place.account and Role.ADMIN in a.roles for a in visit.accounts)
        office = self._openers.office() if looks_after and self._openers.office else None
        gate = self._openers.gate if place.page == "settings" else None
        came = gate.came(AccountId(place.account)) if gate else ()
        back = Back(self._lately, visit.browser)
        return Around(self._openers.about, files, self._answering, devices, office, came, back)

    def _told(self, begin: Screens, turn: Turn, visit: Visit) -> Iterator[Updates]:
        """What a deed brings; an error as a calm sentence above what was there before.

        A fault of ours is not caught, it only gets its sentence on its way to the terminal: a page that goes on
        "reading" for ever would say nothing.
        """
        broke = True
        try:
            yield from self._drawn(begin(), turn, visit)
            broke = False
        except FlourishError as error:
            broke = False
            yield {self.notice: turn.mark + show.trouble(error)}
        except GeneratorExit:  # the tab was closed
            broke = False
            raise
        finally:
            if broke:
                yield {self.notice: turn.mark + show.trouble(FAULT)}

    def _drawn(self, screens: Iterator[Screen], turn: Turn, visit: Visit) -> Iterator[Updates]:
        """Screens as they come, until something newer was pressed in the same tab."""
        foot: Foot | None = None
        with ending(screens) as coming:
            for screen in coming:
                if not turn.is_newest:
                    return
                foot = foot or self._foot(screen.place, visit)
                yield self._updates(screen, turn, foot)

    def _foot(self, place: Place, visit: Visit) -> Foot:
        """Whose desk it is and the way out; looked up anew where a name may have changed by what was pressed."""
        session, everybody = visit.session, visit.everybody if visit.only_looks else self._openers.accounts()
        accounts = self._own(session, everybody)
        leaves = session is not None and session.way is not Way.KEY
        roles = next((account.roles for account in accounts if account.id == place.account), frozenset())
        html = show_shell.foot(self._openers.banner, accounts, place.account, leaves=leaves)
        alone = len(everybody) == 1
        shared = not (alone and Role.COACH in roles) or self._is_shared(place)
        return Foot(html, show_shell.pages_of(roles, alone=alone, shared=shared))

    def _is_shared(self, place: Place) -> bool:
        """Whether this coach's bench holds anything, or is what is looked at."""
        if place.page == "coach" or self._openers.bench is None:
            return True
        return any(self._openers.bench(AccountId(place.account)).copies())

    def _updates(self, screen: Screen, turn: Turn, foot: Foot) -> Updates:
        """A screen as new values of the components: person, day and content always change together."""
        return {
            self.nav: show_shell.nav(screen.place, screen.rows, foot.html, screen.today, foot.pages),
            self.scope: screen.scope,
            self.notice: turn.mark + screen.notice,
            self.out: screen.out,
        }


def elsewhere(wanted: Place, home: Place, error: FlourishError) -> tuple[Place, FlourishError]:
    """Where to look instead of a place that is not there, and what to say about it."""
    if wanted.talk:
        said = Unknown("This conversation is not among yours.", next="Choose one below, or begin a new one.")
        return Place(home.account, "chat"), said
    if wanted.person:
        return Place(home.account, "people"), Unknown("This person is not among yours.", next="Choose somebody here.")
    return home, error


def no_page() -> NotAllowed:
    """An account that may do nothing here."""
    return NotAllowed("This account has no page.", next="Ask whoever runs this Flourish.")


def signed_out() -> NotAllowed:
    """The session behind a request has ended."""
    return NotAllowed("You are no longer signed in.", next="Sign in again in another tab, then press again here.")
