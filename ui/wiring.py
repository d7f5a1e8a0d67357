"""The one place that knows every concrete class, and the only clock. Reading it tells what the program is made of.

Everything heavy is imported when a house is opened, so that `flourish --help` stays light.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import Choice, HomeError, Invalid, NotAllowed, Unknown
from ui.demo.home import COACH, TODAY, Mark, data_fingerprint, read_mark, sample_folder, write_mark
from ui.demo.sharing import share_one
from ui.settings import Settings, make_home, sqlite_in
from ui.wiring_model import counting_ids, is_exact, open_model, standing_clock

if TYPE_CHECKING:
    from assistant.bench import Bench
    from assistant.desk import Desk
    from assistant.domain.account import Account, AccountId
    from assistant.engines.llm.talk import Talk
    from assistant.gate import Gate
    from assistant.office import Office
    from assistant.ports.engine import Engine, Finder
    from assistant.ports.model import Digester, Proposer, Ranker
    from assistant.ports.outside import Clock, Embedder, Ids, Library, NoteReader, NoteSearch, Progress
    from assistant.ports.records import Records
    from knowledge.keeping.eraser import HomeEraser
    from ui.web.openers import Openers


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def settle() -> None:
    """What is loaded now stays; the collector need not walk it again in the middle of a search."""
    gc.collect()
    gc.freeze()


def fresh_id() -> str:
    """An id that sorts by the time it was made."""
    from ulid import ULID

    return str(ULID()).lower()


@dataclass(frozen=True, slots=True)
class House:
    """One home with everything opened once. It hands out desks; a desk costs nothing.

    Attributes:
        talk: The line to the model, when one is named.
        proposer, digester, ranker: What it does on request besides writing.
        clock, ids: The machine's own; where a model is recorded or replayed, such that both runs write the same.
        sample: The mark of the sample team's home; None in a home of one's own.
    """

    settings: Settings
    records: "Records"
    embedder: "Embedder"
    library: "Library"
    search: "NoteSearch"
    finder: "Finder"
    engine: "Engine"
    reader: "NoteReader"
    eraser: "HomeEraser"
    talk: "Talk | None" = None
    proposer: "Proposer | None" = None
    digester: "Digester | None" = None
    ranker: "Ranker | None" = None
    sample: Mark | None = None
    clock: "Clock" = now
    ids: "Ids" = fresh_id

    @property
    def today(self) -> date:
        """The day of every view: the one that is set, the sample's own, or the one on this machine's calendar."""
        return self.settings.today or (self.sample.today if self.sample else now().astimezone().date())

    @property
    def banner(self) -> str:
        """What every face says about this home; empty for one's own."""
        return self.sample.banner if self.sample else ""

    def account(self, named: str | None = None) -> "AccountId":
        """Whose desk is meant.

        Raises:
            Unknown: There is no account of that name.
            Invalid: There are several and none was named.
        """
        accounts = {a.id: a for a in self.records.accounts.all()}
        if named is not None:
            found = next((i for i in accounts if i == named), None)
            if found is None:
                raise Unknown(
                    f"There is no account {named!r} here.",
                    next="Name one that is.",
                    choices=_choices(accounts.values()),
                )
            return found
        if not accounts:
            return self.add_solo().id
        for usual in (self.sample.account if self.sample else "", "me"):
            found = next((i for i in accounts if i == usual), None)
            if found is not None:
                return found
        if len(accounts) > 1:
            raise Invalid(
                "This home has several accounts, and none of them is yours by name.",
                next="Say whose notes you mean: --as ACCOUNT.",
                choices=_choices(accounts.values()),
            )
        return next(iter(accounts))

    def desk(self, account: "AccountId", today: date | None = None) -> "Desk":
        """The desk of one account on one day."""
        from assistant.actions.erase import drop_texts
        from assistant.desk import Desk

        if self.eraser.journal.has_grown():  # another process has erased something: this one forgets it too
            drop_texts()
        return Desk(
            records=self.records, library=self.library, search_notes=self.search, finder=self.finder,
            engine=self.engine, reader=self.reader, eraser=self.eraser, clock=self.clock, ids=self.ids, account=account,
            today=today or self.today, ranker=self.ranker,
        )  # fmt: skip

    def importing_desk(self, named: str | None, paths: Sequence[Path], today: date | None = None) -> "Desk":
        """The desk an import is put on. A home without a person lets a case folder bring its own accounts.

        Raises:
            NotAllowed: This is the sample team's home.
        """
        if self.sample and self.sample.data:
            raise NotAllowed(
                "The sample team's home takes no notes of your own.", next="Leave --home out, or name another folder."
            )
        from assistant.actions.import_notes import unfinished_import

        if not self.records.accounts.all():
            self._first_account(named, paths)
        begun = unfinished_import(self.records)  # a home whose first import was cut off is still a fresh one
        desk = self.desk(self.account(named or begun), today)
        return replace(desk, may_create_accounts=self.is_empty or desk.account == begun)

    @contextmanager
    def rehearsal(self) -> "Iterator[House]":
        """For a dry run: this house, or while it has no account yet a throw-away one that is just as empty."""
        from tempfile import TemporaryDirectory

        from knowledge.records.open import open_records

        if self.records.accounts.all():
            yield self
            return
        with TemporaryDirectory(dir=self.settings.folder("tmp"), ignore_cleanup_errors=True) as folder:
            yield replace(self, records=open_records(sqlite_in(Path(folder)), clock=now))

    @property
    def is_empty(self) -> bool:
        """Whether no account has a person yet."""
        for account in self.records.accounts.all():
            with self.records.reading(account.id, self.today) as shelf:
                if shelf.people.all():
                    return False
        return True

    def bench(self, account: "AccountId", today: date | None = None) -> "Bench":
        """The bench of a coach, who reads nothing but what was released."""
        from assistant.bench import Bench

        return Bench(self.records, self.library, account, today or self.today, fresh_id)

    def office(self) -> "Office":
        """What keeps this home going; it has no content."""
        from assistant.office import Office
        from knowledge.keeping.vault import HomeVault

        return Office(HomeVault(self.eraser.records, self.settings.home, self.eraser), now)

    def gate(self) -> "Gate":
        """Who may come in; it counts attempts, so a server opens one for all."""
        from ui.wiring_page import open_gate

        records = self.eraser.records
        return open_gate(records.accounts, records.credentials, records.sign_ins, now)

    def add_solo(self) -> "Account":
        """The one account of somebody who works alone on their own machine."""
        from assistant.domain.account import ALL_ROLES, SOLO, Account

        solo = Account(SOLO, "Me", ALL_ROLES)
        self.records.accounts.add(solo)
        return solo

    def _first_account(self, named: str | None, paths: Sequence[Path]) -> None:
        """A fresh home gets the account of an export or the managers a case folder names, and else one of its own."""
        from assistant.domain.account import ALL_ROLES, SOLO, Account

        exported = next((found for path in paths if (found := self.reader.exported(path))), None)
        if exported is not None:
            brought = {exported.account_id: Account(exported.account_id, exported.account_name)}
        else:
            brought = {a.id: a for document in self.reader.read(*paths) for a in document.accounts}
        if not brought:
            self.add_solo()
        for account in brought.values():
            if named in (None, account.id):
                alone = account.id == SOLO
                self.records.accounts.add(replace(account, roles=ALL_ROLES) if alone else account)
                return


def open_house(settings: Settings) -> House:
    """Open a home with all its parts; a home that is not there yet is made.

    What a crash left of an erasure is carried out before anybody sees anything.

    Raises:
        HomeError: The folder or the database cannot be used as it is.
    """
    from assistant.engines.fallback import FallbackEngine
    from assistant.engines.offline.engine import OfflineEngine
    from assistant.engines.offline.finder import OfflineFinder
    from knowledge.embedding.local import LocalEmbedder
    from knowledge.embedding.reading import shipped_reader
    from knowledge.keeping.eraser import HomeEraser
    from knowledge.keeping.journal import NAME, Journal
    from knowledge.reading.reader import FileReader
    from knowledge.records.open import open_records
    from knowledge.search.library import open_library
    from knowledge.search.notes import ExactNoteSearch

    make_home(settings)
    embedder = LocalEmbedder()
    records = open_records(settings.database, clock=now)
    eraser = HomeEraser(records, settings.home, Journal(settings.home / NAME))
    eraser.complete()
    records.identify(fresh_id)
    eraser.journal.has_grown()
    library = open_library(settings.folder("library"), embedder)
    mark = read_mark(settings.home)
    clock: Clock = now
    ids: Ids = fresh_id
    if is_exact(settings):
        clock = standing_clock(settings.today or (mark.today if mark else now().astimezone().date()))
        ids = counting_ids(settings.home)
    model = open_model(library, settings, clock)
    return House(
        settings=settings,
        records=records,
        embedder=embedder,
        library=library,
        search=ExactNoteSearch(embedder),
        finder=OfflineFinder(shipped_reader()),
        engine=FallbackEngine(model.engine, OfflineEngine(library)) if model else OfflineEngine(library),
        reader=FileReader(zone=settings.zone),
        talk=model.talk if model else None,
        proposer=model.proposer if model else None,
        digester=model.digester if model else None,
        ranker=model.ranker if model else None,
        eraser=eraser,
        sample=mark,
        clock=clock,
        ids=ids,
    )


def open_desk(settings: Settings, account: str | None = None, today: date | None = None) -> "Desk":
    """The desk of one account on one day: what nearly every command needs."""
    house = open_house(settings)
    return house.desk(house.account(account), today)


def schema_revision() -> str:
    """The revision of an open house's records: opening brings them to the newest or refuses."""
    from knowledge.records.upgrade import Migrations

    return Migrations().head


def openers(house: House, *, only: "AccountId | None" = None) -> "Openers":
    """What the web page is given to work with; `only` leaves all but one account out."""
    from ui.web.openers import Openers
    from ui.wiring_page import about, inbox

    def warm() -> None:
        house.embedder.embed(["ready"])
        house.library.nearest_questions("ready", 1)
        if house.talk is not None:
            house.talk.wire.open()
        settle()

    return Openers(
        desk=house.desk,
        accounts=lambda: [a for a in house.records.accounts.all() if only in (None, a.id)],
        warm=warm,
        today=lambda: house.today,
        banner=house.banner,
        about=lambda: about(house.settings, house.office()),
        # the sample takes no files
        inbox=None if house.sample and house.sample.data else inbox(house.settings),
        gate=house.gate(),
        bench=house.bench,
        office=house.office,
    )


def open_demo(settings: Settings, progress: "Progress | None" = None) -> House:
    """The sample team's home beside the home, built when it is not there or its data have changed.

    Call it while holding `only_server` of the same settings: it may take an outdated sample away.

    Args:
        settings: Of the sample's home: `settings.demo`.
        progress: Called with notes done and notes in all while building.

    Raises:
        HomeError: Where the sample should lie there is a home of somebody's own.
    """
    from assistant.engines.offline.engine import OfflineEngine

    make_home(settings)
    folder = sample_folder()
    data = data_fingerprint(folder)
    mark = read_mark(settings.home)
    database = settings.home / "flourish.db"
    if mark is None and database.exists():
        raise HomeError(
            f"{settings.home} holds somebody's own notes, not the sample team.",
            next="Move that folder away, or choose another home with --home.",
        )
    if mark is None or mark.data != data:
        for old in settings.home.glob("flourish.db*"):
            old.unlink()
        _build_demo(settings, folder, data, progress)
    house = open_house(settings)
    if all(account.id != COACH.id for account in house.records.accounts.all()):
        house.records.accounts.add(COACH)
        share_one(replace(house, engine=OfflineEngine(house.library)).desk(house.account(), TODAY))
    return house


def _build_demo(settings: Settings, folder: Path, data: str, progress: "Progress | None") -> None:
    """Import the sample under its managers; the home is marked as finished only at the end."""
    write_mark(settings.home, Mark(TODAY, "", ""))
    house = open_house(settings)
    desk = house.importing_desk(None, [folder], TODAY)
    desk.import_notes([folder], progress=progress)
    write_mark(settings.home, Mark(TODAY, desk.account, data))


@contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Hold the home for one server as long as it runs.

    Raises:
        HomeError: Another one has it.
    """
    from filelock import FileLock, Timeout

    make_home(settings)
    lock = FileLock(settings.home / "server.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise HomeError(
            f"Another Flourish already serves the home {settings.home}.",
            next="Use that one, stop it, or choose another home with --home.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _choices(accounts: "Iterable[Account]") -> tuple[Choice, ...]:
    return tuple(Choice(a.id, a.name) for a in accounts)
