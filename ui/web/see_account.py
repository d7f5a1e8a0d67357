"""Settings of an account that leads nobody: its devices, phone and password, and who signed in. No desk, no note."""

from datetime import date

from assistant.domain.account import Account
from ui.web import show_devices, show_settings
from ui.web.around import Around
from ui.web.done import Done
from ui.web.place import Deed, Place, unknown_button
from ui.web.see_settings import end_session, pair
from ui.web.show import keyed
from ui.web.show_shell import head
from ui.web.views import Screen


def screen(account: Account, place: Place, deed: Deed, today: date, around: Around) -> Screen:
    """What pressing something on this page brings.

    Raises:
        FlourishError: What stands against it; nothing was changed then.
    """
    match deed.do:
        case "go":
            done = Done(place, "")
        case "pair":
            done = pair(place, around.devices)
        case "end_session":
            done = end_session(place, deed, around.devices)
        case _:
            raise unknown_button()
    return look(account, done.place, today, around, done.notice)


def look(account: Account, place: Place, today: date, around: Around, said: str = "") -> Screen:
    """The page as it is now."""
    place = Place(place.account, "settings")
    signed_in = show_devices.signed_in(around.devices) if around.devices else ""
    came = show_devices.came(around.came, account.id)
    out = signed_in + came + show_settings.deskless_privacy(account) + show_settings.made_of(around.about())
    return Screen(place, today, (), keyed(place.query, head(place, "Settings")), said, keyed(place.query, out))
