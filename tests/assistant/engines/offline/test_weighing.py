"""What a line is weighed by for a facet, and what a claim may do that the cues alone would not have made."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.evidence import Evidence, EvidenceState, Topic
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.engines.offline.choosing import FACETS
from assistant.engines.offline.evidence_rules import signs_by_cue
from assistant.engines.offline.finder import OfflineFinder
from assistant.engines.offline.weighing import features_of, scales
from knowledge.embedding.reading import LocalSentenceReader
from tests.assistant.engines.offline.test_golden_sentences import MARA

READER = LocalSentenceReader()
JUNO = Person(MARA.id, PersonId("p"), "Juno Example", pronouns=Pronouns.SHE)
DEED = "Juno took the roller out, found the burr with her thumbnail and had it printing again by ten."


def readable(words: str, kind: NoteKind, author: str = "") -> Readable:
    note = Note(MARA.id, NoteId("n"), JUNO.id, date(2026, 5, 4), words, kind, author)
    return Readable(note, OfflineFinder().screen([note])[0])


def found(words: str, kind: NoteKind, author: str = "") -> list[Evidence]:
    return list(OfflineFinder(READER).evidence(JUNO, MARA, [readable(words, kind, author)]))


def weighed(topic: Topic, words: str, heard: float, kind: NoteKind = NoteKind.OBSERVATION) -> float:
    [opened] = OfflineFinder().opened(JUNO, MARA, [readable(words, kind)])
    sign = signs_by_cue(topic, opened.lines, opened.voice).get(0)
    told = dict.fromkeys(Topic, -4.0) | {topic: heard}
    return scales(topic).odds(features_of(topic, opened.lines[0], sign, opened.voice, told))


@pytest.mark.parametrize("topic", FACETS)
def test_a_line_weighs_more_the_more_plainly_the_reader_hears_it(topic: Topic) -> None:
    assert weighed(topic, DEED, -3.0) < weighed(topic, DEED, 0.0) < weighed(topic, DEED, 3.0)


@pytest.mark.parametrize("topic", FACETS)
def test_beyond_six_the_readers_log_odds_change_nothing(topic: Topic) -> None:
    assert weighed(topic, DEED, 6.0) == weighed(topic, DEED, 60.0)


def test_words_we_know_make_a_line_weigh_more() -> None:
    plain = "It was a Tuesday and the machine stood in the back of the hall by the door."
    assert weighed(Topic.TALENT, DEED, 0.0) > weighed(Topic.TALENT, plain, 0.0)


@pytest.mark.parametrize("topic", FACETS)
def test_every_weight_is_of_something_a_line_is_weighed_by(topic: Topic) -> None:
    [opened] = OfflineFinder().opened(JUNO, MARA, [readable(DEED, NoteKind.OBSERVATION)])
    names = set(features_of(topic, opened.lines[0], None, opened.voice, dict.fromkeys(Topic, 0.0)))
    whose = {f"told by {w}" for w in ("self", "manager", "peer", "customer")}
    known = names | whose | {f"in {kind}" for kind in NoteKind} | {"always"}
    assert set(scales(topic).weights) <= known
    assert {"reader", "points", "claimed"} <= set(scales(topic).weights)


@pytest.mark.parametrize(
    "words",
    [
        "Sie hat den Motor zerlegt, den Haarriss gefunden, und um zehn lief die Presse wieder.",
        "Desmontó el rodillo, encontró la rebaba con la uña y a las diez la imprenta andaba otra vez.",
        "took the roller out, found the burr w her thumbnail, press back up by ten",
    ],
)
def test_a_deed_in_words_no_list_holds_is_suggested_and_nothing_is_known_by_it(words: str) -> None:
    told = [e for e in found(words, NoteKind.OBSERVATION) if e.topic is Topic.TALENT and e.counts]
    assert told
    assert all(e.quote.text in words for e in told)


def test_what_is_suggested_is_a_guess_until_the_manager_confirms_it() -> None:
    words = "Desmontó el rodillo, encontró la rebaba con la uña y a las diez la imprenta andaba otra vez."
    told = [e for e in found(words, NoteKind.OBSERVATION) if e.cue.endswith("-read")]
    assert told
    assert all(e.is_guess and e.counts for e in told)
    assert not any(replace(e, state=EvidenceState.CONFIRMED).is_guess for e in told)


@pytest.mark.parametrize(
    "words",
    [
        '"Don\'t put me there because I brew at home. That is where I go to not think about water."',
        'Her hobby is an old organ. "That\'s where I really get to tune something," she said.',
    ],
)
def test_what_stands_beside_a_hobby_is_not_suggested_as_what_draws_them(words: str) -> None:
    assert not [e for e in found(words, NoteKind.ONE_ON_ONE) if e.topic is Topic.PASSION and e.counts]
