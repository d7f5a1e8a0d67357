import re
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import AiUse, Note, NoteId, NoteKind, Span
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable, Screening, SensitiveSpan
from assistant.errors import Choice, Unknown
from ui.web import show, show_forms, show_notes, show_people, show_shell
from ui.web.place import Place

TODAY = date(2026, 6, 15)
ME = AccountId("me")
HERE = Place(ME, "person", "p1", "notes")
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "</p></section><iframe src=//evil.example>",
    "[x](javascript:alert(1)) ![p](http://evil.example/p.png)",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>@import url(//evil.example)</style>\x00<b\x08>",
)


class Elements(HTMLParser):
    """Which elements and attributes a piece of HTML really has, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def note(text: str, *, author: str = "Mia", kind: NoteKind = NoteKind.ONE_ON_ONE) -> Note:
    return Note(ME, NoteId("n1"), PersonId("p1"), date(2026, 6, 9), text, kind, author)


def harmless(html: str) -> Elements:
    found = Elements(html)
    assert not {"script", "img", "svg", "iframe", "style", "b"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("style", "src", "action")]
    for name, value in found.attributes:  # a link leads to another place of this page, or to a file of one's own
        assert name != "href" or re.fullmatch(r"(?:/export)?\?[\w=&%.+~-]*", value or ""), value
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_stands_in_a_note_is_shown_as_text_wherever_it_appears(payload: str) -> None:
    written = note(f"Before. {payload} After.", author=payload)
    quote = Quote(written, Span(0, len(written.text)))
    readable = {written.id: Readable(written, Screening(written.id, 1, "en"))}
    plain = payload.replace("\x00", "").replace("\x08", "")
    for html in (show.chip(quote, TODAY, readable, Tier.THEIR_WORDS), show_notes.timeline([written], TODAY, HERE)):
        assert plain in harmless(html).text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_roles_ids_and_errors_are_shown_as_text_too(payload: str) -> None:
    person = Person(ME, PersonId(payload), payload, role=payload)
    row = PersonRow(person, 1, None, None, 1, 1)
    place = Place(payload, "person", payload, item=f"note.{payload}")
    accounts = [Account(ME, payload), Account(AccountId("x"), payload)]
    pieces = [
        show_people.table(place, [row], TODAY, None),
        show_shell.nav(place, [row], show_shell.foot(payload, accounts, "x"), TODAY),
        show_shell.scope_bar(person, place, TODAY, 1),
        show_forms.new_note(payload, payload, TODAY),
        show_forms.area("text", payload, payload, hint=payload),
        show.trouble(Unknown(payload, next=payload, choices=[Choice(payload, payload, payload)])),
        show.button("promise", payload, id=payload, to=payload, name=payload),
        show.step(payload),
    ]
    for html in pieces:
        harmless(html)


def test_a_citation_opens_on_the_exact_words_within_their_note_with_date_kind_author_and_tier() -> None:
    written = note('She was late. "I love the night shift." Then we spoke of rotas.', author="Mia Okafor")
    quote = Quote.of(written, "I love the night shift.")
    html = show.chip(quote, TODAY, {written.id: Readable(written, Screening(written.id, 1, "en"))}, Tier.THEIR_WORDS)
    assert "<mark>I love the night shift.</mark>" in html
    text = harmless(html).text
    assert "She was late." in text
    assert "Then we spoke of rotas." in text
    assert "Tue 9 June 2026" in text
    assert "one-on-one" in text
    assert "by Mia Okafor" in text
    assert "their words" in text


def test_what_is_private_around_a_quote_is_left_out_of_the_citation() -> None:
    written = note("Her knee is worse and she sees a surgeon. She taught the new hire the till.")
    private = Span(0, written.text.index(".") + 1)
    screening = Screening(written.id, 1, "en", (SensitiveSpan(private, "health"),))
    quote = Quote.of(written, "She taught the new hire the till.")
    html = show.passage(quote, Readable(written, screening))
    assert "surgeon" not in html
    assert "left out here" in html
    assert "<mark>She taught the new hire the till.</mark>" in html


def test_two_private_sentences_in_a_row_leave_one_gap() -> None:
    written = note("Her knee is worse. She sees a surgeon. She taught the new hire the till. He told of a divorce.")
    spans = [
        Span(written.text.index(w), written.text.index(w) + len(w))
        for w in ("Her knee is worse.", "She sees a surgeon.")
    ]
    screening = Screening(written.id, 1, "en", tuple(SensitiveSpan(s, "health") for s in reversed(spans)))
    html = show.passage(Quote.of(written, "She taught the new hire the till."), Readable(written, screening))
    assert html.count("left out here") == 1
    assert "knee" not in html
    assert "surgeon" not in html


@pytest.mark.parametrize("doubt", ["closed", "unread", "changed"])
def test_when_a_note_may_not_be_shown_around_it_a_citation_shows_the_quote_alone(doubt: str) -> None:
    written = note("A family matter. She taught the new hire the till.")
    quote = Quote.of(written, "She taught the new hire the till.")
    readable = {
        "closed": Readable(written, Screening(written.id, 1, "en", whole=True)),
        "unread": None,
        "changed": Readable(
            note("Other words altogether, quite long enough for the span to fit."), Screening(written.id, 2, "en")
        ),
    }[doubt]
    assert show.passage(quote, readable) == "<mark>She taught the new hire the till.</mark>"


def test_a_line_end_inside_a_passage_is_marked_and_one_at_its_edge_is_not() -> None:
    written = note("She came.\nI promised her\nthe list.\r\nIt was late.")
    for words in ("I promised her\nthe list.", "\nI promised her\nthe list.\r\n"):
        html = show.passage(Quote.of(written, words), Readable(written, Screening(written.id, 1, "en")))
        assert html == "She came.\n<mark>I promised her\nthe list.</mark>\r\nIt was late."


def test_a_long_note_is_cut_around_the_quote_and_says_so() -> None:
    written = note("a" * 2000 + " THE QUOTE " + "b" * 2000)
    quote = Quote.of(written, "THE QUOTE")
    text = Elements(show.passage(quote, Readable(written, Screening(written.id, 1, "en")))).text
    assert text.startswith("… a")
    assert text.endswith("b …")
    assert len(text) < 2 * show.AROUND + 40


def test_the_same_quote_twice_is_one_chip() -> None:
    quote = Quote.of(note("One thing was said."), "One thing")
    assert show.chips([quote, quote], TODAY, {}).count("<details") == 1


def test_the_timeline_is_whole_newest_first_and_marks_what_is_kept_out() -> None:
    old = note("First line.\nSecond line.")
    new = Note(ME, NoteId("n2"), PersonId("p1"), date(2026, 6, 12), "Kept out.", NoteKind.MISC, "", ai=AiUse.NEVER)
    html = show_notes.timeline([new, old], TODAY, HERE)
    text = Elements(html).text
    assert text.index("Kept out.") < text.index("First line.")
    assert "First line.\nSecond line." in text
    assert "kept out of briefs and plans" in text


def test_days_are_said_with_the_year_only_when_it_is_not_this_one() -> None:
    assert show.day_words(date(2026, 6, 9), TODAY) == "Tue 9 June"
    assert show.day_words(date(2025, 6, 9), TODAY) == "Mon 9 June 2025"


def test_a_day_behind_a_step_is_said_in_words_and_one_within_a_sentence_stays() -> None:
    today = date(2026, 6, 15)
    assert show.dated("Tom shows the film. (2026-06-25)", today) == "Tom shows the film. (by Thu 25 June)"
    assert show.dated("2027-01-08", today) == "Fri 8 January 2027"
    assert show.dated("The file of 2026-06-01 is found.", today) == "The file of 2026-06-01 is found."


@pytest.mark.parametrize(("said", "named"), [
    ("send it by 24 June", True), ("by June 24th", True), ("am 24 Jun 2026", True), ("by 2 June", False),
    ("by the 24th", False), ("by Friday", False), ("124 June bugs", False),
])  # fmt: skip
def test_whether_words_name_a_day_themselves(said: str, named: bool) -> None:
    assert show.says_day(said, date(2026, 6, 24)) is named


def test_an_error_is_a_sentence_with_the_next_step() -> None:
    text = Elements(show.trouble(Unknown("There is no such person.", next="Choose one from the list."))).text
    assert text == "There is no such person. Choose one from the list."


def test_an_empty_team_is_told_how_to_begin() -> None:
    assert "From files" in Elements(show_people.nobody()).text


def test_one_key_is_mended_and_another_is_built_anew() -> None:
    first, same, other = (show.keyed(key, "<p>x</p>").split()[0] for key in ("?p=d1", "?p=d1", "?p=d2"))
    assert first == same
    assert first != other, "what was typed about one person must not stay in the form of the next"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("?a=m&p=d1", Place("m", "person", "d1", "prep")),
        ("?a=m&p=d1&v=notes&i=note.n7", Place("m", "person", "d1", "notes", "note.n7")),
        ("?a=m&g=people&i=owed-2", Place("m", "people", item="owed-2")),
        ("?a=m&g=nowhere&v=none", Place("m", "today")),
        ("?a=m&g=person", Place("m", "today")),
        ("", Place()),
    ],
)
def test_an_address_is_a_place_and_a_place_an_address(query: str, place: Place) -> None:
    assert Place.read(query) == place
    assert Place.read(place.query) == place


def test_what_is_open_at_a_place_is_a_note_or_a_page_of_a_list() -> None:
    assert Place(item="note.12").note == "12"
    assert Place(item="note.12").number == 0
    assert Place(item="page.3").number == 2
    assert Place(item="page.-3").number == 0


def test_a_sentence_of_ours_says_its_days_in_words_and_a_quote_stays() -> None:
    assert show.days_said("Noted under Tom, 2026-11-30.", date(2026, 11, 30)) == "Noted under Tom, Mon 30 November."
    told = "Settled on 2026-11-02: “by 2026-11-01” and the list of 2026-11-01."
    said = "Settled on Mon 2 November: “by 2026-11-01” and the list of 2026-11-01."
    assert show.days_said(told, date(2026, 11, 30), "the list of 2026-11-01") == said
    for stays in ("Nothing of 2026-02-31 is a day.", "He wrote “by 2026-11-27” himself."):
        assert show.days_said(stays, date(2026, 11, 27)) == stays
