"""How right the evidence is: by facet and note against the current statements, and what must not be claimed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.evaluation.case import Case, GoldQuote, GoldStatus, PersonGold
from assistant.evaluation.measures import is_grounded, overlaps, token_f1
from assistant.evaluation.output import OURS, Citation, Claim, PersonOutput, pairs_of
from assistant.evaluation.quoted_sentence import EVIDENCE, sentence_figures, sentence_findings
from assistant.evaluation.report import Figure, Finding, Pairs, Scored, Tally

PART, QUOTES = EVIDENCE, "quotes"
FacetNote = tuple[Facet, NoteId]
Found = Mapping[str, Sequence[Claim]]  # by person


def score_evidence(case: Case, outputs: Mapping[str, PersonOutput], plain: Mapping[str, Found]) -> Scored:
    """Precision, recall and F1 by (facet, note) and by sentence, stale errors, and hobbies taken for passions.

    Args:
        case: What the annotator found.
        outputs: Ours, by person.
        plain: What plain alternatives take for evidence, by system and person.
    """
    ours: Found = {i: output.evidence for i, output in outputs.items()}
    figures: list[Figure] = []
    for system, found in {OURS: ours, **plain}.items():
        figures.extend(_agreement(case.gold, found, system))
        figures.extend(sentence_figures(case, found, system))
    stale, stale_found = _stale(case, outputs)
    hobby, hobby_found = _false_friends(case, outputs)
    findings = [*_missed(case, outputs), *sentence_findings(case, ours), *stale_found, *hobby_found]
    return Scored(PART, (*figures, stale, hobby), tuple(findings))


def _agreement(gold: Sequence[PersonGold], found: Found, system: str) -> Iterator[Figure]:
    for group in (None, *Facet):
        pairs = Pairs()
        for person in gold:
            wanted = {p for p in person.current if group in (None, p[0])}
            ours = {p for p in pairs_of(found.get(person.person_id, ())) if group in (None, p[0])}
            pairs.add(person.person_id, len(wanted & ours), len(ours), len(wanted))
        yield from pairs.figures(PART, group.words if group else "", system, main=group is None)


def _missed(case: Case, outputs: Mapping[str, PersonOutput]) -> Iterator[Finding]:
    for person in case.gold:
        found = outputs[person.person_id].pairs
        told: dict[FacetNote, str] = {}
        for statement in person.statements:
            for quote in statement.evidence:
                told.setdefault((statement.facet, quote.note_id), f"{statement.text}: “{quote.text}”")
        for pair in sorted(person.current | found):
            facet, note_id = pair
            why = "" if pair in person.current & found else "missed"
            why = "surplus" if pair not in person.current else why
            expected = told[pair] if pair in person.current else f"nothing current for {facet.words} in {note_id}"
            other = ", ".join(sorted(f.words for f, i in found if i == note_id))
            came = f"found for {other}" if other else "nothing found in this note"
            yield Finding(PART, note_id, person.person_id, facet.words, not why, expected, came, why)


def _stale(case: Case, outputs: Mapping[str, PersonOutput]) -> tuple[Figure, list[Finding]]:
    """Statements that no longer hold, are refuted, or are hearsay, and are claimed as if they held today."""
    tally, findings = Tally(), []
    for person in case.gold:
        for item in (s for s in person.statements if s.status.misleads):
            holds = [q for s in person.statements for q in s.evidence
                     if s.status is GoldStatus.CURRENT and s.facet is item.facet]  # fmt: skip
            claims = [c for c in outputs[person.person_id].claims if c.facet is item.facet]
            wrong = [c for c in _on(case, claims, item.evidence) if not any(_on(case, [c], holds))]
            tally.add(person.person_id, bool(wrong), 1)
            findings.append(Finding(
                PART, item.evidence[0].note_id, person.person_id, "stale errors", not wrong,
                f"not as current ({item.status}): {item.text}", _told(wrong),
                f"{item.status} shown as current" if wrong else "",
            ))  # fmt: skip
    return tally.count(PART, "stale errors", main=True), findings


def _false_friends(case: Case, outputs: Mapping[str, PersonOutput]) -> tuple[Figure, list[Finding]]:
    tally, findings = Tally(), []
    for person in case.gold:
        claims = [c for c in outputs[person.person_id].claims if c.facet is Facet.PASSION]
        for hobby in person.false_friends:
            wrong = list(_on(case, claims, hobby.evidence))
            tally.add(person.person_id, bool(wrong), 1)
            place = hobby.evidence[0].note_id if hobby.evidence else person.person_id
            findings.append(Finding(
                PART, place, person.person_id, "false friends", not wrong, f"no passion: {hobby.what}", _told(wrong),
                "hobby taken for a passion" if wrong else "",
            ))  # fmt: skip
    return tally.count(PART, "false friends taken for passions", main=True), findings


def _on(case: Case, claims: Iterable[Claim], quotes: Sequence[GoldQuote]) -> Iterator[Claim]:
    """The claims whose quote shares a place with one of the gold quotes."""
    for claim in claims:
        if any(_same_place(case, claim.citation, quote) for quote in quotes):
            yield claim


def _same_place(case: Case, citation: Citation, quote: GoldQuote) -> bool:
    note = case.notes.get(citation.note_id)
    return note is not None and note.id == quote.note_id and overlaps(note.text, citation.quote, quote.text)


def _told(claims: Iterable[Claim]) -> str:
    return "; ".join(f"{c.where}: {c.citation.note_id} “{c.citation.quote}”" for c in claims) or "not claimed"


def score_quotes(case: Case, outputs: Mapping[str, PersonOutput]) -> Scored:
    """Whether every quote stands word for word in a note of this person; how near evidence is to the gold quotes."""
    grounded, near = Tally(), Tally()
    findings = []
    for output in outputs.values():
        who = output.person_id
        quoted = {c: None for shown in output.shown for c in shown.citations if c.quote}
        for citation in dict.fromkeys([*output.quotes, *quoted]):
            note = case.notes.get(citation.note_id)
            good = note is not None and note.person_id == who and is_grounded(citation.quote, note.text)
            grounded.add(who, good, 1)
            if not good:
                why = "no such note of this person" if note is None or note.person_id != who else "not word for word"
                findings.append(
                    Finding(QUOTES, citation.note_id, who, "grounded", False, "word for word", citation.quote, why)
                )
    for person in case.gold:
        gold: dict[NoteId, list[str]] = {}
        for quote in (q for s in person.statements for q in s.evidence):
            gold.setdefault(quote.note_id, []).append(quote.text)
        for citation in outputs[person.person_id].quotes:
            if citation.note_id in gold:
                near.add(person.person_id, max(token_f1(citation.quote, g) for g in gold[citation.note_id]), 1)
    figures = (
        grounded.share(QUOTES, "grounded", main=True),
        near.share(QUOTES, "token F1 with the best gold quote of the note"),
    )
    return Scored(QUOTES, figures, tuple(findings))
