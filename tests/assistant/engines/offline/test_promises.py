from datetime import date

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.due import due_date
from assistant.engines.offline.finder import OfflineFinder
from tests.assistant.engines.offline.histories import histories, tally

MARA = Account(AccountId("me"), "Mara Voss")
FINDER = OfflineFinder()
FEBRUARY = date(2026, 2, 2)  # a Monday
Told = tuple[str, str, str]  # day, kind, words


def promises(*told: Told, name: str = "Ana Ruiz", author: str = "") -> list[Promise]:
    person = Person(MARA.id, PersonId("p"), name, (name.split()[0],), Pronouns.SHE)
    notes = [
        Note(MARA.id, NoteId(f"n{i}"), person.id, date.fromisoformat(day), words, NoteKind(kind), author)
        for i, (day, kind, words) in enumerate(told)
    ]
    readable = [Readable(n, s) for n, s in zip(notes, FINDER.screen(notes), strict=True)]
    return list(FINDER.promises(person, MARA, readable))


def said(words: str, kind: str = "one_on_one", author: str = "") -> list[tuple[str, str | None]]:
    found = promises(("2026-02-02", kind, words), author=author)
    return [(p.owner.value, p.due.isoformat() if p.due else None) for p in found]


def test_somebody_who_has_not_said_their_name_yet_is_no_me_in_a_spanish_sentence() -> None:
    person = Person(MARA.id, PersonId("p"), "Ana Ruiz", ("Ana",), Pronouns.SHE)
    note = Note(
        MARA.id,
        NoteId("n"),
        person.id,
        FEBRUARY,
        "Me prometió la lista de alérgenos para el 4 de marzo.",
        NoteKind("one_on_one"),
    )
    (readable,) = (Readable(note, s) for s in FINDER.screen([note]))
    assert [p.owner for p in FINDER.promises(person, Account(MARA.id, "Me"), [readable])] == [Owner.THEM]


def test_what_was_agreed_is_told_without_the_word_that_joins_it() -> None:
    (promise,) = promises(("2026-02-02", "one_on_one", "We agreed that she leads the first class on 2 March."))
    assert promise.what == "She leads the first class on 2 March"


def then(first: str, *later: str, kind: str = "one_on_one") -> list[PromiseState]:
    days = ("2026-02-02", "2026-03-02", "2026-04-02", "2026-05-04")
    told: list[Told] = [("2026-02-02", "one_on_one", first)]
    told += [(day, kind, words) for day, words in zip(days[1:], later, strict=False)]
    return [p.state for p in promises(*told)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Ten kits by end of June, start with the pump job.", [("them", "2026-06-30")]),
        ("Draft box by 12 June.", [("them", "2026-06-12")]),
        ("Ana to prepare the stock count plan by 20 March.", [("them", "2026-03-20")]),
        ("I said put it on paper for me, a half page on the certificate. She said a week.", [("them", "2026-02-09")]),
        ("All nineteen recipes written down, she says by the end of September.", [("them", "2026-09-30")]),
        ("Me: ask the partners about the seminar.", [("me", None)]),
        ("I undertook to clear the permit with the port office by 30 March.", [("me", "2026-03-30")]),
        ("Loading ramp: the yard will fit new rails by 30 March instead (on my side).", [("me", "2026-03-30")]),
        ("My side: order the torque wrench, order out by 30 March.", [("me", "2026-03-30")]),
        ("Asked about the locker again. Promised to write to the landlord by end of March.", [("me", "2026-03-31")]),
        ("Neuer Termin: bis 31. März stelle ich sie dem Werksleiter vor.", [("me", "2026-03-31")]),
        ("Mara asks the landlord about the loading ramp before February is out.", [("me", "2026-02-28")]),
        ("Told her I'd have dates for the fair by Friday.", [("me", "2026-02-06")]),
        ("Ich habe ihr bis Freitag, 6. Februar, den neuen Dienstplan versprochen.", [("me", "2026-02-06")]),
        ("Habe Ana zugesagt, bis Ende des Monats mit dem Einkauf zu reden.", [("me", "2026-02-28")]),
        ("Sie hat mir die Allergenliste bis Montag versprochen.", [("them", "2026-02-09")]),
        ("Wir haben vereinbart, dass sie am 2. März den ersten Kochkurs leitet.", [("them", "2026-03-02")]),
        ("Der Lieferant hat ihr bis Freitag neue Messer versprochen.", []),
        ("Ich habe ihr nichts versprochen.", []),
        ("Sie schiebt die Liste jede Woche bis Freitagabend.", []),
        ("Le he prometido una mesa nueva para el lunes.", [("me", "2026-02-09")]),
        ("Me prometió la lista de alérgenos para el 4 de marzo.", [("them", "2026-03-04")]),
        ("Quedamos en que lleva el primer curso el 2 de marzo.", [("them", "2026-03-02")]),
        ("El proveedor le prometió cuchillos nuevos para el viernes.", []),
        ("Ella lo deja cada semana hasta el viernes.", []),
        ("I've promised Ana to talk to purchasing by the end of the month.", [("me", "2026-02-28")]),
        ("We agreed that she leads the first class on 2 March.", [("them", "2026-03-02")]),
        ("The supplier promised her new knives by Friday.", []),
        ("She puts the lists off every week until Friday.", []),
        (
            "She goes to the mill before Easter, and I get the thermostat swapped within ten days.",
            [("them", "2026-04-04"), ("me", "2026-02-12")],
        ),
        ("First aid course: none left in May. I approve, she is to enroll by 1 June.", [("them", "2026-06-01")]),
        ("I pay the fee, she is to book the exam by 1 June.", [("me", None), ("them", "2026-06-01")]),
        (
            "I said I would ask the bank, and she will write the offer by 1 June.",
            [("me", None), ("them", "2026-06-01")],
        ),
        ("She would like the course, and she will send me the price by 1 June.", [("them", "2026-06-01")]),
        ("Ich genehmige, sie meldet sich bis 1. Juni an.", [("them", "2026-06-01")]),
        ("Yo apruebo, ella se inscribe antes del 1 de junio.", [("them", "2026-06-01")]),
        ("Ana schreibt die Checkliste für den Lackraum bis Ende Februar.", [("them", "2026-02-28")]),
        ("Bis Ende Juli soll sie mir drei Bereiche nennen.", [("them", "2026-07-31")]),
        ("Ich kläre mit der Leitung, ob sie zur Messe darf.", [("me", None)]),
        ("Le prometí unas botas nuevas para el almacén.", [("me", None)]),
        ("Dijo que llamará a la clienta de Burgos.", [("them", None)]),
    ],
)
def test_an_agreement_is_a_promise_of_its_owner_with_its_day(words: str, wanted: list[tuple[str, str | None]]) -> None:
    assert said(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "Customer wants delivery by end of March.",
        "His contract runs until June.",
        "I will try to be more patient with her.",
        "She thinks it will get better.",
        '"I\'ll win the lottery and buy the place," she says.',
        "El curso de soldadura: le dije que sí, está aprobado.",
        "Vielleicht machen wir das irgendwann jeden Monat.",
        '"Voy a comprarme el almacén entero", bromea.',
    ],
)
def test_wishes_jokes_and_facts_bind_nobody(words: str) -> None:
    assert said(words) == []


def test_a_dated_goal_of_their_own_is_a_promise_of_theirs() -> None:
    words = "My goals. 1. 300 pins on the map by the 30th of June. 2. Mara asks the depot for a screen by May."
    assert said(words, "goal", author="Ana Ruiz") == [("them", "2026-06-30"), ("me", "2026-05-31")]


def test_whom_they_quote_in_their_own_log_promises_nothing_for_them() -> None:
    assert said('Favourite: man who said "hang on, I\'ll ask the pump by Friday."', "project_log", "Ana Ruiz") == []


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("She will build a photo checklist for job close-out by the end of March.", "The checklist is done."),
        ("I'll order a new seat for the crane.", "New seat is in."),
        ("I'll ask the office for a list of customers with a closet.", "Thanks for the closet list, 61 names!!"),
        ("She checks the course prerequisites by mid February.", "Course prerequisites: none, USD 480."),
        ("She will complete all five permits by 1 October.", "Permits: all five closed and verified."),
        ("I'll speak to payroll about the overtime.", "Rang payroll on Monday, it comes in April."),
        ("I'll raise the jazz slot with the board.", "Board: no to the jazz slot, money."),
        ("She will train two stand-ins on the laser.", "Both stand-ins run the laser on their own now."),
        ("Ana soll bis Freitag die Inventurliste schicken.", "Die Inventurliste kam pünktlich, ohne einen Fehler."),
        ("Ana va a ordenar el almacén antes del 15 de febrero.", "Almacén ordenado, todo etiquetado."),
    ],
)
def test_a_told_result_keeps_a_promise(first: str, later: str) -> None:
    assert then(first, later) == [PromiseState.DONE]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("She will write the handover guide.", "The handover guide should be done by Friday."),
        ("She will write the handover guide.", "Asked about the handover guide; two pages to go."),
        ("I owe her a decision on the night allowance.", "The night allowance came up again."),
        ("I'll set up a visit to the Hull plant.", "If the visit to the Hull plant is booked she wants to come."),
        ("She will interview two customers before 1 March.", "Interviewed one customer, Mrs Bell."),
        ("Ten kits by end of June.", "Kits: 8 of 10."),
        ("300 pins on the map by the 30th of June.", "Pins on the map: 214."),
        ("I'll order new chairs for the reading room.", "Somebody broke another chair in the reading room."),
        ("Sie schreibt das Angebot bis 15. März.", "Das Angebot soll nächste Woche fertig sein."),
        ("Le prometí unas botas nuevas.", "Las botas no han llegado."),
    ],
)
def test_what_is_planned_partial_or_only_mentioned_keeps_nothing(first: str, later: str) -> None:
    assert then(first, later) == [PromiseState.OPEN]


def test_what_fell_away_is_dropped_and_says_by_which_words() -> None:
    (promise,) = promises(
        ("2026-02-02", "one_on_one", "Ana will film the safety briefing in March."),
        ("2026-03-02", "one_on_one", "We dropped the safety film, the briefing stays on paper."),
    )
    assert promise.state is PromiseState.DROPPED
    assert promise.closed_by is not None
    assert promise.closed_by.text.startswith("We dropped")


def test_the_newest_wording_and_day_are_shown_with_the_history_as_quotes() -> None:
    (promise,) = promises(
        ("2026-02-02", "one_on_one", "Ana will write down her packing procedure, one page, by mid February."),
        ("2026-03-02", "one_on_one", "The packing page is not written. We said end of March."),
        ("2026-04-02", "one_on_one", "Packing page, month three. Ana films the packing on a phone by the end of June."),
    )
    assert promise.due == date(2026, 6, 30)
    assert promise.what.startswith("Ana films the packing")
    assert promise.made_on == FEBRUARY
    assert [q.day.month for q in promise.quotes] == [2, 3, 4]


def test_one_note_may_bind_both_and_no_id_is_given_twice() -> None:
    found = promises(("2026-02-02", "one_on_one", "She brings the box; I call the mill, and I bring the flour."))
    assert len({p.id for p in found}) == len(found) >= 2
    assert {p.owner for p in found} == {Owner.ME, Owner.THEM}


@pytest.mark.parametrize(
    ("words", "language", "wanted"),
    [
        ("by easter", "en", "2026-04-05"),
        ("before christmas", "en", "2026-12-24"),
        ("bis pfingsten", "de", "2026-05-24"),
        ("antes de navidad", "es", "2026-12-24"),
        ("by the end of the second quarter", "en", "2026-06-30"),
        ("first week of july", "en", "2026-07-07"),
        ("next week", "en", "2026-02-13"),
        ("before may", "en", "2026-04-30"),
        ("by 25/5", "en", "2026-05-25"),
        ("by the 3/4", "en", None),
    ],
)
def test_a_day_is_read_as_people_say_it(words: str, language: str, wanted: str | None) -> None:
    found = due_date(words, FEBRUARY, language)
    assert (found.isoformat() if found else None) == wanted


def test_sixty_histories_of_other_trades_are_read_well_enough() -> None:
    told = list(histories())
    assert len(told) == 60
    assert sum(h.language != "en" for h in told) == 20
    score = tally(iter(told), FINDER)
    assert score.f1 >= 0.75
    assert score.kept_wrongly <= 2
    assert score.dues >= 0.7 * score.hits


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_each_language_is_read_well_enough(language: str) -> None:
    assert tally((h for h in histories() if h.language == language), FINDER).f1 >= 0.55


@pytest.mark.parametrize(
    ("first", "later", "wanted"),
    [
        ("Ana will make one chair for the open day (1 March).", "Open day. Her chair stood by the door.", "done"),
        ("Mara to redo the rota by 27 February.", "New rota out, afternoons clear.", "done"),
        ("I will speak to Dr Abbott about the ward seat.", "Abbott said yes, she joins from next week.", "done"),
        ("Ana to count the glaze boxes by 27 February.", "Still no count. Store says June.", "open"),
        ("Ana writes the packing page by 16 February.", "Packing page, month two.", "open"),
        ("I'm to bring her to a customer.", "A vendor told her she was his best customer.", "open"),
        ("Agreed she does the talking at three calls, Leticia standing by.", "Leticia gave me a look.", "open"),
        ("Her goal: shift lead by Christmas.", "She is serious about shift lead, she had a folder.", "open"),
        ("Ana will write the plan: draft by 20 February.", "The plan is back on the list: draft by 31 March.", "open"),
    ],
)
def test_an_end_is_told_of_the_thing_itself(first: str, later: str, wanted: str) -> None:
    assert then(first, later)[:1] == [PromiseState(wanted)]


@pytest.mark.parametrize(
    "words",
    [
        "She didn't know either. We're going to test it.",
        "Ana is to look into the course, but has decided against it.",
        "Ana is going to ask for a day off for the exam.",
    ],
)
def test_what_binds_nobody_by_name_or_was_taken_back_is_no_promise(words: str) -> None:
    assert said(words) == []


def test_a_day_of_the_week_that_names_a_thing_or_comes_again_is_no_due_day() -> None:
    assert said("Me: ask the partners about the Thursday seminar.") == [("me", None)]
    assert said("I'll cover the toddler room Wednesday afternoon from now on.") == [("me", None)]


def test_told_her_no_ends_a_sentence() -> None:
    found = said("I must tell her no. She will train Bea on the scanner by the 9th.")
    assert ("them", "2026-02-09") in found


def test_a_note_without_small_words_is_read_in_the_language_of_the_others() -> None:
    (promise,) = promises(
        ("2026-02-02", "one_on_one", "Vereinbart: Ana schreibt das Konzept für den Lackraum bis Mitte April."),
        ("2026-04-20", "one_on_one", "Konzept kommt erst Ende Mai, Kunde Huber brennt."),
    )
    assert promise.state is PromiseState.OPEN


def test_a_promise_said_again_takes_the_newest_of_that_side() -> None:
    found = promises(
        ("2026-02-02", "one_on_one", "I need to work out who buys her reports."),
        ("2026-03-02", "one_on_one", "I'm to bring her to a customer."),
        ("2026-05-14", "one_on_one", "I promised her again: the mill, in June."),
    )
    assert [(p.what, p.due) for p in found] == [
        ("I need to work out who buys her reports", None),
        ("I'm to bring her to a customer", date(2026, 6, 30)),
    ]


def test_what_nobody_spoke_of_for_half_a_year_is_quiet_and_not_overdue() -> None:
    (promise,) = promises(("2026-02-02", "one_on_one", "Ana to prepare the stock count plan by 20 March."))
    assert promise.is_overdue(date(2026, 9, 19))
    assert not promise.is_quiet(date(2026, 9, 19))
    assert promise.is_quiet(date(2026, 9, 20))
    assert not promise.is_overdue(date(2026, 9, 20))


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("She builds the stock dashboard for the big screen by 30 April.", "Dashboard scrapped."),
        ("Ana erstellt das Dashboard für den großen Bildschirm bis 30. April.", "Dashboard gestoppt. Schade."),
    ],
)
def test_two_words_on_the_thing_itself_drop_a_promise(first: str, later: str) -> None:
    assert then(first, later) == [PromiseState.DROPPED]


def test_what_comes_as_promised_or_days_early_is_kept() -> None:
    assert then("She will draft the shift rota by 30 March.", "Shift rota two days early.") == [PromiseState.DONE]
    assert then("She will draft the shift rota by 30 March.", "Shift rota as promised.") == [PromiseState.DONE]


def test_what_they_were_told_to_do_is_said_without_who_told_them() -> None:
    (made,) = promises(("2026-02-02", "one_on_one", "I said put it on paper for me, a half page. She said a week."))
    assert made.what == "Put it on paper for me, a half page"
    assert "I said put it on paper" in made.quotes[0].text


def test_a_promise_that_can_be_read_alone_is_shown_without_the_sentence_before() -> None:
    words = "I still couldn't tell you what in the work makes her tick. Must find a better way to ask."
    (found,) = promises(("2026-02-02", "one_on_one", words))
    assert found.what == "Must find a better way to ask"
    (seat,) = promises(("2026-02-02", "one_on_one", "The seat is a fair point. I'll order one."))
    assert seat.what.startswith("The seat is a fair point")


@pytest.mark.parametrize(
    "words",
    [
        "She did ring all eleven by Friday.",
        "She rang all eleven by Friday.",
        "She finished the last two boxes before the end of May.",
        "I said call them both into the room with the bag on the table.",
        "I said just write it as you would say it.",
    ],
)
def test_what_is_done_and_what_is_only_advised_is_no_new_promise(words: str) -> None:
    assert said(words) == []


def test_what_she_did_do_by_the_day_keeps_the_promise_and_makes_none() -> None:
    first = ("2026-02-02", "one_on_one", "She's to ring all eleven customers by the 12th and give them a true date.")
    (kept,) = promises(first, ("2026-02-16", "one_on_one", "She did ring all eleven customers by Thursday."))
    assert kept.state is PromiseState.DONE
    assert then("She promised the packing list by Friday.") == [PromiseState.OPEN]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("She will write the indigo recipe down for the vat by mid May.", "She'll show Pell the vat on 10 April."),
        ("She will repair the lathe by mid May.", "She'll demonstrate the lathe to the apprentices on 10 April."),
        ("She will write down the sourdough recipe by mid May.", "She'll teach Omar the sourdough on 10 April."),
        ("I will ask Kim about the crane by mid May.", "I'll inspect the crane at the port on 10 April."),
        ("She will present the rota to the ward by 20 May.", "She'll translate the rota for the crew by 10 April."),
    ],
)  # fmt: skip
def test_two_deeds_with_two_days_are_two_promises_however_alike_their_things(first: str, second: str) -> None:
    found = promises(("2026-02-02", "one_on_one", first), ("2026-03-02", "one_on_one", second))
    assert [(p.state, p.made_on.isoformat()) for p in found] == [
        (PromiseState.OPEN, "2026-02-02"), (PromiseState.OPEN, "2026-03-02"),
    ]  # fmt: skip


def test_the_same_deed_with_another_day_is_one_promise() -> None:
    (promise,) = promises(
        ("2026-02-02", "one_on_one", "She will write the indigo recipe down by mid May."),
        ("2026-03-02", "one_on_one", "She'll write the indigo recipe down by 10 April."),
    )
    assert promise.due == date(2026, 4, 10)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("I still owe Pell the answer about the dresser course in May, promised it by end of last week.", "2026-01-30"),
        ("I still owe her the answer about the trainee course in May.", None),
        ("I'll send her the report on the fair in May by Friday.", "2026-02-06"),
        ("I said I'd take the costing sheets off her desk until Easter.", None),
        ("I will cover her Friday shifts until Easter.", None),
        ("I promised to book the trip in March.", "2026-03-31"),
        ("I will send her the list until Friday.", "2026-02-06"),
        ("Ich schulde ihr noch die Antwort zum Kurs im Mai.", None),
        ("Ich schicke ihr die Liste bis Freitag.", "2026-02-06"),
        ("Le debo la respuesta sobre el curso en mayo.", None),
    ],
)
def test_a_due_day_hangs_on_the_deed_not_on_the_thing_and_a_deed_that_lasts_has_none(
    words: str, due: str | None
) -> None:
    assert said(words) == [("me", due)]
