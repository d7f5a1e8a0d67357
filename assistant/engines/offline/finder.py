"""Finds evidence and promises by rules, with no network. What it finds is a suggestion; the manager decides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.domain.account import Account
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.note import Note, NoteId, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Promise
from assistant.engines.offline.choosing import signs_of
from assistant.engines.offline.cues import cues
from assistant.engines.offline.hearing import Heard, Opened, hear
from assistant.engines.offline.lines import OWED, Line, lines_of
from assistant.engines.offline.promising.settling import find_promises
from assistant.engines.offline.screen import screen
from assistant.engines.offline.voice import Cast
from assistant.ports.outside import SentenceReader
from assistant.prompting import LANGUAGES, words_fingerprint

VERSION = "offline@12"
READS_BY = (
    "cues",
    "language",
    "promising",
    "requests",
    "sensitive",
    "tellings",
    "weights",
)  # the files whose words decide what is found


class OfflineFinder:
    """The rule-based finder for English, German and Spanish; notes in other languages are screened, never mined.

    With a reader of sentences it chooses better among the sentences of a note; without one it goes by its cues alone.
    """

    def __init__(self, reader: SentenceReader | None = None) -> None:
        self._reader = reader

    @property
    def version(self) -> str:
        """Name and version, stored with everything it finds."""
        return VERSION

    @property
    def fingerprint(self) -> str:
        """Its version and all the words it reads by: another one, and every note is read again."""
        read = f"+{self._reader.fingerprint}" if self._reader else ""
        return f"{VERSION}+{words_fingerprint(*READS_BY)}{read}"

    def screen(self, notes: Sequence[Note]) -> Sequence[Screening]:
        """What of each note must stay out, one a note, in order."""
        return screen(notes)

    def evidence(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Evidence]:
        """Quotes that speak for a topic; never from a closed note or a sensitive span."""
        opened = self.opened(person, manager, notes)
        heard = self._hear(opened)
        return [
            Evidence(
                quote=Quote(each.readable.note, sign.place),
                topic=sign.topic,
                witness=sign.witness,
                strength=sign.strength,
                cue=sign.cue,
                finder=VERSION,
                tense=sign.tense,
            )
            for each, told in zip(opened, heard, strict=True)
            for sign in signs_of(each.lines, each.voice, told)
        ]

    def opened(self, person: Person, manager: Account, notes: Sequence[Readable]) -> list[Opened]:
        """The notes that may be used, line by line."""
        cast, promised = Cast.of(person, manager), _promised(find_promises(person, manager, notes, VERSION))
        opened = []
        for readable in notes:
            if readable.closed or readable.screening.language not in LANGUAGES:
                continue
            voice = cast.voice(readable.note)
            lines = lines_of(readable, voice, cues(readable.screening.language))
            opened.append(Opened(readable, _owed(lines, promised.get(readable.note.id, ())), voice))
        return opened

    def _hear(self, opened: Sequence[Opened]) -> Sequence[Sequence[Heard] | None]:
        """What the reader says of every line, note by note; None where there is none."""
        return [None] * len(opened) if self._reader is None else hear(self._reader, opened)

    def promises(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Promise]:
        """Promises of both sides over the whole history, with what closed them."""
        return find_promises(person, manager, notes, VERSION)


def _promised(promises: Sequence[Promise]) -> Mapping[NoteId, Sequence[Span]]:
    """Where in each note something is promised."""
    found: dict[NoteId, list[Span]] = {}
    for quote in (quote for promise in promises for quote in promise.quotes):
        found.setdefault(quote.note.id, []).append(quote.span)
    return found


def _owed(lines: Sequence[Line], promised: Sequence[Span]) -> Sequence[Line]:
    """The lines, those marked as owed in which something is promised: what is to be done proves nothing yet."""
    return [
        replace(line, turns=line.turns | {OWED}) if any(line.sentence.span.overlaps(s) for s in promised) else line
        for line in lines
    ]
