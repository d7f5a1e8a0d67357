"""Collects drafts of one file and what is wrong with it. A file is all or nothing, so the first fault spoils it."""

import re
from collections.abc import Callable
from datetime import date

from assistant.domain.importing import DateOrder, NoteDraft
from assistant.domain.note import MAX_NOTE_CHARACTERS, AiUse, NoteKind, Sharing
from assistant.errors import ImportRefused
from knowledge.reading.dates import WrittenDate
from knowledge.reading.kinds import kind_told, known_kind

TOLD = 5
MAX_DRAFTS = 100_000
_SEPARATOR = re.compile(r"^\s*(?:[-_=*~]\s?){3,}$")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # JSON can spell them, no database keeps them
_QUOTE_MARK = re.compile(r"^> ?", re.MULTILINE)


class Drafts:
    """The notes of one file so far, with every row that cannot be one.

    Args:
        file: The name used in `where`.
        row: What a place in this file is called: "row", "line", "paragraph".
        told: How a place is told, where its number alone does not say it: "page 3, line 4".
    """

    def __init__(self, file: str, row: str, told: Callable[[int], str] | None = None) -> None:
        self.file = file
        self.row = row
        self.told = told or (lambda place: f"{row} {place}")
        self.kept: list[NoteDraft] = []
        self._skipped: list[tuple[int, str]] = []
        self._problems: list[tuple[int, str]] = []
        self._not_understood: dict[str, list[int]] = {}

    def add(self, place: int, person: str, day: date, text: str, *, kind: str = "", author: str = "",
            id: str = "", person_id: str = "", candidates: tuple[str, ...] = (),
            optional: bool = False, ai: str = "", sharing: str = "") -> None:  # fmt: skip
        """Keep a draft, or the reason why this row cannot be one.

        What is said in `ai` or `sharing` and not understood is read as the stricter of the two.
        """
        if not (person.strip() or person_id):
            self.problem(place, "no person is named")
        elif not text.strip():
            self.problem(place, "there is no text")
        elif len(text) > MAX_NOTE_CHARACTERS:
            self.problem(place, f"the note has {len(text):,} characters; {MAX_NOTE_CHARACTERS:,} is the limit")
        elif _UNKEEPABLE.search(f"{text}{person}{author}{id}{person_id}"):
            self.problem(place, "it holds a character that cannot be kept")
        elif len(person) > 120:
            self.problem(place, "the name of the person is longer than 120 characters")
        elif len(self.kept) >= MAX_DRAFTS:
            raise ImportRefused(f"It holds more than {MAX_DRAFTS:,} notes.", next="Split it, for example by year.")
        else:
            where = f"{self.file} {self.told(place)}"
            known = known_kind(kind) or kind_told(text) or NoteKind.MISC
            self.kept.append(
                NoteDraft(where, " ".join(person.split()), day, text, known, author.strip(), id,
                          person_id, candidates, optional, self._ai(place, ai), self._sharing(place, sharing))
            )  # fmt: skip

    def _ai(self, place: int, written: str) -> AiUse:
        said = written.strip().casefold()
        if said and said not in set(AiUse):
            self._not_understood.setdefault("`ai` is neither allowed nor never, and was read as never", []).append(
                place
            )
        return AiUse.ALLOWED if said in ("", AiUse.ALLOWED) else AiUse.NEVER

    def _sharing(self, place: int, written: str) -> Sharing:
        said = written.strip().casefold()
        if said and said not in set(Sharing):
            why = "`sharing` is neither private nor shareable, and was read as private"
            self._not_understood.setdefault(why, []).append(place)
        return Sharing.SHAREABLE if said == Sharing.SHAREABLE else Sharing.PRIVATE

    def problem(self, place: int, why: str) -> None:
        """A row that cannot be read; with one of them nothing of the file is kept."""
        self._problems.append((place, why))

    def skip(self, place: int, why: str) -> None:
        """A row left out on purpose."""
        self._skipped.append((place, why))

    @property
    def has_any(self) -> bool:
        """Whether there was anything to keep, sound or not."""
        return bool(self.kept or self._problems)

    @property
    def skipped(self) -> tuple[str, ...]:
        """What was left out on purpose, in the order of the file."""
        return tuple(f"{self.told(place)}: {why}" for place, why in sorted(self._skipped))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was understood as something stricter than it may have meant, and where first."""
        return tuple(
            f"{self.told(places[0])}{f' and {len(places) - 1:,} more' if places[1:] else ''}: {why}."
            for why, places in self._not_understood.items()
        )

    def day_of(self, place: int, written: WrittenDate, order: DateOrder | None) -> date | None:
        """The day, or none and a problem when the calendar has no such day."""
        day = written.day(order)
        if day is None:
            self.problem(place, f"{written.text!r} is not a day")
        return day

    def done(self, nothing: str) -> tuple[NoteDraft, ...]:
        """All drafts in the order of the file.

        Args:
            nothing: The sentence for a file without any note.

        Raises:
            ImportRefused: A row cannot be read, or there is no note at all.
        """
        if self._problems:
            count = len(self._problems)
            rows = f"One {self.row}" if count == 1 else f"{count:,} {self.row}s"
            told = "; ".join(f"{self.told(place)}: {why}" for place, why in sorted(self._problems)[:TOLD])
            more = f"; and {count - TOLD:,} more" if count > TOLD else ""
            raise ImportRefused(
                f"{rows} cannot be read: {told}{more}.",
                next="Correct that and import the file again; nothing of it was kept.",
            )
        if not self.kept:
            raise ImportRefused(nothing, next="Check the file, or see `flourish import --help` for what is read.")
        return tuple(self.kept)


def is_separator(line: str) -> bool:
    """Whether a line only separates or underlines: `---`, `* * *`, `=====`."""
    return bool(_SEPARATOR.match(line))


def body_text(lines: list[str]) -> str:
    """The words under a heading as written, without separators, quote marks and outer blank lines."""
    return _QUOTE_MARK.sub("", "\n".join(line.rstrip(" \t") for line in lines if not is_separator(line))).strip()


def joined_text(lines: list[str]) -> str:
    """Wrapped lines joined to paragraphs; list items and blank lines keep their break."""
    paragraphs: list[str] = []
    fresh = True
    for line in body_text(lines).split("\n"):
        words = line.strip()
        if not words:
            fresh = True
        elif fresh or not paragraphs:
            paragraphs.append(words)
            fresh = False
        elif re.match(r"(?:[-*•–]|\d{1,2}[.)])\s", words):
            paragraphs[-1] += "\n" + words
        else:
            paragraphs[-1] += " " + words
    return "\n\n".join(paragraphs)
