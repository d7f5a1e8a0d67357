"""demo, serve, doctor, path: the sample team, the web page, and the home itself."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.commands.base import Bar, Groups, Run, command

if TYPE_CHECKING:
    from ui.settings import Settings
    from ui.web.listening import Tls
    from ui.web.openers import Openers


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    demo = command(
        groups, "demo", "Look around with the sample team, in the browser; no key, no network, no notes.", show_demo
    )
    demo.add_argument("--no-serve", action="store_true", help="only make the sample team ready")
    server = command(
        groups,
        "serve",
        "Open your own notes in the browser. Only this machine can reach the page, unless you say more.",
        serve,
    )
    server.add_argument("--tls-cert", metavar="FILE", help="a certificate, as PEM, for --host with others")
    server.add_argument("--tls-key", metavar="FILE", help="its key, as PEM")
    server.add_argument(
        "--without-tls", action="store_true", help="let passwords and notes cross the network unencrypted"
    )
    server.add_argument(
        "--name", metavar="HOST", action="append", help="a name browsers reach it by, through a proxy or a name server"
    )
    for parser in (demo, server):
        parser.add_argument("--host", help="the address to listen on (127.0.0.1, this machine alone)")
        parser.add_argument("--port", type=int, help="the port (7860)")
        parser.add_argument(
            "--open", action=argparse.BooleanOptionalAction, default=True, help="open the browser as well"
        )
    command(groups, "doctor", "Is everything well? Each line says so, or what to do.", examine)
    command(groups, "path", "Where everything lies.", show_paths)


def show_demo(run: Run) -> None:
    """The sample team in a home of its own."""
    from ui.contract.home import DemoPayload
    from ui.demo.home import read_mark
    from ui.present import tell_home
    from ui.upkeep import accounts_of, catching_up
    from ui.wiring import only_server, open_demo, openers

    settings = _served(run)
    if not read_mark(settings.home):
        settings = settings.demo
    with only_server(settings):
        with Bar(run, "Reading the sample team's notes") as progress:
            house = open_demo(settings, progress)
        if not run.args.no_serve:
            print(f"This is the {house.banner}; everybody in it is invented.", flush=True)
            with catching_up(house, accounts_of(house), _say):
                _serve(openers(house), settings, run, demo=True)
            return
        desk = house.desk(house.account())
        shown = DemoPayload(home=str(settings.home), today=desk.today, account=desk.account, people=len(desk.people()))
        run.show(shown, tell_home.demo)


def serve(run: Run) -> None:
    """The web page over one's own notes."""
    from ui.upkeep import accounts_of, catching_up
    from ui.wiring import only_server, openers

    settings = _served(run)
    with only_server(settings):
        run.house.records.check()  # a page that is damaged is told now, not in the middle of a conversation
        named = run.house.account(run.named)
        only = named if run.named else None
        with catching_up(run.house, accounts_of(run.house, only), _say):
            _serve(openers(run.house, only=only), settings, run, demo=bool(run.house.sample))


def _serve(page: "Openers", settings: "Settings", run: Run, *, demo: bool) -> None:
    from ui.web.listening import Wish
    from ui.web.server import serve as serve_page

    tls = _tls(run)
    wish = Wish(
        settings.host, settings.port, tuple(name.lower() for name in getattr(run.args, "name", None) or ()), tls,
        plain=getattr(run.args, "without_tls", False),
    )  # fmt: skip
    serve_page(
        page,
        wish,
        open_browser=run.args.open,
        demo=demo,
        say=_say,
    )


def _tls(run: Run) -> "Tls | None":
    """The certificate that was named, with its key.

    Raises:
        Invalid: One of the two is missing.
    """
    from pathlib import Path

    from assistant.errors import Invalid
    from ui.web.listening import Tls

    cert, key = (getattr(run.args, name, None) for name in ("tls_cert", "tls_key"))
    if bool(cert) != bool(key):
        raise Invalid("A certificate needs its key, and a key its certificate.", next="Give --tls-cert and --tls-key.")
    return Tls(Path(cert).expanduser(), Path(key).expanduser()) if cert and key else None


def _say(text: str) -> None:
    """A line at once: a log file should hold the link, too."""
    print(text, flush=True)


def _served(run: Run) -> "Settings":
    """The settings with what the flags say about serving."""
    said = {key: value for key in ("host", "port") if (value := getattr(run.args, key)) is not None}
    return replace(run.settings, **said)


def examine(run: Run) -> None:
    """Look at every part, and say what is wrong."""
    from ui.commands.checks import check_up
    from ui.present import tell_home

    payload = check_up(run.settings)
    run.unwell = not payload.ok
    run.show(payload, tell_home.doctor)


def show_paths(run: Run) -> None:
    """Where everything lies; nothing is opened or made."""
    from ui.contract.home import PathPayload
    from ui.present import tell_home
    from ui.settings import without_password

    s = run.settings
    payload = PathPayload(
        home=str(s.home),
        database=str(s.on_sqlite or without_password(s.database)),
        library=str(s.folder("library")),
        tmp=str(s.folder("tmp")),
        log=str(s.folder("log")),
        backups=str(s.folder("backups")),
        settings=str(s.home / "settings.toml"),
        demo=str(s.demo.home),
    )
    run.show(payload, tell_home.path)
