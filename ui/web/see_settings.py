"""Settings: what this Flourish is set to. It is changed before it starts, so the page says how."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from ui.web import show_devices, show_settings
from ui.web.around import Around
from ui.web.devices import Devices
from ui.web.done import Done
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import notice
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]


def settings(desk: Desk, place: Place, rows: Sequence[PersonRow], around: Around) -> Iterator[Drawn]:
    """What writes, who can read what, where one is signed in, where the data are."""
    signed_in = show_devices.signed_in(around.devices) if around.devices else ""
    about = around.about()
    came = show_devices.came(around.came, place.account)
    data = show_settings.data(about, place, [row.person for row in rows], backs_up=around.office is not None)
    yield place, (head(place, "Settings"), signed_in + came + show_settings.settings(about, desk.who().name, data))


def pair(place: Place, devices: Devices | None) -> Done:
    """A code that signs a phone in."""
    if devices is None:
        raise unknown_button()
    return Done(place, show_devices.code(devices.pairing_link()))


def end_session(place: Place, deed: Deed, devices: Devices | None) -> Done:
    """Another device of the same account is signed out."""
    if devices is None:
        raise unknown_button()
    devices.end(deed.id)
    return Done(place, notice("Signed out there."))
