"""Notes without capitals, chats copied with times and names, words behind a label: cut and given to who said them."""

import pytest

from assistant.domain.account import Account
from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import NoteId, NoteKind
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Owner
from assistant.engines.offline.finder import OfflineFinder
from assistant.engines.offline.sentences import sentences
from assistant.engines.offline.voice import Cast, initials_of
from assistant.phrases import PhraseIndex, unaccented
from tests.assistant.engines.offline.situations import MAJA, MANAGER, ME, note


def cut(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("rang the depot. maja there already. two vans out. rain all day.", 4),
        ("quiet morning. three in for the early bake, maja on her own. milk short again.", 3),
        ("She re-timed the ovens. first bake even. no waste. Good.", 4),
        ("habló con el proveedor. quedó en mandar la lista. llovió.", 3),
        ("früh da gewesen. ofen lief schon. niemand hatte gefragt.", 3),
    ],
)
def test_a_note_without_capitals_is_cut_at_its_full_stops(text: str, pieces: int) -> None:
    assert len(cut(text)) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "She ordered approx. forty trays.",
        "Flour, eggs etc. came late.",
        "She waited... then left without a word.",
        "Wir haben z. B. die Öfen neu gestellt.",
        "The new oven (model no. 5) runs from 3. April on.",
        "We met Dr. van der Berg about the dept. budget.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert cut(text) == [text]


def test_a_chat_copied_with_times_is_cut_at_every_message() -> None:
    text = "[13:40] Maja: can I change the sheet [13:41] me: yes [13:44] Maja: done, the first bake is even."
    assert cut(text) == [
        *("[13:40] Maja:", "can I change the sheet", "[13:41] me:", "yes", "[13:44] Maja:"),
        "done, the first bake is even.",
    ]


def voices(text: str) -> dict[str, Witness]:
    voice = Cast.of(MAJA, MANAGER).voice(note("n1", "2026-03-03", text, NoteKind.MISC))
    found = sentences(text)
    return {sentence.text: voice.speaker(found, place) for place, sentence in enumerate(found)}


def test_a_message_belongs_to_the_one_who_wrote_it() -> None:
    told = voices(f"[13:40] Maja: I stayed on for the glaze [13:41] {MANAGER.name}: why [13:42] Tom: she always does")
    assert told["I stayed on for the glaze"] is Witness.SELF
    assert told["why"] is Witness.MANAGER
    assert told["she always does"] is Witness.HEARSAY


@pytest.mark.parametrize(
    ("text", "words", "witness"),
    [
        ('Mrs Fox, guest: "The bread was the best of our whole week."', "The bread was the best", Witness.CUSTOMER),
        (
            'skipper of the girl morag, 1915: "every boat in here sleeps because of her."',
            "every boat",
            Witness.CUSTOMER,
        ),
        ('Mail Frau Gantenbein, Stammgast: "Darum kommen wir immer wieder hierher."', "Darum", Witness.CUSTOMER),
        ('una clienta: "por ella volvemos cada domingo a desayunar."', "por ella", Witness.CUSTOMER),
        ('Asked her what she would keep: "the long bake and the early bus."', "the long bake", Witness.SELF),
        ('Heute: "Das Café ist für mich vorbei, das lasse ich."', "Das Café", Witness.SELF),
        ('Maja about her customers: "they know my bread by its ears."', "they know", Witness.SELF),
    ],
)
def test_what_is_quoted_behind_a_label_is_theirs(text: str, words: str, witness: Witness) -> None:
    told = next(who for said, who in voices(text).items() if said.startswith(words))
    assert told is witness


def test_accents_that_were_left_out_are_read_all_the_same() -> None:
    index = PhraseIndex([("asked", ["nadie se lo pidió"])])
    assert [meaning for meaning, _ in index.hits("se quedó hasta las 9, nadie se lo pidio")] == ["asked"]
    assert unaccented("él sabe más que prometió") == "él sabe más que prometio"


def test_what_is_only_to_be_done_is_no_talent() -> None:
    finder = OfflineFinder()
    told = note(
        "n1", "2026-03-03", "[ ] Maja to write the oven card by 28 March. Maja checked all twelve ovens by ear."
    )
    found = finder.evidence(MAJA, MANAGER, [Readable(told, Screening(told.id, 1, "en"))])
    assert not any("oven card" in item.quote.text for item in found if item.topic is Topic.TALENT and item.counts)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Sipho Langeveldt", {"sl"}),
        ("Jean-Paul Roy", {"jpr"}),
        ("Anna Moore", set()),
        ("Otto", set()),
        ("Ida Tamm", set()),
    ],
)
def test_initials_stand_for_a_name_where_they_are_no_word(name: str, initials: set[str]) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("1:1 ML. GH to ask the board about the second oven by 12 May.", Owner.ME),
        ("TODO GH -> second oven", Owner.ME),
        ("GH owes ML the letter about her pay, 31/5", Owner.ME),
        ("rang twice. still owe her an answer on the oven.", Owner.ME),
        ("[ ] ML send the oven card by 12 May", Owner.THEM),
    ],
)
def test_who_is_written_by_initials_is_who_promised(text: str, owner: Owner) -> None:
    boss = Account(ME, "Gus Hale")
    told = Readable(note("n1", "2026-05-03", text), Screening(NoteId("n1"), 1, "en"))
    found = OfflineFinder().promises(MAJA, boss, [told])
    assert [promise.owner for promise in found] == [owner]


def test_what_was_given_as_it_was_said_is_no_promise_any_more() -> None:
    told = Readable(
        note("n1", "2026-05-03", "Maja did give me the Christmas plan like she said."), Screening(NoteId("n1"), 1, "en")
    )
    assert OfflineFinder().promises(MAJA, MANAGER, [told]) == ()


def test_that_somebody_was_asked_what_they_enjoy_is_no_passion() -> None:
    told = note("n1", "2026-05-03", "Asked a third time what she enjoys, she shrugged.", NoteKind.ONE_ON_ONE)
    found = OfflineFinder().evidence(MAJA, MANAGER, [Readable(told, Screening(told.id, 1, "en"))])
    assert [item.topic for item in found if item.topic is Topic.PASSION] == []
