"""What a machine finds wrong with a plan before a judge reads it. A judge may not overrule it.

What a plan cannot be without (an owner, a day within two weeks, a review day, at most two threads) is no matter here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.domain.evidence import Quote
from assistant.domain.note import fold_text
from assistant.domain.plan import LINKS, Plan, Section, Thread
from assistant.grounding import set_apart
from assistant.prompting import llm_words


def plan_faults(plan: Plan) -> Iterator[tuple[str, str]]:
    """The criterion that each fault holds down, and the fault."""
    words: Mapping[str, Sequence[str]] = llm_words("rubrics")["checks"]
    for number, thread in enumerate(plan.threads, 1):
        for name, fault in _thread(thread, words):
            yield name, f"thread {number}: {fault}"


def _thread(thread: Thread, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    texts = [*_texts(thread)]
    notes = fold_text("\n".join(text for each in _cited(thread) for text in (each.note.text, each.text)))
    for text in texts:
        for quoted in set_apart(text):
            if fold_text(quoted) not in notes:
                yield "D9", f"“{quoted}” stands in no note that it cites"
    for section in LINKS:
        link = thread.link(section)
        if link.is_gap and not link.question:
            yield "D9", f"the {section.words} is neither proven nor asked about"
    named = {*re.findall(r"\w+", thread.customer.text.casefold())}
    if not thread.customer.is_gap and named <= {*words["nobody"], *words["small"]}:
        yield "D5", "the customer is nobody in particular"
    if not thread.measure.strip():
        yield "D8", "it has no measure"
    said = " ".join(re.sub(r"“[^”]*”", " ", text) for text in texts).casefold()
    for empty in words["empty"]:
        if re.search(rf"\b{re.escape(empty)}", said):
            yield "D10", f"“{empty}” is a word of plans, not of people"


def _texts(thread: Thread) -> Iterator[str]:
    yield thread.sentence
    for section in Section:
        part = thread.part(section)
        yield part if isinstance(part, str) else part.text


def _cited(thread: Thread) -> Iterator[Quote]:
    for section in Section:
        part = thread.part(section)
        yield from () if isinstance(part, str) else part.quotes
        yield from thread.grounds_of(section)
