"""A figure beside what it was before: "19 jobs, 1 trip back. Before: 1 in 4." Knows no better or worse.

How it was before is nobody's deed. Side by side with how it is now, in a log of the work, it is what the work came to.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.engines.offline.evidence_rules import ENOUGH
from assistant.engines.offline.lines import Line
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.voice import Voice, is_about_another

CONTRAST = "TAL-before"
MOST = 260  # characters of one quote
_KINDS = frozenset({NoteKind.PROJECT_LOG, NoteKind.SELF_REVIEW})
_SPOILT = frozenset({"fault", "irony", "hobby", "boast", "agreed", "meant", "others", "teller"})
_DIGIT = re.compile(r"\d")


def contrasts_of(lines: Sequence[Line], voice: Voice) -> Iterator[Sign]:
    """The first pair of sentences of a log that tells how it was, and how it is."""
    if voice.kind not in _KINDS or voice.told_by not in {Witness.SELF, Witness.MANAGER}:
        return
    for at, line in enumerate(lines):
        if "baseline" not in line.turns or "by_now" in line.turns or not _tells(line, voice):
            continue
        for other in (at - 1, at + 1):
            if 0 <= other < len(lines) and _tells(lines[other], voice) and "baseline" not in lines[other].turns:
                first, last = sorted((line.sentence.span, lines[other].sentence.span), key=lambda span: span.start)
                if last.end - first.start <= MOST:
                    place = Span(first.start, last.end)
                    yield Sign(Topic.TALENT, place, ENOUGH, Strength.E2, line.witness, Tense.CURRENT, CONTRAST)
                    return


def _tells(line: Line, voice: Voice) -> bool:
    """Whether a line holds a figure and nothing that spoils it."""
    if not line.allowed or line.asks or line.sentence.quoted or line.turns & _SPOILT:
        return False
    return bool(_DIGIT.search(line.hidden)) and not is_about_another(line.sentence, line.hidden, voice)
