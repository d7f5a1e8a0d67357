"""What makes a question well asked. It reads words only; whether one fits a person is asked elsewhere.

Words set apart as “…” are a note's, not ours: they are left out before the rules look.
"""

import re
from collections.abc import Iterator

MOST_WORDS = 27

_SET_APART = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”[.,;:]?")
_OPENER = re.compile(
    r"(?:(?:and |then )?(?:at|by|for|from|in|of|on|to|through|under|with) )?"
    r"(?:what|which|who|whose|whom|how|when|where)\b|tell me about\b"
)
_CLOSED = re.compile(r"(?:am|are|can|could|did|do|does|had|has|have|is|may|might|must|should|was|were|will|would)\b")
_JOIN = re.compile(r"\band (?:what|how|who|whose|whom|which|when|where|why)\b")
_LIST = re.compile(r"\b\w+, (?!inside|outside|within|if|at|with)\w+,? or \w+")
_PAST_WHY = re.compile(r"(?:^|[,:;.!] )why\b|\bwhy (?:did|didn't|do|don't|were|had|have) you\b")
_PUSH = re.compile(
    r"\b(?:don't you|didn't you|wouldn't you|wouldn't it|isn't it|surely|obviously|as we all know|you should)\b"
)
_JARGON = re.compile(r"\b(?:synergy|synergies|bandwidth|leverage|kpis?|stakeholders?|low-hanging|deep dive)\b")


def faults(text: str) -> tuple[str, ...]:
    """What is wrong with a question as it would be asked, one short phrase a fault; empty for a good one."""
    return tuple(_faults(text))


def own_words(text: str) -> str:
    """A question without what it sets apart as a quote."""
    return re.sub(r"\s+", " ", _SET_APART.sub(" ", text)).strip()


def _faults(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        yield "a slot was left open"
    plain = own_words(text).casefold().replace("’", "'")
    if plain.count("?") > 1 or not (plain.endswith("?") or ("?" not in plain and "tell me about" in plain)):
        yield "it asks exactly one thing, with one question mark at its end"
    if _JOIN.search(plain):
        yield "it joins two questions"
    if _LIST.search(plain) or len(re.findall(r"\bor\b", plain)) > 2:
        yield "it offers more than two choices"
    asking = re.split(r"(?<=[.!:])\s", plain)[-1]
    clauses = [clause.strip() for clause in re.split(r"[,:;]", asking)]
    if _CLOSED.match(asking) or not any(_OPENER.match(clause) for clause in clauses):
        yield "its main clause opens with what, which, who, how, when, where or 'Tell me about'"
    if _PAST_WHY.search(plain):
        yield "it asks why"
    if push := _PUSH.search(plain):
        yield f"'{push.group()}' pushes towards an answer"
    if (words := len(plain.split())) > MOST_WORDS:
        yield f"it has {words} words of its own; {MOST_WORDS} are the most one can hold"
    if jargon := _JARGON.search(plain):
        yield f"'{jargon.group()}' is jargon"
