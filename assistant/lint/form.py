"""Rules on the form of a question: one thing, open, short. Each is a sentence a coach can check by ear."""

import re

from assistant.lint.spoken import Spoken

MOST_WORDS = 27

_AUXILIARY = (
    r"(?:am|are|can|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|will|would)(?:n't)?\b"
)
_CLOSED = re.compile(_AUXILIARY)
_INVITES = re.compile(r"(?:(?:can|could|will|would) you )?tell me about\b")
_OPENER = re.compile(
    r"(?:(?:and |then )?(?:at|by|for|from|in|of|on|to|through|under|with) )?"
    r"(?:what|which|who|whose|whom|how|when|where)\b"
)
_NAMES_WHAT_IT_ASKS = re.compile(r"(?:\w+ )?(?:what|which|who|whose|whom|how)\b")
_JOIN = re.compile(
    rf"\band (?:(?:about|at|by|for|from|in|of|on|through|to|with) )?(?:what|how|who|whose|whom|which|when|where|why)\b"
    r"(?! (?:to|you|we|they|he|she|i)\b)"  # "what to draw and what to leave out", "a drawing and what you measure"
    rf"|\band (?:if so|if not|{_AUXILIARY} (?:you|we|i|they|it))\b|\b[a-z]{{3,}}/[a-z]{{3,}}\b"
)
_LIST = re.compile(
    r"\b\w+, (?!inside|outside|within|if|at|with)\w+,? or \w+|, (?!such as |like )[\w' ]+ or (?:the|a|an|your) "
)
_WHY = re.compile(r"(?:^|[,:;.!] )(?:and |so |but )?why\b|\bwhy (?:did|didn't|do|don't|were|had|have) you\b")
_TAG = re.compile(r"\b\w+n't (?:you|it|we|they|he|she|that|this)\s*[,?]|, right\s*\?")


def leaves_no_slot_open(asked: Spoken) -> str | None:
    """Nothing is left to fill in when it is said."""
    return "a slot was left open" if "{" in asked.written or "}" in asked.written else None


def asks_one_thing(asked: Spoken) -> str | None:
    """It asks once and then is silent; "Tell me about …" needs no question mark."""
    asks = asked.plain.count("?")
    invites = asks == 0 and "tell me about" in asked.plain
    if asks > 1 or not (asked.plain.endswith("?") or invites):
        return "it asks exactly one thing, with one question mark at its end"
    return None


def joins_nothing(asked: Spoken) -> str | None:
    """No second question hangs on the first by an "and"."""
    return "it joins two questions" if _JOIN.search(asked.plain) else None


def leaves_the_choice_open(asked: Spoken) -> str | None:
    """At most two things to choose from; a longer list answers itself."""
    many = _LIST.search(asked.sentences[-1]) or len(re.findall(r"\bor\b", asked.plain)) > 2
    return "it offers more than two choices" if many else None


def opens_the_talk(asked: Spoken) -> str | None:
    """Yes or no cannot answer it: its main clause begins with what, which, who, how, when or where.

    A lead-in with when or where ("When you closed the till, was there …?") opens nothing.
    """
    if any(_INVITES.match(clause) for clause in asked.clauses):
        return None
    first_closed = next((i for i, clause in enumerate(asked.clauses) if _CLOSED.match(clause)), None)
    openers = [i for i, clause in enumerate(asked.clauses) if _OPENER.match(clause)]
    named = any(_NAMES_WHAT_IT_ASKS.match(clause) for clause in asked.clauses[:first_closed])
    if not openers or (first_closed is not None and not named):
        return "its main clause opens with what, which, who, how, when, where or 'Tell me about'"
    return None


def asks_no_why(asked: Spoken) -> str | None:
    """Why makes people defend themselves; what and how let them tell."""
    return "it asks why" if _WHY.search(asked.plain) else None


def begs_for_no_yes(asked: Spoken) -> str | None:
    """No tag ("…, don't you?") asks to be agreed with."""
    tag = _TAG.search(asked.plain)
    return f"'{tag.group()}' pushes towards an answer" if tag else None


def is_short(asked: Spoken) -> str | None:
    """It can be said in one breath; words of a quote are not counted."""
    words = len(asked.plain.split())
    return f"it has {words} words of its own; {MOST_WORDS} are the most one can hold" if words > MOST_WORDS else None
