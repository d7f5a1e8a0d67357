"""What a kind of note tells when no cue is met: a customer's is about value, a colleague's about what they do well.

Cues know words; a customer's card in a trade nobody listed still says who is better off. Only notes without a word of
fault are read so, only where the person is the subject, and what is quoted is always the plainest whole sentence.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import NoteKind
from assistant.engines.offline.lines import OWED, Line
from assistant.engines.offline.voice import Voice, is_about_another
from assistant.phrases import NAME

FEWEST = 5  # words of a sentence that can stand alone
MOST = 34
_FIRST = frozenset("i me my we ich mir mich mein meine wir yo me mi mis nosotros".split())
_WHY = frozenset("when whenever because wenn weil sobald cuando porque".split())
_STATES = frozenset(
    "is was are were be seems seemed looks looked would could should might may ist war sind waren scheint wäre könnte "
    "sollte es está era estaba parece sería podría debería".split()
)
_DENIES = frozenset(
    "not t never no nothing nobody don didn can't nicht nie kein keine nichts niemand no nunca nada".split()
)
_DONE = frozenset({"TAL-act", "TAL-effect"})
_LIVE = frozenset({Topic.OBSTACLE, Topic.ENERGY_DRAIN, Topic.ASPIRATION})
_SPOILS = frozenset({"fault", "irony", "hobby", "chatter", "boast", "changed", "teller", "agreed", "flat", OWED})
_UNDONE = frozenset({"baseline", "meant"})  # no deed and no gain; a wish may tell of a liking
TELLS: Mapping[NoteKind, tuple[Topic, ...]] = MappingProxyType(
    {
        NoteKind.CUSTOMER_QUOTE: (Topic.CUSTOMER_VALUE,),
        NoteKind.PEER_FEEDBACK: (Topic.TALENT,),
        NoteKind.OBSERVATION: (Topic.TALENT,),
        NoteKind.PROJECT_LOG: (Topic.TALENT,),
        NoteKind.ONE_ON_ONE: (Topic.PASSION,),
    }
)


def told_line(topic: Topic, lines: Sequence[Line], voice: Voice) -> Line | None:
    """The sentence that tells most for the topic this kind of note is for; None where it tells nothing."""
    if topic not in TELLS.get(voice.kind, ()) or any("fault" in line.turns for line in lines):
        return None
    if topic is Topic.PASSION:
        own = [line for line in lines if _is_own_choice(line)]
        return max(own, key=lambda line: len(line.hidden), default=None)
    fits = [line for line in lines if _fits(topic, line, voice)]
    return max(fits, key=lambda line: (_names(line, voice), -line.sentence.start), default=None)


def _fits(topic: Topic, line: Line, voice: Voice) -> bool:
    words = len(line.hidden.split())
    if (
        not line.allowed
        or line.witness is not voice.told_by
        or line.turns & (_SPOILS | _UNDONE)
        or not FEWEST <= words <= MOST
    ):
        return False
    if line.asks:
        return False
    return (
        topic is Topic.CUSTOMER_VALUE or _names(line, voice) and not is_about_another(line.sentence, line.hidden, voice)
    )


def _is_own_choice(line: Line) -> bool:
    """A full sentence of the person that the manager wrote down word for word, and that is no complaint."""
    if not line.sentence.quoted or line.witness is not Witness.SELF or not line.allowed or line.turns & _SPOILS:
        return False
    if any(hit.cue.topic in _LIVE for hit in line.hits) or line.asks:
        return False
    words = line.hidden.replace("'", " ").split()
    told, why = set(words), bool(_WHY & set(words))
    return FEWEST <= len(words) <= MOST and (why or bool(_FIRST & told) and not _DENIES & told)


def _names(line: Line, voice: Voice) -> bool:
    """Whether the sentence opens with the person: a name, a pronoun, or "your man" in a customer's mouth."""
    opening = line.hidden.split()[:6]
    if line.witness is Witness.SELF:
        return any(hit.cue.id in _DONE for hit in line.hits) or any(c.isdigit() for c in line.hidden)
    named = (i for i, w in enumerate(opening) if w.strip(".,'\"") in voice.pronouns or NAME in w and w[-2:] != "'s")
    who = next(named, None)
    return who is not None and opening[who + 1 : who + 2] != [] and opening[who + 1] not in _STATES
