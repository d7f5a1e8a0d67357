"""Reads what a manager wants of a plan: which section, and smaller, another, later, sooner or something in words."""

import re

from assistant.domain.plan import Section
from assistant.domain.plan_change import Wish, WishKind
from assistant.errors import Choice, Invalid
from assistant.prompting import offline_words


def read_wish(words: str) -> Wish:
    """The wish that words stand for; what fits none of the usual ones is a wish in words.

    Raises:
        Invalid: There are no words.
    """
    said = words.strip()
    for kind, pattern in offline_words("plan_life")["wishes"].items():
        if re.search(pattern, said.casefold()):
            return Wish(WishKind(kind), said)
    return Wish(WishKind.FREE, said)


def read_section(words: str) -> Section:
    """The section that a name stands for.

    Raises:
        Invalid: There is none of that name; the choices list them.
    """
    said = re.sub(r"[\s_-]+", " ", words.strip().casefold()).removeprefix("the ")
    for section in Section:
        called = [section.value.replace("_", " "), *offline_words("plan_life")["sections"][section.value]]
        if said in (re.sub(r"[_-]+", " ", name) for name in called):
            return section
    choices = tuple(Choice(section.value, section.words) for section in Section)
    raise Invalid(f"A plan has no section {words!r}.", next="Name one of these.", choices=choices)
