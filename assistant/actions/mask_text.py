"""Takes out of a text what would tell whom it is about; it would rather mask a plain word than leave a name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.domain.person import Person
from assistant.domain.released import Mark, Masked
from assistant.errors import Refused
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import MONTHS

PLACEHOLDER = re.compile(r"\[[^\[\]]+\]")
_MONTH = "|".join(MONTHS)
_DAY = re.compile(
    rf"(?<!\w)(?:(?:[Oo]n|[Aa]m|[Ee]l) )?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH})(?:,? (?P<y>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>\d{{4}}))?"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<dot>\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})?)"
    rf"|(?P<m3>{_MONTH})(?: (?P<y3>\d{{4}}))?)(?!\w)"
)
_BEFORE_A_DAY = re.compile(r"(?:on|am|el) ", re.IGNORECASE)
_FIXED = (
    ("e_mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("link", re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}")),
    ("phone", re.compile(r"(?<![\w.])\+?\d[\d ()/–-]{6,}\d(?!\w)")),
)
_NUMBER = re.compile(r"(?:[€$£] ?)?\d+(?:[.,:/]\d+)*(?: ?[%€$£])?")
_FIRM = re.compile(
    r"(?:[A-ZÄÖÜ][\w.'’-]*\s+(?:&\s+)?){1,4}(?:GmbH|AG|KG|SE|SA|S\.A\.|SL|S\.L\.|Ltd|LLC|Inc|plc|e\.V\.)(?!\w)\.?"
)
_CAPITAL = re.compile(r"(?<![\w’'])[^\W\d_a-zß-öø-ÿ][\w’'-]*")
_JOINS = re.compile(r" (?:& |de |del |de la |of |van |von |und |y )?")
_FIRST = re.compile(r"(?:^|[.!?:;]|[.!?][”’\"»)]+|[“„«\"(]|\n)\s*$")
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday I HR".split())
_SHORT = re.compile(r"['’](?:s|m|d|ll|re|ve|t)$")


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose names a mask knows.

    Attributes:
        customers: Names of customers and others who are served.
        plain: Words in small letters that are no names, for the openings of sentences.
    """

    person: Person
    manager: str
    others: tuple[Person, ...]
    customers: tuple[str, ...]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    kind: str
    known: bool


def mask_text(text: str, whom: Whom, today: date) -> Masked:
    """The text with placeholders for people, customers, firms, addresses, numbers, unknown names; days made relative.

    A placeholder has a number where there are several of its kind: `[name 1]`, `[name 2]`.
    """
    finds = _apart(text, _finds(text, whom))
    marks: list[Mark] = []
    out, at = [], 0
    for find, placeholder in zip(finds, _placeholders(text, finds, today), strict=True):
        out += [text[at : find.start], placeholder]
        marks.append(Mark(placeholder, text[find.start : find.end]))
        at = find.end
    return Masked("".join((*out, text[at:])), tuple(dict.fromkeys(marks)))


def check_mask(edited: str, whom: Whom) -> str:
    """A mask in the manager's own words, on one line.

    Raises:
        Refused: It names somebody on record, a customer, or an address.
    """
    said = " ".join(edited.split())
    bad = next((f for f in _apart(said, _finds(said, whom)) if f.known), None)
    if bad is not None:
        raise Refused(
            f"“{said[bad.start : bad.end]}” would tell a coach whom this is about.",
            next=f"Put [{_words()[bad.kind]}] in its place.",
        )
    return said


def unmask(words: str, masked: Masked, quotes: Sequence[str]) -> str | None:
    """A coach's words with every placeholder filled from the suggestion they replace; None when one has nothing.

    Args:
        words: With placeholders as the mask writes them, or `[quote]` for the passage that is quoted.
        masked: Of the suggestion.
        quotes: Passages the suggestion sets apart.
    """
    exact: dict[str, str] = {mark.placeholder: mark.stands_for for mark in masked.marks}
    of_kind: dict[str, str] = {}
    for mark in masked.marks:
        of_kind.setdefault(_kind(mark.placeholder), mark.stands_for)
    if quotes:
        exact["[quote]"] = f"“{quotes[0]}”"
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        found = exact.get(match.group()) or of_kind.get(_kind(match.group()))
        if found and _BEFORE_A_DAY.match(found):
            found = (found[0].upper() if match.group()[1].isupper() else found[0].lower()) + found[1:]
        missing = missing or found is None
        return found or ""

    filled = PLACEHOLDER.sub(fill, words)
    return None if missing else filled


def _kind(placeholder: str) -> str:
    """What sort of thing a placeholder stands for; every relative day is one sort."""
    inner = placeholder.strip("[]").rstrip(" 0123456789")
    return "day" if f"{inner[:1].lower()}{inner[1:]}" in _days().values() else inner


def _finds(text: str, whom: Whom) -> Iterator[_Find]:
    """Everything to take out, the surest first; what overlaps an earlier one is left to it."""
    yield from (_Find(m.start(), m.end(), "", False) for m in PLACEHOLDER.finditer(text))  # a mask's own, kept
    yield from (_Find(m.start(), m.end(), "day", False) for m in _DAY.finditer(text))
    for kind, pattern in _FIXED:
        yield from (_Find(m.start(), m.end(), kind, True) for m in pattern.finditer(text))
    yield from (_Find(m.start(), m.end(), "organisation", True) for m in _FIRM.finditer(text))
    for kind, names in (
        ("person", _spellings([whom.person])),
        ("manager", (whom.manager, *whom.manager.split())),
        ("name", _spellings(whom.others)),
        ("customer", whom.customers),
    ):
        named = _named(tuple(sorted({n for n in names if len(n) > 1}, key=lambda n: (-len(n), n))))
        if named is not None:
            yield from (_Find(m.start(), m.end(), kind, True) for m in named.finditer(text))
    yield from _capitals(text, whom.plain)
    yield from (_Find(m.start(), m.end(), "number", False) for m in _NUMBER.finditer(text))


def _spellings(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(name for person in people for name in person.names)


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Names as they stand in text: of several words in any case, a single one as written or with a capital."""
    if not names:
        return None
    spelled = []
    for name in names:
        words = name.split()
        if len(words) > 1:
            spelled.append("(?i:" + r"\s+".join(map(re.escape, words)) + ")")
        else:
            spelled.append("|".join(dict.fromkeys(map(re.escape, (name, name[:1].upper() + name[1:])))))
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")


def _capitals(text: str, plain: frozenset[str]) -> Iterator[_Find]:
    """Runs of words with a capital that no list knows; where a sentence opens, a plain word may stay."""
    run: list[int] = []
    for match in _CAPITAL.finditer(text):
        word = _SHORT.sub("", match.group())
        opens = _FIRST.search(text[: match.start()]) is not None
        if word in _WEEKDAYS or (opens and word.casefold() in plain):
            continue
        end = match.start() + len(word)
        if run and _JOINS.fullmatch(text[run[1] : match.start()]):
            run[1] = end
            continue
        if run:
            yield _Find(run[0], run[1], "name", False)
        run = [match.start(), end]
    if run:
        yield _Find(run[0], run[1], "name", False)


def _apart(text: str, finds: Iterable[_Find]) -> list[_Find]:
    """The finds that overlap no earlier one, in the order of the text; a mask's own placeholders stay as they are."""
    taken: list[_Find] = []
    for find in finds:
        if all(find.end <= other.start or find.start >= other.end for other in taken):
            taken.append(find)
    return sorted((f for f in taken if f.kind), key=lambda f: f.start)


def _placeholders(text: str, finds: Sequence[_Find], today: date) -> Iterator[str]:
    """What stands in the place of each find; the same words get the same placeholder."""
    words = _words()
    said = [(find.kind, text[find.start : find.end].casefold()) for find in finds]
    of_kind: dict[str, list[str]] = {}
    for kind, spoken in said:
        if spoken not in of_kind.setdefault(kind, []):
            of_kind[kind].append(spoken)
    for find, (kind, spoken) in zip(finds, said, strict=True):
        if kind == "day":
            told = _relative(text[find.start : find.end], today)
            yield f"[{told[0].upper()}{told[1:]}]" if _FIRST.search(text[: find.start]) else f"[{told}]"
            continue
        several = kind not in ("person", "manager") and len(of_kind[kind]) > 1
        yield f"[{words[kind]} {of_kind[kind].index(spoken) + 1}]" if several else f"[{words[kind]}]"


def _relative(written: str, today: date) -> str:
    """A day as how long ago it was, without a figure."""
    days = _days()
    day = _day(written, today)
    if day is None:
        return days["some_day"]
    if written in MONTHS and (day.year, day.month) == (today.year, today.month):
        return days["this_month"]
    gone = (today - day).days
    if gone < 0:
        return days["coming_days"] if gone >= -7 else days["coming_weeks"] if gone >= -45 else days["coming_months"]
    limits = ((0, "today"), (7, "days"), (28, "weeks"), (60, "month"), (364, "months"))
    return days[next((name for most, name in limits if gone <= most), "years")]


def _day(written: str, today: date) -> date | None:
    """The day that is meant; a month alone is its middle, without a year the one nearest to today."""
    match = _DAY.fullmatch(written)
    part = match.groupdict() if match else {}
    try:
        if part.get("iso"):
            return date.fromisoformat(part["iso"] or "")
        if part.get("dot"):
            day, month, *rest = [int(p) for p in (part["dot"] or "").split(".") if p]
            year = rest[0] + (2000 if rest[0] < 100 else 0) if rest else None
        else:
            month = MONTHS.index(part.get("m") or part.get("m2") or part.get("m3") or "") + 1
            day = int(part.get("d") or part.get("d2") or 15)
            said = part.get("y") or part.get("y2") or part.get("y3")
            year = int(said) if said else None
        years = [year] if year else [today.year - 1, today.year, today.year + 1]
        return min((date(y, month, day) for y in years), key=lambda d: abs((d - today).days))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def shipped_words() -> frozenset[str]:
    """Small-letter words of the offline engine's phrases: opening a sentence with a capital they name nobody."""
    found: set[str] = set()
    for language in LANGUAGES:
        for name in ("questions", "plan", "frames", "brief", "cues", "answers"):
            found |= _small(offline_words(name, language))
    return frozenset(found)


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand in small letters in some texts."""
    return frozenset(word for text in texts for word in re.findall(r"(?<![\w’'])[a-zà-ÿß]+(?![\w’'])", text))


def _small(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return small_words([value])
    if isinstance(value, Mapping):
        return frozenset().union(*map(_small, value.values()))
    if isinstance(value, list | tuple):
        return frozenset().union(*map(_small, value))
    return frozenset()


def _words() -> Mapping[str, str]:
    found: Mapping[str, str] = offline_words("review")["mask"]
    return found


def _days() -> Mapping[str, str]:
    found: Mapping[str, str] = offline_words("review")["days"]
    return found
