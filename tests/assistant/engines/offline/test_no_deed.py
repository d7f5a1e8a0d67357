"""What is no deed, no pull and no gain, each beside a near one that is: other trades, three languages."""

import pytest

from assistant.domain.note import NoteKind
from tests.assistant.engines.offline.test_finder import found_in

ONE, SEEN, PEER, OWN = NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION, NoteKind.PEER_FEEDBACK, NoteKind.SELF_REVIEW
LOG, GUEST, MAIL = NoteKind.PROJECT_LOG, NoteKind.CUSTOMER_QUOTE, NoteKind.EMAIL


def counted(words: str, kind: NoteKind, author: str = "") -> set[str]:
    author = author or ("Bo Lind" if kind in {PEER, MAIL} else "")
    return {str(i.topic) for i in found_in(words, kind, author=author) if i.counts}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Before: Ana rebuilt the loom twice a week.", LOG),  # how it was
        ("Previously: Ana sorted the seed by hand in two days.", LOG),
        ("Vorher: Ana hat jede Woche zweimal den Webstuhl umgebaut.", LOG),
        ("Antes: Ana ordenó las semillas a mano en dos días.", LOG),
        ("Ana could have rebuilt the loom within the hour.", SEEN),  # a deed that was none
        ("She might have fixed the kiln the same day.", PEER),
        ("Ana wants to get the seed room rebuilt and relabelled.", SEEN),  # a wish
        ("Ana hätte den Webstuhl noch am selben Tag repariert.", SEEN),
        ("Sie möchte das Lager bis zum Herbst umgebaut haben.", SEEN),
        ("Ana habría reparado el telar el mismo día.", SEEN),
        ("Ana quiere tener el almacén organizado en diez minutos.", SEEN),
        ("Three asked for a seat in the first row.", LOG),  # others' doing
        ("Several asked for a second visit.", LOG),
        ("Drei fragten nach einem zweiten Termin.", LOG),
        ("The learner was slow at the wheel and she took the clay out of his hands, twice.", SEEN),  # a fault
        ("Sie hat dem Lehrling den Hobel aus der Hand genommen, zweimal.", SEEN),
        ("Le quitó la gubia de las manos al aprendiz, dos veces.", SEEN),
        ("Asks you where you bought the reed, and not in a nice voice.", PEER),
        ("Ana was in the choir (I checked the list) until late.", SEEN),  # the manager's doing
    ],
)
def test_a_baseline_a_wish_a_fault_and_what_others_did_is_no_talent(words: str, kind: NoteKind) -> None:
    assert "talent" not in counted(words, kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Before the fair Ana rebuilt the loom within the hour and it held.", LOG),
        ("Vor der Messe hat Ana die Orgel neu gestimmt, noch am selben Tag.", SEEN),
        ("Antes de la feria Ana reparó el telar el mismo día.", SEEN),
        ("Ana rebuilt the loom within the hour and wants to show it.", SEEN),
        ("She rebuilt the kiln shelf so that nothing could have cracked.", SEEN),
        ("She took the clay in both hands and showed the class how to centre it.", SEEN),
        ("If Ana says it's the reed, it's the reed.", PEER),
        ("Wenn Ana sagt, es ist das Ventil, dann ist es das Ventil.", PEER),
        ("Si Ana dice que es la válvula, es la válvula.", PEER),
    ],
)
def test_a_deed_beside_such_words_is_one(words: str, kind: NoteKind) -> None:
    assert "talent" in counted(words, kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Not one cracked since, and they are in my window every morning.", GUEST),
        ("Since your woman's small reeds came I have had eleven left in three weeks, not a single squeak.", GUEST),
    ],
)
def test_what_somebody_has_gained_is_theirs_to_tell_and_nobodys_deed(words: str, kind: NoteKind) -> None:
    found = counted(words, kind)
    assert "talent" not in found
    assert "customer_value" in found


@pytest.mark.parametrize(
    "words",
    [
        "Asked how the kiln went. She had gone back in her own time and relit it.",
        "Gefragt, was mit dem Ofen war. Sie ist nach Feierabend noch einmal hin.",
        "Pregunté por el horno. Volvió en su tiempo y lo encendió.",
    ],
)
def test_coming_back_to_mend_a_thing_is_no_passion(words: str) -> None:
    assert "passion" not in counted(words, ONE)


@pytest.mark.parametrize(
    "words",
    [
        "Learnt the old bookbinding stitch in her own time and keeps a notebook of them, fascinated.",
        "Hat sich das Binden selbst beigebracht, fasziniert, und führt ein Heft darüber.",
        "Aprendió por su cuenta la encuadernación, fascinada, y lleva un cuaderno.",
    ],
)
def test_learning_in_ones_own_time_is_one(words: str) -> None:
    assert "passion" in counted(words, ONE)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thank you for lending us Ana last night.", MAIL),
        ("Thank you for your letter of the 4th.", MAIL),
        ("Vielen Dank für Ihre Nachricht vom Montag.", MAIL),
        ("Muchas gracias por su carta del lunes.", MAIL),
    ],
)
def test_courtesy_is_no_gain(words: str, kind: NoteKind) -> None:
    assert "customer_value" not in counted(words, kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thank you, the harp holds its tune for the first time.", MAIL),
        ("Vielen Dank, seitdem hält die Harfe die Stimmung.", MAIL),
        ("Muchas gracias, por fin el arpa no se desafina.", MAIL),
    ],
)
def test_thanks_for_a_difference_are_a_gain(words: str, kind: NoteKind) -> None:
    assert "customer_value" in counted(words, kind)


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (
            "Spring term: 40 harps, 2 came back. Before: 11 of 40.",
            "Spring term: 40 harps, 2 came back. Before: 11 of 40.",
        ),
        ("Vorher: 11 von 40 Harfen kamen zurück. Frühjahr: 40 Harfen, 2 zurück.", None),
        ("Antes: 11 de 40 arpas volvieron. Primavera: 40 arpas, 2 vueltas.", None),
    ],
)
def test_a_figure_beside_what_it_was_before_is_quoted_as_both(words: str, quoted: str | None) -> None:
    found = [i for i in found_in(words, LOG, author="Ana Ruiz") if i.counts and i.topic == "talent"]
    assert [i.quote.text for i in found] == [quoted or words]


@pytest.mark.parametrize(
    "words",
    ["Before: 11 of 40.", "Spring term went by. Before: 11 of 40.", "Spring term: 9 overdue. Before: 11 of 40."],
)
def test_a_figure_from_before_alone_or_beside_a_fault_is_nothing(words: str) -> None:
    assert "talent" not in counted(words, LOG, "Ana Ruiz")
