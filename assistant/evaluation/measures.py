"""Measures of one answer: ranking, shared words, places of quotes. Each is the field's own; no unit but a share."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.note import NoteId, fold_text
from assistant.wording import stems

_NUMBER = re.compile(r"\d{2,}")
_WORD = re.compile(r"\w+")
# Small words of the other two languages of the cases; `stems` leaves the English ones out by itself.
_SMALL = stems(
    "aber als also am auch auf aus bei bin bis das dass dem den denn der des die dies diese dieser doch dort durch ein "
    "eine einem einen einer eines für gegen haben hat hatte hier ich ihm ihn ihr ihre ihren ihrer immer ist jetzt kann "
    "kein keine man mehr mein mich mir mit muss nach nicht noch nur ob oder ohne schon sehr sein seine sich sie sind "
    "soll über um und uns unser unter vom von vor war warum was weil wenn wer werden wie wieder will wir wird wo zu "
    "zum zur al algo así aun cada como cómo con cual cuando de del desde donde dos el él ella en entre era es esa ese "
    "eso está están este esto fue ha han hasta hay la las le les lo los más me mi muy nada ni no nos otra otro para "
    "pero poco por porque puede que qué quien se ser si sí sin sobre son su sus también te tiene todo tu un una uno ya"
)


def ndcg(ranked: Sequence[NoteId], grades: Mapping[NoteId, int], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first k, 0 to 1 (Järvelin and Kekäläinen 2002).

    Gain 2^grade - 1, discount 1 / log2(rank + 1); the ideal is drawn from all graded notes.
    """
    ideal = _gain(sorted(grades.values(), reverse=True)[:k])
    return _gain(grades.get(i, 0) for i in ranked[:k]) / ideal if ideal else 0.0


def _gain(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1.0) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def recall(ranked: Sequence[NoteId], grades: Mapping[NoteId, int], k: int) -> float:
    """The share of the notes graded 2 or 3 that stand among the first k; 1 when there is none."""
    good = {i for i, grade in grades.items() if grade >= 2}
    return len(good & {*ranked[:k]}) / len(good) if good else 1.0


def auc(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve: how often a positive stands above a negative, ties half (Mann and Whitney 1947).

    None without at least one of each.
    """
    yes, no = ([value for value, is_positive in scored if is_positive is wanted] for wanted in (True, False))
    if not yes or not no:
        return None
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))


def told_at(scored: Sequence[tuple[float, bool]], false: float) -> float | None:
    """The largest share of negatives below a threshold that has at most the share `false` of positives below it."""
    yes, no = (sorted(value for value, is_positive in scored if is_positive is wanted) for wanted in (True, False))
    if not yes or not no:
        return None
    threshold = yes[min(int(false * len(yes)), len(yes) - 1)]
    return sum(value < threshold for value in no) / len(no)


def token_f1(one: str, other: str) -> float:
    """Overlap of two texts as multisets of words, 0 to 1 (as in SQuAD)."""
    ours, theirs = Counter(_WORD.findall(fold_text(one))), Counter(_WORD.findall(fold_text(other)))
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values())) if shared else 0.0


def flat(text: str) -> str:
    """A text with runs of white space as one blank: how two texts are compared word for word."""
    return " ".join(text.split())


def is_grounded(quote: str, text: str) -> bool:
    """Whether a quote stands word for word in a text, white space aside."""
    return bool(quote.strip()) and flat(quote) in flat(text)


def overlaps(text: str, one: str, other: str) -> bool:
    """Whether two quotes of one text share a place in it; quotes that do not stand there share none."""
    whole = flat(text)
    first, second = _places(whole, flat(one)), _places(whole, flat(other))
    return any(a < d and c < b for a, b in first for c, d in second)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    if not words:
        return []
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def content_words(text: str, leave_out: Iterable[str] = ()) -> frozenset[str]:
    """Stems of the words that carry meaning, and numbers of two digits or more, without the names in `leave_out`.

    The stemmer is the English one: both sides of a comparison are cut alike, which is all that matters here.
    """
    names = stems(" ".join(leave_out))
    return (stems(text) | frozenset(_NUMBER.findall(text))) - names - _SMALL


def long_runs(text: str, words: int = 6) -> frozenset[str]:
    """Every run of so many words, folded: two texts that share one share more than chance."""
    found = _WORD.findall(fold_text(text))
    return frozenset(" ".join(found[i : i + words]) for i in range(len(found) - words + 1))
