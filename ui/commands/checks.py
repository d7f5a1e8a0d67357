"""What doctor looks at: each part is tried, not only found. It changes nothing, not even an empty home."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.errors import FlourishError
from ui.contract.home import Check, DoctorPayload
from ui.settings import Settings, is_private, without_password

if TYPE_CHECKING:
    from pathlib import Path

    from ui.wiring import House

ROOM = 500 * 1024 * 1024
_SAME, _OTHER = ("She enjoys repairing engines.", "Fixing motors gives her joy."), "The invoice is due on Friday."


def check_up(settings: Settings) -> DoctorPayload:
    """Every check, in the order in which one stands on the other."""
    checks = list(_all(settings))
    return DoctorPayload(ok=all(check.ok for check in checks), checks=checks)


def _all(settings: Settings) -> Iterator[Check]:
    if not settings.home.exists():
        yield Check(
            name="home", ok=True, says=f"{settings.home} is not there yet; the first command makes it.", next=""
        )
        yield _disk(settings.home)
        return
    home = _home(settings)
    yield home
    yield _permissions(settings.home)
    yield _disk(settings.home)
    if not home.ok:
        return
    from ui.wiring import open_house

    try:
        house = open_house(settings)
    except FlourishError as error:
        yield _bad("database", error)
        return
    yield from _parts(house)


def _parts(house: "House") -> Iterator[Check]:
    """What lies in the house: each part is asked for something it must know."""
    for name, look in (
        ("database", _database),
        ("schema", _schema),
        ("embedder", _embedder),
        ("library", _library),
        ("engine", _engine),
        ("backup", _backup),
    ):
        try:
            yield Check(name=name, ok=True, says=look(house), next="")
        except FlourishError as error:
            yield _bad(name, error)


def _bad(name: str, error: FlourishError) -> Check:
    return Check(name=name, ok=False, says=error.message, next=error.next)


def _home(settings: Settings) -> Check:
    from ui.settings import make_home

    try:
        make_home(settings)
    except FlourishError as error:
        return _bad("home", error)
    return Check(name="home", ok=True, says=str(settings.home), next="")


def _permissions(home: "Path") -> Check:
    if is_private(home):
        return Check(name="permissions", ok=True, says="Only you can look into the home.", next="")
    return Check(
        name="permissions",
        ok=False,
        says="Others on this machine can look into the home.",
        next=f"Close it: chmod 700 '{home}'",
    )


def _disk(home: "Path") -> Check:
    there = next(place for place in (home, *home.parents) if place.exists())
    free = shutil.disk_usage(there).free
    says = f"{free / 2**30:,.1f} GB free"
    ok = free > ROOM
    return Check(name="disk", ok=ok, says=says, next="" if ok else "Make room: at least half a gigabyte.")


def _database(house: "House") -> str:
    house.records.check()
    accounts = house.records.accounts.all()
    people = notes = 0
    for account in accounts:
        with house.records.reading(account.id, house.today) as shelf:
            people += len(shelf.people.all())
            notes += sum(shelf.notes.counts().values())
    where = house.settings.on_sqlite or without_password(house.settings.database)
    parts = ((len(accounts), "account", "accounts"), (people, "person", "people"), (notes, "note", "notes"))
    return f"{', '.join(f'{n:,} {one if n == 1 else many}' for n, one, many in parts)} in {where}"


def _schema(house: "House") -> str:
    from ui.wiring import schema_revision

    return f"revision {schema_revision()}, the newest"


def _embedder(house: "House") -> str:
    from assistant.errors import BrokenInstallation

    one, same, other = house.embedder.embed([*_SAME, _OTHER])
    near = sum(a * b for a, b in zip(one, same, strict=True))
    far = sum(a * b for a, b in zip(one, other, strict=True))
    if near - far < 0.1:
        raise BrokenInstallation("The sentence encoder does not tell meanings apart.", next="Reinstall Flourish.")
    return f"tells meanings apart ({near:.2f} against {far:.2f}), {house.embedder.fingerprint}"


def _library(house: "House") -> str:
    library = house.library
    cards, bank, policy = len(library.principles()), len(library.questions()), len(library.topics())
    return f"{cards} principles, {bank} questions, {policy} policy topics"


def _engine(house: "House") -> str:
    said = f"{house.engine.name}: works without a key and without a network"
    model = ", ".join(house.settings.model)
    return f"{said}; {model} is set and not used by this version" if model else said


def _backup(house: "House") -> str:
    from assistant.errors import HomeError
    from assistant.office import is_stale
    from ui.present.paper import count

    age = house.office().age_of_backup()
    if age is None:
        return "there has been none; `flourish backup` makes one"
    told = count(age.days, "day") if age.days else count(age.seconds // 3600, "hour")
    if is_stale(age):
        raise HomeError(f"The newest backup is {told} old.", next="Make one: flourish backup.")
    return f"the newest is {told} old"
