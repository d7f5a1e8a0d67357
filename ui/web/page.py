"""The page itself: Gradio widgets, and handlers that gather, call and show. They hold no note and decide nothing.

Every handler finds out anew who is asking, from the session behind the request, and whether the account is theirs.
What the browser says (person, promise, note ids) is looked up at that account's own desk, where others do not exist.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.note import AiUse, NoteKind
from assistant.errors import BrokenInstallation, FlourishError, Invalid, NotAllowed, Unknown
from ui.web import show, show_people, views
from ui.web.openers import Openers
from ui.web.sessions import Sessions
from ui.web.views import Deed, Place, Screen

FAULT = BrokenInstallation(
    "Something in Flourish itself went wrong; what you had kept is safe.",
    next="Load the page again. If it stays, please report the last lines in the terminal.",
)
Updates = dict[Any, Any]
Screens = Callable[[], Iterator[Screen]]
VIEWS = show_people.VIEWS
KINDS = (NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION, NoteKind.PEER_FEEDBACK, NoteKind.CUSTOMER_QUOTE,
         NoteKind.CUSTOMER_COMPLAINT, NoteKind.PROJECT_LOG, NoteKind.SELF_REVIEW, NoteKind.GOAL, NoteKind.EMAIL,
         NoteKind.CHAT_MESSAGE, NoteKind.MISC)  # fmt: skip


class Page:
    """The widgets of one page and what happens when they are used."""

    def __init__(self, openers: Openers, sessions: Sessions, accounts: Sequence[Account]) -> None:
        self._openers = openers
        self._sessions = sessions
        self._accounts = accounts

    def build(self) -> gr.Blocks:
        """Lay the widgets out and tie them to the handlers."""
        blocks = gr.Blocks(title="Flourish", analytics_enabled=False, fill_width=True)
        with blocks:
            self.place = gr.State(Place())
            with gr.Row(elem_id="fl-top-row"):
                self.top = self._html("fl-top", show_people.brand(self._openers.banner, ""))
                self.account = gr.Dropdown(
                    [(a.name, a.id) for a in self._accounts], label="Manager", elem_id="fl-account",
                    visible=len(self._accounts) > 1, interactive=True, filterable=False,
                )  # fmt: skip
            with gr.Row(elem_id="fl-shell"):
                self.side = self._html("fl-side")
                with gr.Column(elem_id="fl-main"):
                    self.scope = self._html("fl-scope-box")
                    self.notice = self._html("fl-notice-box")
                    self._ask_box()
                    self._note_box()
                    self.out = self._html("fl-out", show.step("Opening your desk"))
            self._tie(blocks)
        blocks.queue(max_size=64, default_concurrency_limit=8, api_open=False)
        return blocks

    def _html(self, elem_id: str, value: str = "") -> gr.HTML:
        script = files("ui.web").joinpath("assets", "flourish.js").read_text(encoding="utf-8")
        return gr.HTML(value, elem_id=elem_id, js_on_load=script, apply_default_css=False, padding=False)

    def _ask_box(self) -> None:
        with gr.Row(visible=False, elem_id="fl-ask-box") as self.ask_box:
            self.question = gr.Textbox(
                label="Your question", placeholder="What gave energy lately?", lines=1, max_lines=4, max_length=500,
                elem_id="fl-question", scale=5,
            )  # fmt: skip
            self.ask = gr.Button("Ask", variant="primary", elem_id="fl-ask-button", scale=0, min_width=96)

    def _note_box(self) -> None:
        with gr.Column(visible=False, elem_id="fl-note-box") as self.note_box:
            self.text = gr.Textbox(
                label="What did you see or hear?", lines=5, max_lines=14, elem_id="fl-note-text",
                placeholder="As it was: what was done, said or promised, and who was better off.",
            )  # fmt: skip
            with gr.Row(elem_id="fl-note-row"):
                self.day = gr.Textbox(
                    self._openers.today().isoformat(), label="Day, as year-month-day", max_lines=1, max_length=10,
                    elem_id="fl-day",
                )  # fmt: skip
                self.kind = gr.Dropdown(
                    [(k.words, k.value) for k in KINDS], value=NoteKind.OBSERVATION.value, label="Kind",
                    filterable=False, elem_id="fl-kind",
                )  # fmt: skip
            self.keep_out = gr.Checkbox(
                label="Keep this note out of briefs, questions and plans", elem_id="fl-keep-out"
            )
            self.save = gr.Button("Keep this note", variant="primary", elem_id="fl-save")

    def _tie(self, blocks: gr.Blocks) -> None:
        seen = [self.place, self.top, self.account, self.side, self.scope, self.notice, self.ask_box, self.note_box,
                self.question, self.text, self.keep_out, self.out]  # fmt: skip
        quiet: dict[str, Any] = {"outputs": seen, "show_progress": "hidden", "api_visibility": "private"}
        form = [self.place, self.text, self.day, self.kind, self.keep_out]
        blocks.load(self.on_load, None, **quiet)
        self.account.input(self.on_account, [self.account], **quiet)
        gr.on([p.click for p in (self.side, self.scope, self.notice, self.out)], self.on_press, [self.place], **quiet)
        gr.on([self.question.submit, self.ask.click], self.on_ask, [self.place, self.question], **quiet)
        self.save.click(self.on_note, form, **quiet)

    # handlers: gather, call, show

    def on_load(self, request: gr.Request) -> Iterator[Updates]:
        """A tab opened: the place in its address, or the people."""
        said = request.query_params
        home = Place(self._accounts[0].id)
        view = str(said.get("v") or "prep")
        wanted = Place(str(said.get("a") or home.account), str(said.get("p") or ""), view if view in VIEWS else "prep")
        try:
            yield from self._drawn(views.look(self._desk(wanted, request), wanted))
        except FlourishError as error:  # a stale link: say so, and show the people
            said = show.trouble(error)
            yield from self._told(lambda: views.look(self._desk(home, request), home, said))

    def on_account(self, account: str, request: gr.Request) -> Iterator[Updates]:
        """Another manager was chosen, in the demo."""
        chosen = Place(str(account))
        yield from self._told(lambda: views.look(self._desk(chosen, request), chosen))

    def on_press(self, place: Place, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Something inside our HTML was pressed."""
        yield from self._told(lambda: views.screens(self._desk(place, request), place, Deed.of(event._data)))

    def on_ask(self, place: Place, question: str, request: gr.Request) -> Iterator[Updates]:
        """A question was asked. It stands above its answer, so the box is free for the next one."""
        yield from self._told(
            lambda: views.ask(self._desk(place, request), place, str(question or "")), {self.question: ""}
        )

    def on_note(
        self, place: Place, text: str, day: str, kind: str, keep_out: bool, request: gr.Request
    ) -> Iterator[Updates]:
        """A note was written. Its text leaves the editor only when it is kept."""

        def keep() -> Iterator[Screen]:
            ai = AiUse.NEVER if keep_out else AiUse.ALLOWED
            desk = self._desk(place, request)
            yield from views.add_note(desk, place, str(text or ""), day_of(day), kind_of(kind), ai)

        yield from self._told(keep, {self.text: "", self.keep_out: False})

    # who is asking, and what they get to see

    def _desk(self, place: Place, request: gr.Request) -> Desk:
        """The desk of a place, if the session behind this request may sit at it."""
        session = self._sessions.of_id(str(request.username or ""))
        if session is None:
            raise NotAllowed("You are no longer signed in.", next="Open the newest link from the terminal.")
        if place.account not in session.accounts:
            raise Unknown("There is no such account here.", next="Choose one from the list.")
        return self._openers.desk(AccountId(place.account))

    def _told(self, begin: Screens, when_done: Mapping[Any, Any] | None = None) -> Iterator[Updates]:
        """What a deed brings; an error as a calm sentence above what was there before.

        A fault of ours is not caught, it only gets its sentence on its way to the terminal: a page that goes on
        "reading" for ever would say nothing.
        """
        broke = True
        try:
            yield from self._drawn(begin(), when_done)
            broke = False
        except FlourishError as error:
            broke = False
            yield {self.notice: show.trouble(error)}
        except GeneratorExit:  # the tab was closed, or something newer was asked for
            broke = False
            raise
        finally:
            if broke:
                yield {self.notice: show.trouble(FAULT)}

    def _drawn(self, screens: Iterator[Screen], when_done: Mapping[Any, Any] | None = None) -> Iterator[Updates]:
        for screen in screens:
            yield {**self._updates(screen), **(when_done or {})}

    def _updates(self, screen: Screen) -> Updates:
        """A screen as new values of the widgets: person, day and content always change together."""
        place = screen.place
        who = next((a.name for a in self._accounts if a.id == place.account), "")
        open_view = place.view if place.person else ""
        return {
            self.place: place,
            self.top: show_people.brand(self._openers.banner, who if len(self._accounts) == 1 else ""),
            self.account: gr.update(value=place.account),
            self.side: screen.side,
            self.scope: screen.scope,
            self.notice: screen.notice,
            self.ask_box: gr.update(visible=open_view == "ask"),
            self.note_box: gr.update(visible=open_view == "note"),
            self.out: screen.out,
        }


def day_of(said: object) -> date:
    """The day in the form; `Invalid` when it is none."""
    try:
        return date.fromisoformat(str(said or "").strip()[:10])
    except ValueError:
        raise Invalid("This day cannot be read.", next="Write it as year-month-day, for example 2026-06-15.") from None


def kind_of(said: object) -> NoteKind:
    """The kind in the form; `Invalid` when it is none."""
    if said not in set(NoteKind):
        raise Invalid("This kind of note is not known.", next="Choose one from the list.")
    return NoteKind(str(said))
