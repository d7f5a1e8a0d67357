"""Whose words a sentence holds, and whom it is about. Reads marks of speech and names, never a tone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.account import Account
from assistant.domain.evidence import Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.person import Person, Pronouns
from assistant.engines.offline.sentences import Sentence, fold
from assistant.engines.offline.speakers import Speaker, caller_before, is_first_person, named_speaker
from assistant.phrases import NAME

_OUTSIDE = frozenset({NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT})
_OWN = frozenset({NoteKind.SELF_REVIEW, NoteKind.GOAL})
_TURN = re.compile(r"(?P<who>[A-ZÄÖÜÁÉÍÓÚ][\w .'-]{0,30}):\s")
_INSIDE = re.compile(
    r"anonym|anónim|\b(?:crew|team|staff|colleague|kolleg\w*|equipo|plantilla|personal)\b", re.IGNORECASE
)
# A colleague's mail is signed with the bare name, or with a desk of the house; a customer says where they are from.
_COLLEAGUE = re.compile(
    r"(?!(?:Mr|Mrs|Ms|Miss|Dr|Frau|Herr|Sr|Sra|Señora?|Doña|Don)\b)[^\W\d][\w'’.-]*(?: [\w'’.-]+){1,3}"
    r"(?:,? \(?(?:accounts|billing|dispatch|lab|office|stores|warehouse|workshop|payroll|purchasing|kitchen|hr|it)\)?"
    r")?",
    re.IGNORECASE,
)
_ME = frozenset({"i", "ich", "yo"})
_MYSELF = frozenset({*_ME, "me", "mir", "mí"})
_STAMPED = re.compile(r"\[?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]?[ \t]*(?P<who>[^\W\d_][\w .'’-]*):")
_PRONOUNS = {
    Pronouns.SHE: frozenset({"she", "sie", "ella"}),
    Pronouns.HE: frozenset({"he", "er", "él"}),
    Pronouns.THEY: frozenset({"they", "he", "she", "er", "sie", "él", "ella"}),
}
# Initials that are words, or that everybody writes for something else: in lower case nobody can tell them apart.
_WORDS = frozenset(
    """am an as at be by do go he hi if in is it la me my no of oh ok on or so to up us we ab an da du er es im ja mi
    ob um wo zu al de el en ha he le lo me mi ni se si su te tu va ya yo ad ap av cc cv eg eu hq hr id ie it kg km
    kw mo nb ot pa pc pm pr ps qa qc re sa tv uk vs wc all ask may off out own the too was was los las una con por
    der die das""".split()
)
_THIRD = frozenset({"she", "he", "they", "er", "sie", "él", "ella", "elle"})


class Told(Protocol):
    """What is said somewhere: folded words, and whose they are."""

    @property
    def hidden(self) -> str:
        """Folded, with the person's names hidden."""
        ...

    @property
    def witness(self) -> Witness:
        """Whose words it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """Who tells a note, and how the person is named in it.

    Attributes:
        told_by: The witness of what stands outside quotation marks.
        names: Every way to write the person, as an expression over folded text.
        pronouns: The folded pronouns that may mean them.
        colleagues: Folded names of the manager's other people whom the note names.
        manager: Folded names of the manager.
    """

    told_by: Witness
    kind: NoteKind
    names: re.Pattern[str]
    pronouns: frozenset[str]
    colleagues: frozenset[str] = frozenset()
    manager: frozenset[str] = frozenset()

    def speaker(self, found: Sequence[Sentence], place: int) -> Witness:
        """Whose words the sentence at this place holds.

        Quoted words in a manager's note are the person's own, unless somebody else is named as saying them.
        """
        sentence = found[place]
        if self.kind is NoteKind.TRANSCRIPT:
            return self._turn(found, place)
        if self.told_by is Witness.MANAGER and (written := _stamped(found, place)):
            return self._writer(written)
        if not sentence.quoted or self.told_by is not Witness.MANAGER:
            return self.told_by
        said = named_speaker(found, place)
        if said is None:
            return self._unnamed(found, place)
        if fold(said.who) in _THIRD:
            return Witness.SELF
        if is_first_person(said.who):
            return Witness.MANAGER
        if self.is_person(said.who) or said.by_label and self.names.search(fold(said.whole)):
            return Witness.SELF
        return self._outside(said) if said.first_hand else Witness.HEARSAY

    def _unnamed(self, found: Sequence[Sentence], place: int) -> Witness:
        """Whose quoted words are that nobody is named for: the person's, unless a call or letter of another led there.

        The person who comes in between speaks themself.
        """
        said = caller_before(found, place)
        if said is None or fold(said.who).split()[-1] in _MYSELF | _THIRD or self.is_person(said.who):
            return Witness.SELF
        at = next(n for n in range(place, -1, -1) if said.who in found[n].text)
        between = [
            found[at].folded.partition(fold(said.who))[2],
            *(s.folded for s in found[at + 1 : place] if not s.quoted),
        ]
        opens = any(self.is_person(words.split()[0].strip(".,:;")) for words in between[1:] if words.split())
        if opens or not said.first_hand and self.is_person_in(" ".join(between)):
            return Witness.SELF
        return self._outside(said) if said.first_hand else Witness.HEARSAY

    def _outside(self, said: Speaker) -> Witness:
        """Whose words somebody else's are who turned to the manager: a colleague's where the note says so."""
        inside = _INSIDE.search(said.whole) or any(name in fold(said.who) for name in self.colleagues)
        return Witness.PEER if inside else Witness.CUSTOMER

    def _writer(self, who: str) -> Witness:
        """Whose words a message is that was copied with the time and the name of the one who wrote it."""
        if fold(who) in _MYSELF or fold(who) in self.manager:
            return Witness.MANAGER
        return Witness.SELF if self.is_person(who) else Witness.HEARSAY

    def is_person(self, words: str) -> bool:
        """Whether a name or pronoun can mean this person."""
        folded = fold(words)
        return bool(self.names.search(folded)) or folded in self.pronouns

    def is_person_in(self, folded: str) -> bool:
        """Whether folded words name the person, or hold a pronoun that may mean them."""
        return bool(self.names.search(folded)) or bool(self.pronouns & set(_TOKEN.findall(folded)))

    def _turn(self, found: Sequence[Sentence], place: int) -> Witness:
        """In a transcript the last "Name:" before a sentence is its speaker."""
        for sentence in reversed(found[: place + 1]):
            match = _TURN.match(sentence.text)
            if match:
                return Witness.SELF if self.is_person(match["who"]) else Witness.CUSTOMER
        return self.told_by


@dataclass(frozen=True, slots=True)
class Cast:
    """The person and the manager of a set of notes; made once, then asked for the voice of each note."""

    person: Person
    manager: Account
    names: re.Pattern[str]
    pronouns: frozenset[str]

    @classmethod
    def of(cls, person: Person, manager: Account) -> "Cast":
        """Make ready how the person is named."""
        aliases = [part.strip() for alias in person.aka for part in alias.split(",")]
        names = {fold(name) for name in (*person.names, *aliases) if len(name) > 1} | initials_of(person.name)
        ordered = sorted(names, key=lambda name: (-len(name), name))
        expression = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in ordered) + r")(?!\w)")
        return cls(person, manager, expression, _PRONOUNS[person.pronouns])

    def voice(self, note: Note) -> Voice:
        """Who tells this note."""
        told_by = self._told_by(note)
        outside = told_by is Witness.CUSTOMER and note.kind is NoteKind.SURVEY_COMMENT
        kind = NoteKind.CUSTOMER_QUOTE if outside else note.kind  # a guest's form says what a guest's card does
        colleagues = frozenset(fold(note.text[m.span.start : m.span.end]) for m in note.mentions)
        manager = frozenset(map(fold, (self.manager.name, *self.manager.name.split()))) | initials_of(self.manager.name)
        return Voice(told_by, kind, self.names, self.pronouns, colleagues, manager)

    def _told_by(self, note: Note) -> Witness:
        author = note.author.strip()
        if note.kind in _OUTSIDE:
            return Witness.CUSTOMER
        if (author and _same(self.person.names, author)) or (not author and note.kind in _OWN):
            return Witness.SELF
        if not author or _same((self.manager.name, self.manager.name.split()[0]), author):
            return Witness.PEER if note.kind is NoteKind.PEER_FEEDBACK else Witness.MANAGER
        if note.kind is NoteKind.SURVEY_COMMENT:
            return Witness.PEER if _INSIDE.search(author) else Witness.CUSTOMER
        if note.kind is NoteKind.EMAIL:
            return Witness.PEER if _COLLEAGUE.fullmatch(author) else Witness.CUSTOMER
        return Witness.PEER


def _stamped(found: Sequence[Sentence], place: int) -> str:
    """Who wrote the message a sentence is part of: the last time and name before it; empty where none stands there."""
    labels = (_STAMPED.fullmatch(sentence.text) for sentence in reversed(found[: place + 1]))
    return next((label["who"] for label in labels if label), "")


def initials_of(name: str) -> frozenset[str]:
    """The folded initials a busy writer puts for a name of two parts or more; none where they are a word."""
    found = "".join(part[0] for part in re.split(r"[ -]+", fold(name)) if part[:1].isalpha())
    return frozenset({found}) if len(found) > 1 and found not in _WORDS else frozenset()


def _same(names: Sequence[str], author: str) -> bool:
    """Whether an author line such as "Kim Park, night desk" is one of these names."""
    head = fold(author.split(",")[0]).strip()
    return any(head == fold(name) for name in names)


_FIRST = frozenset({"i", "we", "i've", "i'd", "we've", "ich", "wir", "yo", "nosotros", "nosotras"})
_YOURS = frozenset({"your", "ihr", "ihre", "su", "vuestro", "vuestra"})
_UNNAMED = frozenset({("the", "lady"), ("the", "gentleman"), ("die", "dame"), ("la", "señora"), ("el", "señor")})
_HERE = frozenset({"here", "there", "hier", "dort", "aquí", "allí"})
_YOU = frozenset({"you", "du", "tú"})
# Who does what others ask for: "Four asked for a visit".
_QUANTITY = frozenset(
    "one two three four five six seven eight nine ten several some many few most all both half nobody everybody "
    "everyone somebody someone others dozens zwei drei vier fünf sechs sieben acht neun zehn mehrere einige viele "
    "wenige alle beide niemand jeder jemand andere dos tres cuatro cinco seis siete ocho nueve diez varios varias "
    "algunos algunas muchos muchas pocos todos todas ambos nadie alguien otros otras".split()
)
_TOKEN = re.compile(r"[\w¤'-]+")
# A capital word that begins a sentence is a name only when it is no common opener and a verb follows.
_OPENERS = (
    "A|An|The|This|That|These|Those|It|We|You|Proud|Best|Good|Great|Better|Cannot|Can|Could|Not|No|Nothing|Nobody|Half"
    "|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens|Several|Some|Many|Few|Every|Each|All|Both|More|Most|Less"
    "|First|Last|Next|Second|Third|Only|Just|Still|Then|Now|Since|When|What|Why|How|Who|Where|Because|After|Before"
    "|Today|Yesterday|Quiet|Keen|Happy|Glad|Loves|Wants|Asked|Says|Said|Der|Die|Das|Ein|Eine|Es|Wir|Wenn|Weil|Nach"
    "|El|La|Los|Las|Un|Una|Cuando|Porque|Desde|Hoy|Ayer"
)
_NO_VERBS = (
    "that|this|its|his|wait|least|most|not|but|first|last|just|next|past|best|part|yet|as|is to|us|bits|lots|ist das"
)
_WENT = "went|took|came|gave|did|sat|ran|rang|wrote|drew|drove"  # past forms that are no participles
_NAMED = re.compile(rf"{NAME}+")
_POINTS_BACK = re.compile(r"(?:that's|that is|that was|it's|it was|das (?:ist|sind|war|waren)|es[oa] (?:es|son|fue))\b")
_DOING = re.compile(rf"{NAME}+(?!{NAME}|'s)")
_LEAD = frozenset(
    "not only also then just even finally again and has had nicht nur auch dann no solo también y".split()
)
_OTHER = re.compile(
    rf"^(?!(?:{_OPENERS})\b)(?:[A-ZÄÖÜÁÉÍÓÚ][\w'-]+)(?: [A-ZÄÖÜÁÉÍÓÚ][\w.'-]+)? "
    rf"(?!(?:{_NO_VERBS})\b)(?=(?!has\b|is\b|was\b|this\b|as\b)(?:{_WENT})\b)"
)


def speaks_of(sentence: Sentence, hidden: str, voice: Voice, at: int, first_person: bool) -> bool:
    """Whether what stands at a place of a sentence is done by this person.

    Args:
        sentence: The sentence as written.
        hidden: The same, folded, with the person's names hidden.
        voice: Who tells it.
        at: The place, counted from the beginning of the sentence.
        first_person: Whether "I" is the person.
    """
    before = [token.group() for token in _TOKEN.finditer(hidden, 0, at)]
    behind = _is_the_doer_behind(sentence, hidden, at)
    if behind is not None:
        return behind
    if _has_its_own_doer(before, voice, first_person):
        return False
    if any(token.startswith(NAME) or token in voice.pronouns for token in before):
        return True
    if first_person and any(token in _ME or token.startswith(("i'", "we")) for token in before):
        return True
    if any(token in _ME or token.startswith("i'") for token in before):
        return False
    if voice.told_by is Witness.CUSTOMER and before[1:] and before[0] in _YOURS:
        return not before[1].endswith("'s")  # "Your fitter calls me", not "Your fitter's van"
    placed = before[1:] if before[:1] and before[0] in _HERE else before
    if voice.told_by is Witness.CUSTOMER and tuple(placed[:2]) in _UNNAMED:
        return True
    while before and before[0] in _LEAD:
        before = before[1:]
    return (
        len(before) <= 1 and not _QUANTITY & set(before) and not _OTHER.match(sentence.text)
    )  # clipped: "Rebuilt the shelf"


_HELPS = frozenset("also just then only even have has had haven't hasn't hadn't habe hast hat he ha".split())


def _has_its_own_doer(before: Sequence[str], voice: Voice, first_person: bool) -> bool:
    """Whether the word right before a deed says that somebody else did it: "(I checked)", "the one you asked"."""
    words = [word for word in before[-3:] if word not in _HELPS]
    if not words:
        return False
    return words[-1] in _YOU or words[-1] in voice.colleagues or words[-1] in _ME and not first_person


# Spanish names the doer behind the verb: "Llamó el doctor" (whom somebody rings stands behind "al"), "la hizo Darío".
_SERVED_ES = (
    r"dra?|doctora?|sra?|señora?|client[ea]s?|pacientes?|jef[ea]|proveedora?|inspectora?|vecin[oa]s?|huésped(?:es)?"
    r"|madre|padre|directora?|encargad[oa]|transportista|gerente"
)
_VERB_FIRST = re.compile(rf"\w+[óo] (?:el|la|los|las|un|una) (?:{_SERVED_ES})\b", re.IGNORECASE)
_IT = re.compile(r"(?<!\w)(?:la|lo|las|los|le|les) $", re.IGNORECASE)
_NAME_NEXT = re.compile(r"\w+ (?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])")


def _is_the_doer_behind(sentence: Sentence, hidden: str, at: int) -> bool | None:
    """Whether it is the person who is named right behind a Spanish verb as its doer; None where nobody is."""
    if at == 0 and _VERB_FIRST.match(hidden):
        return False
    named = _NAME_NEXT.match(sentence.text, at) if _IT.search(hidden[:at]) else None
    return None if named is None else hidden[named.end()] == NAME


def is_about_another(sentence: Sentence, hidden: str, voice: Voice) -> bool:
    """Whether a told sentence has somebody else as its subject and does not name the person."""
    if names_person(hidden, voice):
        return False
    opening = hidden.split(maxsplit=1)[:1]
    if opening and opening[0] in voice.colleagues and not sentence.quoted:
        return True
    return bool(_OTHER.match(sentence.text)) and not sentence.quoted


def is_anothers_matter(sentence: Sentence, hidden: str, voice: Voice) -> bool:
    """Whether a told sentence opens with a colleague, or with something of theirs, and does not name the person."""
    if voice.told_by is not Witness.MANAGER or sentence.quoted or names_person(hidden, voice):
        return False
    return any(re.match(rf"{re.escape(name)}(?:'s)?(?!\w)", hidden) for name in voice.colleagues)


_NO_SUBJECT = frozenset(  # what may open a clipped sentence, or stand before its verb, and does nothing itself
    "after at before by during for from in on since with yesterday today now finally again then just quietly simply "
    "also already never and but so or later meanwhile instead only still bei im in am an nach seit vor wegen mit für "
    "gestern heute jetzt dann auch schon doch und aber al a con de desde después durante en por tras ayer hoy ya luego "
    "también y pero al has had is was".split()
)
_CLAUSE_ENDS = re.compile(r"[.;:,()\"–—]|\s-\s")


def has_a_subject_of_its_own(before: str, voice: Voice) -> bool:
    """Whether the words of a clause before its verb name who does it, and it is not the person: "the council …"."""
    words = _TOKEN.findall(_CLAUSE_ENDS.split(before)[-1])
    if not words or any(NAME in word or word in voice.pronouns for word in words):
        return False
    return words[0] not in _NO_SUBJECT and words[-1] not in _NO_SUBJECT


_LEADS = frozenset({"so", "and", "then", "but", "also", "und", "dann", "aber", "y", "pero"})
_OBJECTS = frozenset("her him his them their ihn ihm ihr ihre sie sein seine ihnen le les lo la su".split())


def is_managers_own(line: "Told", voice: Voice, ends: Iterable[int]) -> bool:
    """Whether the manager tells there what they did, felt or settled: "We compromise", "I'd rather know".

    Args:
        line: What is said.
        voice: Who tells it.
        ends: Where the words end that speak for the topic; named before one of them, the person is its subject.
    """
    if line.witness is not Witness.MANAGER or voice.told_by is not Witness.MANAGER:
        return False
    words = _TOKEN.findall(line.hidden)
    while words and words[0] in _LEADS:
        words = words[1:]
    if not words or words[0].partition("'")[0] not in _FIRST:
        return False
    return not any(_names_anyhow(line.hidden[:end], voice) for end in ends)


def _names_anyhow(hidden: str, voice: Voice) -> bool:
    return names_person(hidden, voice) or bool(_OBJECTS & set(_TOKEN.findall(hidden)))


def is_tellers_own(line: "Told", voice: Voice) -> bool:
    """Whether a colleague or customer tells there what they did themself: "I checked the valve first" is their deed."""
    if line.witness not in {Witness.PEER, Witness.CUSTOMER} or names_person(line.hidden, voice):
        return False
    return bool(_FIRST & set(_TOKEN.findall(line.hidden)[:6]))


def names_doer(hidden: str, voice: Voice) -> bool:
    """Whether a sentence holds the person's name, not only as whose something is, or a pronoun that may mean them."""
    return bool(_DOING.search(hidden)) or bool(voice.pronouns & set(_TOKEN.findall(hidden)))


def names_their_things(hidden: str) -> bool:
    """Whether a sentence only says whose doing something before it was: "That's Bryony's labels did that"."""
    return bool(_POINTS_BACK.match(hidden)) and bool(_NAMED.search(hidden)) and not _DOING.search(hidden)


def tells_of_self(line: "Told", voice: Voice) -> bool:
    """Whether somebody speaks of themself anywhere in a line and never names the person: "it rattled, so I looked"."""
    return bool(_FIRST & set(_TOKEN.findall(line.hidden))) and not names_person(line.hidden, voice)


def names_person(hidden: str, voice: Voice) -> bool:
    """Whether a sentence holds the person's name, or a pronoun that may mean them."""
    return NAME in hidden or bool(voice.pronouns & set(_TOKEN.findall(hidden)))
