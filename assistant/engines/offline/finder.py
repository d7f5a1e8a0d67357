"""Finds evidence and promises by rules, with no network. What it finds is a suggestion; the manager decides."""

from collections.abc import Sequence

from assistant.domain.account import Account
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Promise
from assistant.engines.offline.cues import cues
from assistant.engines.offline.evidence_rules import signs_of
from assistant.engines.offline.promising.settling import find_promises
from assistant.engines.offline.screen import screen
from assistant.engines.offline.voice import Cast
from assistant.prompting import LANGUAGES, words_fingerprint

VERSION = "offline@2"
READS_BY = ("cues", "language", "promising", "sensitive")  # the files whose words decide what is found


class OfflineFinder:
    """The rule-based finder for English, German and Spanish; notes in other languages are screened, never mined."""

    @property
    def version(self) -> str:
        """Name and version, stored with everything it finds."""
        return VERSION

    @property
    def fingerprint(self) -> str:
        """Its version and all the words it reads by: another one, and every note is read again."""
        return f"{VERSION}+{words_fingerprint(*READS_BY)}"

    def screen(self, notes: Sequence[Note]) -> Sequence[Screening]:
        """What of each note must stay out, one a note, in order."""
        return screen(notes)

    def evidence(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Evidence]:
        """Quotes that speak for a topic; never from a closed note or a sensitive span."""
        cast = Cast.of(person, manager)
        found: list[Evidence] = []
        for readable in notes:
            if readable.closed or readable.screening.language not in LANGUAGES:
                continue
            voice = cast.voice(readable.note)
            found.extend(
                Evidence(
                    quote=Quote(readable.note, sign.place),
                    topic=sign.topic,
                    witness=sign.witness,
                    strength=sign.strength,
                    cue=sign.cue,
                    finder=VERSION,
                    tense=sign.tense,
                )
                for sign in signs_of(readable, voice, cues(readable.screening.language))
            )
        return found

    def promises(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Promise]:
        """Promises of both sides over the whole history, with what closed them."""
        return find_promises(person, manager, notes, VERSION)
