"""One e-mail is one note: its words, day and sender. Whom it is about is often unsaid; then the names are offered."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from email.message import Message
from html.parser import HTMLParser

from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.dates import find_date, order_beside, settle_order
from knowledge.reading.drafts import Drafts, body_text
from knowledge.reading.headings import looks_like_name, name_in

MAX_PARTS = 200
MAX_PEOPLE = 50
MAX_HEADER = 4_000  # characters; some ways of reading headers take the square of their length
_OF_PARTS = {"content-type", "content-disposition", "content-transfer-encoding"}
_AGAIN = "Save the mail anew as .eml and import it again."
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|antw|rv|res|enc)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_NAME_IN_SUBJECT = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3}")
MAX_LINES, NEAR = 40, 4  # of a text, in which a mail's head is looked for; lines between a head's day and its sender
MAX_COPIED = 20  # header lines of a mail that was copied as text
_COPIED = {
    "from": "From", "von": "From", "de": "From", "date": "Date", "sent": "Date", "datum": "Date", "gesendet": "Date",
    "fecha": "Date", "enviado": "Date", "enviado el": "Date", "to": "To", "an": "To", "para": "To",
    "subject": "Subject", "betreff": "Subject", "asunto": "Subject", "cc": "Cc", "kopie": "Cc", "bcc": "Bcc",
    "reply-to": "Reply-To", "antwort an": "Reply-To", "responder a": "Reply-To",
    "importance": "Importance", "priorität": "Importance",
}  # fmt: skip
_STAMP = re.compile(r"\d{1,2}:\d\d:\d\d\s+[+-]\d{4}")
_WRITE_DAY = "Write the day in that line as 2026-11-10, year first, and bring it in again."
_SILENT = {"script", "style", "head", "title", "template"}
_BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"}


def read_mail(name: str, raw: bytes) -> Document:
    """An .eml file as a document with one note. Attachments are named and never opened.

    Raises:
        ImportRefused: It is no mail, or has no day, no sender or no words.
    """
    message = _parsed(raw)
    day = _day(message)
    sender, sender_address = _sender(message)
    words, attachments = _words(message)
    subject = " ".join(_header(message, "Subject").split())
    candidates = _candidates(message, subject, sender, sender_address)
    drafts = Drafts(name, "mail")
    if not candidates:
        raise ImportRefused("It names nobody it could be about.", next="Give the person with a note of your own.")
    text = f"{subject}\n\n{words}" if subject and words else subject or words
    drafts.add(1, candidates[0], day, text, kind="email", author=sender or sender_address, candidates=candidates)
    kept = drafts.done("It holds no words.")
    skipped = tuple(f"attachment {file!r}: not opened" for file in attachments)
    return Document(name, kept, skipped=skipped)


def as_mail(text: str, order: DateOrder | None = None) -> bytes | None:
    """A mail that was copied as text, headers and all, as a mail again; none when the text begins otherwise.

    Args:
        text: What was copied.
        order: How days are written where nothing in it tells.

    Raises:
        ImportRefused: The day in its headers can be read in two ways.
    """
    head, _, body = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n\ufeff ").partition("\n\n")
    found: dict[str, str] = {}
    for line in head.split("\n")[:MAX_COPIED]:
        key, colon, value = line.strip().strip("*").partition(":")
        known = _COPIED.get(key.strip("* ").casefold(), "")
        if not colon or not known:
            return None
        found.setdefault(known, value.strip("* \t"))
    if not {"From", "Date"} <= found.keys() or not {"To", "Subject"} & found.keys():
        return None
    hint = order_beside(body.split("\n")) or order
    return _rebuilt(found, body_text(body.split("\n")), hint)


def copied_day(text: str) -> date | None:
    """The day in the head of a mail that was copied into a text, below a line of the writer's own too.

    A line with a day counts only where one with the sender stands near it; a day of two readings is none.
    """
    lines = [line.strip(" \t>*") for line in text[:MAX_HEADER].splitlines()[:MAX_LINES]]
    keys = [_COPIED.get(line.partition(":")[0].strip("* ").casefold(), "") if ":" in line else "" for line in lines]
    for at, key in enumerate(keys):
        if key == "Date" and "From" in keys[max(at - NEAR, 0) : at + NEAR + 1]:
            written = find_date(lines[at].partition(":")[2])
            return written.day() if written else None
    return None


def _rebuilt(found: dict[str, str], body: str, order: DateOrder | None) -> bytes:
    """A mail out of the headers and words that were copied."""
    from email.header import Header
    from email.utils import format_datetime

    if "@" not in found["From"]:
        found["From"] += " <>"
    if not _STAMP.search(found["Date"]) and (written := find_date(found["Date"])):
        settled = settle_order([("Date", written)], order, _WRITE_DAY)
        day = written.day(settled)
        if day is None:
            raise ImportRefused(f"{written.text!r} is no day.", next=_WRITE_DAY)
        found["Date"] = format_datetime(datetime.combine(day, time(12)))
    headers = [f"{key}: {Header(value[:MAX_HEADER], 'utf-8').encode()}" for key, value in found.items() if value]
    told = "\n".join([*headers, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"])
    return f"{told}\n\n{body}".encode()


def _parsed(raw: bytes) -> Message:
    """The mail as the standard library sees it, its headers not yet understood."""
    from email import policy
    from email.parser import BytesParser

    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        parts = [*message.walk()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ImportRefused("It is damaged, or no mail.", next=_AGAIN) from error
    if not (_header(message, "From") or _header(message, "Date")):
        raise ImportRefused("It is no mail: it has neither a sender nor a date.", next=_AGAIN)
    if len(parts) > MAX_PARTS:
        raise ImportRefused(f"It has more than {MAX_PARTS} parts.", next=_AGAIN)
    if any(len(str(value)) > MAX_HEADER for part in parts for key, value in part.items() if key.lower() in _OF_PARTS):
        raise ImportRefused("What it says about one of its parts is too long.", next=_AGAIN)
    return message


def _header(message: Message, key: str) -> str:
    """A header's words, as far as they are not too many; empty when it is missing or cannot be understood."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    written = str(message.get(key, ""))[:MAX_HEADER]
    try:
        return _plain(str(make_header(decode_header(written))))
    except (ValueError, LookupError, MessageError):
        return _plain(written)


def _day(message: Message) -> date:
    """When it was sent, in the account's time zone."""
    from email.utils import parsedate_to_datetime

    written = _header(message, "Date")
    try:
        sent = parsedate_to_datetime(written)
        return (sent.astimezone() if sent.tzinfo else sent).date()
    except (ValueError, TypeError, IndexError, OverflowError, OSError) as error:
        why = f"{written[:40]!r} is not a date" if written else "It has no date"
        raise ImportRefused(f"{why}.", next=_AGAIN) from error


def _people(message: Message, *keys: str) -> list[tuple[str, str]]:
    """Names and addresses in headers, as written."""
    from email.utils import getaddresses

    written = [_header(message, key) for key in keys]
    try:
        return [(_plain(who).strip(), address) for who, address in getaddresses(written) if who or address][:MAX_PEOPLE]
    except (ValueError, TypeError, IndexError):
        return []


def _sender(message: Message) -> tuple[str, str]:
    found = _people(message, "From") or _people(message, "Sender")
    if not found:
        raise ImportRefused("It has no sender.", next=_AGAIN)
    who, address = found[0]
    return _unquoted(who), address


def _candidates(message: Message, subject: str, sender: str, address: str) -> tuple[str, ...]:
    """Whom it may be about: names in the subject first, then the sender, then those it went to."""
    found = names_in(_REPLY.sub("", subject))
    for who, where in [(sender, address), *_people(message, "To", "Cc")]:
        found.append(as_person(_unquoted(who), where))
    return tuple(dict.fromkeys(name for name in found if name))[:MAX_PEOPLE]


def names_in(phrase: str) -> list[str]:
    """Runs of words in a phrase that could be a person's name: "Praise for Ana Ruiz" has "Ana Ruiz"."""
    found: list[str] = []
    for match in _NAME_IN_SUBJECT.finditer(phrase):
        run: list[str] = []
        for word in [*match.group().split(), ""]:
            if word[:1].isupper():
                run.append(word)
                continue
            if run and (name := name_in(" ".join(run))):
                found.append(name)
            run = []
    return found


def as_person(name: str, address: str) -> str:
    """A person by the name beside an address, else by the address: ana.ruiz@… is Ana Ruiz."""
    if name and looks_like_name(name):
        return name
    local = address.rsplit("@", 1)[0]
    parts = [part for part in re.split(r"[._+-]+", local) if part.isalpha()]
    spelt = " ".join(part.capitalize() for part in parts)
    return spelt if len(parts) > 1 and looks_like_name(spelt) else ""


def _unquoted(who: str) -> str:
    return who.strip().strip("'\"").strip()


def _words(message: Message) -> tuple[str, list[str]]:
    """The text as written, or that of the HTML when there is none, and the names of what hangs on the mail."""
    plain: list[str] = []
    rich: list[str] = []
    attachments: list[str] = []
    for part in _leaves(message):
        file = part.get_filename()
        if file or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            attachments.append(_plain(str(file or part.get_content_type()))[:120])
        elif part.get_content_subtype() == "html":
            rich.append(_text_of(_content(part)))
        else:
            plain.append(_content(part))
    said = [text.strip() for text in plain if text.strip()] or [text.strip() for text in rich if text.strip()]
    return "\n\n".join(said), attachments


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that hold something; a mail that was attached is one of them and is not entered."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for each in part.get_payload():
        if isinstance(each, Message):
            yield from _leaves(each)


def _content(part: Message) -> str:
    """The words of a text part; an unknown or wrong character set is read as far as it goes."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return _plain(str(part.get_payload()))
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return _plain(raw.decode(encoding))
        except (LookupError, ValueError):
            continue
    return _plain(raw.decode("latin-1"))


def _plain(text: str) -> str:
    """Text without what no database keeps, its lines ended in one way."""
    text = re.sub("[\x00\ud800-\udfff]", "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Words(HTMLParser):
    """The words of a page as they would be read; nothing in it is loaded or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag may begin a line, or something that is not read."""
        self.silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        """A tag may end a paragraph, or something that is not read."""
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BREAKS - {"br", "li", "tr"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words, their white space folded as a browser does."""
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _text_of(page: str) -> str:
    reader = _Words()
    try:
        reader.feed(page)
        reader.close()
    except (AssertionError, ValueError):  # the standard library gives up on some broken declarations
        return html.unescape(re.sub(r"<[^>]*>", " ", page))
    lines = [line.strip() for line in "".join(reader.parts).replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
