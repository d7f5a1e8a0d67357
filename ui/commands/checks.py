"""What doctor looks at: each part is tried, not only found. It changes nothing, not even an empty home."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.errors import FlourishError
from ui.contract.home import Check, DoctorPayload
from ui.settings import Settings, is_private, without_password

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.engines.llm.talk import Talk
    from ui.wiring import House

SPENT_DAYS = 30
PROBE = "probe"
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
        ("reading", _reading),
        ("backup", _backup),
    ):
        try:
            yield Check(name=name, ok=True, says=look(house), next="")
        except FlourishError as error:
            yield _bad(name, error)

    if house.talk is not None:
        try:
            yield Check(name="model", ok=True, says=_model(house, house.talk), next="")
        except FlourishError as error:
            way = f"{error.next} Until then the rules write alone.".strip()
            yield Check(name="model", ok=False, says=error.message, next=way)


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
    said = "offline: works without a key and without a network"
    hints = ", ".join(house.settings.hints)
    verb = "are" if len(house.settings.hints) > 1 else "is"
    return f"{said}; {hints} {verb} set and not used until FLOURISH_MODEL names a model" if hints else said


def _model(house: "House", talk: "Talk") -> str:
    """Asks it for one word, which holds nothing about anybody, and tells what it cost so far."""
    from assistant.engines.llm.probe import probe

    found = probe(talk)
    said = (
        f"{talk.wire.model} at {talk.wire.server} answers in {found.seconds:.1f} s "
        f"(first word after {found.first:.1f} s), {found.step.words}"
    )
    spent = list(_spent(house, talk))
    return f"{said}; in {SPENT_DAYS} days: {'; '.join(spent)}" if spent else said


def _spent(house: "House", talk: "Talk") -> Iterator[str]:
    """What each job cost in the last month, by this machine's calendar."""
    from assistant.engines.llm.meter import tallies_since
    from ui.wiring import now

    price = house.settings.model.price if house.settings.model else None
    path = talk.meter.path
    for tally in tallies_since(path, now().date() - timedelta(days=SPENT_DAYS)) if path else ():
        if tally.job == PROBE:
            continue
        cost = f", cost {tally.cost(price):.2f}" if price else ""
        failed = f" ({tally.failed} failed)" if tally.failed else ""
        left = f", {tally.left_out} lines did not hold" if tally.left_out else ""
        calls = "1 call" if tally.calls == 1 else f"{tally.calls} calls"
        yield f"{tally.job} {calls}{failed}, {tally.sent:,} tokens sent, {tally.received:,} received{cost}{left}"


def _reading(house: "House") -> str:
    from ui.upkeep import accounts_of, behind

    left = behind(house, accounts_of(house))
    if not left.steps:
        return f"every note has been read by this version ({house.finder.version})"
    parts = (
        (left.notes, "note to be read again", "notes to be read again"),
        (left.people, "person's promises to be found again", "people's promises to be found again"),
        (left.vectors, "note found by its words only", "notes found by their words only"),
    )
    told = ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in parts if n)
    return f"{told}; a running server does this by itself, flourish reindex does it now"


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
