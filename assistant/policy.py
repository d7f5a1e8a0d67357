"""What a request may not ask for. Pure matching over the policy's phrases; the topics themselves are library data."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from assistant.domain.policy import PolicyKind, PolicyTopic
from assistant.errors import NotAllowed

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_PLAIN = str.maketrans("áéíóúàèìòù", "aeiouaeiou")
_FIRST = {PolicyKind.CRISIS: 0, PolicyKind.REFUSE: 1, PolicyKind.SENSITIVE: 2}


def stopping_topic(text: str, topics: Sequence[PolicyTopic]) -> PolicyTopic | None:
    """The topic that stops a request, crisis before all else; None when it may go on.

    A phrase counts as whole words without regard to case; `word*` is any word that starts so, `him/her` is either,
    and `a ... b` is both in this order within one sentence. A near miss (`unless`) lets its sentence pass, and so does
    somebody whom the work serves (`served`) where no word asks about the person (`probes`).
    """
    anything = _any_of(tuple(chain.from_iterable(topic.requests for topic in topics)))
    told = _told(text, anything) if anything else ()
    if not told:
        return None
    ordered = sorted(topics, key=lambda t: _FIRST[t.kind])
    return next((topic for topic in ordered if any(_raises(topic, sentence) for sentence in told)), None)


def check_request(text: str, topics: Sequence[PolicyTopic]) -> None:
    """Let an allowed request pass.

    Raises:
        NotAllowed: The request is stopped; the error says which human to turn to or what is served instead.
    """
    topic = stopping_topic(text, topics)
    if topic is not None:
        raise NotAllowed(topic.message, next=topic.instead or f"The right people for this: {topic.point_to}.")


@lru_cache(maxsize=4096)  # what is quoted of a note is asked about at every question
def _told(text: str, phrases: re.Pattern[str]) -> tuple[str, ...]:
    """The sentences of a text that hold a phrase."""
    return tuple(sentence for sentence in _sentences(text) if phrases.search(sentence))


def _sentences(text: str) -> Iterator[str]:
    plain = folded(text.replace("’", "'").replace("‘", "'"))
    yield from (part for part in _SENTENCE.split(plain) if part.strip())


def _raises(topic: PolicyTopic, sentence: str) -> bool:
    raised = _any_of(topic.requests)
    if not (raised and raised.search(sentence)):
        return False
    spared = _any_of(topic.unless)
    if spared and spared.search(sentence):
        return False
    served, probes = _any_of(topic.served), _any_of(topic.probes)
    return not (served and served.search(sentence)) or bool(probes and probes.search(sentence))


def folded(text: str) -> str:
    """Small letters, and vowels without the accents that Spanish may leave out; umlauts stay."""
    return text.casefold().translate(_PLAIN)


@lru_cache(maxsize=256)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    # That a word begins is asked once for all phrases: within a word none of them is tried.
    return re.compile(rf"(?<!\w)(?:{'|'.join(_expression(folded(phrase)) for phrase in phrases)})")


def _expression(phrase: str) -> str:
    """One phrase as an expression of whole words, from where a word begins."""
    parts = [r"\s+".join(_word(w) for w in part.split()) for part in phrase.split(" ... ")]
    return r"(?!\w).*?(?<!\w)".join(parts) + r"(?!\w)"


def _word(word: str) -> str:
    either = (re.escape(w.rstrip("*")) + (r"[\w'-]*" if w.endswith("*") else "") for w in word.split("/"))
    return f"(?:{'|'.join(either)})"
