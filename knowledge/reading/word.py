"""Word files: looked at as a ZIP of strangers first, opened second. Nothing linked from outside is ever followed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.domain.importing import DateOrder, Document
from knowledge.reading.drafts import Drafts
from knowledge.reading.outline import Line, read_outline, unstyled_level
from knowledge.reading.package import ZIP_ERRORS, Kind, check_package

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

WORD = Kind(
    "Word file", "Open it in Word, save it as .docx and import it again.", needs="word/document.xml", old=".doc"
)
_NOTHING = "No dated note was found; a bold line like '6 May 2025 · 1:1' stands above each."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(name: str, raw: bytes, order: DateOrder | None = None) -> Document:
    """A .docx file as a document.

    Raises:
        ImportRefused: It is no sound Word file, wants something unsafe, or holds rows that cannot be read.
    """
    check_package(raw, WORD)
    with _damage_as_ours():
        lines = [*_lines(_open(raw))]
    drafts = Drafts(name, "paragraph")
    people = read_outline(lines, drafts, person="", told=order)
    kept = drafts.done(_NOTHING)
    return Document(name, kept, people=tuple(people), skipped=drafts.skipped, remarks=drafts.remarks)


@contextmanager
def _damage_as_ours() -> Iterator[None]:
    """What python-docx meets in a damaged package, as a refusal."""
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    wrong = (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError)
    try:
        yield
    except (*wrong, *ZIP_ERRORS) as error:
        raise WORD.damaged from error


def _open(raw: bytes) -> "WordDocument":
    """The package as python-docx sees it."""
    import docx

    return docx.Document(BytesIO(raw))


def _lines(document: "WordDocument") -> Iterator[Line]:
    """Headings, bold lines, paragraphs and tables in reading order, counted as paragraphs."""
    styles = _heading_styles(document)
    place = 0
    for element in document.element.body.iter(f"{_W}p", f"{_W}tbl"):
        if _inside(element, "tbl") or _inside(element, "txbxContent"):
            continue
        if element.tag == f"{_W}tbl":
            cells = tuple(
                (place + index, tuple(_text(cell).strip() for cell in row.iter(f"{_W}tc")))
                for index, row in enumerate(element.iter(f"{_W}tr"), 1)
            )
            place += max(len(cells), 1)
            if cells:
                yield Line(cells[0][0], "", cells=cells)
            continue
        place += 1
        text = _text(element).strip()
        yield Line(place, text, _level(element, text, styles), f"{text}\n")


def _level(paragraph: Any, text: str, styles: dict[str, int]) -> int | None:
    """The heading level of a paragraph: by its style, by its outline, or because it is a bold name or day."""
    if not text or len(text) > 250:
        return None
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    if name in styles:
        return styles[name]
    return unstyled_level(text, bold=_is_bold(paragraph))


def _heading_styles(document: "WordDocument") -> dict[str, int]:
    """Style ids of headings with their level; a style built on a heading is one too."""
    levels: dict[str, int] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        words = (name.get(f"{_W}val", "") if name is not None else "").casefold()
        if words == "title":
            levels[style.get(f"{_W}styleId", "")] = 0
        elif words.startswith("heading ") and words[8:].isdigit():
            levels[style.get(f"{_W}styleId", "")] = min(int(words[8:]), 6)
    for style in document.styles.element.iter(f"{_W}style"):
        base = style.find(f"{_W}basedOn")
        if base is not None and base.get(f"{_W}val") in levels:
            levels.setdefault(style.get(f"{_W}styleId", ""), levels[base.get(f"{_W}val")])
    return levels


def _text(element: Any) -> str:
    """The words of a paragraph or cell as they would be printed: insertions count, deletions do not."""
    parts: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen", f"{_W}p"):
        if node.tag == f"{_W}p":
            parts.append("\n" if parts and node is not element else "")
        elif not (_inside(node, "del") or _inside(node, "moveFrom") or _inside(node, "tabs")):
            marks = {f"{_W}t": node.text or "", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
            parts.append(marks.get(node.tag, "\n"))
    return "".join(parts)


def _is_bold(paragraph: Any) -> bool:
    """Whether every run with words in it is bold."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(b is not None and b.get(f"{_W}val", "true") not in {"0", "false"} for b in bold)


def _inside(node: Any, name: str) -> bool:
    return next(node.iterancestors(f"{_W}{name}"), None) is not None
