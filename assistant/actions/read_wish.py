"""Reads what a manager wants of a plan: which section, and smaller, another, later, sooner or something in words."""

import re

from assistant.domain.plan import LATER, Section
from assistant.domain.plan_change import Wish, WishKind
from assistant.errors import Choice, Invalid
from assistant.prompting import LANGUAGES, offline_words


def read_wish(words: str) -> Wish:
    """The wish that words stand for, in any of our languages; what fits none of the usual ones is a wish in words.

    Raises:
        Invalid: There are no words.
    """
    said = words.strip()
    for language in LANGUAGES:
        for kind, pattern in offline_words("plan_wishes", language)["wishes"].items():
            if re.search(pattern, said.casefold()):
                return Wish(WishKind(kind), said)
    return Wish(WishKind.FREE, said)


def read_section(words: str) -> Section:
    """The section that a name stands for, in any of our languages.

    Raises:
        Invalid: There is none of that name; the choices list them.
    """
    said = re.sub(r"[\s_-]+", " ", words.strip().casefold()).removeprefix("the ")
    for section in Section:
        called = [section.value, section.words]
        for language in LANGUAGES:
            called += offline_words("plan_wishes", language)["sections"][section.value]
        if said in (re.sub(r"[_-]+", " ", name) for name in called):
            return section
    choices = tuple(Choice(section.value, section.words) for section in Section)
    raise Invalid(f"A plan has no section {words!r}.", next="Name one of these.", choices=choices)


def later_step_in(message: str) -> Section | None:
    """The later step that a message speaks of by name, in any of our languages."""
    said = message.casefold()
    for section in LATER:
        for language in LANGUAGES:
            names = (name for name in offline_words("plan_wishes", language)["sections"][section.value] if " " in name)
            if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in (section.words, *names)):
                return section
    return None
