import pytest

from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.engines.fallback import FallbackEngine
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.understanding.rules import understand
from assistant.errors import EngineUnavailable, Invalid
from tests.assistant.engines.offline.situations import ShippedLibrary

NAMES = ("Nadia Okoro", "Nadia", "Jan Novak", "Jan", "young Jan", "Wade")
ASKED = Turn("What does she love?", Intent.ASK, "Nadia", "What does she love?")


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Help me get ready for my sit-down with Nadia on Thursday.", Intent.PREP),
        ("prep nadia", Intent.PREP),
        ("What should I raise with her?", Intent.PREP),
        ("Bereite das Gespräch mit Nadia vor.", Intent.PREP),
        ("Prepara la reunión con Nadia.", Intent.PREP),
        ("Draft three lines for the plan.", Intent.PLAN),
        ("Mach mir einen Entwicklungsplan für Nadia.", Intent.PLAN),
        ("Note that she moved to the early shift.", Intent.NOTE),
        ("She moved to the early shift. Keep that.", Intent.NOTE),
        ("remember that she would rather not travel in March", Intent.NOTE),
        ("Notiere, dass sie jetzt früh arbeitet.", Intent.NOTE),
        ("Anota que trabaja por la mañana.", Intent.NOTE),
        ("I phoned the hotel this morning. They are glad of the rye.", Intent.NOTE),
        ("tick off the baskets", Intent.DONE),
        ("The baskets came on Friday. Tick it off.", Intent.DONE),
        ("Hak die Körbe ab.", Intent.DONE),
        ("remind me to order flour by Friday", Intent.PROMISE),
        ("Note that I call the hotel by Friday.", Intent.PROMISE),
        ("drop that", Intent.DROP),
        ("move it to Wade", Intent.MOVE),
        ("Verschiebe die Notiz zu Wade.", Intent.MOVE),
        ("make it smaller", Intent.REVISE),
        ("another customer", Intent.REVISE),
        ("shorten it to five lines", Intent.SHORTER),
        ("only the actions again", Intent.ONLY_ACTIONS),
        ("nur die Aufgaben", Intent.ONLY_ACTIONS),
        ("the second question: come back to it", Intent.LATER),
        ("I asked the first question", Intent.ASKED),
        ("who haven't I asked about customers?", Intent.NOT_ASKED),
        ("Wen habe ich noch nicht nach Kunden gefragt?", Intent.NOT_ASKED),
        ("no, that was the other one", Intent.OTHER_ONE),
        ("undo", Intent.UNDO),
        ("Rückgängig", Intent.UNDO),
        ("help", Intent.HELP),
        ("ayuda", Intent.HELP),
        ("thanks", Intent.THANKS),
        ("yes", Intent.YES),
        ("No.", Intent.NO),
        ("One question for him on that?", Intent.QUESTION),
        ("And me, do I owe him anything?", Intent.PROMISES),
        ("Was schulde ich ihr?", Intent.PROMISES),
        ("¿Qué le debo?", Intent.PROMISES),
        ("Who is better off because of her?", Intent.ASK),
        ("Who else gets on with the new oven?", Intent.TEAM),
        ("Nadia", Intent.SWITCH),
        ("show my team", Intent.PEOPLE),
        ("what do we know about her?", Intent.PROFILE),
    ],
)
def test_a_message_has_one_of_a_closed_set_of_intents(message: str, intent: Intent) -> None:
    assert understand(message, (), NAMES).intent is intent


@pytest.mark.parametrize(
    ("message", "slot", "words"),
    [
        ("She moved to the early shift. Keep that.", Slot.WORDS, "She moved to the early shift."),
        ("Please note that she can't do Mondays.", Slot.WORDS, "she can't do Mondays."),
        ("move it to Wade", Slot.TO, "Wade"),
        ("the second question: come back to it", Slot.NUMBER, "2"),
        ("the last one, come back to that", Slot.NUMBER, "-1"),
        ("who haven't I asked about customers?", Slot.TOPIC, "customers"),
        ("make the first step smaller", Slot.WISH, "smaller"),
        ("Three questions for her, then.", Slot.COUNT, "3"),
        ("What have I promised her?", Slot.OWNER, "me"),
        ("What did she promise?", Slot.OWNER, "them"),
        ("I'll call her tomorrow. Remind me.", Slot.WHAT, "I'll call her tomorrow."),
    ],
)
def test_a_request_brings_what_it_is_about(message: str, slot: Slot, words: str) -> None:
    found = understand(message, (), NAMES)
    assert words in (found.slot(slot), *(t.slot(slot) for t in found.then))


def test_one_message_may_ask_for_several_things_in_order() -> None:
    found = understand("Oh, no, that was Wade. Move it. Now draft me a plan for Nadia, short.", (), NAMES)
    assert [found.intent, *(t.intent for t in found.then)] == [Intent.MOVE, Intent.PLAN]
    assert found.then[0].person == "Nadia"
    both = understand("He wants two people for the nights. Put that down and give me one question on it.", (), NAMES)
    assert [both.intent, both.then[0].intent] == [Intent.NOTE, Intent.QUESTION]


def test_a_question_that_leans_on_the_last_one_takes_its_words_along() -> None:
    leaning = understand("And why that?", (ASKED,), NAMES)
    assert leaning.query == "What does she love? And why that?"
    assert not leaning.sure, "a model may put it better"
    own = understand("And what about her customers?", (ASKED,), NAMES)
    assert own.query == "And what about her customers?", "it has a matter of its own"


def test_gossip_and_objections_are_not_kept_as_news() -> None:
    for message in ("I hear he is leaving.", "But in July she told me she loved it.", "You left this out today."):
        assert understand(message, (), NAMES).intent is not Intent.NOTE


def test_a_name_is_told_as_it_was_given_the_longest_first() -> None:
    assert understand("prep young jan", (), NAMES).person == "young Jan"
    assert understand("How does Nadia Okoro do?", (), NAMES).person == "Nadia Okoro"
    assert understand("How does Janet do?", (), NAMES).person == ""


def test_a_very_long_message_is_text_to_keep_and_needs_a_second_look() -> None:
    found = understand("She said a lot. " * 7_000, (), NAMES)
    assert (found.intent, found.sure) == (Intent.DEBRIEF, False)


@pytest.mark.parametrize("message", ["", "   ", "👍👍", "?!", "\x00", "note that", "«»" * 300])
def test_any_text_has_a_reading(message: str) -> None:
    assert understand(message, (), NAMES).intent in Intent


def test_a_reading_is_valid_by_construction() -> None:
    with pytest.raises(Invalid, match="holds words"):
        Understood(Intent.NOTE, slots={Slot.WORDS: " "})
    with pytest.raises(Invalid, match="is a number"):
        Understood(Intent.LATER, slots={Slot.NUMBER: "second"})
    with pytest.raises(Invalid, match="one row"):
        Understood(Intent.ASK, then=(Understood(Intent.ASK, then=(Understood(Intent.ASK),)),))


class Listening(OfflineEngine):
    """Reads every message in one way, or is away."""

    heard = 0
    away = False

    def understand(self, message: str, said: object, names: object, owed: object = None) -> Understood:
        self.heard += 1
        if self.away:
            raise EngineUnavailable("No answer.")
        return Understood(Intent.PREP)


def test_a_second_opinion_is_asked_only_when_the_rules_are_not_sure() -> None:
    library = ShippedLibrary()
    model = Listening(library)
    both = FallbackEngine(model, OfflineEngine(library))
    assert both.understand("undo", (), NAMES).intent is Intent.UNDO
    assert model.heard == 0
    assert both.understand("Tja.", (), NAMES).intent is Intent.PREP
    model.away = True
    assert both.understand("Tja.", (), NAMES).intent is Intent.ASK


def test_a_move_after_a_name_goes_there() -> None:
    found = understand("Oh, no, that was Wade. Move it.", (), NAMES)
    assert (found.intent, found.slot(Slot.TO)) == (Intent.MOVE, "Wade")


@pytest.mark.parametrize("message", ["So now?", "What next?", "How can I find out what she likes?", "Und jetzt?"])
def test_who_asks_for_a_way_on_gets_a_question(message: str) -> None:
    assert understand(message, (ASKED,), NAMES).intent is Intent.QUESTION


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("prepare Nadia, and what did I promise Wade?", [(Intent.PREP, "Nadia"), (Intent.PROMISES, "Wade")]),
        ("How did the ovens go, and what did I promise her?", [(Intent.ASK, ""), (Intent.PROMISES, "")]),
        ("give me a plan for Nadia, then a question for Wade", [(Intent.PLAN, "Nadia"), (Intent.QUESTION, "Wade")]),
        ("Tick off the glaze and prepare Nadia", [(Intent.DONE, ""), (Intent.PREP, "Nadia")]),
        ("Give me two questions for Nadia, and who is better off.", [(Intent.QUESTION, "Nadia"), (Intent.ASK, "")]),
        ("prep Nadia and Wade", [(Intent.PREP, "Nadia"), (Intent.PREP, "Wade")]),
        ("prep me for Nadia and what should I ask her", [(Intent.PREP, "Nadia")]),
        ("What did she say about the ovens and what about the baskets?", [(Intent.ASK, "")]),
        ("Bereite Nadia vor, und was habe ich Wade versprochen?", [(Intent.PREP, "Nadia"), (Intent.PROMISES, "Wade")]),
        ("Prepara a Nadia, y ¿qué le prometí a Wade?", [(Intent.PREP, "Nadia"), (Intent.PROMISES, "Wade")]),
    ],
)
def test_two_requests_in_one_message_are_two_and_one_is_one(message: str, wanted: list[tuple[Intent, str]]) -> None:
    found = understand(message, (), NAMES)
    assert [(act.intent, act.person) for act in (found, *found.then)] == wanted


@pytest.mark.parametrize(
    ("message", "kept", "then"),
    [
        ("note that she wants the early shift, and what should I ask?", "she wants the early shift", Intent.PREP),
        ("Note that she moved. What should I ask her?", "she moved.", Intent.PREP),
        ("note that he is happier now; what's open between us?", "he is happier now", Intent.PROMISES),
        ("remember that she bakes rye and remind me to order flour by Friday", "she bakes rye", Intent.PROMISE),
        ("Notiere, dass sie die Frühschicht will, und was soll ich fragen?", "sie die Frühschicht will", Intent.PREP),
        ("Anota que quiere el turno, y ¿qué debería preguntarle?", "quiere el turno", Intent.PREP),
    ],
)
def test_what_is_asked_after_words_to_keep_is_not_kept_with_them(message: str, kept: str, then: Intent) -> None:
    found = understand(message, (), NAMES)
    assert (found.intent, found.slot(Slot.WORDS)) == (Intent.NOTE, kept)
    assert [act.intent for act in found.then] == [then]


@pytest.mark.parametrize(
    "words",
    [
        "Wade told Nadia what I promised and what is open",
        "she was cross and I promised her to call by Friday",
        "she wants to learn what I should ask customers, and what matters to them.",
        "she called. Prep work took two hours. She liked it.",
    ],
)
def test_words_to_keep_are_kept_whole_when_nothing_else_is_asked(words: str) -> None:
    found = understand(f"Note that {words}", (), NAMES)
    assert (found.slot(Slot.WORDS), found.then) == (words, ())


def test_a_name_that_ends_in_a_letter_ends_its_sentence_and_tells_where_a_note_goes() -> None:
    found = understand("Oh dear, yes, that was Ana P. Put it in her file.", (), ("Ana P.", "Ana T."))
    assert (found.intent, found.slot(Slot.TO)) == (Intent.MOVE, "Ana P.")
    spanish = understand("Sí, eso fue la Brückmann. Cámbialo, y dime qué han dicho los de noche.", (), ("Brückmann",))
    assert [spanish.intent, *(act.intent for act in spanish.then)] == [Intent.MOVE, Intent.ASK]


def test_news_beside_a_note_is_kept_with_it_and_beside_anything_else_waits() -> None:
    found = understand("The quote came: 6,850. Keep that. And I told Hettie yes to the two acres.", (), NAMES)
    [other] = found.then
    assert (found.intent, other.intent, other.sure) == (Intent.NOTE, Intent.NOTE, True)
    assert other.slot(Slot.WORDS) == "I told Hettie yes to the two acres."
    alone = understand("prep Nadia. I told Hettie yes.", (), NAMES)
    assert [(act.intent, act.sure) for act in (alone, *alone.then)] == [(Intent.PREP, True), (Intent.NOTE, False)]


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Der Besuch ist fix: Donnerstag, 2. Juli, 10 Uhr.", Intent.NOTE),
        ("La visita está confirmada para el jueves.", Intent.NOTE),
        ("The visit is confirmed for Thursday.", Intent.NOTE),
        ("Prepárame un plan para Nadia: qué le mueve.", Intent.PLAN),
    ],
)
def test_what_is_settled_is_news_and_a_plan_is_asked_for_politely(message: str, intent: Intent) -> None:
    assert understand(message, (), NAMES).intent is intent


class Asking(OfflineEngine):
    """Reads every message as a question."""

    def understand(self, message: str, said: object, names: object, owed: object = None) -> Understood:
        return Understood(Intent.ASK, query="What does the clearing of the letter change?")


def test_news_before_a_question_is_not_lost_when_the_model_reads_only_the_question() -> None:
    library = ShippedLibrary()
    both = FallbackEngine(Asking(library), OfflineEngine(library))
    found = both.understand("Legal just wrote, the letter is cleared. What does that change?", (), NAMES)
    assert found.intent is Intent.NOTE
    assert [act.query for act in found.then] == ["What does the clearing of the letter change?"]


@pytest.mark.parametrize(
    "question",
    ["What does she want?", "What does she hope for?", "Was will sie?", "¿Qué quiere?"],
)
def test_a_question_that_names_its_own_subject_does_not_inherit_the_one_before(question: str) -> None:
    assert understand(question, (ASKED,), NAMES).query == question
