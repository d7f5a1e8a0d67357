"""Over every sample person: three questions at least, and none of them speaks of the person as he or she."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from assistant.domain.person import Pronouns
from assistant.domain.question import Question
from assistant.engines.offline.language import language_of
from assistant.grounding import set_apart
from tests.plan_examples import CASE
from ui.settings import Settings, sqlite_in
from ui.wiring import open_house

_ABOUT = {Pronouns.HE: r"\b(?:he|him|his)\b", Pronouns.SHE: r"\b(?:she|her|hers)\b"}


@pytest.mark.parametrize("name", ["dev", "wharf", "ward"])
def test_no_sample_person_hears_a_note_about_themselves(name: str, tmp_path: Path) -> None:
    case = CASE.parent / name
    people = json.loads((case / "people.json").read_text(encoding="utf-8"))
    today = date.fromisoformat(people["today"])
    house = open_house(Settings(home=tmp_path, database=sqlite_in(tmp_path), today=today))
    house.importing_desk(None, [case], today).import_notes([case])
    for told in people["people"]:
        who = house.desk(AccountId(told["manager"])).person(told["id"])
        assert len(who.brief().questions.questions) == 3, told["name"]
        six = who.brief(six=True).questions.questions
        assert len(six) == 6, told["name"]
        about = _ABOUT.get(who.person.pronouns, r"\b(?:he|she)\b")
        assert [q.text for q in six if any(re.search(about, words) for words in _read_out(q))] == []


def _read_out(question: Question) -> Iterator[str]:
    """The English quotes in a question that are not the person's own words."""
    if not re.search(r"\b[Yy]ou(?:r words of| said| wrote)\b", question.text):
        yield from (words for words in set_apart(question.text) if language_of(words) == "en")
