"""Which sentence is quoted when a reader of sentences helps the rules, and what it never gets to see."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.evidence import Evidence, Quote, Topic
from assistant.domain.masked import MASK, MaskedNote
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.engines.offline.asking.deed import deed_in
from assistant.engines.offline.finder import OfflineFinder
from knowledge.embedding.reading import LocalSentenceReader
from tests.assistant.engines.offline.test_golden_sentences import DATA, MARA

READER = LocalSentenceReader()
RULES, BOTH = OfflineFinder(), OfflineFinder(READER)
JUNO = Person(MARA.id, PersonId("p"), "Juno Example", pronouns=Pronouns.SHE)


def found(finder: OfflineFinder, words: str, kind: NoteKind, person: Person = JUNO, author: str = "") -> list[Evidence]:
    note = Note(MARA.id, NoteId("n"), person.id, date(2026, 5, 4), words, kind, author)
    return list(finder.evidence(person, MARA, [Readable(note, finder.screen([note])[0])]))


def quotes(topic: Topic, words: str, kind: NoteKind, author: str = "") -> list[str]:
    return [e.quote.text for e in found(BOTH, words, kind, author=author) if e.topic is topic and e.counts]


def test_a_deed_is_quoted_and_not_the_look_beside_it() -> None:
    words = (
        "Otto gave me a look over the counter. The old press had jammed for the third time. "
        "Juno took the roller out, found the burr with her thumbnail and had it printing again by ten. It took a while."
    )
    assert quotes(Topic.TALENT, words, NoteKind.OBSERVATION) == [
        "Juno took the roller out, found the burr with her thumbnail and had it printing again by ten."
    ]


def test_their_own_words_are_quoted_and_not_the_question_before_them() -> None:
    words = (
        "I asked what the best day of the season had been. "
        '"The morning the whole class counted along and I had not even raised my hand," she said. '
        "Then the phone rang."
    )
    [said] = quotes(Topic.PASSION, words, NoteKind.ONE_ON_ONE)
    assert said.startswith("The morning the whole class counted along")


def test_a_customers_difference_is_quoted_and_not_who_they_are() -> None:
    words = (
        "I am the sexton, the gravedigger and the tourist office. "
        "Since Juno drew us the plan of the pipes we have had water at all four taps, and I no longer carry cans."
    )
    assert quotes(Topic.CUSTOMER_VALUE, words, NoteKind.CUSTOMER_QUOTE, "Sexton") == [
        "Since Juno drew us the plan of the pipes we have had water at all four taps, and I no longer carry cans."
    ]


def test_a_claim_whose_best_line_is_absurd_is_not_made() -> None:
    words = "Juno was at a cousin's wedding anyhow and has shown me the pictures, all of them."
    assert "talent" in {e.topic for e in found(RULES, words, NoteKind.MISC) if e.counts}
    assert quotes(Topic.TALENT, words, NoteKind.MISC) == []


def test_every_quote_stands_in_its_note_and_a_question_is_none() -> None:
    words = "Juno fixed the till. Could she come back? She showed the new colleague how to count it, and it balanced."
    evidence = [e for e in found(BOTH, words, NoteKind.OBSERVATION) if e.counts and e.topic.facet]
    assert evidence
    assert all(e.quote.text in words and "?" not in e.quote.text for e in evidence)


def test_other_languages_are_read_by_the_rules_alone() -> None:
    words = "Juno hat den Fehler im Plan gefunden und dem Neuen gezeigt, wie man ihn liest."
    told = [found(finder, words, NoteKind.OBSERVATION) for finder in (RULES, BOTH)]
    assert told[0] == told[1] != []


class Listening:
    """A reader that keeps what it was given."""

    fingerprint = "listening"

    def __init__(self) -> None:
        self.heard: list[MaskedNote] = []

    def read(self, notes: Sequence[MaskedNote]) -> Sequence[Sequence[Mapping[Topic, float]]]:
        self.heard.extend(notes)
        return READER.read(notes)


def test_the_reader_gets_no_name_and_nothing_that_may_not_be_quoted() -> None:
    listening = Listening()
    words = (
        "Juno Example fixed the organ's bellows with a bicycle tube, says Juno's neighbour. "
        "Her blood test came back and she is worried. The hall was full on Sunday."
    )
    found(OfflineFinder(listening), words, NoteKind.OBSERVATION)
    [note] = listening.heard
    assert note.sentences[0] == f"{MASK} fixed the organ's bellows with a bicycle tube, says {MASK}'s neighbour."
    assert note.sentences[1] == ""
    assert "juno" not in " ".join(note.sentences)


def test_notes_are_read_again_when_the_reader_changes() -> None:
    assert len({RULES.fingerprint, BOTH.fingerprint, OfflineFinder(Listening()).fingerprint}) == 3
    assert RULES.version == BOTH.version


with (DATA / "golden_sentences.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [
        r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["labels"][:4] in ("NONE", "PRIV")
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["number"])
def test_what_proves_nothing_proves_nothing_with_a_reader_either(row: dict[str, str]) -> None:
    name = next((n for n in ("Ana", "Omar", "Priya", "Aylin", "Joao") if n in row["sentence"]), "Kim")
    person = Person(MARA.id, PersonId("p"), f"{name} Example", pronouns=Pronouns.THEY)
    assert not any(e.counts and e.topic.facet for e in found(BOTH, row["sentence"], NoteKind.MISC, person))


def test_a_quotation_inside_what_is_told_is_not_torn_out() -> None:
    words = (
        'At the Berger house she said "I do not know yet, let me find out" and then found out, '
        "called the lab, and told them in two sentences."
    )
    told = quotes(Topic.TALENT, words, NoteKind.OBSERVATION)
    assert told == [words]


def test_a_second_sentence_about_a_liking_needs_words_of_its_own() -> None:
    words = "Enjoy: running down a wrong figure until it gives up. It means quiet at the end of the month."
    assert quotes(Topic.PASSION, words, NoteKind.SELF_REVIEW, author="Juno Example") == [
        "Enjoy: running down a wrong figure until it gives up."
    ]


def test_what_they_want_less_of_does_not_stand_beside_what_they_want_more_of() -> None:
    words = (
        "What I'd like more of: showing the new ones how to hear a dull blade. "
        "What I'd like less of: being the only one they call at night."
    )
    assert quotes(Topic.PASSION, words, NoteKind.SELF_REVIEW, author="Juno Example") == [
        "What I'd like more of: showing the new ones how to hear a dull blade."
    ]


def test_praise_that_means_the_opposite_is_no_liking() -> None:
    words = "oh I simply ADORE the new planner, truly the highlight of my career, nine clicks to move one shift"
    assert not quotes(Topic.PASSION, words, NoteKind.CHAT_MESSAGE, author="Juno Example")


def test_evidence_says_whether_known_words_carry_it() -> None:
    first, *_ = found(BOTH, "Juno took the roller out and had it printing again by ten.", NoteKind.OBSERVATION)
    assert replace(first, cue="TAL05").is_worded
    assert not replace(first, cue="TAL-read").is_worded
    assert not replace(first, cue="TAL-kind").is_worded


def test_a_thing_that_was_bled_is_no_deed() -> None:
    note = Note(
        MARA.id, NoteId("n"), JUNO.id, date(2026, 5, 4), "Bleed line left open a quarter turn.", NoteKind.OBSERVATION
    )
    assert deed_in(Quote.of(note, note.text), JUNO) is None
