"""Whether what was found probably answers at all. Built on raw nearness, never on scores that are stretched a query.

Similarity alone tells little: notes that miss a question by one word lie as near as notes that answer it. What tells
most is how it is asked. "Has she asked for …?" may well have no answer. A question that comes back to something ("is it
still …", "did she finish …") or tells much of it was put by somebody who knows the matter. The weights are round
numbers chosen on two sets of cases and counted on a third (see `flourish eval`, which tells the area under the curve).
"""

import re

_ENOUGH = 0.1
_MOST_TERMS = 6
_OPENING = r"^\W*(?:(?:and|but|und|aber|y|pero)\s+)?"
_WHETHER = re.compile(
    _OPENING + r"(?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|should|"
    r"hat|haben|hatte|ist|sind|war|waren|wird|würde|kann|könnte|will|möchte|darf|"
    r"ha|han|había|es|está|están|fue|fueron|será|puede|podría|quiere|quieren|tiene|le gustaría)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:ever|anybody|anyone|someone|asked?|wants?|wanted|likes? to|plans?|planning|looking|hopes?|interested|"
    r"möchte|will|wünscht|gefragt|gern|quiere|gustaría|pedido|piensa)\b",
    re.IGNORECASE,
)
_COMES_BACK = re.compile(
    r"\b(?:still|yet|finish(?:ed)?|done|delivered|handed|kept|given|settled|sorted|outstanding|improved?|better|"
    r"changed?|shifted|learned|really|true|justified|first-?hand|as \w+ as|"
    r"noch|schon|fertig|abgegeben|inzwischen|wirklich|ya|todavía|terminado|de verdad)\b",
    re.IGNORECASE,
)


def likely(question: str, nearest: float, terms: int) -> float:
    """How likely the notes that were found answer; it orders questions and is no probability.

    Args:
        question: The question, without names.
        nearest: The cosine of the nearest passage among the hits.
        terms: How many words of the question carry meaning.
    """
    value = 0.5 * nearest + 0.04 * min(terms, _MOST_TERMS)
    value -= 0.2 * bool(_WHETHER.match(question)) + 0.1 * bool(_WISH.search(question))
    return value + 0.12 * bool(_COMES_BACK.search(question))


def is_weak(value: float) -> bool:
    """Whether the notes that were found probably do not answer."""
    return value < _ENOUGH
