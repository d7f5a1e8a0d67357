"""What stands beside a day or a name: "1:1 (Ruth Haddad)", "Tom B. [Job log, from Wade]". Reads labels, not notes."""

import re
from dataclasses import dataclass

from knowledge.reading.dates import WrittenDate, find_date
from knowledge.reading.kinds import fold_label, known_kind

_EDGE = " \t-–—·|:;,/•*_#=~"
_FROM = re.compile(r"^(?:from|by|von|de|per)\b:?\s+", re.IGNORECASE)
_SPLIT_FROM = re.compile(r"[\s,;]+(?:from|by|von|de parte de)\s+", re.IGNORECASE)
_MARKS = re.compile(r"\s*[·|•]\s*|\s+[-–—]+\s+")
_GENERIC = set(
    "note notes notebook log journal diary file folder record records meeting meetings one on 1 11 1on1 1to1 to "
    "with for "
    "and about of the my team report reports export notiz notizen notizbuch tagebuch protokoll gesprache mit fur uber "
    "akte nota notas diario cuaderno con para sobre reuniones people person employee untitled readme draft copy final "
    "index overview summary history general misc todo inbox archive personal private work weekly monthly introduction "
    "background ubersicht allgemein resumen he she we they it i you then today yesterday yes no also but so "
    "thanks update "
    "action actions agreed next caller customer client patient guest er sie wir ich es man heute gestern dann "
    "ja nein auch "
    "aber danke kunde kundin el ella ellos yo hoy ayer luego si gracias cliente pros cons ps re subject betreff asunto "
    "observation observations strength strengths weakness weaknesses development career performance achievement "
    "achievements highlights key points open points crew shift department station ward unit group squad class "
    "staff north "
    "south east west abteilung schicht gruppe beobachtungen starken entwicklung equipo turno grupo observaciones "
    "follow up question questions answer topic topics frage fragen thema themen pregunta tema q a context "
    "result".split()
)
_PARTICLES = set("van von der den de del la da di dos du le el al bin ibn ter ten zu y e und".split())
_NAME_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’.-])*$")


@dataclass(frozen=True, slots=True)
class Label:
    """Kind and author as written beside a day or a name; `title` is a phrase that is neither."""

    kind: str = ""
    author: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DatedHeading:
    """A line that opens a note: its day and what stands beside it."""

    written: WrittenDate
    label: Label


@dataclass(frozen=True, slots=True)
class NamedHeading:
    """A line that opens a note about somebody; `text` when the note begins on the same line."""

    name: str
    label: Label
    text: str = ""


def dated_heading(line: str) -> DatedHeading | None:
    """The day of a heading and its label; none when no day stands in it."""
    found = find_date(line)
    if found is None:
        return None
    before = _trim(line[: found.start].rstrip("(["))
    after = _trim(line[found.end :].lstrip(")]"))
    return DatedHeading(found, read_label(f"{before} · {after}" if before and after else before or after))


def read_label(written: str) -> Label:
    """Kind and author out of "1:1 (Ruth)", "1:1 · Ruth", "Peer feedback, from Wade, crane" or "by Ruth"."""
    words = written.strip()
    if not words:
        return Label()
    if _FROM.match(words):
        return Label(author=_FROM.sub("", words))
    opening = words.find("(") if words.endswith(")") else -1
    split, mark = _SPLIT_FROM.search(words), _MARKS.search(words)
    ends = {"(": opening, "from": split.start() if split else -1, "mark": mark.start() if mark else -1}
    earliest = min((at, which) for which, at in ends.items() if at > 0)[1] if max(ends.values()) > 0 else ""
    if earliest == "from" and split:
        return _label(words[: split.start()], words[split.end() :])
    if earliest == "(":
        return _label(words[:opening], words[opening + 1 : -1])
    kind, *rest = [part for part in _MARKS.split(words) if part]
    if not rest:
        return _label(kind, "")
    if known_kind(kind) is None and known_kind(rest[0]) is not None:  # "Ruth Haddad · 1:1"
        return _label(rest[0], " - ".join([kind, *rest[1:]]))
    return _label(kind, " - ".join(rest))


def _label(kind: str, author: str) -> Label:
    """A phrase too long for a kind is a title, and a name in its place is an author."""
    kind, author = _trim(kind), _FROM.sub("", _trim(author))
    if kind and len(kind.split()) > 5:
        return Label(kind if known_kind(kind) else "", author, title=kind)
    if not kind or known_kind(kind) or len(kind.split()) <= 3:
        if kind and not author and known_kind(kind) is None and _is_full_name(kind):
            return Label(author=kind)
        return Label(kind, author)
    return Label("", author, title=kind)


def _trim(words: str) -> str:
    return words.strip(_EDGE)


def _is_full_name(words: str) -> bool:
    return len(words.split()) == 2 and all(w[0].isupper() and _NAME_WORD.match(w) for w in words.split())


def bracket_heading(line: str) -> NamedHeading | None:
    """`NAME [kind, from author]`, perhaps with text behind it; none when the line is not of that shape."""
    opening = line.find("[")
    closing = line.rfind("]")
    if not 0 < opening < closing:
        return None
    name = line[:opening].strip().strip("*_#").rstrip(":-–— ")
    if (
        not name
        or len(name) > 60
        or len(name.split()) > 6
        or re.search(r"[.!?]\s", name + " ")
        and len(name.split()) > 3
    ):
        return None
    return NamedHeading(name, read_label(line[opening + 1 : closing]), line[closing + 1 :].strip().lstrip(":").strip())


def spoken_heading(line: str) -> NamedHeading | None:
    """`Name: text` or `Name (1:1): text`; none when what stands before the colon does not look like a name."""
    match = re.match(r"^\W{0,4}([^:(\[]{1,60}?)\s*(?:\(([^)]{1,80})\))?\s*(?::\**|\s[-–—])\s+(\S.*)$", line, re.DOTALL)
    if not match or not looks_like_name(match.group(1)):
        return None
    return NamedHeading(match.group(1).strip("*_ "), read_label(match.group(2) or ""), match.group(3))


def bare_heading(line: str) -> NamedHeading | None:
    """A line that holds a name and nothing else, perhaps with `(kind)` or ` - kind` behind it."""
    plain = line.strip().strip("*_# ").rstrip(":")
    match = re.match(r"^([^(\[]+?)\s*\((.+)\)$", plain) or re.match(r"^(.+?)\s+[-–—·|]\s+(.+)$", plain)
    name, label = (match.group(1), match.group(2)) if match else (plain, "")
    if match and known_kind(re.split(r"[,;]|\s[-–—·|]\s", label)[0]) is None:
        return None
    return NamedHeading(name.strip(), read_label(label)) if looks_like_name(name) else None


def looks_like_name(written: str) -> bool:
    """Whether words could be how somebody writes a person: one to five words, capitals, no sentence."""
    plain = written.strip().strip("*_ ")
    if "," in plain:  # "Last, First"
        last, _, first = plain.partition(",")
        return bool(first.strip()) and looks_like_name(f"{first.strip()} {last.strip()}")
    words = plain.split()
    if not 1 <= len(words) <= 6 or len(plain) < 2:
        return False
    if all(word in _GENERIC for word in fold_label(plain).split()) or known_kind(plain):
        return False
    if not all(_NAME_WORD.match(word) for word in words) or (words[-1].endswith(".") and len(words[-1]) > 4):
        return False
    small = [i for i, w in enumerate(words) if w[0].islower() and w.casefold() not in _PARTICLES]
    return len(small) < len(words) and small in ([], [0])  # "young Tom", not "Tom said"


def name_in(written: str) -> str:
    """The person a title or a file name names, generic words aside; empty when it names nobody."""
    plain = re.sub(r"[_]+|(?<=\w)-(?=\w{4,})(?=[a-z])", " ", written)
    plain = re.sub(r"\b(?:1[:.-]1s?|1on1s?|one-on-ones?)\b", " ", plain, flags=re.IGNORECASE).strip(_EDGE + "()[].")
    parts = [part for part in re.split(r"\s[-–—·|:]+\s|[()\[\]]|:\s", plain) if part.strip()]
    for part in parts:
        words = [w for w in part.split() if not fold_label(w) or fold_label(w) not in _GENERIC]
        words = [w.capitalize() if part.islower() and w not in _PARTICLES else w for w in words]
        name = re.sub(r"(?:'s|’s)$", "", " ".join(words)).strip(_EDGE)
        if looks_like_name(name):
            return name
    return ""
