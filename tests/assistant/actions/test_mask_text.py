"""What a coach may read: nothing that tells whom it is about, and still a sentence one can judge."""

from datetime import date

import pytest

from assistant.actions.mask_text import Whom, check_mask, mask_text, shipped_words, unmask
from assistant.domain.account import AccountId
from assistant.domain.person import Person, PersonId
from assistant.domain.released import Mark
from assistant.errors import Refused

TODAY = date(2026, 6, 15)
ME = AccountId("me")
DANA = Person(ME, PersonId("p1"), "Dana Whitlock", ("Dee", "the quiet one"))
WILL = Person(ME, PersonId("p2"), "Will Osei")
WHOM = Whom(DANA, "Ruth Abel", (WILL,), ("Café Blum", "Blum"), shipped_words())
MASKS = {
    "Dana's note of 3 June 2026 says it.": "[person]'s note of [some weeks ago] says it.",
    "dana whitlock and Dee asked; will you ask Will?": "[person] and [person] asked; will you ask [name]?",
    "Ruth wrote to the quiet one.": "[manager] wrote to [person].",
    "Café Blum rang, then blum’s cook.": "[customer] rang, then blum’s cook.",
    "Ask Tilda and Omar Haddad about it.": "Ask [name 1] and [name 2] about it.",
    "What did Petersen & Sons GmbH pay?": "What did [organisation] pay?",
    "Write to d.w@ward-7.example or +49 170 5551234.": "Write to [e-mail] or [phone].",
    "See https://intra.example/x?q=1 now": "See [link] now",
    "She cut it from 40 to 25 minutes.": "She cut it from [number 1] to [number 2] minutes.",
    "It cost €1,200 that is 15%.": "It cost [number 1] that is [number 2].",
    "On Monday she said: “What a day.” What came of it?": "On Monday she said: “What a day.” What came of it?",
    "“Zuleika helped.” Who gains?": "“[name] helped.” Who gains?",
    "She wrote on 12 March and on 2025-01-02.": "She wrote [some months ago] and [more than a year ago].",
    "It is due 20 June, or in July.": "It is due [in the coming days], or in [in the coming weeks].",
    "Am 03.06. sagte sie es.": "[Some weeks ago] sagte sie es.",
    "On 12 March you wrote: “On 2025-01-02 it ran.”": "[Some months ago] you wrote: “[More than a year ago] it ran.”",
}


@pytest.mark.parametrize("text", MASKS)
def test_a_mask_leaves_nothing_that_tells_who_it_is(text: str) -> None:
    said = mask_text(text, WHOM, TODAY).text
    assert said == MASKS[text]


def test_the_same_name_gets_the_same_placeholder_and_the_manager_keeps_what_it_hides() -> None:
    masked = mask_text("Did Tilda, then Omar, then Tilda see it?", WHOM, TODAY)
    assert masked.text == "Did [name 1], then [name 2], then [name 1] see it?"
    assert masked.marks == (Mark("[name 1]", "Tilda"), Mark("[name 2]", "Omar"))


def test_a_mask_of_a_mask_is_the_same() -> None:
    once = mask_text("Ask Tilda on 3 June about 40 loaves.", WHOM, TODAY).text
    assert mask_text(once, WHOM, TODAY).text == once


@pytest.mark.parametrize(
    "edited", ["Ask Dana.", "Ask the quiet one.", "Ask will osei.", "Ask Blum.", "Ask a@b.example"]
)
def test_a_managers_own_mask_may_not_name_whom_the_records_know(edited: str) -> None:
    with pytest.raises(Refused, match="would tell a coach"):
        check_mask(edited, WHOM)


def test_a_managers_own_mask_may_keep_a_number_and_a_plain_word() -> None:
    assert check_mask(" Soldering took\n[person] 12 minutes. ", WHOM) == "Soldering took [person] 12 minutes."


def test_new_words_are_filled_from_what_they_replace_or_not_used_at_all() -> None:
    text = "Tilda wrote on 3 June: “It ran.” What helped?"
    masked = mask_text(text, WHOM, TODAY)
    assert unmask("What of [quote] would [name] keep?", masked, ["It ran."]) == "What of “It ran.” would Tilda keep?"
    assert unmask("What changed [some months ago]?", masked, []) == "What changed on 3 June?"
    opening = mask_text("On 3 June it ran. What helped?", WHOM, TODAY)
    assert unmask("What changed [some months ago]? [Some months ago] it ran.", opening, []) == (
        "What changed on 3 June? On 3 June it ran."
    )
    assert unmask("What did [customer] say?", masked, []) is None
    assert unmask("What of [quote]?", masked, []) is None
