"""Small pieces of HTML that every view is made of. Everything a person wrote goes through `esc`; no markup survives.

Pieces take nouns and give text. They decide nothing: what may be shown was decided before.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from html import escape

from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import NoteId, Span
from assistant.domain.policy import Readable
from assistant.errors import FlourishError

Passages = Mapping[NoteId, Readable]
WHOLE_NOTE = 900  # up to here a citation shows the whole note, beyond it the passage and what stands around it
AROUND = 320

_TIER_ICONS = {
    Tier.THEIR_WORDS: "“", Tier.CUSTOMER_WORDS: "“", Tier.COLLEAGUE_WORDS: "“", Tier.OTHERS_WORDS: "“",
    Tier.OBSERVATION: "◉", Tier.PRINCIPLE: "§", Tier.SUGGESTION: "✎",
}  # fmt: skip


def esc(text: str) -> str:
    """Text as text: no markup, no control characters, whatever was written."""
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text), quote=True)


def day_words(day: date, today: date | None = None) -> str:
    """A day as a person says it: "Tue 9 June"; with the year when it is not this one."""
    said = f"{day:%a} {day.day} {day:%B}"
    return said if today and day.year == today.year else f"{said} {day.year}"


def when(day: date, today: date | None = None) -> str:
    """A day as HTML, readable by people and programs."""
    return f'<time datetime="{day.isoformat()}">{day_words(day, today)}</time>'


def dated(text: str, today: date | None = None) -> str:
    """A part of a plan as a comparison tells it, with the day behind a step, or the day that is all of it, in words."""
    found = re.fullmatch(r"(?s)(?:(.*) \((\d{4}-\d\d-\d\d)\)|(\d{4}-\d\d-\d\d))", text)
    if found is None:
        return text
    said = day_words(date.fromisoformat(found[2] or found[3]), today)
    return f"{found[1]} (by {said})" if found[2] else said


def days_said(text: str, today: date | None = None, kept: str = "") -> str:
    """Sentences of ours with their days in words; what is quoted, or stands in `kept`, stays."""

    def said(found: re.Match[str]) -> str:
        before = text[: found.start()]
        try:
            if before.count("“") > before.count("”") or found[0] in kept:
                return found[0]
            return day_words(date.fromisoformat(found[0]), today)
        except ValueError:
            return found[0]

    return re.sub(r"\b\d{4}-\d\d-\d\d\b", said, text)


def says_day(text: str, day: date) -> bool:
    """Whether words name a day themselves: "24 June", "June 24", "30 Jun 2026"."""
    month, number = f"{day:%b}[a-z]*", rf"{day.day}(?:st|nd|rd|th)?"
    return re.search(rf"\b(?:{number} (?:of )?{month}|{month} {number})\b", text, re.IGNORECASE) is not None


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 note", "6 notes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tier_tag(tier: Tier) -> str:
    """Which of the four tiers something is, by sign and word."""
    kind = tier.name.lower().replace("_", "-")
    return f'<span class="fl-tier fl-{kind}"><span aria-hidden="true">{_TIER_ICONS[tier]}</span> {tier.value}</span>'


def button(
    do: str, label: str, *, id: str = "", to: str = "", name: str = "", style: str = "", slow: bool = False,
    words: str = "", pillar: str = "",
) -> str:  # fmt: skip
    """Something to press. `name` is what a screen reader says where the label alone is not enough.

    `words` and `pillar` go along as fields: what stands on a card, where its id alone may not be known any more.
    """
    spoken = f' aria-label="{esc(name)}"' if name else ""
    where = f' data-id="{esc(id)}"' if id else ""
    goal = f' data-to="{esc(to)}"' if to else ""
    model = " data-slow" if slow else ""
    said = f' data-words="{esc(words)}"' if words else ""
    said += f' data-pillar="{esc(pillar)}"' if pillar else ""
    return (
        f'<button type="button" class="fl-button {style}" data-do="{do}"{where}{goal}{said}{spoken}{model}>'
        f"{esc(label)}</button>"
    )


def chips(quotes: Iterable[Quote], today: date, passages: Passages, tier: Tier | None = None) -> str:
    """Citation chips: each opens the exact passage, marked within its note. What several come to stands in none."""
    shown = list(dict.fromkeys(quotes))
    own = tier if len(shown) == 1 else None
    made = "".join(chip(quote, today, passages, own) for quote in shown)
    return f'<div class="fl-chips">{made}</div>' if made else ""


def chip(quote: Quote, today: date, passages: Passages, tier: Tier | None = None) -> str:
    """One citation: the date on the outside; the words, kind, author and tier inside."""
    note = quote.note
    said_by = f" · by {esc(note.author)}" if note.author else ""
    standing = tier_tag(tier) if tier else ""
    return (
        f'<details class="fl-cite"><summary><span class="fl-sr">Show the note of </span>{when(note.day, today)}'
        f'<span class="fl-sr">, {esc(note.kind.words)}</span></summary><figure><blockquote>'
        f"{passage(quote, passages.get(note.id))}</blockquote><figcaption>{when(note.day)} · "
        f"{esc(note.kind.words)}{said_by} {standing}</figcaption></figure></details>"
    )


def passage(quote: Quote, readable: Readable | None) -> str:
    """The quote marked within its note; what is sensitive around it is left out, the quote alone when in doubt."""
    text, span = quote.note.text, quote.span
    bare = quote.text.strip()  # a line end at its edge is no word, and would be a bright line of its own
    span = Span(at := span.start + quote.text.find(bare), at + len(bare))
    if readable is None or readable.closed or readable.note.text != text:
        return f"<mark>{esc(quote.text)}</mark>"
    start, end = 0, len(text)
    if len(text) > WHOLE_NOTE:
        start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    cuts = joined([s.span for s in readable.screening.spans if not s.span.overlaps(span)], text)
    marks = sorted([*((a, b, False) for a, b in cuts if a < end and b > start), (span.start, span.end, True)])
    made, at = ["… " if start else ""], start
    for a, b, is_quote in marks:
        made.append(esc(text[at : max(at, a)]))
        if is_quote:
            made.append(f"<mark>{esc(text[a:b])}</mark>")
        else:
            made.append('<span class="fl-cut" title="private or second-hand">left out here</span>')
        at = max(at, b)
    made.append(esc(text[at:end]) + (" …" if end < len(text) else ""))
    return "".join(made)


def joined(spans: Iterable[Span], text: str) -> list[tuple[int, int]]:
    """Spans as pairs, in order; those with nothing but space between them become one."""
    made: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if made and not text[made[-1][1] : span.start].strip():
            made[-1] = (made[-1][0], max(made[-1][1], span.end))
        else:
            made.append((span.start, span.end))
    return made


def keyed(key: str, html: str) -> str:
    """HTML that the browser builds anew whenever the key is another one, and else only mends where it differs.

    The page is mended node by node, by position. Under one key an open form keeps what was typed; without it the
    words typed about one person could end up in the form of the next.
    """
    name = f"fl-k{sha256(key.encode()).hexdigest()[:10]}"
    return f"<{name} class='fl-whole'>{html}</{name}>"


def capital(text: str) -> str:
    """A phrase with its first letter large, where it stands as a sentence of its own."""
    return text[:1].upper() + text[1:]


def section(title: str, body: str, *, id: str, hint: str = "", style: str = "") -> str:
    """One card with a heading; nothing at all when there is no body."""
    if not body:
        return ""
    said = f'<p class="fl-hint">{hint}</p>' if hint else ""
    head = f'<h2 id="fl-{id}">{title}</h2>{said}'
    return f'<section class="fl-card {style}" aria-labelledby="fl-{id}">{head}{body}</section>'


def step(said: str) -> str:
    """What is being done right now."""
    return f'<p class="fl-step" role="status"><span class="fl-dot" aria-hidden="true"></span>{esc(said)}</p>'


def empty(title: str, said: str, action: str = "") -> str:
    """A place with nothing in it yet, and what would fill it. `said` may hold HTML of ours."""
    return f'<section class="fl-card fl-empty"><h2>{esc(title)}</h2><p>{said}</p>{action}</section>'


def notice(said: str, action: str = "") -> str:
    """A short word after something was done, with the way back."""
    return f'<div class="fl-notice" role="status"><span>{said}</span>{action}</div>'


def trouble(error: FlourishError) -> str:
    """An error as a calm sentence with the next step."""
    following = f' <span class="fl-next">{commands(error.next)}</span>' if error.next else ""
    listed = "".join(f"<li>{esc(c.name)} {esc(c.hint)}</li>" for c in error.choices)
    choices = f"<ul>{listed}</ul>" if listed else ""
    said = commands(error.message) + following
    return f'<div class="fl-notice fl-trouble" role="alert"><span>{said}</span>{choices}</div>'


def commands(said: str) -> str:
    """A sentence of ours as HTML; what stands between backticks is something to type."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", esc(said))


def folded(items: list[str], show: int, more: str) -> str:
    """A list of which the first few are shown and the rest can be opened."""
    head, tail = "".join(items[:show]), "".join(items[show:])
    if not tail:
        return f'<ul class="fl-list">{head}</ul>' if head else ""
    rest = f'<summary>{len(items) - show} {more}</summary><ul class="fl-list">{tail}</ul>'
    return f'<ul class="fl-list">{head}</ul><details class="fl-more">{rest}</details>'
