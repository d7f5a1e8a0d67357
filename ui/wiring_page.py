"""The part of the wiring that only the page needs: the way in, files that are sent, facts about the program."""

import secrets
import time
from typing import TYPE_CHECKING

from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.gate import Gate
    from assistant.office import Office
    from assistant.ports.entrance import Accounts, Credentials, SignIns
    from assistant.ports.outside import Clock
    from ui.web.about import About
    from ui.web.trays import Inbox


def open_gate(accounts: "Accounts", credentials: "Credentials", sign_ins: "SignIns", clock: "Clock") -> "Gate":
    """Who may come in. One a server: it counts attempts."""
    from assistant.gate import Gate
    from assistant.throttle import Throttle
    from knowledge.keeping.passwords import Argon2

    return Gate(
        accounts, credentials, Argon2(), Throttle(), clock, time.monotonic, lambda: secrets.token_urlsafe(32), sign_ins
    )


def inbox(settings: Settings) -> "Inbox":
    """Where files that are sent to the page may lie."""
    from knowledge.keeping.sent import sent_mark
    from knowledge.reading.exported import RECORD
    from knowledge.reading.tree import PEOPLE, SUFFIXES, kind_of_file
    from ui.web.trays import Inbox

    def refuses(name: str) -> str:
        if kind_of_file(name) or name in (PEOPLE, RECORD):
            return ""
        return f"{name} is not a kind of file that can be read. These can: {', '.join(SUFFIXES)}."

    folder = settings.folder("tmp")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Inbox(folder, refuses, sent_mark)


def about(settings: Settings, office: "Office") -> "About":
    """Facts about a home, for the page that says so."""
    from importlib.metadata import version

    from ui.web.about import About

    age = office.age_of_backup()
    hours = int(age.total_seconds() // 3600) if age else 0
    old = f"{hours // 24} days" if hours >= 48 else f"{hours} hours" if hours > 1 else "less than two hours"
    return About(
        version=version("flourish"),
        home=str(settings.home),
        model=settings.model.name if settings.model else "",
        backup="" if age is None else old,
    )
