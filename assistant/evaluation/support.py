"""Whether what is shown says only what its notes say, counted anew and by other means than the product's own checks.

Target: zero. A claim is unsupported when words it sets apart as a quote, a number, or a name stand in no note it cites;
a fact is the wrong person's when it cites somebody else's note or names somebody of whom no cited note speaks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.domain.note import fold_text
from assistant.domain.person import PersonId
from assistant.evaluation.case import Case, CaseNote
from assistant.evaluation.output import PersonOutput, Shown
from assistant.evaluation.report import Finding, Scored, Tally

PART = "support"
_QUOTED = re.compile(r"“([^“”]{3,})”")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b|\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b")
_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_ELSEWHERE = re.compile(
    rf"\b(\d{{1,2}})(?:\. ({'|'.join(_GERMAN)})| de ({'|'.join(_SPANISH)}))(?: (?:de )?(\d{{4}}))?\b"
)  # "23. April 2026", "23 de abril de 2026"


def score_support(
    case: Case, outputs: Mapping[str, PersonOutput], chat: Sequence[Shown], names: Mapping[PersonId, Sequence[str]]
) -> Scored:
    """Unsupported claims and wrong-person facts over briefs, questions, plans and chat answers.

    Args:
        case: The notes.
        outputs: Ours, by person.
        chat: Every checked unit of every reply, each with whom it is about.
        names: Every way to write each person of the case.
    """
    unsupported: dict[str, Tally] = {}
    wrong: dict[str, Tally] = {}
    findings: list[Finding] = []
    looked = _Looked(case, outputs, names)
    for where, who, piece in _pieces(outputs, chat):
        claims, strangers = list(looked.unsupported(piece, who)), list(looked.strangers(piece, who))
        unsupported.setdefault(where, Tally()).add(who, bool(claims), 1)
        wrong.setdefault(where, Tally()).add(who, bool(strangers), 1)
        for measure, found in (("unsupported claims", claims), ("wrong-person facts", strangers)):
            if found:
                findings.append(Finding(PART, who, who, measure, False, "stands in a cited note", piece.text, found[0]))
    figures = [t.count(PART, "unsupported claims", w, main=True) for w, t in unsupported.items()]
    figures += [t.count(PART, "wrong-person facts", w, main=True) for w, t in wrong.items()]
    return Scored(PART, tuple(figures), tuple(findings))


def _pieces(outputs: Mapping[str, PersonOutput], chat: Sequence[Shown]) -> Iterator[tuple[str, str, Shown]]:
    for who, output in outputs.items():
        for name in ("six questions", "whole brief", "plan"):
            yield from ((name, who, piece) for piece in output.pieces.get(name, ()))
    yield from (("chat", str(piece.about), piece) for piece in chat if piece.about)


def _in_english(said: re.Match[str]) -> str:
    month = _MONTHS[_GERMAN.index(said[2]) if said[2] else _SPANISH.index(said[3])]
    return " ".join(filter(None, (said[1], month, said[4])))


class _Looked:
    """The case, looked up by note and person; not a noun."""

    def __init__(
        self, case: Case, outputs: Mapping[str, PersonOutput], names: Mapping[PersonId, Sequence[str]]
    ) -> None:
        self._case = case
        self._names = {who: [fold_text(n) for n in every if len(n) > 2] for who, every in names.items()}
        self._days: dict[str, set[date]] = {
            str(p): {n.day for n in case.notes.values() if n.person_id == p} for p in case.people
        }
        for who, output in outputs.items():
            self._days[who] |= {seen.due for seen in (*output.promises, *output.settled) if seen.due}

    def unsupported(self, piece: Shown, who: str) -> Iterator[str]:
        """What of a piece no cited note carries; what cites none is held against all of the person's."""
        for citation in piece.citations:
            note = self._case.notes.get(citation.note_id)
            if note is not None and fold_text(citation.quote) not in fold_text(note.text):
                yield f"its quote is not in {note.id}"
            elif note is None and not piece.said:  # in a chat it may have been noted a moment ago
                yield "it cites a note that is not there"
        ground = self._ground(piece, who)
        for words in _QUOTED.findall(piece.text):
            if fold_text(words).rstrip(" .,;…") not in ground:
                yield "words set apart as a quote are in no cited note"
        told = _DAY.sub(lambda m: " " if self._is_known(m, who) else m.group(), _ELSEWHERE.sub(_in_english, piece.text))
        numbers = set(_NUMBER.findall(ground))
        if any(number not in numbers for number in _NUMBER.findall(_QUOTED.sub(" ", told))):
            yield "a number is in no cited note"

    def strangers(self, piece: Shown, who: str) -> Iterator[str]:
        """Whose facts a piece holds that are not this person's."""
        yield from (f"it cites {n.id}, a note about {n.person_id}" for n in self._cited(piece) if n.person_id != who)
        ground = " ".join((self._ground(piece, who), *self._names.get(PersonId(who), ())))
        text = fold_text(piece.text)
        for other, every in self._names.items():
            for name in every if other != who else ():
                if name not in ground and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    yield "it names somebody of whom no cited note speaks"

    def _ground(self, piece: Shown, who: str) -> str:
        cited = self._cited(piece) or [n for n in self._case.notes.values() if n.person_id == who]
        told = (f"{n.text} {n.author}" for n in cited)
        return fold_text(" ".join((piece.said, *told, *(c.quote for c in piece.citations if piece.said))))

    def _cited(self, piece: Shown) -> list[CaseNote]:
        return [n for c in piece.citations if (n := self._case.notes.get(c.note_id)) is not None]

    def _is_known(self, said: re.Match[str], who: str) -> bool:
        """Whether a day is one of the person's notes or promises, or today or later, as steps and reviews are."""
        today = self._case.today
        if said[4]:
            day = date(int(said[4]), int(said[5]), int(said[6]))
            return day >= today or day in self._days.get(who, ())
        number, month = int(said[1]), _MONTHS.index(said[2]) + 1
        known = {d for d in self._days.get(who, ()) if (d.day, d.month) == (number, month)}
        known = {d for d in known if said[3] in (None, str(d.year))}
        return bool(known) or (month, number) >= (today.month, today.day) and said[3] in (None, str(today.year))
