"""Presses buttons of the page's screens and reads what came of it, without a browser."""

import re
from collections.abc import Iterator

from tests.ui.web.conftest import Office
from tests.ui.web.test_show import Elements
from ui.web import views
from ui.web.place import Deed, Place
from ui.web.views import Screen


def last(screens: Iterator[Screen]) -> Screen:
    return list(screens)[-1]


def words(html: str) -> str:
    return Elements(html).text


def press(office: Office, at: Place, do: str, id: str = "", to: str = "", **said: str) -> Screen:
    return last(views.screens(office.desk(), at, Deed(do, id, to, at.query, said)))


def buttons(html: str, do: str) -> list[dict[str, str | None]]:
    found = []
    for tag in re.findall(r"<button[^>]*>", html):
        attributes = dict(Elements(tag).attributes)
        if attributes.get("data-do") == do:
            found.append(attributes)
    return found
