"""How words are folded for the word index and for what is looked up in it: the same for both, on both databases.

Case and accents are folded away. Beside each word stands its English stem, so that "pumps" finds "pump"; a word of
another language is found as it is written.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.domain.note import Note
from assistant.stemming import stem

_WORD = re.compile(r"[^\W_]+")
LONGEST = 64  # characters of a word that are indexed; what is longer is no word anybody types


def folded_words(text: str) -> list[str]:
    """The words of a text without case and accents, in order."""
    return [word[:LONGEST] for word in _WORD.findall(_folded(text))]


def index_text(note: Note) -> str:
    """What the index holds of a note: its words and their stems, those of its kind and author included."""
    found = []
    for word in folded_words(f"{note.kind.words} {note.author} {note.text}"):
        found.append(word)
        if (root := stem(word)) != word:
            found.append(root)
    return " ".join(found)


def query_words(terms: Iterable[str]) -> Sequence[str]:
    """What to look up for some terms, each once. Terms are data: only letters and digits come out of them."""
    words = [word for term in terms for word in folded_words(term)]
    return [*dict.fromkeys(form for word in words for form in (word, stem(word)))]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
