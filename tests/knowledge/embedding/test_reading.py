"""The shipped reader of sentences: whole notes, one answer a sentence, the same in every run."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.domain.evidence import Topic, Witness
from assistant.domain.masked import MaskedNote
from assistant.domain.note import NoteKind
from knowledge.embedding import reading
from knowledge.embedding.local import MAX_TOKENS
from knowledge.embedding.reading import TOPICS, UNREAD, LocalSentenceReader, shipped_reader, windows

pytestmark = pytest.mark.usefixtures("nothing_spared")

GLASS = MaskedNote(
    (
        "the kiln was down again, so we sat in the yard.",
        '"when the colour comes up through the grain i forget to breathe," she said.',
        "¤ saw that the lead was cracked on the north side and had it out before the wind got up.",
        "the order sheets wear her out, she says, four hours of them and she is empty.",
        "next meeting on the ninth.",
    ),
    NoteKind.ONE_ON_ONE,
    Witness.MANAGER,
)
CARD = MaskedNote(("we can hear the choir from every pew again.",), NoteKind.CUSTOMER_QUOTE, Witness.CUSTOMER)
LONG = MaskedNote(tuple(f"on day {i} the rota was printed, folded and pinned up." for i in range(120)), NoteKind.MISC,
                  Witness.MANAGER)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> LocalSentenceReader:
    return LocalSentenceReader()


def best(reader: LocalSentenceReader, topic: Topic) -> int:
    [told] = reader.read([GLASS])
    return max(range(len(told)), key=lambda i: told[i][topic])


def test_each_sentence_is_told_apart_by_what_it_speaks_for(reader: LocalSentenceReader) -> None:
    assert (best(reader, Topic.PASSION), best(reader, Topic.TALENT), best(reader, Topic.ENERGY_DRAIN)) == (1, 2, 3)
    [told] = reader.read([GLASS])
    assert all(odds < 0 for odds in told[4].values()), "a date speaks for nothing"


def test_an_answer_does_not_depend_on_other_notes_threads_or_the_run(reader: LocalSentenceReader) -> None:
    together = reader.read([CARD, LONG, GLASS])
    assert together == [reader.read([note])[0] for note in (CARD, LONG, GLASS)]
    assert together == LocalSentenceReader().read([CARD, LONG, GLASS])
    with ThreadPoolExecutor(4) as pool:
        assert all(told == together[2:] for told in pool.map(lambda _: reader.read([GLASS]), range(8)))


def test_a_long_note_is_read_to_its_end_and_an_empty_sentence_is_left_out(reader: LocalSentenceReader) -> None:
    [told] = reader.read([LONG])
    assert len(told) == 120
    assert all(UNREAD < odds for row in told for odds in row.values())
    gap = MaskedNote(("", "the hall was full."), NoteKind.MISC, Witness.MANAGER)
    [first, second] = reader.read([gap])[0]
    assert {*first.values()} == {UNREAD}
    assert UNREAD not in second.values()
    assert reader.read([]) == []
    assert reader.read([MaskedNote((), NoteKind.MISC, Witness.MANAGER)]) == [[]]


@pytest.mark.parametrize("words", ["a\x00b \udcff c", "🙂" * 500, "x" * 60_000, "\u202e"])
def test_no_text_breaks_it(reader: LocalSentenceReader, words: str) -> None:
    [told] = reader.read([MaskedNote((words, "and the rest."), NoteKind.EMAIL, Witness.PEER)])
    assert [set(row) for row in told] == [set(TOPICS)] * 2


def test_no_window_is_wider_than_the_model_reads() -> None:
    sentences = [list(range(1, 101))] * 7
    made = list(windows([7, 8], sentences))
    assert all(len(ids) <= MAX_TOKENS for ids, _ in made)
    assert [number for _, places in made for number, _, _ in places] == [*range(7)]
    assert all(ids[begin:end] == sentences[0] for ids, places in made for _, begin, end in places)


def test_the_weights_are_the_ones_that_were_measured() -> None:
    folder = files("knowledge.embedding") / "reader"
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    told = (folder / "PROVENANCE.md").read_text(encoding="utf-8")
    assert re.search(rf"model\.onnx sha256 {digest}$", told, re.MULTILINE)
    assert LocalSentenceReader().fingerprint == f"reader:{digest[:12]}"


def test_without_its_weights_there_is_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shipped_reader() is not None
    monkeypatch.setattr(reading, "files", lambda package: tmp_path)
    assert shipped_reader() is None
