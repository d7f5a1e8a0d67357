"""What a page may need besides a desk: facts about the program, this browser's files, where one is signed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.domain.sign_in import SignIn
from assistant.office import Office
from ui.web.about import About
from ui.web.answering import Answering
from ui.web.devices import Devices
from ui.web.lately import Back
from ui.web.trays import Files


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a desk, for one press of one browser.

    Attributes:
        back: What this browser removed lately.
        came: Who signed in as the account of this press, the newest first.
        office: For an account that looks after this home; None for any other.
    """

    about: Callable[[], About] = About
    files: Files | None = None
    answering: Answering = field(default_factory=Answering)
    devices: Devices | None = None
    office: Office | None = None
    came: Sequence[SignIn] = ()
    back: Back = field(default_factory=Back)
