"""OpenDocument texts: content.xml read by hand, since it is the whole truth. The outline is shared with Word files."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.drafts import Drafts
from knowledge.reading.outline import Line, read_outline, unstyled_level
from knowledge.reading.package import Kind, check_package, opened, parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ODT = Kind(
    "OpenDocument text", "Open it in LibreOffice, save it as .odt and import it again.", needs="content.xml", old=".doc"
)
MAX_REPEATED = 200
_NOTHING = "No dated note was found; a bold line like '6 May 2025 · 1:1' stands above each."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE, _OFFICE, _DRAW = (
    f"{{{_OASIS}{part}:1.0}}" for part in ("text", "table", "style", "office", "drawing")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NOT_SAID = {  # comments, footnotes, frames and deleted words are no part of the running text
    f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_DRAW}frame", f"{_TEXT}table-of-content",
    f"{_OFFICE}forms", f"{_TEXT}sequence-decls", f"{_TEXT}ruby-text",
}  # fmt: skip


def read_odt(name: str, raw: bytes, order: DateOrder | None = None) -> Document:
    """An .odt file as a document.

    Raises:
        ImportRefused: It is no sound text, is encrypted, or holds rows that cannot be read.
    """
    check_package(raw, ODT)
    with opened(raw, ODT) as package:
        if b"encryption-data" in _part(package, "META-INF/manifest.xml"):
            raise ImportRefused("It is protected by a password.", next="Save it without one and import it again.")
        content, styles = _tree(package, "content.xml"), _tree(package, "styles.xml")
    if content is None or (body := content.find(f"{_OFFICE}body/{_OFFICE}text")) is None:
        raise ImportRefused("It is no OpenDocument text.", next=ODT.save)
    levels, bold = _styles([tree for tree in (styles, content) if tree is not None])
    drafts = Drafts(name, "paragraph")
    people = read_outline([*_Reading(levels, bold).lines(body)], drafts, person="", told=order)
    return Document(name, drafts.done(_NOTHING), people=tuple(people), skipped=drafts.skipped, remarks=drafts.remarks)


def _part(package: ZipFile, name: str) -> bytes:
    return package.read(name) if name in package.namelist() else b""


def _tree(package: ZipFile, name: str) -> "Element | None":
    """A part as a tree; none when it is not there."""
    from defusedxml.ElementTree import fromstring

    found: list[Element] = []
    if xml := _part(package, name):
        parse_xml(name, lambda: found.append(fromstring(xml, forbid_dtd=True)), ODT)
    return found[0] if found else None


def _styles(trees: "list[Element]") -> tuple[dict[str, int], set[str]]:
    """Styles that are headings, with their level, and styles that are bold; a style takes after its parent."""
    levels: dict[str, int] = {}
    bold: set[str] = set()
    parents: list[tuple[str, str]] = []
    for style in (s for tree in trees for s in tree.iter(f"{_STYLE}style")):
        name, parent = style.get(f"{_STYLE}name", ""), style.get(f"{_STYLE}parent-style-name", "")
        parents.append((name, parent))
        level = style.get(f"{_STYLE}default-outline-level", "")
        if level.isdigit() and 1 <= int(level) <= 10:
            levels[name] = min(int(level), 6)
        if name == "Title":
            levels[name] = 0
        words = style.find(f"{_STYLE}text-properties")
        if words is not None and words.get(f"{_FO}font-weight", "") in {"bold", "600", "700", "800", "900"}:
            bold.add(name)
    for name, parent in parents * 2:
        if parent in levels:
            levels.setdefault(name, levels[parent])
        if parent in bold:
            bold.add(name)
    return levels, bold


class _Reading:
    """One walk through the body, counting paragraphs."""

    def __init__(self, levels: dict[str, int], bold: set[str]) -> None:
        self.levels = levels
        self.bold = bold
        self.place = 0

    def lines(self, element: "Element") -> Iterator[Line]:
        """Headings, paragraphs and tables in reading order; the marks of lists are no words, as in Word files."""
        for child in element:
            if child.tag in _NOT_SAID:
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self.place += 1
                text = _words(child).strip()
                yield Line(self.place, text, self._level(child, text), f"{text}\n")
            elif child.tag == f"{_TABLE}table":
                yield from self._table(child)
            else:
                yield from self.lines(child)

    def _level(self, element: "Element", text: str) -> int | None:
        if not text or len(text) > 250:
            return None
        style = element.get(f"{_TEXT}style-name", "")
        if element.tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            return min(int(level), 6) if level.isdigit() and int(level) else 1
        if style in self.levels:
            return self.levels[style]
        return unstyled_level(text, bold=style in self.bold or self._all_bold(element))

    def _all_bold(self, paragraph: "Element") -> bool:
        """Whether every word of a paragraph stands in a bold span."""
        loose = (paragraph.text or "") + "".join(child.tail or "" for child in paragraph)
        spans = [child for child in paragraph.iter(f"{_TEXT}span") if _words(child).strip()]
        return bool(spans) and not loose.strip() and all(s.get(f"{_TEXT}style-name") in self.bold for s in spans)

    def _table(self, table: "Element") -> Iterator[Line]:
        """A table as one line with rows; each row is counted as a paragraph."""
        rows: list[tuple[int, tuple[str, ...]]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells: list[str] = []
            for cell in (c for c in row if c.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")):
                again = cell.get(f"{_TABLE}number-columns-repeated", "1")
                words = "\n".join(_words(p) for p in cell.iter(f"{_TEXT}p") if _words(p)).strip()
                cells += [words] * min(int(again) if again.isdigit() else 1, MAX_REPEATED)
            self.place += 1
            rows.append((self.place, tuple(cells)))
        if rows:
            yield Line(rows[0][0], "", cells=tuple(rows))


def _words(element: "Element") -> str:
    """The words of a paragraph as they would be printed."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdigit() else 1, MAX_REPEATED))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _NOT_SAID:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
