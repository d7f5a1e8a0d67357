"""What the page is given to work with. Callables only: the page knows no database, no file and no setting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.bench import Bench
from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.gate import Gate
from assistant.office import Office
from ui.web.about import About
from ui.web.trays import Inbox


@dataclass(frozen=True, slots=True)
class Openers:
    """The doors that wiring opens for the page.

    Attributes:
        desk: Opens the desk of one account; called anew for every click, so that nothing stale is shown.
        accounts: Who there is in this home.
        warm: Loads what the first click would wait for (records, embedder, library); called once, off the main thread.
        today: The day of every view.
        inbox: Where sent files may lie until they are brought in; none where no files are taken.
        about: Facts about this home and program, for the page that says so.
        bench: Opens the bench of a coach, who reads nothing but what was released.
        gate: Whom a password lets in; none where nobody signs in.
        office: Backups of this home, for an account that looks after it.
        banner: What the page says about itself, for example "sample team, 15 June 2026"; empty for a real home.
    """

    desk: Callable[[AccountId], Desk]
    accounts: Callable[[], Sequence[Account]]
    warm: Callable[[], None]
    today: Callable[[], date]
    banner: str = ""
    about: Callable[[], About] = About
    inbox: Inbox | None = None
    gate: Gate | None = None
    bench: Callable[[AccountId], Bench] | None = None
    office: Callable[[], Office] | None = None
