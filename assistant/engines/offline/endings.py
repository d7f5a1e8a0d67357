"""What somebody wanted or had begun, and has let go: a change worth telling, and the end of an earlier wish.

A course broken off, an application withdrawn, a post turned down. It is told as something that was, never as a wish.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.engines.offline.cues import Hit
from assistant.engines.offline.lines import Line
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.voice import Voice, has_a_subject_of_its_own, is_about_another, names_person

ENDED = "ASP-ended"
MOST = 2  # endings of one note
_TELLS = frozenset({Witness.SELF, Witness.MANAGER})
_OTHERS = frozenset({"she", "he", "er", "sie", "él", "ella"})
_SPOILT = frozenset({"irony", "hobby", "chatter"})
# Somebody does it who stands right before: "the council gave up on the lights".
_ACTIVE = re.compile(
    r"(?:gave|lets?|turned|declined|withdrew|dropped|broke|quit|abandoned|shelved|called|changed|pulled|backed|lost"
    r"|doesn't|don't|no longer|will not|won't|hat|will|möchte|ha|renunció|retiró|rechazó|abandonó|dejó|descartó|cambió"
    r"|perdió|se echó)\b"
)


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
    ends = [hit for hit in line.hits if hit.cue.id == ENDED and not _is_anothers(hit, line, voice)]
    return bool(ends) and not is_about_another(line.sentence, line.hidden, voice)


def _is_anothers(hit: Hit, line: Line, voice: Voice) -> bool:
    """Whether the manager tells there what somebody else, or they themselves, let go."""
    active = _ACTIVE.match(line.hidden[hit.place.start :])
    return (
        line.witness is Witness.MANAGER
        and active is not None
        and has_a_subject_of_its_own(line.hidden[: hit.place.start], voice)
    )
