"""How two ways to write a name relate. Decides nothing: whom a name means is another's matter."""

import re
import unicodedata
from functools import lru_cache

from assistant.domain.person import fold_name

_TITLES = set("mr mrs ms miss mx dr prof sir herr frau hr fr sr sra srta don dona doña señor señora".split())

_SUFFIXES = {"jr.", "sr.", "jr", "sr", "ii", "iii"}


@lru_cache(maxsize=16_384)
def name_key(written: str) -> str:
    """A name for comparing: case, accents, titles, outer points and "Last, First" folded."""
    plain = fold_name(written).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_untitled([word.rstrip(".") for word in bare.split()]))


def words_of(written: str) -> tuple[str, ...]:
    """The folded words of a name, in order."""
    return tuple(name_key(written).split())


def is_full(written: str) -> bool:
    """Whether a name has two words that are no mere initials and no description ("young Tom")."""
    words = _spelt(written)
    whole = [word for word in words if len(word.rstrip(".")) > 1]
    named = written.islower() or not (words[0][:1].islower() or words[-1][:1].islower())
    return len(whole) > 1 and named and not is_abbreviated(written)


def is_abbreviated(written: str) -> bool:
    """Whether a word of the name is an initial or ends in a point: "Tom B.", "T. Brandt", "Tom Br."."""
    words = _spelt(written)
    ends = [word for word in (words[0], words[-1]) if word.casefold() not in _SUFFIXES]
    return len(words) > 1 and any(len(w.rstrip(".")) == 1 or (w.endswith(".") and len(w) < 5) for w in ends)


def fits_initials(short: str, full: str) -> bool:
    """Whether "Tom B." or "T. Brandt" can stand for the full name: each word begins the one it stands for."""
    few, many = words_of(short), words_of(full)
    if not 2 <= len(few) <= len(many):
        return False
    pairs = ((few[0], many[0]), (few[-1], many[-1]))
    return all(long.startswith(part) for part, long in pairs) and any(part == long for part, long in pairs)


def is_short_for(short: str, full: str) -> bool:
    """Whether a single word could be a short form: the beginning of the first name, or the initials."""
    few, many = words_of(short), words_of(full)
    if len(few) != 1 or not many or few[0] == many[0]:
        return False
    initials = "".join(word[0] for word in many)
    return (len(few[0]) != 2 and many[0].startswith(few[0])) or (len(few[0]) > 1 and few[0] == initials)


def is_part_of(one: str, other: str) -> bool:
    """Whether one full name is the other with a word more: "Ana Ruiz", "Ana Maria Ruiz"."""
    a, b = ({part for word in words_of(name) for part in word.split("-")} for name in (one, other))
    return a != b and len(a & b) > 1 and (a <= b or b <= a)


def is_close(one: str, other: str) -> bool:
    """Whether two names differ by one slip of the pen: a letter more, less, other, or two swapped."""
    a, b = name_key(one), name_key(other)
    if a == b or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 5:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    swapped = len(rest_a) > 1 and len(rest_b) > 1 and rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:] or swapped


def core_of(written: str) -> str:
    """The name inside a description: "young Tom" and "Tom in dispatch" are about some Tom."""
    words = [w for w in re.split(r"[\s,()]+", written) if w]
    first = next((i for i, w in enumerate(words) if w[0].isupper()), None)
    if first is None:
        return ""
    end = next((i for i in range(first, len(words)) if words[i][0].islower()), len(words))
    return " ".join(words[first:end])


def _spelt(written: str) -> list[str]:
    """The words as written, turned round after a comma, titles aside."""
    last, comma, first = written.partition(",")
    turned = f"{first.strip()} {last.strip()}" if comma and first.strip() else written
    return _untitled(turned.split()) or [""]


def _untitled(words: list[str]) -> list[str]:
    """The words without the titles in front of them."""
    while len(words) > 1 and words[0].casefold().rstrip(".") in _TITLES:
        words = words[1:]
    return words
