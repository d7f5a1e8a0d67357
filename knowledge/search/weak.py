"""Whether what was found probably answers at all. Built on raw nearness, never on scores that are stretched a query.

Similarity alone tells little: notes that miss a question by one word lie as near as notes that answer it. What tells
most is the form: "has she asked for …?" may well have no answer, and then only a near passage counts as one. Two
numbers, set on a development set and checked by leaving out one person at a time (see `flourish eval`).
"""

import re

_NEAR_ENOUGH = 0.1  # cosine of the nearest passage, for a question that takes its answer for granted
_NEAR_ENOUGH_FOR_YES = 0.35  # for a question whether something is so at all
_WHETHER = re.compile(
    r"^\W*(?:(?:and|but|und|aber|y|pero)\s+)?(?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|"
    r"hat|haben|hatte|ist|sind|war|waren|wird|würde|kann|könnte|will|möchte|"
    r"ha|han|había|es|está|están|fue|fueron|será|puede|podría|quiere|tiene)\b",
    re.IGNORECASE,
)


def is_weak(question: str, nearest: float) -> bool:
    """Whether the notes that were found probably do not answer.

    Args:
        question: The question, without names.
        nearest: The cosine of the nearest passage among the hits.
    """
    return nearest < (_NEAR_ENOUGH_FOR_YES if _WHETHER.match(question) else _NEAR_ENOUGH)
