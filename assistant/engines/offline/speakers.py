"""Who is named as speaking before a quotation: "Sister Maria from ward 4 rang: …". Reads marks of speech, no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engines.offline.sentences import Sentence, fold

_CAP = r"[A-ZÄÖÜÁÉÍÓÚÑ][\w.'’-]*"
_ROLE = r"(?i:the|a|an|one|our|my|der|die|das|ein|eine|unsere?|el|la|un|una|nuestr[oa]) (?:\w+ ){0,2}\w+"
_PLACE = r"(?:from|of|at|in|on|with|for|von|vom|aus|bei|beim|im|auf|de|del|en) [^,.:;\"“„«]{1,40}?"
_LED = (
    r"(?:just|then|also|again|later|today|yesterday|has|had|hat|heute|gestern|me|nos|ha|hoy|ayer|this morning"
    r"|last week|on \w+)"
)
_THEY = "he|she|they|er|sie|él|ella"
# Whoever rings or writes to the manager speaks first hand.
_REACHED = (
    r"rang|phoned|called|wrote|writes|mailed|emailed|e-mailed|texted|messaged|reports|reported|told (?:me|us)|left a"
    r"|rief|schrieb|schreibt|mailte|meldete|berichtet|berichtete|sagte mir|erzählte mir"
    r"|llamó|escribió|escribe|avisó|me dijo|nos dijo|me contó|informa|informó"
)
_SPOKE = (
    r"said|says|asked|told|whispered|shouted|answered|replied|adds|added|remarked|thinks|sagte|sagt|fragte|meinte|meint"
    r"|antwortete|erzählte|dijo|dice|preguntó|contestó|comentó|cuenta"
)
_SPEAKER = re.compile(
    rf"\b(?P<who>(?:{_CAP})(?: {_CAP}){{0,3}}|{_ROLE}|I|ich|yo|{_THEY})"
    rf"(?:,? (?P<place>{_PLACE}))?(?:,[^,.:;\"]{{1,40}},)?,? (?:{_LED} )*(?:(?P<reached>{_REACHED})|{_SPOKE})\b"
)
_OPENING_THEY = re.compile(rf"(?:{_THEY})\b", re.IGNORECASE)
_THEN = re.compile(r",? (?:and |und |y )?(?:then|also|again|later|dann|später|luego|después)\b", re.IGNORECASE)
# Who stands before a colon speaks what is quoted behind it: "Mail from Mrs Fox, guest:", "the skipper, 19:15:".
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Frau|Herrn?|Familie|Fam|Sr|Sra|Srta|Señora?|Doña|Don|Sister|Schwester)\b\.?"
_SERVED = (
    r"(?i:customers?|clients?|guests?|patients?|visitors?|parents?|skippers?|drivers?|owners?|residents?|tenants?"
    r"|buyers?|readers?|kund(?:e|en|in|innen)|(?:stamm)?gast|gäste|patient(?:in|en|innen)?|eltern|mutter|vater|tochter|sohn"
    r"|angehörige\w*|mieter(?:in)?|leser(?:in)?|clientes?|clientas?|huésped(?:es)?|pacientes?|padres|vecin[oa]s?"
    r"|lector(?:a|es)?|inquilin[oa]s?)"
)
_LABEL = re.compile(
    rf"(?P<who>{_TITLE}(?: {_CAP}){{1,2}}|(?:{_ROLE} of the )?(?<![\w']){_SERVED})\b[^.!?:\"]{{0,50}}:\s*$"
)
# … and so does a name with its place: "Gail (Pellworth):", "Gail at Pellworth:".
_WORDS_FOR_WORDS = (
    "answer|quote|note|words|reply|text|message|mail|email|card|comment|line|call|antwort|zitat|notiz|nachricht|zettel"
    "|karte|kommentar|anruf|respuesta|cita|nota|mensaje|tarjeta|comentario|llamada"
)
_PLACED = re.compile(
    rf"^(?!(?i:{_WORDS_FOR_WORDS})\b)(?P<who>{_CAP}(?: {_CAP})?)"
    rf"(?: \({_CAP}[^()\"]{{0,30}}\)"
    rf"|(?:,| (?:at|from|von|bei|aus|de)) {_CAP}(?: (?:de|la|del|of|the|{_CAP})){{0,3}}):\s*$"
)
# Notes typed in a hurry name the caller without an article, once, for the words that follow: "lorry firm rang 0820".
_CALLER = re.compile(
    rf"(?:^|[,;(] ?)(?P<who>[^\W\d][\w.'’-]*(?: [^\W\d][\w.'’-]*){{0,3}}?)"
    rf"(?:,? (?P<place>{_PLACE}))?,? (?:{_LED} )*(?:rang|phoned|called|wrote|mailed|emailed|e-mailed|texted|messaged"
    r"|rief an|ruft an|schrieb|schreibt|mailte|meldete sich|llamó|escribió|escribe|avisó)\b"
    r"(?=\s*(?:[.,:;]|$|\d|(?:about|again|today|yesterday|this|to say|back|in|on|at|re|wegen|um|heute|gestern|por|hoy"
    r"|ayer)\b))",
    re.IGNORECASE,
)
_US = re.compile(r"\b(?:us|uns|nos|nosotr[oa]s)\b")
MOST_OF_A_LABEL = 8  # words before the colon
_ME = frozenset({"i", "ich", "yo"})
_SAME_SPEECH = 2  # characters between two sentences of one quotation


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as the note names them.

    Attributes:
        who: The name or role alone.
        whole: With what stands behind it: "Maria from ward 4".
        first_hand: Whether they turned to the manager themself.
        by_label: Whether they only stand before a colon.
    """

    who: str
    whole: str
    first_hand: bool
    by_label: bool = False


def named_speaker(found: Sequence[Sentence], place: int) -> Speaker | None:
    """Who is said to speak the quoted sentence at a place, in the told words around it or in those that lead up to it.

    A quotation of several sentences has one speaker, told before its first.
    """
    first = place
    while first and found[first - 1].quoted and found[first].start - found[first - 1].end <= _SAME_SPEECH:
        first -= 1
    for at in dict.fromkeys((place, first)):
        told = [s for s in found if s.number == found[at].number and not s.quoted]
        if not told and at and not found[at - 1].quoted and found[at - 1].text.endswith((":", ",")):
            told = [found[at - 1]]
        for part in told:
            match = _nearest([*_SPEAKER.finditer(part.text)], before=part.start < found[at].start)
            if match:
                who = _subject(match, part.text)
                return Speaker(who, f"{who} {match['place'] or ''}".strip(), bool(match["reached"]))
            label = (_LABEL.search(part.text) or _PLACED.search(part.text)) if part.start < found[at].start else None
            if label and len(part.text.split()) <= MOST_OF_A_LABEL:
                return Speaker(label["who"], part.text.rstrip(": "), first_hand=True, by_label=True)
    return None


def _subject(match: re.Match[str], told: str) -> str:
    """Who speaks; in "She joked about the rain, then said" it is she, not the rain."""
    opening = _OPENING_THEY.match(told)
    goes_on = opening and match.start() > opening.end() and _THEN.match(told, match.end("who"))
    return opening[0] if opening and goes_on else match["who"].strip()


def caller_before(found: Sequence[Sentence], place: int) -> Speaker | None:
    """Who rang or wrote, told in the sentence of a quotation that nobody is named for, or in the one before it.

    Words that say "us" are plainly theirs, from up to two sentences before: those are first hand.
    """
    ours = bool(_US.search(found[place].folded))
    first = found[place].number - (2 if ours else 1)
    for part in reversed([s for s in found[: place + 1] if not s.quoted and s.number >= first]):
        if match := next(_CALLER.finditer(part.text), None):
            who = match["who"].strip()
            return Speaker(who, f"{who} {match['place'] or ''}".strip(), first_hand=ours)
    return None


def _nearest(matches: Sequence[re.Match[str]], *, before: bool) -> re.Match[str] | None:
    """The mark of speech next to the quotation; behind "Mrs. Fox rang, she said" it is Mrs. Fox who speaks."""
    if not matches or not before:
        return matches[0] if matches else None
    *earlier, last = matches
    if re.fullmatch(_THEY, fold(last["who"])):
        named = [m for m in earlier if m["reached"] and not is_first_person(m["who"])]
        return named[-1] if named else last
    return last


def is_first_person(who: str) -> bool:
    """Whether the last word of a speaker is "I": "When I" is the teller."""
    return fold(who).split()[-1] in _ME
