"""The words for days in English, German and Spanish. Vocabulary only; `date_words` gives it meaning."""

import re
from collections.abc import Iterable

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner enero",
            "february feb februar febrero",
            "march mar märz maerz marzo",
            "april apr abril",
            "may mai mayo",
            "june jun juni junio",
            "july jul juli julio",
            "august aug agosto",
            "september sept sep septiembre setiembre",
            "october oct oktober okt octubre",
            "november nov noviembre",
            "december dec dezember dez diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}
SEASONS = {  # first day (month, day) and length in days, by the calendar or by the sun, whichever is wider
    word: span
    for words, span in (
        ("spring springtime frühling frühjahr fruehjahr primavera", ((3, 1), 111)),
        ("summer summertime sommer verano", ((6, 1), 113)),
        ("autumn fall herbst otoño", ((9, 1), 110)),
        ("winter wintertime invierno", ((12, 1), 109)),
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday montag lunes",
            "tuesday dienstag martes",
            "wednesday mittwoch miércoles",
            "thursday donnerstag jueves",
            "friday freitag viernes",
            "saturday samstag sábado",
            "sunday sonntag domingo",
        )
    )
    for word in words.split()
}
UNITS = {
    word: unit
    for unit, words in (
        ("days", "day days tag tage tagen tages día días dia dias"),
        ("weeks", "week weeks woche wochen semana semanas"),
        ("months", "month months monat monate monaten monats mes meses"),
        ("quarters", "quarter quarters quartal quartale quartalen quartals trimestre trimestres"),
        ("years", "year years jahr jahre jahren jahres año años"),
    )
    for word in words.split()
}
NUMBERS = {
    word: number
    for number, words in (
        (1, "one a an ein eine einen einem einer un una first erste ersten erstes primer primera"),
        (2, "two zwei dos couple second zweite zweiten zweites segundo segunda"),
        (3, "three few several paar drei einigen einige mehreren tres pocas pocos third dritte dritten drittes tercer"),
        (4, "four vier cuatro fourth vierte vierten viertes cuarto"),
        (5, "five fünf cinco"),
        (6, "six sechs seis"),
        (7, "seven sieben siete"),
        (8, "eight acht ocho"),
        (9, "nine neun nueve"),
        (10, "ten zehn diez"),
        (12, "twelve zwölf doce dozen"),
        (18, "eighteen achtzehn dieciocho"),
        (24, "twentyfour vierundzwanzig veinticuatro"),
    )
    for word in words.split()
}
PARTS = {
    word: part
    for part, words in (
        ("start", "beginning of|start of|anfang|beginn|principios de|comienzos de|inicios de"),
        ("early", "early"),
        ("middle", "mid|middle of|mitte|mediados de"),
        ("late", "late"),
        ("end", "end of|ende|finales de|fines de"),
    )
    for word in words.split("|")
}
AMBIGUOUS = frozenset("may march mar april june august jan mai fall spring a".split()) | SEASONS.keys()
"""Words that name days only behind a preposition: names of people, verbs, and "the summer school"."""


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)) + ")"


MONTH = rf"(?:{_any(MONTHS)}\b\.?)"
SEASON = rf"(?:{_any(SEASONS)}\b)"
WEEKDAY = rf"(?:{_any(WEEKDAYS)}\b)"
UNIT = rf"(?:{_any(UNITS)}\b)"
NUMBER = rf"(?:\d{{1,3}}|(?:an?\s+)?{_any(NUMBERS)}(?:\s+of)?)"
PART = _any(PARTS)

LATELY = re.compile(
    r"\b(?:lately|recently|of late|in letzter zeit|neuerdings|kürzlich|últimamente|recientemente)\b", re.IGNORECASE
)
AHEAD = re.compile(r"\b(?:next|coming|n(?:ä|ae)chste\w*|kommende\w*|pr[óo]xim\w+|que viene)\b", re.IGNORECASE)
BACK = re.compile(r"\b(?:last|previous|letzte\w*|vorige\w*|vergangene\w*|pasad[oa])\b", re.IGNORECASE)
DUE = re.compile(
    r"\b(?:due|overdue|deadlines?|expir\w+|run(?:s|ning)? out|falls? due|upcoming|"
    r"(?:has|have|needs?|got) to (?:be|hand|finish|deliver|renew|sort)|"
    r"(?:must|needs?) (?:be )?(?:\w+ )?(?:done|ready|finish\w*|deliver\w*|renew\w*|in\b)|"
    r"fällig\w*|überfällig\w*|frist\w*|läuft ab|laufen ab|abläuft|ablaufen|fertig sein|"
    r"vence[n]?|vencid[oa]s?|plazos?|fecha límite|tiene[ns]? que (?:entregar|estar|terminar))\b",
    re.IGNORECASE,
)
OUTCOME = re.compile(
    r"\b(?:(?:come|came|become|became|happened) (?:of|to|with)|outcome|followed? (?:up|through)|finish\w*|complet\w+|"
    r"settled|resolved|fixed|improv\w+|(?:get|got|getting) better|ever since|"
    r"daraus geworden|erledigt|fertig|abgeschlossen|gelöst|verbessert|besser geworden|"
    r"terminad[oa]|terminó|resuelt[oa]|resolvió|mejor(?:ó|ad[oa]))\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:chang\w+|shift\w*|develop\w*|evol\w+|grown?|(?:ge|ver)änder\w*|entwickelt|cambi\w+|evolucion\w+)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(r"\b(?:few|couple|several|paar|einigen?|poc[oa]s)\b", re.IGNORECASE)
