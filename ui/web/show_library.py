"""Principles and questions of the library: public, the same for everybody, each with its source."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.pillar import Pillar
from assistant.domain.principle import Principle
from assistant.domain.question import BankQuestion
from ui.web.place import Place
from ui.web.show import esc, folded, section
from ui.web.show_shell import link

_SLOT = re.compile(r"\{\w+\|([^{}|]+)\}")
TRUST = {
    1: "may be asked any time", 2: "say first why you ask", 3: "where an honest answer was carried before",
}  # fmt: skip


def tools(place: Place, chosen: str) -> str:
    """Find by meaning, or look through one pillar."""
    pills = "".join(
        link(replace(place, item=key), esc(label), style="fl-pill", here=key == chosen)
        for key, label in [("", "all"), *((p.value, p.value.replace("_", "-")) for p in Pillar)]
    )
    return (
        '<div class="fl-tools"><label class="fl-find"><span class="fl-sr">Find by what it is about</span><input '
        'type="search" data-find="library" placeholder="What is it about? For example: praise that lands" '
        f'autocomplete="off"></label><nav class="fl-pills" aria-label="By pillar">{pills}</nav></div>'
    )


def principles(items: Sequence[Principle]) -> str:
    """Cards with how well each is supported, and what it does not show."""
    rows = [
        f'<li><p class="fl-link-name">{esc(p.title)}</p><p class="fl-text">{esc(p.body.strip())}</p>'
        f'<p class="fl-text"><strong>In a one-on-one:</strong> {esc(p.use)}</p>'
        f'<details class="fl-more"><summary>Where it comes from</summary><p class="fl-meta"><span>{esc(p.source)}'
        f'</span><span>{esc(p.grade.words)}</span></p><p class="fl-meta"><span>{esc(p.limits)}</span>'
        "</p></details></li>"
        for p in items
    ]  # fmt: skip
    return section("Principles", folded(rows, 6, "more principles"), id="principles")


def read_aloud(item: BankQuestion) -> str:
    """A question with nobody in particular in mind."""
    return _SLOT.sub(r"\1", item.ask)


def questions(items: Sequence[BankQuestion]) -> str:
    """Questions with what to listen for."""
    rows = [
        f'<li><p class="fl-ask">{esc(read_aloud(q))}</p><p class="fl-meta"><span>'
        f"{esc(q.pillar.value.replace('_', '-'))}</span><span>{TRUST[q.trust]}</span></p>"
        f'<p class="fl-meta"><span>Listen for {esc(q.listen_for)}</span></p></li>'
        for q in items
    ]
    return section("Questions", folded(rows, 8, "more questions"), id="bank")
