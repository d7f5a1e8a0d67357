"""Whether a preparation touches what it must: it cites the note, and its words are about the matter."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.evaluation.case import Matter, PersonGold
from assistant.evaluation.measures import content_words
from assistant.evaluation.output import OURS, PersonOutput, Shown
from assistant.evaluation.report import Figure, Finding, Scored, Tally

PART = "must-touch"
SETS = ("three questions", "six questions", "whole brief")
Pieces = Mapping[str, Sequence[Shown]]


def score_touching(
    gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput], plain: Mapping[str, Mapping[str, Pieces]]
) -> Scored:
    """The share of topics touched, by set; beside it the share of which only a note is cited.

    A topic is touched when a question (or line) cites one of its notes, and shares a word of meaning with the topic or
    with what it quotes there. The names of the two people count as no word.
    """
    ours: Mapping[str, Pieces] = {i: output.pieces for i, output in outputs.items()}
    figures: list[Figure] = []
    for system, pieces in {OURS: ours, **plain}.items():
        figures.extend(_shares(gold, outputs, pieces, system))
    return Scored(PART, tuple(figures), tuple(_findings(gold, outputs)))


def _shares(
    gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput], pieces: Mapping[str, Pieces], system: str
) -> Iterator[Figure]:
    for group in SETS:
        touched, cited = Tally(), Tally()
        if not any(group in own for own in pieces.values()):
            continue  # a plain alternative has no brief
        for person in gold:
            names = outputs[person.person_id].names
            for topic in (t for t in person.must_touch if t.note_ids):
                found = touch(topic, pieces[person.person_id][group], names)
                touched.add(person.person_id, found == "touched", 1)
                cited.add(person.person_id, found != "not cited", 1)
        yield touched.share(PART, "touched", group, system, main=True)
        yield cited.share(PART, "note cited", group, system)


def touch(topic: Matter, pieces: Sequence[Shown], names: frozenset[str]) -> str:
    """How far a topic is touched: "touched", "only cited" or "not cited"."""
    cited = False
    for piece in pieces:
        quotes = [c.quote for c in piece.citations if c.note_id in topic.note_ids]
        if quotes:
            cited = True
            if content_words(piece.text, names) & content_words(" ".join([topic.text, *quotes]), names):
                return "touched"
    return "only cited" if cited else "not cited"


def _findings(gold: Sequence[PersonGold], outputs: Mapping[str, PersonOutput]) -> Iterator[Finding]:
    for person in gold:
        output = outputs[person.person_id]
        for number, topic in enumerate(person.must_touch, 1):
            three, six, brief = (touch(topic, output.pieces[name], output.names) for name in SETS)
            questions = output.pieces[SETS[0]]
            came = " | ".join(f"{q.text} [{' '.join(sorted({c.note_id for c in q.citations}))}]" for q in questions)
            why = "" if three == "touched" else f"three questions: {three}; six: {six}; brief: {brief}"
            yield Finding(
                PART, f"{person.person_id}-t{number}", person.person_id, "touched", not why,
                f"{topic.text} ({' '.join(sorted(topic.note_ids))})", came, why,
            )  # fmt: skip
