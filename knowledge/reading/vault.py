"""What Notion and Obsidian put into Markdown: links, properties, tags, days as files. Each page for itself."""

import re
from collections.abc import Mapping, Sequence

from knowledge.reading.columns import Role, find_columns
from knowledge.reading.dates import WrittenDate, find_date
from knowledge.reading.details import Details, details_of
from knowledge.reading.drafts import Drafts, body_text, is_separator
from knowledge.reading.headings import looks_like_name, name_in, read_label
from knowledge.reading.kinds import fold_label, known_kind
from knowledge.reading.outline import Line

_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|#]*)(?:#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]")
_EMBED = re.compile(r"!\[\[([^\[\]|#]+)[^\[\]]*\]\]|!\[[^\]]*\]\(([^()\s]+)[^()]*\)")
_PAGE_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*?(?:%20|[ _-])[0-9a-f]{32}(?:\.(?:md|csv))?[^()]*\)")
_PROPERTY = re.compile(r"^([^\W\d_][\w /&().?-]{0,40}):\s+(\S.*)$")
_LINKED = re.compile(r"\s*\((?:https?:|\.\./|[^()\s]*%20)[^()]*\)")
_OPENS = re.compile(
    r"^(\s*)(?:[-*+•]\s+(?:\[[ xX]\]\s+)?)?(?:\*\*)?\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\](?:\*\*)?(.*)$"
)
_CREATED = {
    "created",
    "created time",
    "created at",
    "erstellt",
    "erstellt am",
    "creado",
    "creado el",
    "fecha de creacion",
}


def unlinked(line: str) -> str:
    """A line with links between pages replaced by the words they show; embedded files stay as written."""
    line = _WIKI.sub(lambda m: (m.group(2) or m.group(1).rsplit("/", 1)[-1]).strip(), line)
    return _PAGE_LINK.sub(r"\1", line)


def attachments_in(raw: Sequence[str]) -> list[tuple[int, str]]:
    """Embedded files by line; they are never opened."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(raw, 1):
        for match in _EMBED.finditer(line):
            found.append((number, f"the attachment {(match.group(1) or match.group(2))[:80]!r} is not read"))
    return found


def front_matter(raw: Sequence[str]) -> tuple[dict[str, str], int]:
    """The `key: value` pairs between `---` at the top, lists joined by commas, and where the body begins."""
    if not raw or raw[0].strip() != "---":
        return {}, 0
    end = next((i for i, line in enumerate(raw[1:200], 1) if line.strip() in {"---", "..."}), 0)
    pairs: dict[str, str] = {}
    last = ""
    for line in raw[1:end]:
        item = re.match(r"^\s*-\s+(.*)$", line)
        key, colon, value = line.partition(":")
        if item and last:
            pairs[last] = f"{pairs[last]}, {_bare(item.group(1))}".lstrip(", ")
        elif colon and not line.startswith((" ", "\t", "-")):
            last = key.strip().casefold()
            pairs[last] = _bare(value)
    return pairs, end + 1 if end else 0


def kind_by_tags(pairs: Mapping[str, str]) -> str:
    """The first tag that says what kind of note it is."""
    tags = re.split(r"[,\s]+", f"{pairs.get('tags', '')},{pairs.get('tag', '')}".replace("[", " ").replace("]", " "))
    return next((tag for tag in tags if known_kind(tag.lstrip("#").rsplit("/", 1)[-1])), "").lstrip("#")


def properties(raw: Sequence[str], start: int) -> tuple[Details, set[int], list[tuple[int, str]]]:
    """Notion's block of `Key: value` below the title, when it dates the page.

    Returns:
        What it says, the lines it takes (counted from 1), and those of them that say nothing we keep.
    """
    nothing: tuple[Details, set[int], list[tuple[int, str]]] = (details_of({}), set(), [])
    filled = [i for i in range(start, min(len(raw), start + 60)) if raw[i].strip()]
    if not filled or not re.match(r"^#\s", raw[filled[0]]):
        return nothing
    pairs: dict[str, str] = {}
    lines: dict[int, str] = {}
    last = filled[0] + 1
    for index in filled[1:]:
        match = _PROPERTY.match(unlinked(raw[index]))
        if match is None or index > last + 1:
            break
        last = index
        if Role.TEXT in find_columns([match.group(1)]).at:
            continue  # words of the note that Notion keeps as a property
        pairs.setdefault(match.group(1), _LINKED.sub("", match.group(2)).strip())
        lines[index + 1] = match.group(1)
    for key in [k for k in pairs if fold_label(k) in _CREATED]:
        if not details_of(pairs).get("date"):
            pairs["date"] = pairs[key]
    details = details_of(pairs)
    if not find_date(details.get("date")):
        return nothing
    unused = [(at, f"the property {key!r}") for at, key in lines.items() if not details_of({key: "x"}).fields]
    return details, {*lines}, unused


def read_daily(raw: Sequence[str], start: int, lines: Sequence[Line], written: WrittenDate, drafts: Drafts) -> None:
    """A file that is one day: what stands under or behind a link to somebody is a note about them.

    Args:
        raw: The lines as written, with their links.
        start: Where the body begins.
        lines: The same lines as headings and text.
        written: The day.
        drafts: Takes the notes, and the first line that is about nobody.
    """
    entry: _Entry | None = None
    entries: list[_Entry] = []
    loose = 0
    for line in lines:
        text = raw[line.place - 1]
        opened = _opened(line, text.lstrip("# ") if line.level is not None else text)
        if opened is not None:
            entry = opened
            entries.append(entry)
        elif entry is not None and entry.holds(line, text):
            entry.lines.append(line.written or line.text)
        elif line.text.strip() and not is_separator(line.text):
            entry = None
            loose = loose or (line.place if line.level is None else 0)
    if loose:
        drafts.skip(loose, "text that names nobody by a link [[…]]")
    for each in entries:
        words = body_text([each.rest, *each.lines])
        if not words:
            drafts.skip(each.place, f"nothing is said about {each.person}")
        elif day := drafts.day_of(each.place, written, None):
            drafts.add(each.place, each.person, day, words, kind=each.kind, candidates=(each.person,), optional=True)


class _Entry:
    """What a day says about one person."""

    def __init__(self, line: Line, person: str, indent: int, rest: str) -> None:
        label = read_label(rest.strip(" -–—:()[]#*")) if line.level is not None or len(rest) < 40 else None
        self.kind = label.kind if label and known_kind(label.kind) else ""
        self.rest = "" if self.kind else re.sub(r"^[\s:–—-]+", "", rest)
        self.place, self.person, self.level, self.indent = line.place, person, line.level, indent
        self.lines: list[str] = []

    def holds(self, line: Line, text: str) -> bool:
        """Whether a line still belongs to this entry: below its heading, or set deeper than its list item."""
        if self.level is not None:
            return line.level is None or line.level > self.level
        return line.level is None and bool(text.strip()) and len(text) - len(text.lstrip()) > self.indent


def _opened(line: Line, text: str) -> _Entry | None:
    """The entry that a line opens with a link to somebody."""
    match = _OPENS.match(text)
    if match is None:
        return None
    target = match.group(2).rsplit("/", 1)[-1]
    person = name_in(target) if looks_like_name(target) else ""
    return _Entry(line, person, len(match.group(1)), match.group(4)) if person else None


def _bare(value: str) -> str:
    return unlinked(value.strip().strip("\"'")).strip()
