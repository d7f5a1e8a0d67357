"""One account's records on one day: the parts of a shelf, all bound to the same scope."""

from datetime import date

from assistant.domain.account import Account
from assistant.ports.derived import Words
from knowledge.records.archive import SqlArchive
from knowledge.records.bench import SqlReleases
from knowledge.records.digests import SqlDigests
from knowledge.records.erasing import SqlErasing
from knowledge.records.evidence import SqlEvidence
from knowledge.records.imports import SqlImports
from knowledge.records.ledger import SqlLedger
from knowledge.records.meetings import SqlMeetings
from knowledge.records.mentions import SqlMentions
from knowledge.records.notes import SqlNotes
from knowledge.records.opinions import SqlOpinions
from knowledge.records.own_cards import SqlOwnCards
from knowledge.records.pending import SqlPending
from knowledge.records.people import SqlPeople
from knowledge.records.plans import SqlPlans
from knowledge.records.promises import SqlPromises
from knowledge.records.readings import SqlReadings
from knowledge.records.scope import Scope
from knowledge.records.screenings import SqlScreenings
from knowledge.records.turns import SqlTurns
from knowledge.records.vectors import SqlVectors


class SqlShelf:
    """Fulfils the port `Shelf`. Lives as long as its unit of work and is of no use afterwards."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.people = SqlPeople(scope)
        self.notes = SqlNotes(scope)
        self.screenings = SqlScreenings(scope)
        self.evidence = SqlEvidence(scope)
        self.promises = SqlPromises(scope)
        self.meetings = SqlMeetings(scope)
        self.ledger = SqlLedger(scope)
        self.opinions = SqlOpinions(scope)
        self.own_cards = SqlOwnCards(scope)
        self.plans = SqlPlans(scope)
        self.pending = SqlPending(scope)
        self.turns = SqlTurns(scope)
        self.vectors = SqlVectors(scope)
        self.readings = SqlReadings(scope)
        self.mentions = SqlMentions(scope)
        self.digests = SqlDigests(scope)
        self.words: Words = self.notes.words
        self.imports = SqlImports(scope)
        self.releases = SqlReleases(scope)
        self.archive = SqlArchive(scope)
        self.erasing = SqlErasing(scope)

    @property
    def account(self) -> Account:
        """Whose shelf this is."""
        return self._scope.account

    @property
    def today(self) -> date:
        """The day of the view."""
        return self._scope.today
