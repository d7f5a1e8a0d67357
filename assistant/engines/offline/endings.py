"""What somebody wanted or had begun, and has let go: a change worth telling, and the end of an earlier wish.

A course broken off, an application withdrawn, a post turned down. It is told as something that was, never as a wish.
"""

from collections.abc import Iterator, Sequence

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.engines.offline.lines import Line
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.voice import Voice, is_about_another, names_person

ENDED = "ASP-ended"
MOST = 2  # endings of one note
_TELLS = frozenset({Witness.SELF, Witness.MANAGER})
_OTHERS = frozenset({"she", "he", "er", "sie", "él", "ella"})
_SPOILT = frozenset({"irony", "hobby", "chatter"})


def endings_of(lines: Sequence[Line], voice: Voice) -> Iterator[Sign]:
    """The endings a note tells in the person's own words or the manager's; a hobby's end is nobody's business."""
    told = [line for line in lines if _ends(line, voice)]
    for line in told[:MOST]:
        points = next(hit.cue.points for hit in line.hits if hit.cue.id == ENDED)
        yield Sign(Topic.ASPIRATION, line.sentence.span, points, Strength.E2, line.witness, Tense.PAST, ENDED)


def _ends(line: Line, voice: Voice) -> bool:
    if not line.allowed or line.asks or line.witness not in _TELLS or line.turns & _SPOILT:
        return False
    if "teller" in line.turns and not names_person(line.hidden, voice):
        return False  # "I asked how it went and she has let it go" is hers; "I told them I declined" is not
    if (_OTHERS - voice.pronouns) & set(line.hidden.split()) and not names_person(line.hidden, voice):
        return False
    return any(hit.cue.id == ENDED for hit in line.hits) and not is_about_another(line.sentence, line.hidden, voice)
