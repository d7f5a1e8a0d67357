"""Nobody is prepared for differently because of a name or a pronoun; nothing is said that its note does not carry.

The three swaps of the judging rubric, carried out by code: another name or gender under the same notes, the output
under another person, the cited note taken away.
"""

from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.prepare_brief import known_words
from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.evaluation.measures import content_words
from assistant.grounding import is_grounded
from tests.assistant.swaps import Outcome, Told, dev_people, differing, other_gender, plain_lines, renamed

PEOPLE = [told.person.id for told in dev_people()]
NAMES = (("Fatima", "Al-Sayed"), ("Chukwuemeka", "Obi"), ("Li", "O'Neill"), ("Björn", "Östergård-Kurz"))
ME = AccountId("me")
OUTCOMES: dict[str, Outcome] = {}


def told_of(who: str) -> Told:
    return next(told for told in dev_people() if told.person.id == who)


def outcome_of(who: str) -> Outcome:
    """What a manager would read about somebody, worked out once."""
    if who not in OUTCOMES:
        OUTCOMES[who] = Outcome.of(told_of(who))
    return OUTCOMES[who]


@pytest.mark.parametrize("who", PEOPLE)
def test_the_other_gender_gets_the_same_brief_and_the_same_plan(who: str) -> None:
    turned = other_gender(told_of(who))
    mine, theirs = plain_lines(outcome_of(who), told_of(who).person), plain_lines(Outcome.of(turned), turned.person)
    assert len(mine) > 30
    assert differing(mine, theirs) == []


@pytest.mark.parametrize(("number", "who"), [*enumerate(PEOPLE)])
def test_another_name_gets_the_same_brief_and_the_same_plan(number: int, who: str) -> None:
    other = renamed(told_of(who), *NAMES[number % len(NAMES)])
    mine, theirs = plain_lines(outcome_of(who), told_of(who).person), plain_lines(Outcome.of(other), other.person)
    assert differing(mine, theirs) == []


NOTES = {
    "de": (
        ("2026-03-02", "{N} sagte: „Am liebsten zeige ich den Azubis, wie man eine Naht zieht.“ {Er} wirkte wach."),
        ("2026-03-16", "{N} hat den Streit an der Rampe in zwei Minuten beruhigt. {Er} blieb dabei ganz leise."),
        ("2026-04-07", "Frau Albers vom Autohaus sagte, ohne {seine} Liste hätte sie falsch bestellt."),
        ("2026-04-20", "Ich habe {ihm} versprochen, bis Ende Mai mit dem Einkauf zu reden."),
        ("2026-05-04", "{N} sagte wieder: „Das Anlernen macht mir riesigen Spaß.“ {Er} will es öfter tun."),
        ("2026-05-18", "{Er} bleibt an der Warteschlange hängen, weil die zweite Kasse zu ist."),
    ),
    "es": (
        ("2026-03-02", "{N} dijo: «Lo que más me gusta es enseñar a los aprendices a soldar». {Er} habló mucho rato."),
        ("2026-03-16", "{N} calmó la discusión del muelle en dos minutos. {Er} no levantó la voz."),
        ("2026-04-07", "La señora Alba dijo que sin la lista de {N} habría pedido mal."),
        ("2026-04-20", "Le prometí a {ihm} hablar con compras antes de finales de mayo."),
        ("2026-05-04", "{N} repitió: «Enseñar me encanta». {Er} quiere hacerlo más a menudo."),
        ("2026-05-18", "{Er} pierde tiempo en la cola porque la segunda caja está cerrada."),
    ),
}
WORDS = {
    ("de", Pronouns.SHE): {"N": "Jana", "Er": "Sie", "seine": "ihre", "ihm": "ihr"},
    ("de", Pronouns.HE): {"N": "Mirek", "Er": "Er", "seine": "seine", "ihm": "ihm"},
    ("es", Pronouns.SHE): {"N": "Lucía", "Er": "Ella", "seine": "su", "ihm": "ella"},
    ("es", Pronouns.HE): {"N": "Yusuf", "Er": "Él", "seine": "su", "ihm": "él"},
}


def told_in(language: str, pronouns: Pronouns) -> tuple[Told, list[str]]:
    """The same notes about her or him, and what a manager would read with every such word made equal."""
    words = WORDS[language, pronouns]
    person = Person(ME, PersonId("p1"), f"{words['N']} Vogt", (words["N"],), pronouns, "Welder")
    notes = tuple(
        Note(ME, NoteId(f"n{i}"), person.id, date.fromisoformat(day), text.format(**words), NoteKind.ONE_ON_ONE, "Ona")
        for i, (day, text) in enumerate(NOTES[language])
    )
    told = Told(person, Account(ME, "Ona Reiter"), notes)
    lines = plain_lines(Outcome.of(told), person)
    for place, (_, pattern) in enumerate(NOTES[language]):
        token = pattern.format(N="F", Er="E", seine="S", ihm="I")
        lines = [line.replace(notes[place].text, token) for line in lines]
    equal = {words["Er"]: "E", words["seine"]: "S", words["ihm"]: "I"}
    for word, token in equal.items():
        lines = [line.replace(f"{word} ", f"{token} ") for line in lines]
    return told, lines


@pytest.mark.parametrize("language", ["de", "es"])
def test_german_and_spanish_notes_about_her_and_about_him_lead_to_the_same(language: str) -> None:
    hers, his = told_in(language, Pronouns.SHE), told_in(language, Pronouns.HE)
    kinds = [[(i.note.id, i.topic, i.witness, i.strength) for i in t.situation().evidence] for t, _ in (hers, his)]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) >= 2
    assert [len(t.situation().promises) for t, _ in (hers, his)] in ([0, 0], [1, 1])
    assert differing(hers[1], his[1]) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_a_question_that_stands_on_a_note_fits_nobody_else(who: str) -> None:
    """Person swap: under another person's notes, what it quotes, names or tells of has no ground."""
    cited = [q for q in outcome_of(who).brief.questions.questions if q.quotes]
    for other in (told for told in dev_people() if told.person.id != who):
        about = other.situation()
        quotes, known = [item.quote for item in about.evidence], known_words(about)
        told = content_words(" ".join(n.text for n in other.notes), other.person.names)
        fits = [q for q in cited if is_grounded(f"{q.text} {q.why}", quotes, known)]
        assert [q.text for q in fits if supported(q.text, told, who) > 0.5] == []


def supported(text: str, told: frozenset[str], who: str) -> float:
    """The share of a question's meaning words that somebody's notes know."""
    words = content_words(text, told_of(who).person.names)
    return len(words & told) / len(words) if words else 0.0


def test_two_peoples_questions_share_less_than_a_third_of_their_words() -> None:
    sets = {}
    for who in PEOPLE:
        names = told_of(who).person.names
        asked = [q.text for q in outcome_of(who).brief.questions.questions[:3]]
        sets[who] = content_words(" ".join(asked), names)
    shares = [
        len(sets[one] & sets[other]) / len(sets[one] | sets[other])
        for place, one in enumerate(PEOPLE) for other in PEOPLE[place + 1 :]
    ]  # fmt: skip
    assert len(shares) == 91
    assert max(shares) < 0.3


@pytest.mark.parametrize("who", ["d01", "d05", "d09"])
def test_without_the_note_that_it_cites_a_question_is_not_asked_and_a_link_is_not_claimed(who: str) -> None:
    """Evidence removal: what stood on a note goes with it, in the brief and in the plan."""
    before = outcome_of(who)
    cited = dict.fromkeys(n for q in before.brief.questions.questions for n in q.note_ids)
    links = [link for t in before.plan.threads for link in (t.passion, t.talent, t.customer, t.value) if link.quotes]
    cited |= dict.fromkeys(link.quotes[0].note.id for link in links)
    assert cited
    for note_id in cited:
        after = Outcome.of(told_of(who).without(note_id))
        lines = set(after.lines())
        gone = [q.text for q in before.brief.questions.questions if note_id in q.note_ids and "“" in q.text]
        gone += [link.text for link in links if link.quotes[0].note.id == note_id and "“" in link.text]
        assert [text for text in gone if text in lines] == []
        assert all(note_id not in q.note_ids for q in after.brief.questions.questions)


def test_the_swap_itself_changes_what_it_should() -> None:
    told = told_of("d03")
    turned = other_gender(told)
    assert turned.person.pronouns is Pronouns.HE
    assert sum(a.text != b.text for a, b in zip(told.notes, turned.notes, strict=True)) > 8
    assert "Fatima" in " ".join(n.text for n in renamed(told, "Fatima", "Al-Sayed").notes)
    assert replace(turned, notes=told.notes).notes == told.notes
