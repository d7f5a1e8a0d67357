"""Team, library and settings: what they say, and whose they are."""

import pytest

from assistant.desk import Desk
from assistant.domain.account import AccountId
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.errors import Invalid
from tests.ui.web.conftest import MIA, OLE, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_notes import fields
from tests.ui.web.test_show import harmless
from ui.web import views
from ui.web.about import About
from ui.web.around import Around
from ui.web.place import PAGES, Place


def shown(office: Office, page: str, *, account: AccountId = MIA, **more: object) -> str:
    return last(views.look(office.desk(account), Place(account, page), **more)).out  # type: ignore[arg-type]


def test_the_map_says_of_whom_what_is_known_and_whom_to_ask_and_ranks_nobody(office: Office) -> None:
    html = shown(office, "team")
    text = words(html)
    assert text.index("○ unknown") < text.index("◕ known"), "where to ask comes first"
    assert "Petra Holm" in text
    assert "Kurt" not in text
    assert "Kurt Vale" in words(shown(office, "team", account=OLE))


def test_the_mix_counts_held_talks_by_month_and_asked_questions_by_what_they_are_for(office: Office) -> None:
    mix = office.desk().team.mix()
    assert [month.held for month in mix.months] == [0, 0, 1, 1, 0, 1]
    assert [month.first.month for month in mix.months] == [1, 2, 3, 4, 5, 6]
    assert "Mark a question as asked" in words(shown(office, "team"))
    dana = office.desk().person("dana")
    dana.asked("CUS-REG-1")
    dana.asked("Which invoice was the messiest of all?")
    text = words(shown(office, "team"))
    assert "customer" in text.split("What you asked about")[1]
    assert "in your own words" in text
    dana.asked("CUS-REG-1", later=True)
    dana.asked("Which invoice was the messiest of all?", later=True)
    assert office.desk(OLE).team.mix().asked == ()


def test_the_library_is_looked_through_by_pillar_and_found_by_meaning(office: Office) -> None:
    whole = shown(office, "library")
    assert "{" not in words(whole), "no slot is left open"
    customer = last(views.look(office.desk(), Place(MIA, "library", item="customer"))).out
    assert len(customer) < len(whole)
    found = words(shown(office, "library", words="praise that lands"))
    assert "Principles" in found
    assert "Questions" in found
    harmless(shown(office, "library", words="<script>alert(1)</script>"))


def test_every_question_can_be_read_aloud(office: Office) -> None:
    for question in office.desk().library.questions():
        assert "{" not in question.plain


@pytest.mark.parametrize("model", ["", "ollama:llama3.2"])
def test_settings_say_who_writes_who_reads_and_where_the_data_are(office: Office, model: str) -> None:
    about = About(version="0.1.0", home="/home/mia/<b>", model=model, backup="2 days")
    html = shown(office, "settings", around=Around(lambda: about))
    text = words(html)
    assert ("ollama:llama3.2" in text.split("Who can read what")[0]) is bool(model) or not model
    assert "The rules write alone" in text if not model else "screened notes" in text
    assert "2 days old" in text
    assert "desk of Mia Okafor" in text
    assert "<b>" not in html


@pytest.mark.parametrize("page", [p for p in PAGES if p != "person"])
def test_every_page_teaches_somebody_who_has_nobody_yet(office: Office, page: str) -> None:
    nobody = AccountId("ida")
    if all(a.id != nobody for a in office.house.records.accounts.all()):
        from assistant.domain.account import Account

        office.house.records.accounts.add(Account(nobody, "Ida New"))
    desk: Desk = office.desk(nobody)
    screen = last(views.look(desk, Place(nobody, page)))
    assert len(words(screen.out)) > 80, "never an empty page"
    harmless(screen.scope + screen.out)


def test_a_place_of_a_page_that_is_not_there_is_the_first_page(office: Office) -> None:
    screen = press(office, Place(MIA, "team"), "go")
    assert screen.place.page == "team"
    assert Place.read("?a=mia&g=admin").page == "today"


def test_a_question_of_ones_own_is_saved_shown_asked_and_taken_out_and_nobody_else_sees_it(office: Office) -> None:
    place, asking = Place(MIA, "library"), Place(MIA, "person", "dana", "asked")
    mine = {"text": "Whose zeppelin would you miss first? <b>", "kind": "question", "pillar": "talent"}
    assert "Saved" in words(press(office, place, "keep_card", **mine).notice)
    page = shown(office, "library")
    harmless(page)
    assert "Whose zeppelin would you miss first?" in words(page).split("Principles")[0]
    assert "Whose zeppelin" not in words(shown(office, "library", account=OLE))
    person = last(views.look(office.desk(), asking)).out
    assert "Your own questions" in words(person)
    card = next(b for b in buttons(person, "asked") if b["data-pillar"] == "talent")
    press(office, asking, "asked", id=str(card["data-id"]), words=str(card["data-words"]), pillar="talent")
    assert office.desk().person("dana").ledger()[-1].pillar == "talent"
    assert "Your own questions" not in words(last(views.look(office.desk(), asking)).out), "asked here already"
    gone = press(office, place, "drop_card", id=str(card["data-id"]))
    assert "Taken out" in words(gone.notice)
    assert "Whose zeppelin" not in words(shown(office, "library"))
    press(office, place, "keep_card", id=str(card["data-id"]), **fields(gone.notice))
    assert "Whose zeppelin" in words(shown(office, "library"))
    assert "Your own questions" not in words(last(views.look(office.desk(), asking)).out), "still asked here"
    press(office, place, "drop_card", id=str(card["data-id"]))


@pytest.mark.parametrize("said", [{"kind": "rumour", "pillar": "talent"}, {"kind": "thought", "pillar": "mood"}])
def test_a_card_of_no_kind_or_pillar_is_no_button_of_ours(office: Office, said: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="not known"):
        press(office, Place(MIA, "library"), "keep_card", text="Hm.", **said)
    assert "Hm." not in words(shown(office, "library"))


def test_somebody_of_whom_nothing_is_found_yet_is_named_beside_the_others(office: Office) -> None:
    desk = office.desk()
    petra = desk.person("petra")
    note = petra.add_note('"I love mending the till," she said. "I could do it all day."', kind=NoteKind.ONE_ON_ONE)
    nia = desk.add_person(Person(MIA, PersonId("nia"), "Nia New"))
    beside = shown(office, "team").split('id="fl-beside"')[1].split("</section>")[0]
    assert "Nia New" in words(beside.split("</table>")[1])
    assert "Petra Holm" in words(beside.split("</table>")[0])
    desk.delete_note(note.id)
    desk.person(nia.id).forget()
