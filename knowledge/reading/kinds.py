"""The words people use for kinds of notes, in English, German and Spanish. Data; a word not listed is `misc`."""

import re
import unicodedata

from assistant.domain.note import NoteKind

_WHOLE = {  # the whole label, folded
    NoteKind.ONE_ON_ONE: "1 1; 1 on 1; 1on1; 1to1; 1 to 1; 11; one on one; one to one; one2one; 121; 1 2 1; o3; "
    "check in; checkin; "
    "catch up; catchup; sit down; supervision; jour fixe; einzelgesprach; vier augen gesprach; 4 augen gesprach; "
    "gesprach; gesprachsnotiz; mitarbeitergesprach; personalgesprach; zweiergesprach; unter vier augen; "
    "uno a uno; uno en uno; cara a cara; charla; charla individual; conversacion; reunion individual; "
    "entrevista individual; seguimiento; despacho",
    NoteKind.OBSERVATION: "observation; observed; saw; saw myself; i saw; saw it myself; seen; seen myself; noticed; "
    "witnessed; ride along; walkaround; shadowed; my observation; gesehen; selbst gesehen; beobachtung; beobachtet; "
    "aufgefallen; hospitation; observacion; observado; visto; lo vi; visto por mi; he visto",
    NoteKind.PEER_FEEDBACK: "peer; peers; peer feedback; peer review; colleague; colleagues; coworker; co worker; "
    "teammate; kudos; shout out; 360; 360 feedback; kollege; kollegin; kollegen; kollegenfeedback; companero; "
    "companera; companeros",
    NoteKind.CUSTOMER_QUOTE: "customer; client; guest; patient; customer said; client said; praise; compliment; "
    "testimonial; kunde; kundin; kundenstimme; lob; cliente; clienta; elogio; voice of customer",
    NoteKind.CUSTOMER_COMPLAINT: "complaint; complaints; escalation; reklamation; beschwerde; queja; reclamo; "
    "reclamacion",
    NoteKind.PROJECT_LOG: "log; job log; work log; project; project log; project note; project update; project notes; "
    "shift log; shift report; site log; status; status update; progress; progress update; protokoll; projekt; "
    "projektprotokoll; projektnotiz; arbeitsbericht; schichtbericht; tagesbericht; bericht; proyecto; bitacora; "
    "registro; parte de trabajo; informe; incident log; diary; ticket; work order",
    NoteKind.SELF_REVIEW: "self; self review; self assessment; self evaluation; self appraisal; self "
    "reflection; own words; "
    "selbsteinschatzung; selbstbewertung; selbstreflexion; selbstbeurteilung; autoevaluacion; autorevision",
    NoteKind.SURVEY_COMMENT: "survey; survey comment; survey answer; pulse; pulse survey; engagement survey; "
    "poll; umfrage; "
    "befragung; mitarbeiterbefragung; encuesta; questionnaire",
    NoteKind.GOAL: "goal; goals; objective; objectives; okr; okrs; target; targets; ziel; ziele; zielvereinbarung; "
    "entwicklungsziel; meta; metas; objetivo; objetivos; development goal",
    NoteKind.EMAIL: "email; e mail; mail; emails; correo; correo electronico",
    NoteKind.CHAT_MESSAGE: "chat; chat message; message; im; dm; direct message; text message; sms; slack; "
    "teams; whatsapp; "
    "signal; nachricht; chatnachricht; mensaje",
    NoteKind.TRANSCRIPT: "transcript; transcription; recording; call transcript; transkript; "
    "gesprachsmitschrift; mitschrift; "
    "transcripcion; verbatim",
    NoteKind.DEBRIEF: "debrief; one on one debrief; 1 1 debrief",
    NoteKind.MISC: "journal; notebook; misc; miscellaneous; other; note; notes; general; sonstiges; notiz; allgemein; "
    "varios; otro; otros; nota",
}  # fmt: skip
_PARTS = (  # words inside a longer label, the most telling kind first
    (NoteKind.CUSTOMER_COMPLAINT, "complain complaint complaints beschwerde reklamation queja reclamo escalation"),
    (NoteKind.SELF_REVIEW, "self selbst selbsteinschatzung autoevaluacion"),
    (NoteKind.SURVEY_COMMENT, "survey pulse umfrage befragung encuesta"),
    (NoteKind.EMAIL, "email mail correo"),
    (NoteKind.TRANSCRIPT, "transcript transkript mitschrift transcripcion verbatim"),
    (NoteKind.CHAT_MESSAGE, "chat slack whatsapp sms"),
    (NoteKind.ONE_ON_ONE, "1:1 einzelgesprach mitarbeitergesprach"),
    (NoteKind.CUSTOMER_QUOTE, "customer customers client clients guest patient kunde kunden kundin cliente clientes"),
    (NoteKind.PEER_FEEDBACK, "peer peers colleague colleagues coworker teammate kollege kollegin kollegen companero"),
    (NoteKind.GOAL, "goal goals objective okr ziel ziele objetivo objetivos"),
    (NoteKind.OBSERVATION, "observation observed saw noticed witnessed beobachtung gesehen observacion observado"),
    (NoteKind.PROJECT_LOG, "log project projekt proyecto bitacora"),
)
_LONG = ("einzelgesprach", "mitarbeitergesprach", "beobachtung", "beschwerde", "reklamation", "umfrage", "kunden",
         "kollegen", "selbst", "projekt")  # fmt: skip


def fold_label(written: str) -> str:
    """A label with case, accents and punctuation folded: `E-Mail ` and `e mail` are one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", written.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


_BY_LABEL = {label.strip(): kind for kind, labels in _WHOLE.items() for label in labels.split(";")}
_BY_WORD = {word: (rank, kind) for rank, (kind, words) in reversed([*enumerate(_PARTS)]) for word in words.split()}
_LABEL_INSIDE = re.compile(r"\b(?:1 (?:on |to |2 )?1|one (?:on|to) one|uno a uno|check in|catch up)\b")


def known_kind(written: str) -> NoteKind | None:
    """The kind a label stands for; none when no word of it is known."""
    label = fold_label(written)
    if not label:
        return None
    if label in _BY_LABEL:
        return _BY_LABEL[label]
    try:
        return NoteKind(label.replace(" ", "_"))
    except ValueError:
        pass
    if _LABEL_INSIDE.search(label):
        return NoteKind.ONE_ON_ONE
    inside = [_BY_WORD[word] for word in label.split() if word in _BY_WORD]
    inside += [_BY_WORD[part] for part in _LONG if part in label and part in _BY_WORD]
    return min(inside)[1] if inside else None


_TALK_OPENS = re.compile(  # how a note of a talk between two begins, and what may follow: not "one-on-one coaching"
    r"^[\s#*_>\[(-]*(?:weekly |monthly |wöchentliches |monatliches )?"
    r"(?:one[- ](?:on|to)[- ]one|1 ?(?:[:/-]|on|to) ?1|1on1|mitarbeitergespräch|vier-?augen-?gespräch|"
    r"4-?augen-?gespräch|einzelgespräch|uno a uno|reunión individual|reunion individual)"
    r"(?: (?:meeting|talk|conversation|today|heute|hoy))?"
    r"(?!\d)(?=\*\*|__|[\s)\]]*(?:$|[\n.,:;!–—]|-\s|(?<=\s)(?:with|w|mit|con|on|am|el)\b|(?<=\s)\d))",
    re.IGNORECASE,
)


_SPOKE_OPENS = re.compile(  # "Gespräch L., 10:00.", "Charla: …"; with whom a longer one was held, its words do not tell
    r"^[\s#*_>\[(-]*(?:Gespräch|Charla|Conversación)(?: [A-ZÄÖÜ]\.)?(?=\*\*|__|[\s)\]]*(?:$|[\n.,:;!–—]|-\s|(?<=\s)\d))"
)
_TWO_PRESENT = re.compile(  # minutes of a talk between two: "Present: BA, TW." and no third one
    r"^[\s#*_>-]*(?:present|attending|attendees|anwesend|teilnehmer|presentes|asistentes):"
    r"\s*[^\W\d_][^,;.&\n]{0,40}(?:,|;|&| and | und | y )\s*[^\W\d_][^,;.&\n]{0,40}(?:\.|\n|$)",
    re.IGNORECASE,
)


def kind_told(text: str) -> NoteKind | None:
    """The kind that the first words of a note tell, where nothing else does; only a talk between two says so itself."""
    told = any(opens.search(text) for opens in (_TALK_OPENS, _SPOKE_OPENS, _TWO_PRESENT))
    return NoteKind.ONE_ON_ONE if told else None


def kind_of(written: str) -> NoteKind:
    """The kind a label stands for, `misc` when it is unknown."""
    return known_kind(written) or NoteKind.MISC
